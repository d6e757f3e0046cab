"""Make the tables of a record in an empty database."""

from collections.abc import Callable

from sqlalchemy import Connection, text

from models.schema import tables
from models.schema.base import METADATA
from models.store.postgres import guards
from models.store.record_file import newest_format

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
