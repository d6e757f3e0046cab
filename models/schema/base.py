"""What every table shares: strictness, names for constraints, and how values are written down."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import BigInteger, CheckConstraint, Dialect, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
STRICT = {"sqlite_strict": True}
"""Options for tables whose columns refuse a value of another type, such as 3.5 in a whole number."""

WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of up to 64 bits."""

E_ = TypeVar("E_", bound=Enum)


class Moment(TypeDecorator[datetime]):
    """A point in time: UTC as ISO text of fixed width, so that order of text is order of time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an aware time as UTC; a time without a zone is a mistake of the program."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read it back, aware, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class WallTime(TypeDecorator[datetime]):
    """A time as a clock on the wall showed it, without a zone, as ISO text to the second or finer."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a wall time has no zone")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read it back, without a zone."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A date as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write the date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read it back."""
        return None if value is None else date.fromisoformat(value)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal as text; never use it to sort or add in SQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the decimal without an exponent."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read it back."""
        return None if value is None else Decimal(value)


class YesNo(TypeDecorator[bool]):
    """Yes as 1 and no as 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Read it back."""
        return None if value is None else bool(value)


class Word(TypeDecorator[E_], Generic[E_]):
    """One word of an enumeration, as its text: `mapped_column(Word(Eligibility))`."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[E_]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E_ | None, dialect: Dialect) -> str | None:
        """Write the member's value."""
        return None if value is None else str(self.words(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E_ | None:
        """Read the member back."""
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    """The parent of every table class: strict tables, named constraints, plain types.

    A class that sets its own `__table_args__` ends them with `STRICT`.
    """

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = STRICT
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: WHOLE,
        bool: YesNo(),
        bytes: LargeBinary(),
        datetime: Moment(),
        date: Day(),
        Decimal: Exact(),
    }


def pence(name: str, *, optional: bool = False) -> MappedColumn[Any]:
    """Return a column of whole pence called `name`, which refuses anything but a whole number."""
    kinds = "('integer', 'null')" if optional else "('integer')"
    check = CheckConstraint(f"typeof({name}) IN {kinds}", name=f"{name}_whole")
    return mapped_column(name, WHOLE, check, nullable=optional)


def moment_text(at: datetime) -> str:
    """Return an aware time as UTC, to the microsecond: 2026-11-03T14:05:00.000000Z."""
    if at.tzinfo is None:
        raise ValueError("a moment has a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
