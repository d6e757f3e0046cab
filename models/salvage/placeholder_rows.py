"""Rows to stand in for lost ones on which others hang: who they were is lost, what hangs on them is not."""

import uuid
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Table
from sqlcipher3 import dbapi2

from models.salvage.page_recovery.rows import RecoveredPages
from models.salvage.recovered_rows import FoundTable, Value
from models.schema.base import METADATA
from models.session import Session
from models.store.sqlite.engine import RawConnection


def _person(raw: RawConnection, number: int) -> tuple[Value, ...]:
    return (number, str(uuid.uuid4()), f"(name lost, person {number})", "")


def _organisation(raw: RawConnection, number: int) -> tuple[Value, ...]:
    """Take an organisation's name from an application of its own, where one says it."""
    asked = "SELECT organisation FROM applications WHERE organisation_id = ?"
    row = raw.execute(asked, (number,)).fetchone()
    name = f"(name lost, organisation {number})" if row is None else row[0]
    return (number, str(uuid.uuid4()), name)


def _agreement(raw: RawConnection, number: int) -> tuple[Value, ...]:
    return (number, number, "")


_MADE: Mapping[str, tuple[tuple[str, ...], Callable[[RawConnection, int], tuple[Value, ...]]]] = {
    "people": (("id", "uid", "name", "post"), _person),
    "organisations": (("id", "uid", "name"), _organisation),
    "agreements": (("application_id", "position", "dissent"), _agreement),
}
"""The tables whose rows say little beside what hangs on them, and how one is made."""


def placeholder_rows(session: Session, recovered: RecoveredPages) -> tuple[FoundTable, ...]:
    """Return the rows that are to stand in for lost ones to which rows that were read refer."""
    return tuple(_of_table(session, recovered, name) for name in _MADE if name in recovered.lost)


def _of_table(session: Session, recovered: RecoveredPages, name: str) -> FoundTable:
    columns, make = _MADE[name]
    key = columns[0]
    here = session.exec_driver_sql(f'SELECT "{key}" FROM "{name}"').scalars()
    wanted = set(_wanted(recovered.raw, METADATA.tables[name]))
    missing = wanted - set(here) - _numbers(recovered.raw, name, key)
    return FoundTable(name, columns, tuple(make(recovered.raw, number) for number in sorted(missing)))


def _wanted(raw: RawConnection, parent: Table) -> Iterator[int]:
    for child in METADATA.tables.values():
        for column in child.columns:
            if any(foreign.column.table is parent for foreign in column.foreign_keys):
                yield from _numbers(raw, child.name, column.name)


def _numbers(raw: RawConnection, name: str, column: str) -> set[int]:
    try:
        rows = raw.execute(f'SELECT DISTINCT "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL')
        return {int(row[0]) for row in rows.fetchall()}
    except dbapi2.Error:  # an older table, which has no such column
        return set()
