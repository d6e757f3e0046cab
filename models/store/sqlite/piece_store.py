"""The pieces of kept files beside automatic copies: each in an encrypted file, shared by all it is in.

A record with many pieces is copied without them. In such a copy each piece's place holds a mark with the name
of the file that it lies in, in the folder `pieces` among the copies; a list beside those files says in the
clear which of them a copy names, so that what no copy names can be found without a passphrase. Names and
contents are under keys made of the record's own passphrase, so they tell nothing to who has it not, and a
copy from before the passphrase was changed is read with its own.
"""

import hmac
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import pbkdf2_hmac, sha256
from pathlib import Path

from sqlcipher3 import dbapi2

from models.session import Session, record_uid
from models.store.private_files import MARK, make_folder, own_mark, read_regular, write_file
from models.store.record_file import PART, wipe
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection

FOLDER, LIST = "pieces", ".list"
TABLE = "file_pieces"
_MARK = b"piece beside the copies: "
_NAME, _NONCE, _TAG = 32, 12, 16
_MARKED = len(_MARK) + _NAME
_OWN = re.compile(rf"(?:[0-9a-f]{{{2 * _NAME}}}|.*{re.escape(LIST)})(?:{re.escape(PART)}{MARK})?")
_ROUNDS = 256_000
"""As many as the engine hashes a passphrase with."""
_IN_TURN = 32
"""Of so many pieces that are there already, one is read again for each copy, by the day and its name."""

_IS_APART = (
    f"SELECT 1 FROM (SELECT piece FROM main.{TABLE} WHERE number = 1 LIMIT 1) "
    f"WHERE length(piece) = {_MARKED} AND substr(piece, 1, {len(_MARK)}) = ?"
)
_HAS_TABLE = f"SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND name = '{TABLE}'"
_TRIGGERS = f"SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'"


def has_pieces(raw: RawConnection) -> bool:
    """Whether a record is of a format that keeps files."""
    return bool(raw.execute(_HAS_TABLE).fetchone()[0])


def folder_of(copy: Path) -> Path:
    """Return where the pieces of an automatic copy lie."""
    return copy.parent / FOLDER


def is_listed(copy: Path) -> bool:
    """Whether an automatic copy was made without its pieces, by what lies beside it."""
    return list_of(copy).is_file()


def list_of(copy: Path) -> Path:
    """Return where it is written which pieces a copy names."""
    return folder_of(copy) / f"{copy.name}{LIST}"


def salt_of(raw: RawConnection) -> bytes:
    """Return what makes the keys of one record's pieces other than any other's, whatever the passphrase."""
    with Session(engine.engine_on(raw)) as session:
        return record_uid(session).bytes


def pieces_there(copy: Path) -> frozenset[str]:
    """Return the names of the pieces of a copy that lie beside it; none where its list cannot be read."""
    with suppress(OSError):
        return frozenset(name for name in _names_in(list_of(copy)) if (folder_of(copy) / name).is_file())
    return frozenset()


class PieceStore:
    """The folder of pieces beside a copy, under one passphrase; an unencrypted record's is that of nobody."""

    def __init__(self, copy: Path, key: str | None, salt: bytes) -> None:
        """Make the keys, which takes as long as opening an encrypted record does."""
        phrase = "" if key is None else engine.clean_key(key)
        made = pbkdf2_hmac("sha512", phrase.encode(), FOLDER.encode() + salt, _ROUNDS, 64)
        self.folder, self._list = folder_of(copy), list_of(copy)
        keys = made[:32], made[32:]
        self._named: Callable[[bytes], bytes] = lambda text: hmac.digest(keys[0], text, "sha256")
        self._sealed: Callable[[bytes, bytes], bytes] = lambda piece, name: _seal(keys[1], piece, name)
        self._opened: Callable[[bytes, bytes], bytes] = lambda sealed, name: _open(keys[1], sealed, name)

    def name_of(self, of: str, number: int, size: int, whole: int) -> bytes:
        """Return the name of a piece by its file's sum, its number, its size, and the whole file's."""
        return self._named(f"{of} {number} {size} {whole}".encode())

    def announce(self, names: Iterable[bytes]) -> None:
        """Write down, before any of them is written, which pieces the copy names."""
        make_folder(self.folder)
        listed = "".join(f"{name.hex()}\n" for name in names).encode()
        part = self._list.with_name(f"{self._list.name}{PART}{own_mark()}")
        write_file(part, _total(listed) + b"\n" + listed)
        os.replace(part, self._list)

    def require(self, sizes: Mapping[bytes, int]) -> None:
        """Raise OSError where a piece is not there as long as it ought to be."""
        if not all(self.has(name, size) for name, size in sizes.items()):
            raise OSError(None, "a piece of a file is missing beside it", str(self.folder))

    def has(self, name: bytes, size: int) -> bool:
        """Whether a piece is there as long as it ought to be."""
        try:
            return (self.folder / name.hex()).stat().st_size == size + _NONCE + _TAG
        except OSError:
            return False

    def is_sound(self, name: bytes, size: int, day: int) -> bool:
        """Whether a piece is there; some, other ones each day, are read as well."""
        return self.has(name, size) and (name[0] % _IN_TURN != day % _IN_TURN or bool(self.read(name)))

    def put(self, name: bytes, piece: bytes) -> None:
        """Write a piece, and read it back before it gets its name; OSError where the disk takes it not."""
        path = self.folder / name.hex()
        part = path.with_name(f"{path.name}{PART}{own_mark()}")
        try:
            write_file(part, self._sealed(piece, name))
            if self._opened(read_regular(part), name) != piece:
                raise OSError(None, "a file was not read back as it was written", str(path))
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)

    def read(self, name: bytes) -> bytes:
        """Return a piece, b"" where it is missing or not as it was written."""
        with suppress(OSError):
            return self._opened(read_regular(self.folder / name.hex()), name)
        return b""

    def piece_at(self, stored: bytes) -> bytes:
        """Return what stands in a piece's place, or the piece that a mark there names."""
        if len(stored) == _MARKED and stored.startswith(_MARK):
            return self.read(stored.removeprefix(_MARK))
        return stored


