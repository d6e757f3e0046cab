"""The tables of a record on a server: made in an empty database, and looked over, guards and all."""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, text

from models.schema import tables
from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session
from models.store.postgres import guards
from models.store.record_file import newest_format

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
