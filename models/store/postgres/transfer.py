"""A record's rows from a file to a server and back, and an older record brought to this program's format."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Table, text

from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session
from models.store import chain as journal
from models.store import definition
from models.store.definition import Note
from models.store.definition import upgrade as migrate
from models.store.locks.preparing import set_locks
from models.store.places import ServerAddress
from models.store.postgres import guards
from models.store.postgres.checks import make_tables
from models.store.postgres.connecting import check_format, check_server, format_of
from models.store.record_file import newest_format
from models.store.sqlite import backup, engine
from models.store.sqlite.backup import Contents, Tick
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


_WITHOUT = ("alembic_version", "journal_head")
_HOLD_WRITERS = "LOCK TABLE public.journal_head IN EXCLUSIVE MODE"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace "
    "AND p.proname LIKE 'gp\\_%' ORDER BY 1"
)
_IS_LOCKED = "SELECT to_regclass('locks.set_by') IS NOT NULL"


def upgrade(session: Session, address: ServerAddress, note: Callable[[int], Note]) -> int | None:
    """Migrate the record within the transaction of a session; return the format that it had.

    None where it is of this program's format already. Nobody writes meanwhile; one of a newer format is
    refused.
    """
    check_server(session, address)
    session.exec_driver_sql(_HOLD_WRITERS)
    found = format_of(session)
    if found == newest_format():
        return None
    if found > newest_format():
        check_format(session, address)
    with closing(engine.scratch()) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        definition.make(raw, partial(_fill_from, session, raw), found)
        raw.execute("COMMIT")
        head = migrate(raw, note(found))
        _drop(session)
        with engine.engine_on(raw).connect() as migrated:
            make_tables(session, partial(copy_in, migrated))
    if session.exec_driver_sql(_IS_LOCKED).scalar_one():
        driver: object = session.connection.driver_connection
        set_locks(driver)  # type: ignore[arg-type]
    session.execute(
        text("SELECT pg_notify(:channel, :seq)"), {"channel": guards.CHANNEL, "seq": str(head.seq)}
    )
    return found


def _fill_from(session: Session, raw: RawConnection) -> None:
    """Copy every row into the tables of the format that the record has."""
    there = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    for (name,) in there:
        if name in _WITHOUT or name.startswith("sqlite_"):
            continue
        columns = [row[1] for row in raw.execute(f'PRAGMA table_info("{name}")')]
        quoted = ", ".join(f'"{column}"' for column in columns)
        rows = session.exec_driver_sql(
            f'SELECT {quoted} FROM public."{name}"', execution_options={"yield_per": _AT_A_TIME}
        )
        places = ", ".join("?" * len(columns))
        for row in rows:
            raw.execute(f'INSERT INTO "{name}" ({quoted}) VALUES ({places})', tuple(row))


def _drop(session: Session) -> None:
    """Take the old tables away, with their guards and policies; the schema holds nothing else."""
    tables = session.exec_driver_sql(_TABLES).scalars().all()
    session.exec_driver_sql("DROP TABLE " + ", ".join(f'public."{name}"' for name in tables) + " CASCADE")
    for function in session.execute(text(_FUNCTIONS)).scalars().all():
        session.exec_driver_sql(f"DROP FUNCTION public.{function.removeprefix('public.')} CASCADE")
