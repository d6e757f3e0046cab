"""What every table shares: strictness, names for constraints, values as written, marks of personal text."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from models.schema.forms import (
    CONDITIONS,
    DAY_FORM,
    EXACT_FORM,
    MOMENT_FORM,
    OF_SUBJECT,
    UID,
    WALL_FORM,
    Form,
)
from models.schema.personal import mark_of, plain

MARKED = "personal"
"""Under this name a column holds its mark."""


IDENTITY = "identity of an application"
"""Under this name a column says that it holds identities, those of applications among them."""


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of up to 64 bits."""


KEY = Integer()
"""A number by which rows are known, of up to 32 bits: by such a one the locks of a server look rows up."""


@compiles(Boolean, "sqlite")
def _as_number(*_: object, **__: object) -> str:
    """Declare a yes or no as a number: a strict table of SQLite knows no BOOLEAN, and holds 1 or 0."""
    return "INTEGER"


class AsText(TypeDecorator[Any]):
    """A value that is kept as text: `write` makes the text of it, `read` the value again; None stays None."""

    impl = Text
    cache_ok = True

    def __init__(self, write: Callable[[Any], str], read: Callable[[str], Any], form: Form) -> None:
        super().__init__()
        self.write = write
        self.read = read
        self.form = form

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.write(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.read(value)


@lru_cache(maxsize=64)
def moment_text(at: datetime) -> str:
    """Return an aware time as UTC, to the microsecond: 2026-11-03T14:05:00.000000Z.

    All rows of one change have one moment.
    """
    if at.tzinfo is None:
        raise ValueError("a moment has a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _wall_text(at: datetime) -> str:
    if at.tzinfo is not None:
        raise ValueError("a wall time has no zone")
    return at.isoformat()


MOMENT = AsText(moment_text, datetime.fromisoformat, MOMENT_FORM)
"""A point in time: UTC as ISO text of fixed width, so that order of text is order of time."""


WALL_TIME = AsText(_wall_text, datetime.fromisoformat, WALL_FORM)
"""A time as a clock on the wall showed it, without a zone, as ISO text to the second or finer."""


DAY = AsText(date.isoformat, date.fromisoformat, DAY_FORM)


EXACT = AsText("{:f}".format, Decimal, EXACT_FORM)
"""An exact decimal as text, without an exponent; never use it to sort or add in SQL."""


TYPES: dict[type, TypeEngine[Any]] = {
    str: Text(),
    int: WHOLE,
    bytes: LargeBinary(),
    datetime: MOMENT,
    date: DAY,
    Decimal: EXACT,
}
"""How a value of each plain type is written down where its column says nothing else."""


_UNIONS = (Union, UnionType)


METADATA = MetaData(naming_convention=NAMES)
"""Every table of the record; whole once `models.schema.tables` is imported."""


def own_key() -> "Column[Any]":
    """Return a column by which rows are known, alone or with others."""
    return Column(primary_key=True)


def refers_to(column: str, *, index: bool = False, is_key: bool = False) -> "Column[Any]":
    """Return a column that holds a value of another table's: "funds.id"."""
    return Column(ForeignKey(column), index=index or None, primary_key=is_key)


def key_of(column: str, *, index: bool = False) -> "Column[Any]":
    """Return the same by which rows are known as well."""
    return refers_to(column, index=index, is_key=True)


def identity_of_application(*, index: bool = False, is_key: bool = False) -> "Column[Any]":
    """Return a column by which a row is of an application: it holds an identity, which travels."""
    return Column(OF_SUBJECT, info={IDENTITY: True}, index=index or None, primary_key=is_key)


class Columns(TypedColumns):
    """The parent of every table's columns: a column is of the plain type that it is annotated with."""


def _columns_of(table: type[Columns]) -> Iterator[Column[Any]]:
    """Yield a table's columns by their annotations; SQLAlchemy takes five times as long to read them."""
    parents = table.__mro__[: table.__mro__.index(Columns)]
    for declared in reversed(parents):
        for name, annotation in declared.__annotations__.items():
            kind, is_nullable, mark = _read(annotation)
            if name not in vars(declared):
                column: Column[Any] = Column(name, _written(name, kind))
            else:
                column = vars(declared)[name] if declared is table else _again(vars(declared)[name])
                if isinstance(column.type, NullType):
                    column.type = _written(name, kind)
            column.name, column.key = column.name or name, name
            column.nullable = is_nullable
            column.info[MARKED] = mark
            yield column


@cache
def _read(annotation: Any) -> tuple[type, bool, str]:
    """Return the plain type that an annotation names, whether None is another value, and the mark.

    Hundreds of columns have the same few, and each start reads them all.
    """
    (said,) = get_args(annotation)
    kinds = {plain(one) for one in (get_args(said) if get_origin(said) in _UNIONS else (said,))}
    (kind,) = kinds - {NoneType}
    return kind, NoneType in kinds, mark_of(said)


def _again(column: Column[Any]) -> Column[Any]:
    """Return a column of a parent for one table more."""
    keys = (ForeignKey(key.target_fullname) for key in column.foreign_keys)
    return Column(column.type, *keys, primary_key=column.primary_key, unique=column.unique)


def _written(name: str, kind: type) -> TypeEngine[Any]:
    """Return how values of a plain type are stored in the column of a name."""
    if kind is int and (name == "id" or name.endswith("_id")):
        return KEY
    return yes_or_no(name) if kind is bool else TYPES[kind]


def yes_or_no(name: str) -> Boolean:
    """Return the type of a column of this name: one of its own, since the rule in a file has a name.

    A column that says more of itself says this too, for the rule comes with the column.
    """
    return Boolean(create_constraint=True, name=f"{name}_yes_or_no")


class Numbered(Columns):
    """Rows that have a number of their own."""

    id: Named[int] = own_key()


class Identified(Numbered):
    """Rows that also have an identity, which travels."""

    uid: Named[str] = Column(UID, unique=True)


class OfApplication(Columns):
    """What hangs on an application."""

    application_id: Named[int] = key_of("applications.id")


class CountedOfApplication(OfApplication):
    """Of which an application has several, counted."""

    number: Named[int] = own_key()


class OfYear(Columns):
    """What hangs on a fund's financial year."""

    fund_id: Named[int] = key_of("funds.id")
    year: Named[str] = own_key()


C_ = TypeVar("C_", bound=Columns)


def record_table(name: str, columns: type[C_], *rules: SchemaItem | str) -> "Table[C_]":
    """Return a table of the record, strict, with its columns and the rules that they keep together.

    A rule in words is a key as SQL has it, or a condition after its name and a colon; one that a figure is no
    less than another, or a word one of a few, has its name from its column. Conditions are declared where
    tables are made: see `guard_forms`. The table's numbers are given by the program alone, so that doing the
    journal over again gives the same ones.
    """
    keys = [_key(rule) for rule in rules]
    conditions = [rule for rule, key in zip(rules, keys, strict=True) if key is None]
    held = (*_columns_of(columns), *(key for key in keys if key is not None))
    table = Table(name, METADATA, *held, sqlite_strict=True, info={CONDITIONS: conditions})
    for column in table.primary_key:
        column.autoincrement = False
    return cast("Table[C_]", table)


_KEYS = re.compile(r"(?:UNIQUE|FOREIGN KEY) \((.+?)\)(?: REFERENCES (\w+) \((.+)\))?")


def _key(said: SchemaItem | str) -> SchemaItem | None:
    """Return a rule that is no condition in words, None for one that is."""
    if not isinstance(said, str):
        return said
    found = _KEYS.fullmatch(said)
    if found is None:
        return None
    own = found[1].split(", ")
    others = [f"{found[2]}.{column}" for column in (found[3] or "").split(", ")]
    return UniqueConstraint(*own) if found[2] is None else ForeignKeyConstraint(own, others)
