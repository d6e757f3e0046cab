"""What happens to a record as a whole, as operations: made, brought up to date, restored, rows taken in."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import and_, bindparam, column, delete, insert, select, table, update
from sqlalchemy.exc import IntegrityError

from models.operation import Outcome
from models.schema.base import METADATA, moment_text
from models.schema.journal import setting_table
from models.session import Session, moment
from models.values import canonical
from models.values.as_done import as_done
from scoring.written.text import Refused, counted

Value = str | int | None
_TOLD = 100


class TableRows(Struct, frozen=True):
    """Rows of one table as they are stored (dates, times and decimals are texts), and keys to take out."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    gone: tuple[tuple[Value, ...], ...] = ()

    @property
    def many(self) -> int:
        return len(self.rows) + len(self.gone)


class LaterRow(Struct, frozen=True):
    """A journal row that was read, but does not follow on those that were done over again."""

    seq: int
    at: str
    actor: str
    role: str
    kind: str


class TakeAsFound(Struct, frozen=True):
    """Make tables what those of a damaged record held beyond the rows of its journal. A barrier.

    Who made those changes, and when, is known only as far as `later` says it.
    """

    kind: ClassVar[str] = "take as found"
    is_barrier: ClassVar[bool] = True
    salvaged_from: str
    tables: tuple[TableRows, ...]
    later: tuple[LaterRow, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        many = sum(found.many for found in self.tables)
        entries = counted(many, "entry", "entries")
        return f"Recovered {entries} as the tables of {self.salvaged_from} held them"

    @property
    def detail(self) -> str:
        """Return how much of each table, and who made the later changes that could still be read."""
        parts = [f"{one.table}: {one.many:,}" for one in self.tables]
        rows = [f"row {one.seq}, {one.at[:10]}, {one.actor}, {one.kind}" for one in self.later[:_TOLD]]
        more = len(self.later) - len(rows)
        rows += [f"and {more:,} more"] if more else []
        words = f". Changes that were read of, but not what they said: {'; '.join(rows)}" if rows else ""
        return "; ".join(parts) + words

    def apply(self, session: Session) -> Outcome:
        """Put the tables so; refused where a table is none of the record's."""
        if not {found.table for found in self.tables} <= METADATA.tables.keys():
            raise Refused("What was found names a table that the record does not have.")
        put_found(session, self.tables)
        return Outcome(None, f"{as_done(self.label)}.")


def put_found(session: Session, tables: Sequence[TableRows]) -> None:
    """Make tables of a file what they were found to be."""
    for step in steps(session, tables):
        step.take(session)


def held_otherwise(session: Session, tables: Sequence[TableRows]) -> str:
    """Return the first row that is not held as it is stated, as "areas, id 1"; "" where there is none."""
    for found in tables:
        names = key_names(found.table)
        at = [found.columns.index(name) for name in names]
        stated = dict.fromkeys(found.gone) | {tuple(row[place] for place in at): row for row in found.rows}
        target = table(found.table, *map(column, found.columns))
        for key, row in stated.items():
            is_it = and_(*(target.c[name] == value for name, value in zip(names, key, strict=True)))
            held = session.execute(select(*target.c).where(is_it)).one_or_none()
            if (None if held is None else tuple(held)) != row:
                which = ", ".join(f"{name} {value}" for name, value in zip(names, key, strict=True))
                return f"{found.table}, {which}"
    return ""


class Step(Struct, frozen=True):
    """Rows to be put into one table, as new ones or changed ones, or keys whose rows are taken out."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    action: str

    def take(self, session: Session) -> None:
        """Do it."""
        if self.action == "changed":
            try:
                with session.begin_nested():
                    for row in self.rows:
                        _change(session, self.name, dict(zip(self.columns, row, strict=True)))
            except IntegrityError:  # rows that exchange what only one of them may have
                keys = tuple(
                    tuple(row[self.columns.index(key)] for key in key_names(self.name)) for row in self.rows
                )
                replace(self, rows=keys, action="gone").take(session)
                replace(self, action="new").take(session)
            return
        columns = key_names(self.name) if self.action == "gone" else self.columns
        target = table(self.name, *map(column, columns))
        is_it = and_(*(each == bindparam(each.key) for each in target.columns))
        statement = delete(target).where(is_it) if self.action == "gone" else insert(target)
        session.execute(statement, [dict(zip(columns, row, strict=True)) for row in self.rows])

    def singly(self) -> Iterator["Step"]:
        """Yield the same a row at a time."""
        for row in self.rows:
            yield Step(self.name, self.columns, (row,), self.action)


def steps(session: Session, tables: Sequence[TableRows]) -> Iterator[Step]:
    """Yield what is to be done, in an order in which nothing refers to what is not there.

    Rows go and change before what they refer to does, and new ones come after it.
    """
    session.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    by_name = {found.table: found for found in tables}
    order = [by_name[t.name] for t in METADATA.sorted_tables if t.name in by_name]
    for found in reversed(order):
        if found.gone:
            yield Step(found.table, found.columns, found.gone, "gone")
    new: list[Step] = []
    for found in reversed(order):
        there, at = _keys(session, found.table), [found.columns.index(key) for key in key_names(found.table)]
        is_there = [tuple(row[place] for place in at) in there for row in found.rows]
        changed = tuple(row for row, known in zip(found.rows, is_there, strict=True) if known)
        fresh = tuple(row for row, known in zip(found.rows, is_there, strict=True) if not known)
        if changed:
            yield Step(found.table, found.columns, changed, "changed")
        if fresh:
            new.append(Step(found.table, found.columns, fresh, "new"))
    yield from reversed(new)
    session.exec_driver_sql("PRAGMA defer_foreign_keys=OFF")


def key_names(name: str) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    return tuple(column.name for column in METADATA.tables[name].primary_key)


def _keys(session: Session, name: str) -> set[tuple[Value, ...]]:
    keys = table(name, *map(column, key_names(name)))
    return {tuple(row) for row in session.execute(select(*keys.columns))}


def _change(session: Session, name: str, values: dict[str, Value]) -> None:
    """Set what differs in one row, and only that: some columns may never be set again."""
    target = table(name, *(column(each) for each in values))
    where = and_(*(column(key) == values[key] for key in key_names(name)))
    stands = session.execute(select(*target.columns).where(where)).one()
    other = {each: now for (each, now), was in zip(values.items(), stands, strict=True) if now != was}
    if other:
        session.execute(update(target).where(where).values(other))


class OfWhole(Struct, frozen=True):
    """What is recorded of a record as a whole: what was done to its file did the rest. A barrier."""

    kind: ClassVar[str]
    is_barrier: ClassVar[bool] = True
    titled: ClassVar[str]

    @property
    def label(self) -> str:
        return self.titled.format(self)

    def apply(self, session: Session) -> Outcome:
        """Change nothing in the tables."""
        return Outcome(None, f"{self.label}.")


class MakeRecord(OfWhole, frozen=True):
    """Give a new record its identity; the first row of every journal. A barrier.

    `in_format` is that of the record's tables.
    """

    kind = "make record"
    titled = "Made the record"
    record_id: str
    program: str
    in_format: int

    def apply(self, session: Session) -> Outcome:
        """Write the identity and the time."""
        facts = {
            "record id": self.record_id,
            "made at": moment_text(moment(session)),
            "made with": self.program,
        }
        rows = [{"name": name, "value": canonical.dumps(fact)} for name, fact in facts.items()]
        session.execute(insert(setting_table), rows)
        return super().apply(session)


class NoteUpgrade(OfWhole, frozen=True):
    """Record that the record was brought to a newer format. A barrier."""

    kind = "upgrade record"
    titled = "Brought the record from format {0.from_format} to format {0.to_format}"
    from_format: int
    to_format: int
    program: str
    copy_kept: str


class NoteRestore(OfWhole, frozen=True):
    """Record that the record was restored from a backup. A barrier."""

    kind = "restore record"
    titled = "Restored from {0.restored_from}, which was at row {0.was_at_row} ({0.was_at_code})"
    restored_from: str
    was_at_row: int
    was_at_code: str


class NoteNewKey(OfWhole, frozen=True):
    """Record that the record was encrypted, got another passphrase, or is plain now. A barrier."""

    kind = "change passphrase"
    was_encrypted: bool
    is_encrypted: bool

    @property
    def label(self) -> str:
        """Return the change in words."""
        if not self.is_encrypted:
            return "Took the encryption off the record"
        return "Changed the passphrase" if self.was_encrypted else "Encrypted the record"


class NotePlain(OfWhole, frozen=True):
    """Record why a record stays without encryption, or takes in a sensitive round so. A barrier."""

    kind = "keep record plain"
    reason: str
    taken_in: str = ""

    @property
    def label(self) -> str:
        """Return the decision in words."""
        what = f" with {self.taken_in} in it" if self.taken_in else ""
        return f"Kept the record without encryption{what}: {self.reason.strip().rstrip('.')}"

    def apply(self, session: Session) -> Outcome:
        """Change nothing; refused without a reason."""
        if not self.reason.strip():
            raise Refused("Say why the record stays without encryption. The reason is recorded in History.")
        return super().apply(session)


class NoteTakeOver(OfWhole, frozen=True):
    """Record that a lock left by another computer was taken over. A barrier."""

    kind = "take over record"
    titled = "Took the record over from {0.person} on {0.host}"
    person: str
    host: str
    since: str
    copy_kept: str


class NoteSalvage(OfWhole, frozen=True):
    """Record that the record was made anew from what could be read of a damaged one. A barrier.

    `rows` are those of its journal that were read, of `of_rows` it is known to have had.
    """

    kind = "salvage record"
    titled = "Salvaged {0.rows} of {0.of_rows} rows from {0.salvaged_from}"
    salvaged_from: str
    rows: int
    of_rows: int


_KINDS = (MakeRecord, NoteUpgrade, NoteRestore, NoteNewKey, NotePlain, NoteTakeOver, NoteSalvage, TakeAsFound)
UPKEEP = {kind.kind: kind for kind in _KINDS}
"""The operations on the record as a whole, by kind."""
