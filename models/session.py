"""What an operation and a query read and write the record through."""

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Integer,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.sql.compiler import SQLCompiler

from models.schema.base import MARKED, METADATA
from models.schema.journal import setting_table
from models.schema.set_up import round_table

Session = Connection
"""One transaction on the record's one connection, which ends with the operation or the query."""
LET_IN = "let_in"
"""The option of a session that holds the roles in which whoever is signed on to a server may act."""
CLOSED = "closed"
"""Under this name a session, in its `info`, holds the numbers of what is closed to whoever reads a file."""
UNTOLD = "untold"
"""Under this name a session, in its `info`, holds what sums leave out, as `Untold`; None is nothing."""
WITH_FIGURES = "with_figures"
"""The mark of a session, in its `info`, that is given the figures of what a server closes to its reader."""

_ACT = "act"
"""The mark of a session, in its `info`, that holds who makes the change in hand, when, and what it took."""
_STAMPS = (
    *("asked_by", "closed_by", "closed_at", "corrected_by", "corrected_at", "declared_on", "held_by"),
    *("held_at", "kept_by", "kept_at", "loaded_by", "loaded_at", "merged_by", "merged_at", "proposed_by"),
    *("recorded_by", "recorded_at", "set_at", "signed_by", "signed_on"),
)
"""The columns in which a row says who put it in, and when."""

_MANY = 20
"""Rows that are worth making ready together."""
_AT_ONCE = 1_000
_NO_RECORD = uuid.UUID("6f9c7a52-0d7e-5b39-9a4c-2f5d1c3e8b70")
_RECORD = select(setting_table.c.value).where(setting_table.c.name == "record id")
OF_ROUND = bindparam("of_round", type_=Integer)
"""The round in a statement that is worked out once: `session.execute(STATEMENT, {"of_round": round_id})`.

To work out what a page asks at every change takes four times as long as to ask it.
"""

T = TypeVar("T")
V = TypeVar("V")
Values = Mapping[str, Any]
"""A row that is put in, by its columns."""
_ROUND = select(round_table.c.uid).where(round_table.c.id == OF_ROUND)
_HIGHEST_ON_SERVER = text("SELECT locks.highest(:of_table, :of_column, :of_round)")


class Untold(Struct, frozen=True):
    """An application that is closed to whoever reads, with a proposal that not all have signed."""

    round_id: int
    number: int
    reference: str


def untold(session: Session) -> frozenset[Untold]:
    """Return the applications whose proposals the sums in hand leave out."""
    return session.info.get(UNTOLD) or frozenset()


class Stamp(Struct, frozen=True):
    """Who had put in a row that a change took out, and when, and the keys by which it is known again."""

    table: str
    key: tuple[str | int | None, ...]
    by: str | None = None
    at: datetime | None = None
    on: date | None = None


@cache
def _stamped(table: Table) -> tuple[list[str], dict[str, str]]:
    """Return the columns by which a row is known again, and those of its stamp by their endings."""
    said = {one.name[-2:]: one.name for one in table.c if one.name in _STAMPS and not one.info[MARKED]}
    return [one.name for one in table.c if one.foreign_keys or (one.primary_key and one.name != "id")], said


def _stamps(session: Session, table: Table, chosen: ColumnElement[bool]) -> Iterator[Stamp]:
    """Yield the stamps of rows; none where the table says of nobody."""
    key, said = _stamped(table)
    for row in session.execute(select(table).where(chosen)).mappings() if said else ():
        known = tuple(row[name] for name in key)
        yield Stamp(table.name, known, **{short: row[name] for short, name in said.items()})


def put_stamps(session: Session, stamps: Iterable[Stamp]) -> None:
    """Let the rows that the change in hand put back say who had put them in first, and when."""
    now = {"at": moment(session), "on": today(session)}
    for one in stamps:
        table = METADATA.tables[one.table]
        names, said = _stamped(table)
        mine = ((said[short], at) for short, at in now.items() if short in said)
        key = dict((*zip(names, one.key, strict=True), *mine))
        set_values(session, table, key, **{name: getattr(one, short) for short, name in said.items()})


@contextmanager
def acting(session: Session, name: str, at: datetime) -> Iterator[list[Stamp]]:
    """Let whatever is changed within be the doing of somebody at a moment; a change holds neither itself.

    Yields a list that gets the stamps of the rows which are taken out.
    """
    known = session.info  # of a connection that was lost it is not to be had, and why would be hidden
    taken = list[Stamp]()
    before, known[_ACT] = known.get(_ACT), (name, at, taken)
    try:
        yield taken
    finally:
        known[_ACT] = before


