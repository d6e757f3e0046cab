r"""The bytes of a sealed file: a header that tells damage from a wrong passphrase, and a body that is secret.

    magic "GPACK\0", version 1, "\n"              8 bytes
    length of the header, big-endian                4 bytes
    header, JSON in UTF-8                           as long
    SHA-256 of all before                          32 bytes
    HMAC-SHA256 of magic to header                 32 bytes
    AES-256-GCM of the body, all before bound in    the rest

Argon2id makes a key of the passphrase and HKDF two of that key: one for the cipher, one for the MAC, which
binds the key to the header (GCM alone does not commit to one key). Everything is checked before it is used,
so a forged header cannot make the reader take more memory or time than it allows.
"""

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from exchange.atomic import require_place, require_whole, write_beside
from models.packs.pack_making import OpenedPack
from models.reference.defaults import FundDefaults
from models.reference.fund_file import fund_text
from models.reference.schemes import read_funds
from models.store.passphrases import one_spelling
from models.store.private_files import open_regular
from models.trouble import Trouble
from models.values import canonical
from models.values.packs import Return, read_pack, read_return
from scoring.written.text import Refused

MAGIC, VERSION = b"GPACK\0", 1
_START = MAGIC + bytes([VERSION]) + b"\n"
_LENGTH, _DIGEST, _TAG = 4, 32, 16
MOST_HEADER, MOST_FILE = 64 * 1024, 64 * 1024 * 1024
LABEL = b"gpack-1"
KINDS = ("pack", "return")


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
    """Return the bytes of a sealed file. Salt and nonce are drawn afresh; only test vectors give them."""
    found = stretching or STANDARD
    salt, nonce = salt or os.urandom(16), nonce or os.urandom(12)
    header = {
        "kind": kind,
        "pack": pack_id,
        "kdf": "argon2id",
        "memory_kib": found.memory_kib,
        "passes": found.passes,
        "lanes": found.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "body": len(body) + _TAG,
    }
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    before = _START + len(text).to_bytes(_LENGTH, "big") + text
    cipher_key, mac_key = _keys(passphrase, salt, found)
    mac = hmac.digest(mac_key, before, "sha256")
    start = before + hashlib.sha256(before).digest() + mac
    sealed = start + AESGCM(cipher_key).encrypt(nonce, body, start)
    if len(sealed) > MOST_FILE:
        raise Trouble(f"The {kind} is larger than {MOST_FILE // 1024 // 1024} MB. Choose fewer applications.")
    return sealed


def unseal(content: bytes, passphrase: str) -> Opened:
    """Return what a sealed file holds; raises NotAPack, Damaged or WrongPassphrase, and changes nothing."""
    before, header = _header(content)
    end = len(before)
    checksum, mac = content[end : end + _DIGEST], content[end + _DIGEST : end + 2 * _DIGEST]
    if not hmac.compare_digest(checksum, hashlib.sha256(before).digest()):
        raise _damaged()
    stretching, salt, nonce = _settings(header)
    if len(content) - end - 2 * _DIGEST != header["body"]:
        raise _damaged()
    cipher_key, mac_key = _keys(passphrase, salt, stretching)
    if not hmac.compare_digest(mac, hmac.digest(mac_key, before, "sha256")):
        raise WrongPassphrase(
            "That passphrase does not open this file, or the file was altered. "
            "Nothing was imported; try as often as you need."
        )
    start = content[: end + 2 * _DIGEST]
    try:
        body = AESGCM(cipher_key).decrypt(nonce, content[len(start) :], start)
    except InvalidTag as error:
        raise _damaged() from error
    return Opened(header["kind"], header["pack"], body)


def start_of(content: bytes) -> bytes:
    """Return the part of a sealed file with which a passphrase can be checked without its body."""
    return content[: len(_header(content)[0]) + 2 * _DIGEST]


def is_passphrase_of(start: bytes, passphrase: str) -> bool:
    """Whether a passphrase is the one of the sealed file that this is the start of."""
    before, header = _header(start + bytes(_TAG))
    stretching, salt, _ = _settings(header)
    mac = hmac.digest(_keys(passphrase, salt, stretching)[1], before, "sha256")
    return hmac.compare_digest(start[-_DIGEST:], mac)


def seal_text(kind: str, pack_id: str, text: str, passphrase: str) -> bytes:
    return seal(kind, pack_id, text.encode(), passphrase)


def unseal_text(content: bytes, passphrase: str, kind: str) -> tuple[str, str]:
    """Return the pack's identity and the text of a sealed file of one kind; raises as `unseal` does."""
    _require_kind(read_header(content), kind)
    opened = unseal(content, passphrase)
    try:
        return opened.pack_id, opened.body.decode()
    except UnicodeDecodeError as error:
        raise _damaged() from error


