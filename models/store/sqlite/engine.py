"""The one way a record's file is connected to: one engine, one connection, settings read back."""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from hashlib import pbkdf2_hmac
from hmac import compare_digest
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2

from models.store import parts
from models.store.passphrases import one_spelling
from models.store.private_files import make_file
from models.trouble import Trouble, or_else

APPLICATION_ID = 0x47504E31
"""What marks a file as a record: "GPN1" in the header, and on a server beside the head of the journal."""
BEFORE_THE_RELEASE = 0x47504E4C
"""The mark of records that were made before the first release: "GPNL"."""

NOT_A_DATABASE = 26
DAMAGED = 11
DRIVERS_OWN = (dbapi2.Error, UnicodeDecodeError)
"""What the driver raises; the second when even its message about a damaged table cannot be read."""

WHAT_HELPS = "Restore its newest backup, or salvage what can be read."
"""What is said of a damaged record where nothing more is known of its backups."""

PAGE = 4096
"""So many bytes are in each page of a record."""
_FIRST = ("SELECT count(*) FROM sqlite_master",)
_LOCKED = (5, 6)
_FULL = 13
_NO_DISK = (8, 10, 14)

_SETTINGS = (
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("recursive_triggers", "ON", 1),
)
_LASTING = (("locking_mode", "EXCLUSIVE", "exclusive"), ("journal_mode", "DELETE", "delete"))
_EXTRA = ("synchronous", "EXTRA", 3)
_OF_PLATFORM = (("fullfsync", "ON", 1),) if sys.platform == "darwin" else ()

_WORKED_OUT: LRUCache[Any, Any] = LRUCache(2_000)
"""What statements were worked out to; all of the program's are fewer."""


class RawConnection(Protocol):
    """What is used of the driver's connection."""

    @property
    def total_changes(self) -> int:
        """Return how many rows were ever written through it."""

    def execute(self, statement: str, parameters: tuple[Any, ...] = ..., /) -> Any:
        """Run one statement."""

    def backup(self, target: "RawConnection", **options: Any) -> None:
        """Copy the whole database into another connection's."""

    def create_function(self, name: str, parameters: int, function: Callable[..., object], /) -> None:
        """Let statements call a function."""

    def close(self) -> None:
        """Close it."""


class RecordLocked(Trouble):
    """Another program holds the record's own lock."""


class NotOpened(Trouble):
    """The passphrase is wrong, or the file is none of ours, or its beginning is damaged: nobody can tell."""


class RecordDamaged(Trouble):
    """The file is a record, but its pages do not hold together."""


class RecordGone(Trouble):
    """Nothing can be read of a record: its file is empty, of another kind, or spoilt at its beginning."""


class RecordMissing(RecordGone):
    """There is no file under the record's name; its automatic copies may be there all the same."""


def connect(path: Path, key: str | None, *, mode: str = "rw") -> RawConnection:
    """Return a connection to an existing record (`mode="rwc"` makes one), locked against all others.

    One that is made is readable to its owner alone. Raises OSError where it could not be.
    """
    if mode == "rwc":
        make_file(path)
    raw = _connected(path, key_literal(key), f"mode={mode}")
    with or_else(raw.close):
        try:
            _settle(raw)
        except DRIVERS_OWN as error:
            raise trouble_of(error, path) from error
    return raw


def connect_to_read(path: Path, key: str | None) -> RawConnection:
    """Return a connection to a file that nobody writes: no lock, no journal, nothing changed."""
    return _connected(path, key_literal(key), "mode=ro&immutable=1")


def connect_to_damaged(path: Path, literal: str | None) -> RawConnection:
    """Return a connection to read what is left of a file, though it is cut short or its schema is spoilt."""
    first = ("PRAGMA cell_size_check=ON", "PRAGMA writable_schema=ON", "PRAGMA user_version")
    return _connected(path, literal, "mode=ro&immutable=1", first)


