"""What the tables of a damaged record held beyond its journal: found, tried, and cut to what can stand."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace
from sqlalchemy import Table
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2

from models.journal.replay import NOT_REPLAYED
from models.salvage.readable_tables import ReadableTables
from models.salvage.recovered_rows import FoundTable, Step, TakeAsFound, Value, key_names, steps
from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session
from models.store.sqlite.engine import RawConnection

_MOST_TRIES = 50
assert TABLES, "the declared tables are whole once they are imported"

Bad = set[tuple[str, tuple[Value, ...]]]
"""Rows by table and key."""


def found_beyond(
    session: Session, recovered: ReadableTables, name: str
) -> tuple[TakeAsFound, tuple[str, ...]]:
    """Return the change that makes the tables what the damaged record's held, and what it must leave out.

    A row that fits nowhere, because what it belongs to is lost, is left out and told.
    """
    standing = {one.name: one for one in _placeholder_rows(session, recovered) if one.put}
    found = TakeAsFound(name, tuple(_together(_found(session, recovered), standing)))
    left: dict[str, int] = {}
    for _ in range(_MOST_TRIES):
        bad = _tried(session, found)
        if not bad:
            break
        for table, _ in bad:
            left[table] = left.get(table, 0) + 1
        found = replace(found, tables=_without(found.tables, bad))
    else:
        return replace(found, tables=()), ("What the tables held could not be put together.",)
    told = [
        f"Lost of {one.name}: {len(one.put):,}. Entries that say so stand in for them, so that what "
        "depends on them is saved."
        for one in standing.values()
    ]
    words = "Lost of {1}, as what they depend on is lost: {0:,}."
    told += [words.format(many, table) for table, many in sorted(left.items())]
    return found, tuple(told)


def _together(found: Iterable[FoundTable], standing: Mapping[str, FoundTable]) -> Iterable[FoundTable]:
    """Add the rows that stand in to what was found, column by column."""
    more = dict(standing)
    for one in found:
        other = more.pop(one.name, None)
        if other is None:
            yield one
            continue
        order = [other.columns.index(column) for column in one.columns]
        yield replace(one, put=(*one.put, *(tuple(row[at] for at in order) for row in other.put)))
    yield from more.values()


def _found(session: Session, recovered: ReadableTables) -> Iterable[FoundTable]:
    for table in METADATA.sorted_tables:
        if table.name in NOT_REPLAYED:
            continue
        columns = tuple(column.name for column in table.columns)
        try:
            there = _by_key(
                recovered.raw.execute(_select(table.name, columns)).fetchall(), table.name, columns
            )
        except dbapi2.Error:  # an older table, which could not be brought up to date
            continue
        rows = session.exec_driver_sql(_select(table.name, columns)).all()
        here = _by_key(rows, table.name, columns)
        put = tuple(row for key, row in there.items() if here.get(key) != row)
        gone = () if table.name in recovered.lost else tuple(key for key in here if key not in there)
        if put or gone:
            yield FoundTable(table.name, columns, put, gone)


def _select(name: str, columns: Iterable[str]) -> str:
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f'SELECT {quoted} FROM "{name}"'


def _by_key(
    rows: Iterable[Iterable[Value]], name: str, columns: tuple[str, ...]
) -> Mapping[tuple[Value, ...], tuple[Value, ...]]:
    places = [columns.index(key) for key in key_names(name)]
    found = {}
    for row in map(tuple, rows):
        found[tuple(row[place] for place in places)] = row
    return found


def _tried(session: Session, found: TakeAsFound) -> Bad:
    """Do the change and take it back; return the rows that cannot be put or refer to what is not there."""
    trial = session.begin_nested()
    try:
        bad: Bad = set()
        for step in steps(session, found.tables):
            if not _takes(session, step):
                bad.update((one.name, _key(one)) for one in step.singly() if not _takes(session, one))
        return bad or _loose(session)
    finally:
        trial.rollback()


def _takes(session: Session, step: Step) -> bool:
    """Do a step whole or not at all; say whether it could be done."""
    try:
        with session.begin_nested():
            step.take(session)
    except SQLAlchemyError:
        return False
    return True


def _loose(session: Session) -> Bad:
    """Return the rows that refer to rows that are not there."""
    bad: Bad = set()
    for name, number, *_ in session.exec_driver_sql("PRAGMA foreign_key_check").all():
        keys = ", ".join(f'"{key}"' for key in key_names(name))
        row = session.exec_driver_sql(f'SELECT {keys} FROM "{name}" WHERE rowid = ?', (number,)).one()
        bad.add((name, tuple(row)))
    return bad


def _key(step: Step) -> tuple[Value, ...]:
    (row,) = step.rows
    if step.action == "gone":
        return row
    return tuple(row[step.columns.index(key)] for key in key_names(step.name))


def _without(tables: Iterable[FoundTable], bad: Bad) -> tuple[FoundTable, ...]:
    """Return the change without some rows; where those were there before, without what took theirs away."""
    left = []
    dropped = False
    for found in tables:
        keys = [found.columns.index(key) for key in key_names(found.name)]
        put = tuple(r for r in found.put if (found.name, tuple(r[k] for k in keys)) not in bad)
        gone = tuple(key for key in found.gone if (found.name, key) not in bad)
        dropped = dropped or (put, gone) != (found.put, found.gone)
        left.append(replace(found, put=put, gone=gone))
    if not dropped:  # what is loose stood there before: nothing may be taken from under it
        left = [replace(found, gone=()) for found in left]
    return tuple(found for found in left if found.put or found.gone)


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


def _placeholder_rows(session: Session, recovered: ReadableTables) -> tuple[FoundTable, ...]:
    """Return the rows that are to stand in for lost ones to which rows that were read refer."""
    return tuple(_of_table(session, recovered, name) for name in _MADE if name in recovered.lost)


def _of_table(session: Session, recovered: ReadableTables, name: str) -> FoundTable:
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
