"""What a damaged record's journal and tables held: read, tried, done over again as far as it stands."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Table
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2

from models.journal import replay
from models.schema.base import METADATA
from models.schema.tables import TABLES
from models.session import Session
from models.store import chain as journal
from models.store import definition
from models.store.chain import StoredRow, said_instead
from models.store.definition import Part, marked_format
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.backup import Tick
from models.store.sqlite.engine import DRIVERS_OWN, RawConnection
from models.store.upkeep import LaterRow, Step, TableRows, TakeAsFound, Value, key_names, steps
from models.trouble import or_else

Stored = None | int | float | str | bytes
Numbered = tuple[int, tuple[Stored, ...]]
"""A row with the engine's own number of it."""

_PARTS = "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
_LAST = 1 << 24
"""No table of a record has so many rows; where its last ones are spoilt, they are looked for below."""
_MOST_FAULTS = 400
"""After so many, tables are read from their ends alone: an encrypted file is opened anew after each."""


class ReadableTables(Struct, frozen=True):
    """A database in memory with every row that was read, and of which tables some were not.

    Its tables are the program's own; `strange` names what the file had beside or in the place of them.
    """

    raw: RawConnection
    lost: frozenset[str]
    strange: tuple[str, ...] = ()

    def count(self, name: str) -> int:
        """Return how many rows of a table were read."""
        return int(self.raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])

    def session(self) -> Session:
        """Return a session that reads it."""
        return engine.engine_on(self.raw).connect()

    def close(self) -> None:
        """Let go of the memory."""
        self.raw.close()


def readable_tables(path: Path, key: str | None) -> ReadableTables:
    """Read what can be read of a closed file; Trouble where it is no record, or its beginning is spoilt."""
    with closing(_File(path, key)) as file:
        number = marked_format(path, file.raw)
        parts = tuple(
            Part(str(kind), str(name), str(of_table), None if statement is None else str(statement))
            for kind, name, of_table, statement in file.rows(_PARTS)
        )
        raw = engine.scratch()
        with or_else(raw.close):
            lost = _copied(file, raw)
    return ReadableTables(raw, lost, definition.strange(definition.without_engines(parts), number))


class _File:
    """A damaged file that is read; an encrypted one is connected to again after each fault."""

    def __init__(self, path: Path, key: str | None) -> None:
        self._path, self._key = path, key if key is None else engine.hashed_key(path, key)
        self.raw = engine.connect_to_damaged(path, self._key)
        self.faults = 0

    def close(self) -> None:
        """Close the file."""
        self.raw.close()

    def rows(self, statement: str) -> list[tuple[Stored, ...]]:
        """Return the rows of a question up to the first fault."""
        return self.rows_and_end(statement)[0]

    def rows_and_end(self, statement: str) -> tuple[list[tuple[Stored, ...]], bool]:
        """Return the rows of a question up to the first fault, and whether there was none."""
        found: list[tuple[Stored, ...]] = []
        try:
            found.extend(self.raw.execute(statement))
        except DRIVERS_OWN:
            self._note_fault()
            return found, False
        return found, True

    def numbered(self, statement: str, first: int, last: int, way: int) -> tuple[list[Numbered], bool]:
        """Return the rows of a table between two numbers, upwards (1) or downwards (-1), up to a fault.

        A row that is out of order is one: a page cut in the middle reads as noughts.
        """
        order = "" if way > 0 else " DESC"
        asked = f"{statement} WHERE rowid > {first} AND rowid < {last} ORDER BY rowid{order}"
        rows, is_whole = self.rows_and_end(asked)
        found: list[Numbered] = []
        before = first if way > 0 else last
        for number, *values in rows:
            if not isinstance(number, int) or (number - before) * way <= 0:
                return found, False
            found.append((number, tuple(values)))
            before = number
        return found, is_whole

    def _note_fault(self) -> None:
        self.faults += 1
        if self._key is not None:
            self.raw.close()
            self.raw = engine.connect_to_damaged(self._path, self._key)