def hashed_key(path: Path, key: str) -> str:
    """Return the literal of a passphrase hashed for one file, with which connecting again takes no time."""
    with closing(connect_to_damaged(path, key_literal(key))) as raw:
        (salt,), (rounds,) = (
            raw.execute(f"PRAGMA {name}").fetchone() for name in ("cipher_salt", "kdf_iter")
        )
    hashed = pbkdf2_hmac("sha512", clean_key(key).encode(), bytes.fromhex(salt), int(rounds), 32)
    return f"\"x'{hashed.hex()}{salt}'\""


def key_literal(key: str | None) -> str | None:
    """Return a passphrase as the engine is given it; None where there is none."""
    return None if key is None else "'{}'".format(clean_key(key).replace("'", "''"))


def has_right_key(path: Path, key: str) -> bool:
    """Say whether a passphrase opens some page of a closed file whose beginning does not open."""
    try:
        with closing(_connected(path, key_literal(key), "mode=ro&immutable=1", ())) as raw:
            spoilt = len(raw.execute("PRAGMA cipher_integrity_check").fetchall())
    except Trouble:
        return False
    return spoilt < path.stat().st_size // PAGE


def connect_for_copy(path: Path, key: str | None) -> RawConnection:
    """Return a connection to a new file that a backup is about to fill; OSError where none can be made."""
    make_file(path)
    return _connected(path, key_literal(key), "mode=rwc")