def read_sealed(path: Path) -> bytes:
    """Return the bytes of a sealed file, never more than one may have."""
    try:
        with open_regular(path) as stream:
            content = stream.read(MOST_FILE + 1)
    except OSError as error:
        raise Trouble(f"{path.name} cannot be read ({error.strerror}). Check where it is.") from error
    if len(content) > MOST_FILE:
        raise NotAPack(f"{path.name} is not a pack of Grant Panel: it is too large for one.")
    return content


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
    if content[: len(_START)] != _START:
        raise NotAPack("This pack was made by a newer version of Grant Panel. Update this one first.")
    length = int.from_bytes(content[len(_START) : len(_START) + _LENGTH], "big")
    end = len(_START) + _LENGTH + length
    if length > MOST_HEADER or len(content) < end + 2 * _DIGEST + _TAG:
        raise _damaged()
    try:
        header = canonical.loads(content[len(_START) + _LENGTH : end].decode())
    except ValueError as error:
        raise _damaged() from error
    if not isinstance(header, dict):
        raise _damaged()
    return content[:end], header


def _settings(header: Mapping[str, Any]) -> tuple[Stretching, bytes, bytes]:
    """Return what the header says of keys, each part of it checked."""
    try:
        stretching = Stretching(header["memory_kib"], header["passes"], header["lanes"])
        salt, nonce = bytes.fromhex(header["salt"]), bytes.fromhex(header["nonce"])
        is_sound = (
            header["kdf"] == "argon2id"
            and header["kind"] in KINDS
            and isinstance(header["pack"], str)
            and all(type(n) is int for n in (*_numbers(stretching), header["body"]))
            and stretching.is_allowed()
            and (len(salt), len(nonce)) == (16, 12)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    if not is_sound:
        raise _damaged()
    return stretching, salt, nonce


def _numbers(stretching: Stretching) -> tuple[int, int, int]:
    return stretching.memory_kib, stretching.passes, stretching.lanes


def _keys(passphrase: str, salt: bytes, stretching: Stretching) -> tuple[bytes, bytes]:
    """Return the key of the cipher and the key of the MAC; the passphrase is taken in its one spelling."""
    secret = one_spelling(passphrase).encode()
    memory, passes, lanes = _numbers(stretching)
    stretched = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        secret
    )
    both = HKDF(algorithm=SHA256(), length=64, salt=None, info=LABEL).derive(stretched)
    return both[:32], both[32:]


def _damaged() -> Damaged:
    return Damaged(
        "This pack is damaged: it is not as it was written. Ask for it again. Nothing was imported."
    )


UNWRITTEN = (
    "It is in the record, but {} could not be written. Make it again in another folder: the "
    "person who gets it uses the newest."
)


def write_sealed(content: bytes, path: Path, record: Callable[[], object] | None = None) -> Path:
    """Write a sealed file beside, for its owner alone, and put it in place; return the path it really has.

    `record` records it once it is written whole; where that is refused no file is left.
    """
    done: list[object] = []

    def write(part: Path) -> None:
        part.write_bytes(content)

    def check(part: Path) -> None:
        require_whole(part, is_whole=part.read_bytes() == content)
        if record is not None:
            done.append(record())

    require_place(path)
    try:
        return write_beside(path, write, check, is_private=True)
    except Trouble as error:
        if done:
            raise Trouble(UNWRITTEN.format(path.name)) from error
        raise


def require_room(content: bytes, path: Path) -> None:
    """Refuse a place where a sealed file cannot be written whole, before it is recorded as written."""
    require_place(path)
    try:
        with tempfile.TemporaryFile(dir=path.resolve().parent) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        words = f"{path.name} cannot be written there ({error.strerror})."
        raise Trouble(f"{words} Nothing was changed; choose another folder.") from error


_OTHER = "What is in this file does not match its label, so nothing was imported. Ask for it again."


def open_pack(content: bytes, passphrase: str) -> OpenedPack:
    """Return the pack that a sealed file holds."""
    pack_id, text = unseal_text(content, passphrase, "pack")
    pack = read_pack(text)
    if pack.pack != pack_id:
        raise Trouble(_OTHER)
    return OpenedPack(pack, text, start_of(content).hex())


def open_return(content: bytes, passphrase: str) -> tuple[Return, str]:
    """Return the return that a sealed file holds, and its text as it was signed."""
    pack_id, text = unseal_text(content, passphrase, "return")
    given = read_return(text)
    if given.pack != pack_id:
        raise Trouble(_OTHER)
    return given, text


def write_fund(fund: FundDefaults, path: Path) -> Path:
    """Write a fund to a file and return the path it really has."""
    content = fund_text(fund).encode("utf-8")

    def write(part: Path) -> None:
        part.write_bytes(content)

    def check(part: Path) -> None:
        if read_funds(part) != (fund,):
            raise Trouble(f"{path.name} does not read back as it was written. Nothing of it was saved.")

    return write_beside(path, write, check)


def read_fund(path: Path) -> FundDefaults:
    """Return the fund of a file; raises Refused where it holds several, Trouble where it holds none."""
    funds = read_funds(path)
    if len(funds) != 1:
        raise Refused(f"{path.name} holds {len(funds)} funds. A file that is imported holds one.")
    return funds[0]