def _copied(file: _File, raw: RawConnection) -> frozenset[str]:
    """Make the program's tables and put in what is read of each; return those that were not read whole."""
    lost = set()
    raw.execute("BEGIN")
    for part in definition.of_format(newest_format()):
        if part.kind == "table" and part.statement is not None:
            raw.execute(part.statement)
            if part.name in METADATA.tables and not _table_copied(file, raw, part.name):
                lost.add(part.name)
    raw.execute("COMMIT")
    return frozenset(lost)


def _table_copied(file: _File, raw: RawConnection, name: str) -> bool:
    """Put what is read of a table into the program's own; return whether that is all it held."""
    there = {str(row[1]) for row in file.rows(f'PRAGMA table_info("{name}")')}
    kind = [row[2] for row in file.rows(f'PRAGMA table_list("{name}")') if row[0] == "main"]
    if kind != ["table"]:
        return False
    columns = [column.name for column in METADATA.tables[name].columns if column.name in there]
    named = ", ".join(f'"{column}"' for column in columns)
    insert = f'INSERT INTO "{name}" ({named}) VALUES ({", ".join("?" * len(columns))})'
    is_whole = True
    for part, is_end in _parts_of(file, f'SELECT rowid, {named} FROM "{name}"'):
        is_whole = is_whole and is_end
        for _, values in part:
            try:
                raw.execute(insert, values)
            except (dbapi2.Error, OverflowError):
                is_whole = False
    return is_whole


def _parts_of(file: _File, statement: str) -> Iterator[tuple[list[Numbered], bool]]:
    """Yield rows of a table in parts, and whether no fault followed on them."""
    waiting = [(-1, 1 << 62)]
    while waiting:
        first, last = waiting.pop()
        found, is_whole = file.numbered(statement, first, last, 1)
        yield found, is_whole
        if is_whole:
            continue
        first = found[-1][0] if found else first
        back, _ = file.numbered(statement, first, last, -1)
        yield back[::-1], False
        last = min(back[-1][0] if back else last, _LAST)
        if last - first > 2 and file.faults < _MOST_FAULTS:
            middle = (first + last) // 2
            waiting += [(middle, last), (first, middle + 1)]


def read_rows(session: Session) -> tuple[list[StoredRow], str]:
    """Return the rows as far as the chain holds, and why no further; "" at the journal's end."""
    rows: list[StoredRow] = []
    for row, fault in journal.tried_rows(session):
        if row.seq != len(rows) + 1:
            break
        if fault:
            return rows, fault
        rows.append(row)
    is_end = last_row(session) == len(rows)
    return rows, "" if is_end else f"Row {len(rows) + 1:,} lies in a damaged part of the file, or is missing."


def last_row(session: Session) -> int:
    """Return the number of the last row that can be seen, 0 when none can."""
    seen = "SELECT seq FROM journal UNION ALL SELECT seq FROM journal_body"
    return int(session.exec_driver_sql(f"SELECT coalesce(max(seq), 0) FROM ({seen})").scalar_one())


def later_rows(session: Session, after: int) -> Iterator[LaterRow]:
    """Yield the rows after a number that are whole in themselves: who, when and what kind."""
    for row in journal.stored_rows(session, after=after):
        if not journal.fault_of(row, row.prev, row.seq, (row.seq,)):
            yield LaterRow(row.seq, row.at, row.actor, row.role, row.kind)


def do_again(session: Session, rows: list[StoredRow], tick: Tick) -> str:
    """Do rows over again and keep each as it was; return why it went no further, "" at their end."""
    dead = said_instead((row.seq, row.body) for row in reversed(rows) if row.kind in journal.ERASING)
    for row in rows:
        if tick is not None:
            tick(row.seq, len(rows))
        body = dead.get(row.seq, row.body)
        if body is None:
            return replay.NAMED_NOWHERE.format(row.seq)
        try:
            stopped = replay.do_again(session, row.entry, body) if body else None
            if stopped is not None:
                return stopped.words
            journal.put_stored(session, row)
        except ValueError as error:
            return f"Journal row {row.seq} cannot be kept: {replay.first_line(error)}."
    return ""