def actor_name(session: Session) -> str:
    """Return who makes the change in hand, as stated."""
    name: str = session.info[_ACT][0]
    return name


def moment(session: Session) -> datetime:
    """Return when the change in hand is made: drawn once and journalled, so that a replay has it again."""
    at: datetime = session.info[_ACT][1]
    return at


def today(session: Session) -> date:
    return moment(session).date()


def stamp(session: Session, deed: str) -> dict[str, Any]:
    """Return who does something and when, as the columns "closed_by" and "closed_at" of the deed "closed"."""
    return {f"{deed}_by": actor_name(session), f"{deed}_at": moment(session)}


def row_at(session: Session, table: Table, key: object) -> Row[Any] | None:
    """Return the row of a table whose primary key is one column with this value, None without one."""
    return session.execute(_row_of(table), {"key_of_row": key}).one_or_none()


def record_uid(session: Session) -> uuid.UUID:
    """Return the record's own identity, from which everything that travels derives one."""
    value = session.scalar(_RECORD)
    return _NO_RECORD if value is None else uuid.UUID(json.loads(value))


@cache
def into(table: Table) -> Insert:
    """Return the statement that puts rows into a table."""
    return insert(table)


@cache
def _row_of(table: Table) -> Select[*tuple[Any, ...]]:
    (column,) = table.primary_key
    return select(table).where(column == bindparam("key_of_row", type_=column.type))


def put(session: Session, table: Table, rows: Sequence[Values]) -> None:
    """Put rows in, all in one statement; each has the same columns.

    Many rows for a file are made ready here: SQLAlchemy takes three times as long.
    """
    if len(rows) < _MANY or len(rows[0]) == 1 or session.dialect.paramstyle != "qmark":
        if rows:
            session.execute(into(table), rows)
        return
    statement, names, turns = _ready(session.dialect, table, tuple(rows[0]))
    values = list(map(itemgetter(*names), rows))  # each row is looked into once: they lie far apart
    if turns:
        for start in range(0, len(values), _AT_ONCE):  # columns of all rows would take five times as long
            some = slice(start, start + _AT_ONCE)
            columns: list[Iterable[Any]] = list(zip(*values[some], strict=True))
            for place, turn in turns.items():
                columns[place] = map(turn, columns[place])
            values[some] = zip(*columns, strict=True)
    session.exec_driver_sql(statement, values)


@cache
def _ready(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, Sequence[str], Mapping[int, Callable[[Any], Any]]]:
    """Return the statement that puts these columns in, their order, and by its place what turns a value.

    All records in files share one dialect.
    """
    compiled = into(table).compile(dialect=dialect, column_keys=list(names))
    assert isinstance(compiled, SQLCompiler), "it inserts"
    assert compiled.positiontup is not None, "parameters go by their places"
    names_in_order = compiled.positiontup
    kinds = (compiled.binds[name].type.dialect_impl(dialect) for name in names_in_order)
    binders = enumerate(kind.bind_processor(dialect) for kind in kinds)
    return compiled.string, names_in_order, {place: turn for place, turn in binders if turn is not None}


def remove(session: Session, table: Table, *conditions: ColumnElement[bool], **values: object) -> None:
    """Take out the rows that meet all conditions and hold these values, as `where` has them."""
    chosen = and_(*conditions, *_each(table, values))
    if act := session.info.get(_ACT):
        act[2].extend(_stamps(session, table, chosen))
    session.execute(delete(table).where(chosen))


def fields_of(one: object, *names: str) -> dict[str, Any]:
    """Return some of a value's fields, for columns of the same names."""
    return {name: getattr(one, name) for name in names}


def row_of(table: Table, one: Struct, **others: object) -> dict[str, Any]:
    """Return a row of a value's fields, as far as the table has columns of their names, and of others."""
    own = {name: getattr(one, name) for name in _shared(table, type(one))}
    return {name: value.value if isinstance(value, Enum) else value for name, value in own.items()} | others


@cache
def _shared(table: Table, kind: type[Struct]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name in table.c)


def where(table: Table, **values: object) -> ColumnElement[bool]:
    """Return the condition that columns hold these values: of a list or a question, one that it has."""
    return and_(*_each(table, values))


