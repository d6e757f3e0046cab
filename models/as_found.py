"""Taking in what the tables of a damaged record held, where its journal does not say how it came about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, TableClause, and_, column, delete, insert, select, table, update
from sqlalchemy.orm import Session

from models.operation import Actor, Outcome, Topic
from models.schema.base import Base
from scoring.refused import Refused

Value = str | int | None
_TOLD = 100


@dataclass(frozen=True, slots=True)
class FoundTable:
    """What a table held otherwise than the journal makes it: rows to put, and keys of rows to take out."""

    name: str
    columns: tuple[str, ...]
    put: tuple[tuple[Value, ...], ...] = ()
    gone: tuple[tuple[Value, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LaterRow:
    """A journal row that was read, but does not follow on those that were done over again."""

    seq: int
    at: str
    actor: str
    role: str
    kind: str


@dataclass(frozen=True, slots=True)
class TakeAsFound:
    """Make tables what those of a damaged record held beyond the rows of its journal. A barrier.

    Who made those changes, and when, is known only as far as `later` says it.
    """

    kind: ClassVar[str] = "take as found"
    is_barrier: ClassVar[bool] = True
    salvaged_from: str
    tables: tuple[FoundTable, ...]
    later: tuple[LaterRow, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        many = sum(len(found.put) + len(found.gone) for found in self.tables)
        entries = "1 entry" if many == 1 else f"{many:,} entries"
        return f"Took in {entries} as the tables of {self.salvaged_from} held them"

    @property
    def detail(self) -> str:
        """Return how much of each table, and who made the later changes that could still be read."""
        parts = [f"{one.name}: {len(one.put) + len(one.gone):,}" for one in self.tables]
        rows = [f"row {one.seq}, {one.at[:10]}, {one.actor}, {one.kind}" for one in self.later[:_TOLD]]
        more = len(self.later) - len(rows)
        rows += [f"and {more:,} more"] if more else []
        words = f". Changes that were read of, but not what they said: {'; '.join(rows)}" if rows else ""
        return "; ".join(parts) + words

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the tables so; refused where a table is none of the record's."""
        if not {found.name for found in self.tables} <= Base.metadata.tables.keys():
            raise Refused("What was found names a table that the record has not.")
        for step in steps(session, self.tables):
            step.take(session)
        return Outcome(frozenset(Topic), None, f"{self.label}.")


@dataclass(frozen=True, slots=True)
class Step:
    """One row to be put into its table, or a key whose row is taken out."""

    name: str
    columns: tuple[str, ...]
    row: tuple[Value, ...]
    deed: str

    def take(self, session: Session) -> None:
        """Do it."""
        target = _table(self.name, self.columns)
        if self.deed == "gone":
            keys = key_names(self.name)
            session.execute(delete(target).where(_is(keys, self.row)))
            return
        values = dict(zip(self.columns, self.row, strict=True))
        if self.deed == "new":
            session.execute(insert(target).values(values))
            return
        where = _key_of(self.name, values)
        stands = session.execute(select(*target.columns).where(where)).one()
        other = {name: now for (name, now), was in zip(values.items(), stands, strict=True) if now != was}
        if other:  # only these: some columns may never be set again, not even to what they are
            session.execute(update(target).where(where).values(other))


def steps(session: Session, tables: Sequence[FoundTable]) -> Iterator[Step]:
    """Yield what is to be done, in an order in which nothing refers to what is not there.

    Rows go and change before what they refer to does, and new ones come after it.
    """
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    by_name = {found.name: found for found in tables}
    order = [by_name[t.name] for t in Base.metadata.sorted_tables if t.name in by_name]
    for found in reversed(order):
        yield from (Step(found.name, found.columns, key, "gone") for key in found.gone)
    new: list[Step] = []
    for found in reversed(order):
        for row in reversed(found.put):
            is_there = _is_there(session, found, row)
            step = Step(found.name, found.columns, row, "changed" if is_there else "new")
            if is_there:
                yield step
            else:
                new.append(step)
    yield from reversed(new)
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=OFF")


def key_names(name: str) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    return tuple(column.name for column in Base.metadata.tables[name].primary_key)


def _is_there(session: Session, found: FoundTable, row: tuple[Value, ...]) -> bool:
    where = _key_of(found.name, dict(zip(found.columns, row, strict=True)))
    return session.scalar(select(1).select_from(_table(found.name, found.columns)).where(where)) is not None


def _table(name: str, columns: Sequence[str]) -> TableClause:
    """Return a table whose values are taken just as they are stored."""
    return table(name, *(column(each) for each in columns))


def _key_of(name: str, values: dict[str, Value]) -> ColumnElement[bool]:
    keys = key_names(name)
    return _is(keys, tuple(values[key] for key in keys))


def _is(keys: Sequence[str], values: Sequence[Value]) -> ColumnElement[bool]:
    return and_(*(column(key) == value for key, value in zip(keys, values, strict=True)))
