"""The rows of a table read as values, by the names of their fields."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct, convert
from sqlalchemy import ColumnElement, Result, Row, Select, Table, Text, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from models.schema.applications import application_table
from models.schema.panel import member_table
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.rows import gathered
from scoring.written.text import Refused

T = TypeVar("T", bound=Struct)
V = TypeVar("V")
T_co = TypeVar("T_co", covariant=True)
_POINTED_TO = {
    "application": (application_table, "reference"),
    "member": (member_table, "code"),
    "area": (area_table, "name"),
}
"""What rows of a round point to by number, and the column by which a value names it."""


class packed(FunctionElement[str]):  # noqa: N801  a function of SQL
    """Columns of several rows in one text of JSON: a row each costs twice as long to read."""

    inherit_cache = True
    type = Text()


@compiles(packed, "sqlite")
def _packed_in_file(element: packed, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **how)}))"


@compiles(packed, "postgresql")
def _packed_on_server(element: packed, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(json_agg(json_build_array({compiler.process(element.clauses, **how)})) AS TEXT)"


def followed(first: V, onward: Mapping[V, V]) -> list[V]:
    """Return a value, what it leads to, what that leads to and so on; a ring ends where it began."""
    found = [first]
    while (first := onward.get(first, first)) not in found:
        found.append(first)
    return found


def columns_of(kind: type[Struct], table: Table, /, **named: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """Return a column for each field of a value: that which is `named`, else the table's of the same name.

    The last fields may have none, and keep their defaults.
    """
    columns = {**dict(table.c.items()), **named}
    names = [name for name in kind.__struct_fields__ if name in columns]
    assert tuple(names) == kind.__struct_fields__[: len(names)], f"a field of {kind.__name__} has no column"
    return [columns[name].label(name) if name in named else columns[name] for name in names]


def value_of(kind: type[T], row: Row[*tuple[Any, ...]], **others: object) -> T:
    """Return a value of a row, whose columns are called as its fields are, and of others; words are read."""
    own = {str(name): value for name, value in row._mapping.items()}  # a column's name is a kind of its own
    return convert(own | others, kind)


def of_round(kind: type[Struct], table: Table, **named: ColumnElement[Any]) -> Select[Any]:
    """Return the statement that reads a round's rows of a table, whose columns are the fields of a value.

    The fields `application`, `member` and `area` name what a row points to.
    """
    ends = {name: end for name, end in _POINTED_TO.items() if f"{name}_id" in table.c}
    known = {name: end.c[by] for name, (end, by) in ends.items() if name in kind.__struct_fields__}
    statement = select(*columns_of(kind, table, **{**known, **named})).select_from(table)
    for name, (end, _) in ends.items():
        statement = statement.join(end, end.c.id == table.c[f"{name}_id"])
    of = table if "round_id" in table.c else next(end for end, _ in ends.values())
    return statement.where(of.c.round_id == OF_ROUND)


class OfRound(Protocol[T_co]):
    """A query of one round, whose answer is kept."""

    def __call__(self, session: Session, /, round_id: int) -> T_co: ...


def rows_of_round(made: Callable[..., V], statement: Select[*tuple[Any, ...]]) -> OfRound[tuple[V, ...]]:
    """Return the query that makes a value of each row that a statement reads of a round, in their order."""

    @part
    def rows(session: Session, /, round_id: int) -> tuple[V, ...]:
        return tuple(made(*row) for row in session.execute(statement, {"of_round": round_id}).all())

    return rows


def named_of_round(made: Callable[..., V], statement: Select[*tuple[Any, ...]]) -> OfRound[Mapping[str, V]]:
    """Return the query that makes the same by what each row begins with, which names it."""

    @part
    def rows(session: Session, /, round_id: int) -> Mapping[str, V]:
        return {name: made(*said) for name, *said in session.execute(statement, {"of_round": round_id}).all()}

    return rows


def by_application(session: Session, kind: type[T], table: Table) -> dict[int, T]:
    """Return the rows of a table that has at most one of each application, by the application's number."""
    columns = select(table.c.application_id, *columns_of(kind, table))
    return {number: kind(*said) for number, *said in session.execute(columns)}


def grouped(
    session: Session, kind: type[T], statement: Select[*tuple[Any, ...]], *, keys: int = 1, **values: object
) -> dict[Any, tuple[T, ...]]:
    """Return values by what their rows begin with: one column, or a tuple of so many."""
    rows = session.execute(statement, values)
    return gathered((row[0] if keys == 1 else tuple(row[:keys]), kind(*row[keys:])) for row in rows)


def rows_by(
    kind: type[T], table: Table, keys: str, order: str = "", **named: str
) -> Callable[[Session], dict[Any, tuple[T, ...]]]:
    """Return the query of a table's rows as values by one column, or a tuple of several, in their order.

    Columns are named in words with spaces between; a field is the column of its name, or that which is
    `named` for it.
    """
    by, of = [table.c[name] for name in keys.split()], {name: table.c[at] for name, at in named.items()}
    columns = select(*by, *columns_of(kind, table, **of))
    statement = columns.order_by(*by, *(table.c[at] for at in order.split()))

    @part
    def rows(session: Session, /) -> dict[Any, tuple[T, ...]]:
        return grouped(session, kind, statement, keys=len(by))

    return rows


class RoundGone(Refused):
    """Somebody asks about a round that was taken out; a page hears of it at once and shows another."""


def row_of_round(found: Result[Any]) -> Any:
    """Return the one row that a round has; raises RoundGone where the round is not there any more."""
    row = found.one_or_none()
    if row is None:
        raise round_gone()
    return row


def round_gone() -> RoundGone:
    return RoundGone("The round is no longer in the record. Choose another one.")