_MOST_TRIES = 50
assert TABLES, "the declared tables are whole once they are imported"

Bad = set[tuple[str, tuple[Value, ...]]]
"""Rows by table and key."""


def taken_beyond(
    session: Session, recovered: ReadableTables, name: str
) -> tuple[TakeAsFound, tuple[str, ...]]:
    """Return the change that makes the tables what the damaged record's held, and what it must leave out.

    A row that fits nowhere, because what it belongs to is lost, is left out and told.
    """
    made = (_standing_in(session, recovered, name) for name in _MADE if name in recovered.lost)
    standing = {one.table: one for one in made if one.rows}
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
        f"Lost of {one.table}: {len(one.rows):,}. Entries that say so stand in for them, so that what "
        "depends on them is saved."
        for one in standing.values()
    ]
    words = "Lost of {1}, as what they depend on is lost: {0:,}."
    told += [words.format(many, table) for table, many in sorted(left.items())]
    return found, tuple(told)


def _together(found: Iterable[TableRows], standing: Mapping[str, TableRows]) -> Iterable[TableRows]:
    """Add the rows that stand in to what was found, column by column."""
    more = dict(standing)
    for one in found:
        other = more.pop(one.table, None)
        if other is None:
            yield one
            continue
        order = [other.columns.index(column) for column in one.columns]
        yield replace(one, rows=(*one.rows, *(tuple(row[at] for at in order) for row in other.rows)))
    yield from more.values()


def _found(session: Session, recovered: ReadableTables) -> Iterable[TableRows]:
    with recovered.session() as there:
        for one in replay.found_beyond(there, session):
            left = replace(one, gone=()) if one.table in recovered.lost else one
            if left.rows or left.gone:
                yield left


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


def _without(tables: Iterable[TableRows], bad: Bad) -> tuple[TableRows, ...]:
    """Return the change without some rows; where those were there before, without what took theirs away."""
    left = []
    dropped = False
    for found in tables:
        keys = [found.columns.index(key) for key in key_names(found.table)]
        put = tuple(r for r in found.rows if (found.table, tuple(r[k] for k in keys)) not in bad)
        gone = tuple(key for key in found.gone if (found.table, key) not in bad)
        dropped = dropped or (put, gone) != (found.rows, found.gone)
        left.append(replace(found, rows=put, gone=gone))
    if not dropped:  # what is loose stood there before: nothing may be taken from under it
        left = [replace(found, gone=()) for found in left]
    return tuple(found for found in left if found.rows or found.gone)


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


def _standing_in(session: Session, recovered: ReadableTables, name: str) -> TableRows:
    """Return the rows that are to stand in for lost ones of a table to which rows that were read refer."""
    columns, make = _MADE[name]
    key = columns[0]
    here = session.exec_driver_sql(f'SELECT "{key}" FROM "{name}"').scalars()
    wanted = set(_wanted(recovered.raw, METADATA.tables[name]))
    missing = wanted - set(here) - _numbers(recovered.raw, name, key)
    return TableRows(name, columns, tuple(make(recovered.raw, number) for number in sorted(missing)))


def _wanted(raw: RawConnection, parent: Table) -> Iterator[int]:
    for child in METADATA.tables.values():
        for column in child.columns:
            if any(foreign.column.table is parent for foreign in column.foreign_keys):
                yield from _numbers(raw, child.name, column.name)


def _numbers(raw: RawConnection, name: str, column: str) -> set[int]:
    rows = raw.execute(f'SELECT DISTINCT "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL')
    return {int(row[0]) for row in rows.fetchall()}
