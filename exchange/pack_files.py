r"""The bytes of a sealed file: a header that tells damage, and a body that is secret (guide, packs 4).

    magic "GPACK\0", version 1 or 2, "\n"           8 bytes
    length of the header, big-endian                4 bytes
    header, JSON in UTF-8                           as long
    SHA-256 of all before                          32 bytes
    HMAC-SHA256 of magic to header                 32 bytes
    AES-256-GCM of the body, all before bound in    the rest

Argon2id makes a key of the passphrase and HKDF two of that key: one for the cipher, one for the MAC, which
binds the key to the header (GCM alone does not commit to one key). Everything is checked before it is used,
so a forged header cannot make the reader take more memory or time than it allows.

In version 2, which packs with attachments have and those of more than 64 MiB, the body is sealed in pieces,
each bound to its place and to how many there are, so that one piece at a time is written and read.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from exchange.atomic import not_written, require_place, require_whole, write_beside
from models.packs.pack_making import OpenedPack
from models.reference.defaults import FundDefaults
from models.reference.schemes import fund_text, funds_of
from models.store.leftovers import clear_parts
from models.store.passphrases import one_spelling
from models.store.private_files import make_file, open_regular, own_mark, writing_in
from models.trouble import Trouble, or_else
from models.values import canonical
from models.values.canonical import Guarded
from models.values.packs import Pack, PackFile, Return, read_pack, read_return
from scoring.written.text import Refused

MAGIC, VERSION, IN_PIECES = b"GPACK\0", 1, 2
_STARTS = tuple(MAGIC + bytes([version]) + b"\n" for version in (VERSION, IN_PIECES))
_LENGTH, _DIGEST, _TAG = 4, 32, 16
MOST_HEADER, MOST_FILE = 64 * 1024, 64 * 1024 * 1024
_MOST_START = len(_STARTS[0]) + _LENGTH + MOST_HEADER + 2 * _DIGEST
MOST_TEXT = 256 * 1024 * 1024
"""Of the JSON of a pack, which attachments may follow."""
PIECE, MOST_PIECES = 16 * 1024 * 1024, 256
"""The most bytes of a piece, and the most pieces: 4 GB in all."""
LABEL = b"gpack-1"
KINDS = ("pack", "return")
Opens = Callable[[], BinaryIO]
"""Opens a sealed file at its beginning, each time anew."""


class Stretching(Struct, frozen=True):
    """How a passphrase is made a key: Argon2id with memory in KiB, passes and lanes (RFC 9106)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def is_allowed(self) -> bool:
        """Whether a reader takes these: 8 MiB to 256 MiB, up to 6 passes and 8 lanes."""
        return 8 * 1024 <= self.memory_kib <= 256 * 1024 and 1 <= self.passes <= 6 and 1 <= self.lanes <= 8


STANDARD = Stretching()
"""How a passphrase is made a key in what is written here."""


class Opened(Struct, frozen=True):
    """A file that was opened: its kind, the identity its header gives it, and the body."""

    kind: str
    pack_id: str
    body: bytes


class NotAPack(Trouble):
    """The file is something else."""


class Damaged(Trouble):
    """The file is a pack that is not as it was written."""


class WrongPassphrase(Trouble):
    """The passphrase does not open it, or somebody changed the file on purpose."""


def seal(
    kind: str,
    pack_id: str,
    body: bytes,
    passphrase: str,
    *,
    stretching: Stretching | None = None,
    salt: bytes | None = None,
    nonce: bytes | None = None,
) -> bytes:
    """Return the bytes of a file sealed in one piece; only test vectors give its salt and nonce."""
    header = _new_header(kind, pack_id, len(body) + _TAG, stretching, salt, nonce)
    if header["body"] > MOST_FILE:
        raise Trouble(f"The {kind} is larger than {MOST_FILE // 1024 // 1024} MB. Choose fewer applications.")
    return b"".join(_sealed(header, (body,), passphrase))


