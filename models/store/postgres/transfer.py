"""A record's tables on a server: made, looked over, filled from a file and read into one, and upgraded."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Table, text

from models.schema import tables
from models.schema.base import METADATA
from models.schema.forms import form_of, form_rule
from models.schema.tables import TABLES
from models.session import Session
from models.store import chain as journal
from models.store import definition
from models.store.definition import Note
from models.store.definition import upgrade as migrate
from models.store.locks.preparing import set_locks
from models.store.places import ServerAddress
from models.store.postgres import guards
from models.store.postgres.connecting import check_format, check_server, format_of
from models.store.record_file import newest_format
from models.store.sqlite import backup, engine
from models.store.sqlite.backup import Contents, Tick
from models.store.sqlite.engine import RawConnection

assert TABLES, "the declared schema is whole"

OWN = frozenset({"journal_head", "alembic_version"})
"""Tables that only a record on a server has."""

_COLUMNS = text(
    "SELECT c.relname AS name, a.attname AS of_it FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'f') "
    "ORDER BY c.relname, a.attnum"
)
_GUARDS = text(
    "SELECT t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid "
    "JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname <> 'locks' "
    "WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
    "ORDER BY t.tgname"
)
_LOOSE = text(
    "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
    "AND contype IN ('f', 'c') AND NOT convalidated ORDER BY conname"
)
_RULES = text("SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace")
_SOURCES = text(
    "SELECT proname AS name, prosrc AS source FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace AND proname = ANY(:names)"
)


def faults_of(session: Session) -> tuple[str, ...]:
    """Return in words how the tables of a record on a server are otherwise than the program makes them."""
    return (*_tables(session), *_guards(session))


def _tables(session: Session) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for name, column in session.execute(_COLUMNS):
        found.setdefault(name, []).append(column)
    declared = {table.name: sorted(column.name for column in table.c) for table in METADATA.sorted_tables}
    yield from (f"the table “{name}” is missing" for name in sorted(declared.keys() - found.keys()))
    for name in sorted(found.keys() - OWN):
        if name not in declared:
            yield f"the table “{name}” is not the program's"
        elif sorted(found[name]) != declared[name]:
            yield f"the table “{name}” is not as the program makes it"
    yield from (f"the rule “{name}” does not hold for all rows" for name in session.scalars(_LOOSE))
    there = set(session.scalars(_RULES))
    forms = (form_rule(column) for table in METADATA.sorted_tables for column in table.c if form_of(column))
    yield from (f"the rule “{name}” is missing" for name in forms if name not in there)


def _guards(session: Session) -> Iterator[str]:
    there = set(session.scalars(_GUARDS))
    yield from (f"the trigger “{name}” is missing or off" for name in sorted(guards.TRIGGERS - there))
    yield from (f"the trigger “{name}” is not the program's" for name in sorted(there - guards.TRIGGERS))
    sources = guards.sources()
    found = {name: source.strip() for name, source in session.execute(_SOURCES, {"names": list(sources)})}
    for name, source in sorted(sources.items()):
        if found.get(name) != source:
            yield f"the function “{name}” is not as the program makes it"


Fill = Callable[[Connection], None] | None
"""Puts rows into tables that do not guard themselves yet."""


def make_tables(connection: Connection, fill: Fill = None) -> None:
    """Make all tables of the newest format; `fill` puts in rows that need no guarding."""
    tables.make_tables(connection)
    _run(connection, guards.HEAD)
    _run(connection, "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)")
    connection.execute(
        text("INSERT INTO public.alembic_version VALUES (:number)"), {"number": f"{newest_format():04}"}
    )
    if fill is not None:
        fill(connection)
    _run(connection, guards.functions())
    _run(connection, guards.triggers())
    _run(connection, guards.unseen(table.name for table in METADATA.sorted_tables))


def _run(connection: Connection, statements: str) -> None:
    """Run statements of our own, in which nothing is to be filled in."""
    connection.exec_driver_sql(statements.replace("%", "%%"), execution_options={"no_parameters": True})


_SLOWLY = {"yield_per": 2_000}


def copy_in(source: Session, connection: Connection) -> None:
    """Put every row of a record that is open in a file into the new, unguarded tables of a server."""
    raw: Any = connection.connection.driver_connection
    for table in METADATA.sorted_tables:
        columns = ", ".join(f'"{column.name}"' for column in table.c)
        rows = source.exec_driver_sql(f'SELECT {columns} FROM "{table.name}"', execution_options=_SLOWLY)
        with raw.cursor() as cursor, cursor.copy(f'COPY public."{table.name}" ({columns}) FROM STDIN') as out:
            for row in rows:
                out.write_row(_as_declared(table, row))
    connection.execute(
        text(
            "UPDATE journal_head SET seq = j.seq, hash = j.hash, at = j.at FROM journal AS j "
            "WHERE j.seq = (SELECT max(seq) FROM journal)"
        )
    )


def _as_declared(table: Table, row: Sequence[Any]) -> list[Any]:
    """Turn the noughts and ones of a file into the yes and no that a server holds."""
    return [
        bool(value) if value is not None and isinstance(column.type, Boolean) else value
        for column, value in zip(table.c, row, strict=True)
    ]


def copy_out(session: Session, path: Path, key: str | None, tick: Tick = None) -> Path:
    """Write every row of a record on a server into a new file, and verify what was written."""
    with backup.being_written(path) as part:
        with closing(engine.connect(part, key, mode="rwc")) as raw:
            _make(session, raw, tick)
        counts = backup.row_counts(session)
        counts.pop("journal_head")
        backup.give_name(part, path, key, Contents(counts, journal.head(session)))
    return path


@contextmanager
def in_memory(session: Session) -> Iterator[Session]:
    """Give a copy of a record on a server in memory, in which anything may be tried."""
    with closing(engine.scratch()) as raw:
        _make(session, raw)
        raw.execute("PRAGMA foreign_keys=ON")
        with engine.engine_on(raw).connect() as copy:
            yield copy


def _make(session: Session, raw: RawConnection, tick: Tick = None, number: int | None = None) -> None:
    """Make the record of a server in an empty database, of a format; None is the newest."""
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("BEGIN IMMEDIATE")
    definition.make(raw, lambda: _fill(session, raw, tick), number)
    raw.execute("COMMIT")


def _fill(session: Session, raw: RawConnection, tick: Tick) -> None:
    """Copy every row into the tables that are there, in the order of their keys."""
    there = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    names = [name for (name,) in there if name not in OWN and not name.startswith("sqlite_")]
    for number, name in enumerate(names):
        if tick is not None:
            tick(number, len(names))
        found = raw.execute(f"SELECT name, pk FROM pragma_table_info('{name}')").fetchall()
        columns = ", ".join(f'"{column}"' for column, _ in found)
        keys = ", ".join(f'"{column}"' for column, at in sorted(found, key=itemgetter(1)) if at)
        asked = f'SELECT {columns} FROM public."{name}" ORDER BY {keys or columns}'
        places = ", ".join("?" * len(found))
        for row in session.exec_driver_sql(asked, execution_options=_SLOWLY):
            raw.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({places})', tuple(row))


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
        _make(session, raw, number=found)
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


def _drop(session: Session) -> None:
    """Take the old tables away, with their guards and policies; the schema holds nothing else."""
    names = session.exec_driver_sql(_TABLES).scalars().all()
    session.exec_driver_sql("DROP TABLE " + ", ".join(f'public."{name}"' for name in names) + " CASCADE")
    for function in session.execute(text(_FUNCTIONS)).scalars().all():
        session.exec_driver_sql(f"DROP FUNCTION public.{function.removeprefix('public.')} CASCADE")
