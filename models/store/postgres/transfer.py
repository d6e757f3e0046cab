"""A record's rows from a file to a server and back, table by table and to the letter."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Table, text

from models.copies import backup
from models.copies.backup import Contents, Tick
from models.journal import chain as journal
from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session
from models.store import definition
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection

assert TABLES, "the declared schema is whole"

_AT_A_TIME = 2_000

Rows = Iterator[Sequence[Any]]


def copy_in(source: Session, connection: Connection, tick: Tick = None) -> None:
    """Put every row of a record that is open in a file into the new, unguarded tables of a server."""
    raw: Any = connection.connection.driver_connection
    for number, table in enumerate(METADATA.sorted_tables):
        if tick is not None:
            tick(number, len(METADATA.sorted_tables))
        with raw.cursor() as cursor, cursor.copy(f"COPY public.{_named(table)} FROM STDIN") as out:
            for row in _as_declared(table, _rows(source, table)):
                out.write_row(row)
    connection.execute(
        text(
            "UPDATE journal_head SET seq = j.seq, hash = j.hash, at = j.at FROM journal AS j "
            "WHERE j.seq = (SELECT max(seq) FROM journal)"
        )
    )


def copy_out(session: Session, path: Path, key: str | None, tick: Tick = None) -> Path:
    """Write every row of a record on a server into a new file, and verify what was written."""
    with backup.being_written(path) as part:
        with closing(engine.connect(part, key, mode="rwc")) as raw:
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("BEGIN IMMEDIATE")
            definition.make(raw, lambda: _fill(session, raw, tick))
            raw.execute("COMMIT")
        backup.give_name(part, path, key, _contents(session))
    return path


@contextmanager
def in_memory(session: Session) -> Iterator[Session]:
    """Give a copy of a record on a server in memory, in which anything may be tried."""
    with closing(engine.scratch()) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        definition.make(raw, lambda: _fill(session, raw, None))
        raw.execute("COMMIT")
        raw.execute("PRAGMA foreign_keys=ON")
        with engine.engine_on(raw).connect() as copy:
            yield copy


def _fill(session: Session, raw: RawConnection, tick: Tick) -> None:
    for number, table in enumerate(METADATA.sorted_tables):
        if tick is not None:
            tick(number, len(METADATA.sorted_tables))
        places = ", ".join("?" * len(table.c))
        for row in _rows(session, table):
            raw.execute(f"INSERT INTO {_named(table)} VALUES ({places})", tuple(row))


def _rows(session: Session, table: Table) -> Rows:
    """Yield the rows of a table as they are stored, in the order of its key."""
    key = ", ".join(f'"{column.name}"' for column in table.primary_key or table.c)
    columns = _named(table).partition(" ")[2].strip("()")
    rows = session.exec_driver_sql(
        f'SELECT {columns} FROM "{table.name}" ORDER BY {key}', execution_options={"yield_per": _AT_A_TIME}
    )
    yield from map(tuple, rows)


def _as_declared(table: Table, rows: Rows) -> Rows:
    """Turn the noughts and ones of a file into the yes and no that a server holds."""
    places = [number for number, column in enumerate(table.c) if isinstance(column.type, Boolean)]
    if not places:
        yield from rows
        return
    for row in rows:
        found = list(row)
        for place in places:
            found[place] = None if found[place] is None else bool(found[place])
        yield found


def _named(table: Table) -> str:
    """Return a table with its columns, all in quotes."""
    return f'"{table.name}" (' + ", ".join(f'"{column.name}"' for column in table.c) + ")"


def _contents(session: Session) -> Contents:
    counts = backup.row_counts(session)
    counts.pop("journal_head")
    return Contents(counts, journal.head(session))