def seal_in_pieces(
    pack_id: str,
    body: Iterable[bytes],
    size: int,
    passphrase: str,
    *,
    piece: int = PIECE,
    stretching: Stretching | None = None,
    salt: bytes | None = None,
    nonce: bytes | None = None,
) -> Iterator[bytes]:
    """Yield the bytes of a pack of format 2; of its body, `size` bytes long, a piece at a time is held.

    The first is yielded once the passphrase was made a key; Trouble where there would be too many pieces.
    """
    count = max(1, -(-size // piece))
    if count > MOST_PIECES:
        raise Trouble("The pack is larger than 4 GB. Choose fewer attachments.")
    header = _new_header("pack", pack_id, size + count * _TAG, stretching, salt, nonce)
    header |= {"piece": piece, "pieces": count}
    lengths = (min(piece, size - at) for at in range(0, max(1, size), piece))
    yield from _sealed(header, recut(body, lengths), passphrase)


def _new_header(
    kind: str,
    pack_id: str,
    body: int,
    stretching: Stretching | None,
    salt: bytes | None,
    nonce: bytes | None,
) -> dict[str, Any]:
    found = stretching or STANDARD
    return {
        "kind": kind,
        "pack": pack_id,
        "kdf": "argon2id",
        "memory_kib": found.memory_kib,
        "passes": found.passes,
        "lanes": found.lanes,
        "salt": (salt or os.urandom(16)).hex(),
        "nonce": (nonce or os.urandom(12)).hex(),
        "body": body,
    }


def _sealed(header: Mapping[str, Any], body: Iterable[bytes], passphrase: str) -> Iterator[bytes]:
    """Yield the start of a sealed file, then each piece of its body."""
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    before = _STARTS["piece" in header] + len(text).to_bytes(_LENGTH, "big") + text
    stretching, salt = _settings(before, header)
    cipher_key, mac_key = _keys(passphrase, salt, stretching)
    start = before + hashlib.sha256(before).digest() + hmac.digest(mac_key, before, "sha256")
    yield start
    cipher = AESGCM(cipher_key)
    for place, piece in zip(_places(header, start), body, strict=True):
        yield cipher.encrypt(place.nonce, piece, place.bound)


class Place(NamedTuple):
    """Where a sealed piece stands: its nonce, what is bound into it, and its length."""

    nonce: bytes
    bound: bytes
    length: int


def _places(header: Mapping[str, Any], start: bytes) -> Iterator[Place]:
    """Yield the places of a file's pieces; one of format 1 is the one piece of its body."""
    nonce, body = bytes.fromhex(header["nonce"]), header["body"]
    if start.startswith(_STARTS[0]):
        yield Place(nonce, start, body)
        return
    count, full = header["pieces"], header["piece"] + _TAG
    for number in range(count):
        counted = int.from_bytes(nonce, "big") ^ number
        bound = start + number.to_bytes(_LENGTH, "big") + count.to_bytes(_LENGTH, "big")
        yield Place(counted.to_bytes(len(nonce), "big"), bound, min(full, body - number * full))


def recut(chunks: Iterable[bytes], lengths: Iterable[int]) -> Iterator[bytes]:
    """Yield what chunks hold one after another, cut to other lengths; Damaged where it is less or more."""
    held, coming = bytearray(), iter(chunks)
    for length in lengths:
        while len(held) < length:
            chunk = next(coming, None)
            if chunk is None:
                raise _damaged()
            held += chunk
        yield bytes(held[:length])
        del held[:length]
    if held or any(coming):
        raise _damaged()


class Unlocked(Guarded, frozen=True):
    """A sealed file whose passphrase is right; of its body nothing was read yet."""

    unshown = frozenset({"start", "key", "opens"})
    header: Mapping[str, Any]
    start: bytes
    key: bytes
    opens: Opens

    @property
    def size(self) -> int:
        """Return the length of the body."""
        return int(self.header["body"]) - _TAG * int(self.header.get("pieces", 1))

    def pieces(self) -> Generator[bytes, None, None]:
        """Yield the body, piece by piece; raises Damaged at the first that is not as it was written."""
        cipher = AESGCM(self.key)
        with _reading(), closing(self.opens()) as stream:
            if stream.read(len(self.start)) != self.start:
                raise _damaged()
            for number, place in enumerate(_places(self.header, self.start), 1):
                try:
                    piece = cipher.decrypt(place.nonce, stream.read(place.length), place.bound)
                except InvalidTag as error:
                    raise _damaged(number, self.header.get("pieces", 1)) from error
                yield piece


def unlock(opens: Opens, passphrase: str, kind: str = "") -> Unlocked:
    """Return a sealed file, opened; raises NotAPack, Damaged or WrongPassphrase, and changes nothing.

    `kind` is what it must be, "" for either.
    """
    with _reading(), closing(opens()) as stream:
        content, size = stream.read(_MOST_START + _TAG), stream.seek(0, os.SEEK_END)
    before, header = _header(content)
    if kind:
        _require_kind(header, kind)
    start = content[: len(before) + 2 * _DIGEST]
    if not hmac.compare_digest(start[len(before) : -_DIGEST], hashlib.sha256(before).digest()):
        raise _damaged()
    stretching, salt = _settings(before, header)
    if size - len(start) != header["body"]:
        raise _damaged()
    cipher_key, mac_key = _keys(passphrase, salt, stretching)
    if not hmac.compare_digest(start[-_DIGEST:], hmac.digest(mac_key, before, "sha256")):
        raise WrongPassphrase(
            "That passphrase does not open this file, or the file was altered. "
            "Nothing was imported; try as often as you need."
        )
    return Unlocked(header, start, cipher_key, opens)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Trouble(
            f"The file cannot be read to its end ({error.strerror}). Copy it to this computer and try again."
        ) from error


def unseal(content: bytes, passphrase: str, kind: str = "") -> Opened:
    """Return what a sealed file holds, all of it; raises as `unlock` does."""
    found = unlock(partial(BytesIO, content), passphrase, kind)
    return Opened(found.header["kind"], found.header["pack"], b"".join(found.pieces()))


def is_passphrase_of(start: bytes, passphrase: str) -> bool:
    """Whether a passphrase is the one of the sealed file that this is the start of."""
    before, header = _header(start + bytes(_TAG))
    stretching, salt = _settings(before, header)
    mac = hmac.digest(_keys(passphrase, salt, stretching)[1], before, "sha256")
    return hmac.compare_digest(start[-_DIGEST:], mac)


def seal_text(kind: str, pack_id: str, text: str, passphrase: str) -> bytes:
    return seal(kind, pack_id, text.encode(), passphrase)


def unseal_text(content: bytes, passphrase: str, kind: str) -> tuple[str, str]:
    """Return the pack's identity and the text of a sealed file of one kind; raises as `unlock` does."""
    opened = unseal(content, passphrase, kind)
    return opened.pack_id, _text(opened.body)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _damaged() from error


def open_sealed(path: Path) -> BinaryIO:
    """Open a file that was sent, to read it; raises Trouble where that cannot be."""
    try:
        return open_regular(path)
    except OSError as error:
        raise Trouble(f"{path.name} cannot be read ({error.strerror}). Check where it is.") from error


def read_sealed(path: Path) -> bytes:
    """Return the bytes of a file that was sent, never more than one of format 1 may have."""
    with _reading(), open_sealed(path) as stream:
        content = stream.read(MOST_FILE + 1)
    if len(content) > MOST_FILE:
        raise NotAPack(f"{path.name} is not a file of Grant Panel: it is too large for one.")
    return content


def read_start(path: Path) -> bytes:
    """Return so much of a sealed file as its header may take."""
    with _reading(), open_sealed(path) as stream:
        return stream.read(_MOST_START + _TAG)


def read_header(content: bytes) -> Mapping[str, Any]:
    """Return the header of a sealed file without its passphrase; raises NotAPack or Damaged."""
    return _header(content)[1]


def checked_header(content: bytes, kind: str) -> Mapping[str, Any]:
    """Return the header of a sealed file of a kind, its checksum checked; raises NotAPack or Damaged."""
    before, header = _header(content)
    if not hmac.compare_digest(content[len(before) :][:_DIGEST], hashlib.sha256(before).digest()):
        raise _damaged()
    _require_kind(header, kind)
    return header


def _require_kind(header: Mapping[str, Any], kind: str) -> None:
    found = header.get("kind")
    if found in KINDS and found != kind:
        raise NotAPack(f"This file is a {found}, not a {kind}. Choose another one.")


def _header(content: bytes) -> tuple[bytes, dict[str, Any]]:
    if not content.startswith(MAGIC):
        raise NotAPack("This file is not a pack or a return of Grant Panel. Choose another one.")
    if not content.startswith(_STARTS):
        raise NotAPack("This pack was made by a newer version of Grant Panel. Update this one first.")
    at = len(_STARTS[0]) + _LENGTH
    length = int.from_bytes(content[at - _LENGTH : at], "big")
    end = at + length
    if length > MOST_HEADER or len(content) < end + 2 * _DIGEST + _TAG:
        raise _damaged()
    try:
        header = canonical.loads(content[at:end].decode())
    except ValueError as error:
        raise _damaged() from error
    if not isinstance(header, dict):
        raise _damaged()
    return content[:end], header


def _settings(before: bytes, header: Mapping[str, Any]) -> tuple[Stretching, bytes]:
    """Return what the header says of keys, each part of it checked, and that of its pieces."""
    try:
        stretching = Stretching(header["memory_kib"], header["passes"], header["lanes"])
        salt, nonce = bytes.fromhex(header["salt"]), bytes.fromhex(header["nonce"])
        is_cut = before.startswith(_STARTS[1])
        cut = (header["piece"], header["pieces"]) if is_cut else ()
        is_sound = (
            header["kdf"] == "argon2id"
            and header["kind"] in KINDS[: 1 if is_cut else 2]
            and isinstance(header["pack"], str)
            and all(type(n) is int for n in (*_numbers(stretching), header["body"], *cut))
            and stretching.is_allowed()
            and (len(salt), len(nonce)) == (16, 12)
            and (_is_cut_right(header["body"], *cut) if cut else header["body"] <= MOST_FILE)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    if not is_sound:
        raise _damaged()
    return stretching, salt


def _is_cut_right(body: int, piece: int, pieces: int) -> bool:
    """Whether a body is as long as that many pieces, of which the last alone may be shorter."""
    left = body - pieces * _TAG - (pieces - 1) * piece
    return 0 < piece <= PIECE and 0 < pieces <= MOST_PIECES and (pieces > 1) <= left <= piece


def _numbers(stretching: Stretching) -> tuple[int, int, int]:
    return stretching.memory_kib, stretching.passes, stretching.lanes


def _keys(passphrase: str, salt: bytes, stretching: Stretching) -> tuple[bytes, bytes]:
    """Return the key of the cipher and the key of the MAC; the passphrase is taken in its one spelling."""
    memory, passes, lanes = _numbers(stretching)
    stretched = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        one_spelling(passphrase).encode()
    )
    both = HKDF(algorithm=SHA256(), length=64, salt=None, info=LABEL).derive(stretched)
    return both[:32], both[32:]


def _damaged(piece: int = 1, pieces: int = 1) -> Damaged:
    where = f" Piece {piece} of {pieces} is damaged, missing or in another's place." if pieces > 1 else ""
    return Damaged(
        f"This pack is damaged: it is not as it was written.{where} Ask for it again. Nothing was imported."
    )


UNWRITTEN = (
    "It is in the record, but {} could not be written. Make it again in another folder: the "
    "person who gets it uses the newest."
)


def write_sealed(chunks: Iterable[bytes], path: Path, record: Callable[[], object] | None = None) -> Path:
    """Write a sealed file, for its owner alone, and put it in place; return the path it really has.

    `record` records it once it is written whole; where that is refused no file is left.
    """
    staged = stage_sealed(chunks, path)
    if record is None:
        return put_staged(staged, path)
    with or_else(partial(staged.unlink, missing_ok=True)):
        record()
    try:
        return put_staged(staged, path)
    except Trouble as error:
        raise Trouble(UNWRITTEN.format(path.name)) from error


def stage_sealed(chunks: Iterable[bytes], path: Path) -> Path:
    """Write a sealed file beside where it goes, before it is recorded as written; Trouble where it cannot be.

    A chunk at a time is held, and the file is read again; whatever fails on the way, nothing is left. What a
    killed program left in the folder makes room first, as for any other export.
    """
    require_place(path)
    part = path.resolve()
    clear_parts(part.parent)
    part = part.with_name(f"{part.stem}.sealed.part-{own_mark()}{part.suffix}")
    with writing_in(part.parent), or_else(partial(part.unlink, missing_ok=True)):
        try:
            part.unlink(missing_ok=True)
            make_file(part)
            written = _write_all(part, chunks)
        except OSError as error:
            raise not_written(path, error) from error
        with part.open("rb") as stream:
            require_whole(part, is_whole=hashlib.file_digest(stream, "sha256").digest() == written)
    return part


def put_staged(staged: Path, path: Path) -> Path:
    """Put a sealed file where it goes; return the path it really has."""
    try:
        return write_beside(path, staged.replace, Path.stat, is_private=True)
    finally:
        staged.unlink(missing_ok=True)


def _write_all(part: Path, chunks: Iterable[bytes]) -> bytes:
    """Write chunks into a file, have them reach the disk, and return the sum of them all."""
    found = hashlib.sha256()
    with part.open("r+b") as stream:
        for chunk in chunks:
            stream.write(chunk)
            found.update(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    return found.digest()


_OTHER = "What is in this file does not match its label, so nothing was imported. Ask for it again."


def seal_pack(pack: Pack, text: str, contents: Iterable[bytes], passphrase: str) -> Iterator[bytes]:
    """Return the bytes of a sealed pack, one after another; `contents` are those of its attachments.

    It is in pieces where it has attachments or is too large for one piece.
    """
    body, sizes = text.encode(), [file.size for file in pack.files]
    if not sizes and len(body) + _TAG <= MOST_FILE:
        return iter((seal("pack", pack.pack, body, passphrase),))
    parts, size = chain((body, b"\n"), contents), len(body) + 1 + sum(sizes)
    return seal_in_pieces(pack.pack, parts, size, passphrase)


def open_pack(opens: Opens, passphrase: str) -> OpenedPack:
    """Return the pack that a sealed file holds."""
    found = unlock(opens, passphrase, "pack")
    line = _first_line(found)
    text = _text(line)
    pack = read_pack(text)
    if pack.pack != found.header["pack"]:
        raise Trouble(_OTHER)
    after = len(line) + bool(pack.files)
    if found.size != after + sum(file.size for file in pack.files):
        raise _damaged()
    return OpenedPack(pack, text, found.start.hex(), partial(_contents, found, after, pack.files))


def _first_line(found: Unlocked) -> bytes:
    """Return the text of a pack, which attachments may follow after the end of its line."""
    line = bytearray()
    with closing(found.pieces()) as pieces:
        for piece in pieces:
            text, end, _ = piece.partition(b"\n")
            line += text
            if end or len(line) > MOST_TEXT:
                break
    return bytes(line)


def _contents(found: Unlocked, after: int, files: Sequence[PackFile]) -> Iterator[bytes]:
    """Yield the bytes of each attachment; raises Damaged where one is not that of its sum."""
    cut = recut(found.pieces(), (after, *(file.size for file in files)))
    next(cut)
    for file, content in zip(files, cut, strict=True):
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise _damaged()
        yield content


def open_return(content: bytes, passphrase: str) -> tuple[Return, str]:
    """Return the return that a sealed file holds, and its text as it was signed."""
    pack_id, text = unseal_text(content, passphrase, "return")
    given = read_return(text)
    if given.pack != pack_id:
        raise Trouble(_OTHER)
    return given, text


def write_fund(fund: FundDefaults, path: Path) -> Path:
    """Write a fund to a file and return the path it really has."""

    def check(part: Path) -> None:
        if read_fund(part) != fund:
            raise Trouble(f"{path.name} does not read back as it was written. Nothing of it was saved.")

    return write_beside(path, partial(Path.write_bytes, data=fund_text(fund).encode()), check)


def read_fund(path: Path) -> FundDefaults:
    """Return the fund of a file; raises Refused where it holds several, Trouble where it holds none."""
    funds = funds_of(read_sealed(path), path.name)
    if len(funds) != 1:
        raise Refused(f"{path.name} holds {len(funds)} funds. A file that is imported holds one.")
    return funds[0]
