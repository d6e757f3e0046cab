"""Make a record, or bring one to a state, by a copy of the first that came to it.

A round that is decided takes thirty changes of the record, and hundreds of tests begin with one. They are
made by the program the first time; what they came to is put into the record of every later test that
begins where the first one began, at the same time on its clock.
"""

import hashlib
import marshal
import os
from collections.abc import Callable, Hashable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from models.record import Record
from models.store import chain, definition
from models.store.private_files import make_file
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection

Build = TypeVar("Build", bound=Callable[..., Any])
Tables = tuple[int, list[str], list[tuple[str, list[Any]]]]
"""The number of a format, how its tables are declared, and the rows that they begin with."""
KEPT_IN = "GRANT_PANEL_TESTS_KEEP"
"""The variable that names the folder in which the processes of a run keep files for each other."""
_STANDS: "WeakKeyDictionary[Record, tuple[Hashable, int]]" = WeakKeyDictionary()
"""Of a record whose state is known: what it came from, and how many rows had been written by then."""


def made_once(build: Build) -> Build:
    """Have what a builder makes of a record made once for all that begin alike; others it is called for.

    A builder takes the record first, then values that can be hashed, and returns the record or a value.
    """
    made: dict[Hashable, tuple[RawConnection, Any, Any]] = {}

    @wraps(build)
    def bring(record: Record, *values: Any, **named: Any) -> Any:
        if record.is_shared:
            return build(record, *values, **named)
        start = _start(record, values, tuple(sorted(named.items())))
        if start is None:
            return build(record, *values, **named)
        if start not in made:
            found = build(record, *values, **named)
            answer = None if found is record else found
            made[start] = _copy(record), record.transactions._clock.now, answer  # type: ignore[attr-defined]
        else:
            _put(record, *made[start][:2])
        _STANDS[record] = (build.__module__, build.__qualname__, start), record._file.raw.total_changes
        answer = made[start][2]
        return record if answer is None else answer

    return bring  # type: ignore[return-value]


def file_made_once(build: Build) -> Build:
    """Have the closed record that a builder makes at a path made once for all that ask for it alike.

    What is asked for without naming other files is made once for all processes of a run.
    """
    made: dict[Hashable, bytes] = {}

    @wraps(build)
    def make(path: Path, *values: Hashable, **named: Hashable) -> Path:
        asked = values, tuple(sorted(named.items()))
        kept = None if any(isinstance(one, Path) for one in values) else _kept_as(build, asked)
        if asked not in made and kept is not None and kept.is_file():
            made[asked] = kept.read_bytes()
        if asked not in made:
            build(path, *values, **named)
            made[asked] = path.read_bytes()
            if kept is not None:
                _keep(kept, made[asked])
        else:
            make_file(path)
            path.write_bytes(made[asked])
        return path

    return make  # type: ignore[return-value]


def _kept_as(build: Build, asked: Hashable) -> Path:
    """Return where the processes of a run keep for each other what a builder made."""
    folder = Path(os.environ[KEPT_IN])
    folder.mkdir(exist_ok=True)
    return folder / hashlib.sha256(f"{build.__module__} {build.__qualname__} {asked!r}".encode()).hexdigest()


def copy_new_tables() -> None:
    """Have the tables of new records made as the first one's were, which the program's migrations make."""
    migrate, newest = definition._migrate, newest_format()
    made: list[tuple[RawConnection, Tables]] = []
    kept = Path(os.environ[KEPT_IN]) / "tables of a new record"

    @wraps(migrate)
    def put(connection: Connection, to_format: int) -> None:
        raw = connection.connection.driver_connection
        is_new = to_format == newest and raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        if is_new and not made and kept.is_file():  # another process of the run has made them
            made.append(_ready(marshal.loads(kept.read_bytes())))
        if not (is_new and made):
            migrate(connection, to_format)
        if is_new and made:
            _put_new(raw, *made[0])
        elif is_new:
            made.append(_ready(_tables(raw)))
            _keep(kept, marshal.dumps(made[0][1]))

    definition._migrate = put


def _ready(found: Tables) -> tuple[RawConnection, Tables]:
    """Return tables in memory, to be copied page by page, and what they are made of."""
    kept = engine.scratch()
    _put_tables(kept, *found)
    return kept, found


def _keep(path: Path, content: bytes) -> None:
    """Write what the processes of a run keep for each other, whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def _put_new(raw: Any, kept: RawConnection, found: Tables) -> None:
    """Put a new record into a file whose transaction has begun: page by page, but for an encrypted one."""
    raw.execute("COMMIT")
    try:
        kept.backup(raw)
    except dbapi2.Error:
        raw.execute("BEGIN IMMEDIATE")
        _put_tables(raw, *found)
    else:
        raw.execute("BEGIN IMMEDIATE")


def _tables(raw: Any) -> Tables:
    """Return how the tables of a record are declared, and the rows that they begin with."""
    own = "sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    declared = [sql for (sql,) in raw.execute(f"SELECT sql FROM sqlite_master WHERE {own} ORDER BY rowid")]
    names = raw.execute(f"SELECT name FROM sqlite_master WHERE {own} AND type = 'table'").fetchall()
    rows = [(name, raw.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names]
    (number,) = raw.execute("PRAGMA user_version").fetchone()
    return number, declared, [(name, found) for name, found in rows if found]


def _put_tables(raw: Any, number: int, declared: list[str], rows: list[tuple[str, list[Any]]]) -> None:
    for sql in declared:
        raw.execute(sql)
    for name, found in rows:
        raw.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(found[0]))})', found)
    raw.execute(f"PRAGMA application_id={engine.APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={number}")


def _start(record: Record, *values: Hashable) -> Hashable | None:
    """Return from what a builder begins; None where that is not known, or not to be copied."""
    now, changes = getattr(record.transactions._clock, "now", None), record._file.raw.total_changes
    known, at = _STANDS.get(record, (record.head(), 0))
    return None if now is None or at != changes or record.is_encrypted else (known, now, values)


def _copy(record: Record) -> RawConnection:
    kept = engine.scratch()
    record._file.raw.backup(kept)
    return kept


def _put(record: Record, kept: RawConnection, now: Any) -> None:
    """Put a copy into an open record, which goes on from there."""
    kept.backup(record._file.raw)
    record.transactions._clock.now = now  # type: ignore[attr-defined]
    record._file.note_change()
    record.transactions.parts.clear()
    record.transactions.head = record.ask(chain.head)