def mark(name: bytes) -> bytes:
    """Return what stands in the place of a piece that lies beside the copies."""
    return _MARK + name


def _seal(key: bytes, piece: bytes, name: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # not before the first page

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, piece, name)


def _open(key: bytes, sealed: bytes, name: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], name)
    except (InvalidTag, ValueError):
        return b""


def is_apart(raw: RawConnection) -> bool:
    """Whether a copy was made without its pieces."""
    return has_pieces(raw) and raw.execute(_IS_APART, (_MARK,)).fetchone() is not None


def lay_over(raw: RawConnection, copy: Path, key: str | None) -> None:
    """Have whoever reads a copy find its pieces in their place, each read when it is asked for."""
    if not is_apart(raw):
        return
    _give_function(raw, copy, key)
    raw.execute(f"CREATE TEMP VIEW {TABLE} AS SELECT {columns(raw, 'piece_at(piece)')} FROM main.{TABLE}")


def columns(raw: RawConnection, piece: str) -> str:
    """Return what is asked for a row of a piece where something else is asked for the piece itself."""
    names = (str(row[1]) for row in raw.execute(f"PRAGMA main.table_info({TABLE})"))
    return ", ".join(f"{piece} AS piece" if name == "piece" else name for name in names)


def put_back(raw: RawConnection, copy: Path, key: str | None) -> int:
    """Put the pieces of a copy into a record that was copied from it; return how many are missing."""
    if not is_apart(raw):
        return 0
    _give_function(raw, copy, key)
    guards = raw.execute(_TRIGGERS).fetchall()
    raw.execute("BEGIN IMMEDIATE")
    for name, _ in guards:
        raw.execute(f"DROP TRIGGER main.{name}")
    raw.execute(f"UPDATE main.{TABLE} SET piece = piece_at(piece)")
    for _, statement in guards:
        raw.execute(statement)
    missing = int(raw.execute(f"SELECT count(*) FROM main.{TABLE} WHERE length(piece) = 0").fetchone()[0])
    raw.execute("COMMIT")
    return missing


def _give_function(raw: RawConnection, copy: Path, key: str | None) -> None:
    raw.create_function("piece_at", 1, PieceStore(copy, key, salt_of(raw)).piece_at)


def sweep(copies: Path) -> tuple[Path, ...]:
    """Remove the pieces that no copy in a folder of automatic copies names, and return what could not be.

    A copy that is being made is one: its part is there before its list. Where a list cannot be read, or is
    not as it was written, nothing is removed.
    """
    with suppress(OSError):
        return tuple(path for path in _loose(copies) if not wipe(path))
    return ()


def _loose(copies: Path) -> tuple[Path, ...]:
    folder = copies / FOLDER
    if not folder.is_dir():
        return ()
    found = {path.name: path for path in folder.iterdir() if _OWN.fullmatch(path.name)}
    there = {path.name.partition(PART)[0] for _ in range(2) for path in copies.iterdir()}
    lists = {name for name in found if name.endswith(LIST) and name.removesuffix(LIST) in there}
    named = {name for one in lists for name in _names_in(found[one])}
    return tuple(path for name, path in found.items() if name not in lists | named)


def _names_in(path: Path) -> list[str]:
    total, _, names = read_regular(path).partition(b"\n")
    if total != _total(names):
        raise OSError(None, "a list of pieces is not as it was written", str(path))
    return names.decode("ascii").split()


def _total(names: bytes) -> bytes:
    return sha256(names).hexdigest().encode()


@contextmanager
def attached(raw: RawConnection, name: str, part: Path, literal: str) -> Iterator[None]:
    """Attach the file of a copy that is being made, which nothing is undone in: it is made anew if at all."""
    raw.execute(f"ATTACH DATABASE ? AS {name} KEY {literal}", (engine.uri(part, "mode=rw"),))
    try:
        for setting in ("synchronous=OFF", "journal_mode=OFF"):
            raw.execute(f"PRAGMA {name}.{setting}").fetchone()
        yield
    finally:
        with suppress(dbapi2.Error):
            raw.execute(f"DETACH DATABASE {name}")