def integrity_problems(raw: RawConnection, *, is_encrypted: bool) -> tuple[str, ...]:
    """Return what the engine finds wrong with the file's pages; nothing when they are whole."""
    found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check")]
    if is_encrypted:
        found += [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check")]
    return tuple(words for words in found if words != "ok")


def engine_on(raw: RawConnection) -> Engine:
    """Return an engine whose one connection is `raw`; each transaction takes the write lock at once.

    All engines share what statements were worked out to, so that a second record, a copy that is checked
    and the journal that is done over again need not work them out once more.
    """
    spoken = _dialect()
    engine = Engine(
        StaticPool(_giving(raw), dialect=spoken),
        spoken,
        make_url("sqlite://"),
        execution_options={"compiled_cache": _WORKED_OUT},
        hide_parameters=True,  # a report of an error never holds what applicants wrote
    )
    event.listen(engine, "begin", _begin_immediate)
    parts.listen(engine)
    return engine


@cache
def _dialect() -> Dialect:
    """Return how every record is spoken to, with what the engine told of itself at a first connection."""
    with closing(scratch()) as raw:
        first = create_engine("sqlite://", module=dbapi2, creator=_giving(raw), poolclass=StaticPool)
        first.connect().close()
    return first.dialect


def scratch() -> RawConnection:
    """Return an empty database in memory, which leaves nothing on any disk."""
    raw: RawConnection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    return raw


def trouble_of(error: BaseException, path: Path) -> Trouble:
    """Return what the driver's error means, in words for the person at the desk."""
    primary = _primary(error)
    if primary in _LOCKED:
        return RecordLocked(f"{path.name} is open in another program. Close it there, then try again.")
    if primary == _FULL:
        return Trouble(
            f"The disk that holds {path.name} is full. The last change was not saved; nothing was lost. "
            "Free some space and try again."
        )
    if primary in _NO_DISK:
        return Trouble(
            f"The disk could not read or write {path.name} in {path.parent}; it may be full, "
            "read-only or unplugged. The last change was not saved; nothing was lost. Check it and try again."
        )
    if primary == DAMAGED or isinstance(error, UnicodeDecodeError):
        return damaged(path)
    if primary == NOT_A_DATABASE:
        return NotOpened(
            f"{path.name} was not opened: the passphrase is wrong, or it is not a Grant Panel record, or its "
            "beginning is damaged. Nothing was changed. Try the passphrase again or open its newest backup."
        )
    return Trouble(f"{path.name} could not be used ({error}). Nothing was changed.")


def damaged(path: Path) -> RecordDamaged:
    """Return what is said of a record whose pages or values cannot be read."""
    return RecordDamaged(f"{path.name} is damaged. Nothing was changed. {WHAT_HELPS}")


def damaged_at_its_beginning(path: Path, *, is_encrypted: bool) -> RecordGone:
    """Return what is said of a record whose first page is spoilt, without which no other can be used."""
    key = "The passphrase is right. " if is_encrypted else ""
    return RecordGone(
        f"{path.name} is damaged at its beginning, so nothing of it can be read. {key}Nothing was changed. "
        "Restore its newest backup."
    )


def is_full(error: BaseException) -> bool:
    return _primary(error) == _FULL


def is_disk_trouble(error: BaseException) -> bool:
    """Say whether the driver's error comes from the disk, the file or a lock, not from our own mistake."""
    return _primary(error) in (*_LOCKED, _FULL, *_NO_DISK, DAMAGED, NOT_A_DATABASE)


def is_no_text(error: BaseException) -> bool:
    """Whether the bytes of a text could not be read as one."""
    return isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode to UTF-8")


def tables_without_text(raw: RawConnection) -> Iterator[str]:
    """Yield the tables with a text whose bytes are none; the journal's words have sums of their own."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'journal_body'"
    for (table,) in raw.execute(names).fetchall():
        columns = [
            f'"{row[1]}"' for row in raw.execute(f'PRAGMA main.table_info("{table}")') if row[2] == "TEXT"
        ]
        try:
            deque(raw.execute(f'SELECT {", ".join(columns) or "NULL"} FROM main."{table}"'), maxlen=0)
        except DRIVERS_OWN as error:
            if not is_no_text(error):
                raise
            yield table


def _primary(error: BaseException) -> int | None:
    """Return the engine's code of a driver's error without what is added to it, None where it has none."""
    if is_no_text(error):
        return DAMAGED
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def clean_key(passphrase: str) -> str:
    """Return the passphrase in its one spelling; Trouble when it would not protect the record."""
    key = one_spelling(passphrase)
    if not key or "\0" in key or key.lower().startswith("x'"):
        raise Trouble(
            "That passphrase cannot be used: choose one that is not empty and does not begin with x'."
        )
    return key


def is_same_key(one: str | None, other: str | None) -> bool:
    """Whether two passphrases are one, however they are spelt; None is none. Trouble where one is no key."""
    if one is None or other is None:
        return one is other
    return compare_digest(clean_key(one).encode(), clean_key(other).encode())


def uri(path: Path, options: str) -> str:
    """Return the driver's address of a file."""
    address = path.resolve().as_uri()
    if not address.startswith("file:///"):  # a network path on Windows: the server is no authority
        address = address.replace("file://", "file:////", 1)
    return f"{address}?{options}"


def _connected(
    path: Path, literal: str | None, options: str, first: tuple[str, ...] = _FIRST
) -> RawConnection:
    """Return a connection that was given its key and asked what it is asked first.

    That is on the first page, which a wrong key cannot read.
    """
    raw: RawConnection | None = None
    try:
        raw = dbapi2.connect(
            uri(path, options), uri=True, isolation_level=None, check_same_thread=False, timeout=0
        )
        key = () if literal is None else (f"PRAGMA key={literal}",)
        for statement in ("PRAGMA cipher_log_level=NONE", "PRAGMA trusted_schema=OFF", *key, *first):
            raw.execute(statement).fetchone()
    except DRIVERS_OWN as error:
        if raw is not None:
            raw.close()
        raise trouble_of(error, path) from error
    return raw


def _settle(raw: RawConnection) -> None:
    """Make every setting, read each back, and take the lock that shuts all others out."""
    for name, value, expected in (*_SETTINGS, *_LASTING, _EXTRA, *_OF_PLATFORM):
        raw.execute(f"PRAGMA {name}={value}")
        found = raw.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise Trouble(f"The database engine refused the setting {name}={value}. Nothing was changed.")
    raw.execute("BEGIN EXCLUSIVE")
    raw.execute("COMMIT")


def _giving(raw: RawConnection) -> Callable[[], Any]:
    return lambda: raw


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
