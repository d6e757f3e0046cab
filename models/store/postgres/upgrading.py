"""Bring an older record on a server to this program's format, in one transaction.

It goes by way of a record in memory, so that the migrations of a file are the only ones: the rows go there,
are migrated with all checks, and come back into new tables. A server or a program that stops in the midst
leaves the record as it was.
"""

from collections.abc import Callable
from contextlib import closing
from functools import partial

from sqlalchemy import text

from models.session import Session
from models.store import definition
from models.store import upgrade as of_file
from models.store.address import ServerAddress
from models.store.locks.preparing import set_locks
from models.store.postgres import guards
from models.store.postgres.connecting import check_format, check_server, format_of
from models.store.postgres.preparing import make_tables
from models.store.postgres.transfer import copy_in
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.engine import RawConnection

_AT_A_TIME = 2_000
_WITHOUT = ("alembic_version", "journal_head")
_HOLD_WRITERS = "LOCK TABLE public.journal_head IN EXCLUSIVE MODE"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace "
    "AND p.proname LIKE 'gp\\_%' ORDER BY 1"
)
_IS_LOCKED = "SELECT to_regclass('locks.set_by') IS NOT NULL"


def upgrade(session: Session, address: ServerAddress, note: Callable[[int], of_file.Note]) -> int | None:
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
        definition.make(raw, partial(_fill, session, raw), found)
        raw.execute("COMMIT")
        head = of_file.upgrade(raw, note(found))
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


def _fill(session: Session, raw: RawConnection) -> None:
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