def _each(table: Table, values: Values) -> Iterator[ColumnElement[bool]]:
    for name, value in values.items():
        is_one_of = isinstance(value, Select | Collection) and not isinstance(value, str | bytes)
        yield table.c[name].in_(value) if is_one_of else table.c[name] == value


def selection(column: Column[T], **values: object) -> Select[T]:
    """Return the question what a column of its table has where others hold these values, as `where` does."""
    return select(column).where(*_each(column.table, values))


def pairs_of(session: Session, key: Column[T], value: Column[V], **values: object) -> dict[T, V]:
    """Return what a column has by what another has, of rows that hold these values, as `where` has them."""
    return dict(session.execute(select(key, value).where(*_each(key.table, values))).all())


def count(session: Session, table: Table, *conditions: ColumnElement[bool], **values: object) -> int:
    """Return how many rows of a table meet all conditions and hold these values, as `where` has them."""
    return session.scalars(
        select(func.count()).select_from(table).where(*conditions, *_each(table, values))
    ).one()


def set_values(session: Session, table: Table, key: Values, **values: object) -> None:
    """Give the rows that have these values in their key others."""
    session.execute(update(table).where(where(table, **key)).values(values))


def replace_row(session: Session, table: Table, key: Values, values: Values | Struct | None) -> None:
    """Put a row in the place of what has its key; None only takes that out."""
    remove(session, table, **key)
    if values is not None:
        put(session, table, [{**key, **(asdict(values) if isinstance(values, Struct) else values)}])


def replace_rows(session: Session, table: Table, key: Values, rows: Iterable[Values]) -> None:
    """Put rows in the place of all that have this key, which is theirs too."""
    remove(session, table, **key)
    put(session, table, [{**key, **row} for row in rows])


def numbered(table: Table, values: Iterable[Struct], **named: str) -> Iterator[Values]:
    """Yield rows of values with their places: a `number` from 1, else a `position` from 0.

    A column that is `named` has another field than that of its name.
    """
    place, first = ("number", 1) if "number" in table.c else ("position", 0)
    for at, one in enumerate(values, first):
        others = {column: getattr(one, field) for column, field in named.items()}
        yield row_of(table, one, **{place: at}, **others)


def next_id(session: Session, column: Column[int]) -> int:
    """Return the number after the highest in use."""
    return (_highest(session, column) or 0) + 1


def put_new(session: Session, table: Table, rows: Iterable[Values]) -> list[int]:
    """Put rows in under the next numbers after the highest in use, and return these in their order."""
    made = [{**row, "id": number} for number, row in enumerate(rows, next_id(session, table.c.id))]
    put(session, table, made)
    return [row["id"] for row in made]


def next_position(session: Session, table: Table, round_id: int) -> int:
    """Return the position after the last in use in a round; from 0."""
    found = _highest(session, table.c.position, round_id)
    return 0 if found is None else found + 1


def _highest(session: Session, column: Column[int], round_id: int | None = None) -> int | None:
    """Return the highest in use, None for none; on a server that of closed rows too."""
    if LET_IN in session.get_execution_options():
        named = {"of_table": column.table.name, "of_column": column.name, "of_round": round_id}
        found: int | None = session.scalar(_HIGHEST_ON_SERVER, named)
        return found
    return session.scalar(_highest_in(column, is_of_round=round_id is not None), {"of_round": round_id})


@cache
def _highest_in(column: Column[int], *, is_of_round: bool) -> Select[int]:
    """Return what asks for the highest: built once, as each first mark on a sheet asks it."""
    highest = select(func.max(column))
    return highest.where(column.table.c.round_id == OF_ROUND) if is_of_round else highest


def round_uid(session: Session, round_id: int) -> uuid.UUID:
    """Return a round's identity, from which what belongs to it derives one."""
    return uuid.UUID(session.scalars(_ROUND, {"of_round": round_id}).one())


def uid(within: uuid.UUID, *names: str | int) -> str:
    """Return the identity of what bears these names in the record: the same names, the same identity.

    It is the version 5 UUID of the names, one a line, in the space `within`, as `uuid.uuid5` has it in more
    than twice the time.
    """
    name = "\n".join(map(str, names)).encode()
    digest = hashlib.sha1(within.bytes + name, usedforsecurity=False).hexdigest()
    variant = f"{int(digest[16], 16) & 3 | 8:x}"
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"
