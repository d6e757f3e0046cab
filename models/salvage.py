"""A damaged record read row by row as far as its journal holds, and done over again into a new one.

The rows keep who, when and every hash, so that a code printed from the damaged record is found in the new
one. Bank details and keys, which no journal holds, are copied as far as they can be read.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from models import canonical, engine, journal, upgrade
from models.backup import Tick, row_counts
from models.engine import RawConnection
from models.journal import StoredRow
from models.operation import Actor
from models.operations.erasure import EraseBodies
from models.record import Clock, Opener, Record, utc_now
from models.replay import NOT_REPLAYED
from models.schema.base import Base
from models.tombstones import said_instead
from models.trouble import Trouble
from models.upkeep import NoteSalvage
from models.verify import KNOWN
from scoring.refused import Refused

_ASIDE = ("bank_details", "private_keys")
_ROW = (
    "SELECT j.seq, j.at, j.actor, j.role, j.kind, j.digest, j.prev, j.hash, b.salt, b.body "
    "FROM journal j LEFT JOIN journal_body b ON b.seq = j.seq WHERE j.seq = ?"
)
_ERASED = (
    "SELECT e.seq FROM erasure e JOIN journal j ON j.seq = e.by_seq WHERE j.kind = ? AND e.seq < e.by_seq"
)
_MISREAD = (dbapi2.Error, UnicodeDecodeError)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved: the new record, how many rows of how many, why it went no further, and what is odd.

    `tables` name those with another number of rows than in the damaged record, or unreadable there.
    """

    path: Path
    rows: int
    of_rows: int
    stopped: str
    tables: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of the journal was read."""
        return self.rows == self.of_rows and not self.stopped

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the report, a sentence each."""
        first = f"{self.rows:,} of {self.of_rows:,} rows of the journal were read and done over again."
        lost = ""
        if self.of_rows > self.rows:
            lost = f"Rows {self.rows + 1:,} to {self.of_rows:,} are lost. {self.stopped}"
        return tuple(line for line in (first, lost, *self.tables) if line)


def salvage(
    damaged: Path,
    to: Path,
    opener: Opener,
    *,
    key: str | None = None,
    clock: Clock = utc_now,
    tick: Tick = None,
) -> Salvaged:
    """Make a new record of what can be read of a damaged one, not changed itself; Trouble where none is."""
    with closing(engine.connect_to_read(damaged.resolve(), key)) as raw:
        rows, stopped = _read_rows(raw)
        of_rows = max(_last_row(raw), len(rows))
        if not rows:
            raise Trouble(f"Nothing of {damaged.name} could be read. {stopped} Restore its newest backup.")
        done: list[str] = []
        build = partial(_build_from, rows=rows, damaged=raw, done=done, tick=tick)
        with Record.made_by(to, opener, build, key=key, clock=clock) as record:
            head = record.head().seq
            counts = record.ask(lambda session: row_counts(session.connection()))
            note = NoteSalvage(damaged.name, head, of_rows)
            record.perform(note, Actor(opener.person))
        odd = (*done[1:], *_odd_tables(raw, counts, head))
    return Salvaged(to.resolve(), head, of_rows, done[0] or stopped, odd)


def _read_rows(raw: RawConnection) -> tuple[list[StoredRow], str]:
    """Return the rows as far as the chain holds, and why no further; "" at the journal's end."""
    rows: list[StoredRow] = []
    erased = _erased(raw)
    before = journal.NOTHING_BEFORE
    while True:
        number = len(rows) + 1
        try:
            found = raw.execute(_ROW, (number,)).fetchone()
        except _MISREAD:
            return rows, f"Row {number:,} lies in a damaged part of the file."
        if found is None:
            return rows, f"Row {number:,} is missing." if number <= _last_row(raw) else ""
        row = StoredRow._make(found)
        try:
            fault = journal.fault_of(row, before, number, erased)
        except (TypeError, ValueError, AttributeError):
            fault = f"Journal row {number} cannot be read."
        if fault:
            return rows, fault
        rows.append(row)
        before = row.hash


def _erased(raw: RawConnection) -> frozenset[int]:
    try:
        return frozenset(row[0] for row in raw.execute(_ERASED, (EraseBodies.kind,)).fetchall())
    except _MISREAD:
        return frozenset()


def _last_row(raw: RawConnection) -> int:
    """Return the number of the last row that can be seen, 0 when none can."""
    try:
        return int(raw.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])
    except _MISREAD:
        return 0


def _build_from(
    raw: RawConnection, *, rows: list[StoredRow], damaged: RawConnection, done: list[str], tick: Tick
) -> None:
    """Do the rows over again in a new file; `done` gets why it stopped, then what was not copied beside."""
    upgrade.upgrade(raw)
    dead = said_instead((row.seq, row.body) for row in reversed(rows) if row.kind == EraseBodies.kind)
    with Session(engine.engine_on(raw)) as session, session.begin():
        done.append("")
        for row in rows:
            if tick is not None:
                tick(row.seq, len(rows))
            stopped = _done_again(session, row, dead.get(row.seq, "") if row.body is None else row.body)
            if stopped:
                done[0] = stopped
                break
        for name in _ASIDE:
            done += _copied_aside(session, damaged, name)


def _done_again(session: Session, row: StoredRow, body: str) -> str:
    """Do one row over again and keep it as it was; return why it cannot be done."""
    kind = KNOWN.get(row.kind)
    if kind is None:
        return f"Row {row.seq:,} is of a kind this program does not know."
    try:
        with session.begin_nested():
            if body:
                at = datetime.fromisoformat(row.at)
                canonical.from_text(kind, body).apply(session, Actor(row.actor, row.role), at)
                session.flush()
            journal.put_stored(session, row)
    except (Refused, ValueError, TypeError, KeyError, SQLAlchemyError) as error:
        return f"Row {row.seq:,} cannot be done again ({str(error).splitlines()[0]})."
    session.expunge_all()
    return ""


def _copied_aside(session: Session, damaged: RawConnection, name: str) -> Iterator[str]:
    """Copy what no journal holds; yield a sentence where not all of it could be."""
    table = Base.metadata.tables[name]
    columns = ", ".join(column.name for column in table.columns)
    try:
        found = damaged.execute(f"SELECT {columns} FROM {name}").fetchall()
    except _MISREAD:
        yield f"The table {name} could not be read; enter again what it held."
        return
    lost = 0
    for row in found:
        try:
            with session.begin_nested():
                session.execute(insert(table), dict(zip(table.columns.keys(), row, strict=True)))
        except SQLAlchemyError:
            lost += 1
    if lost:
        yield f"{lost:,} of {len(found):,} rows of {name} belong to what is lost."


def _odd_tables(raw: RawConnection, counts: dict[str, int], head: int) -> Iterator[str]:
    for name, here in counts.items():
        if name in NOT_REPLAYED:
            continue
        try:
            there = int(raw.execute(f'SELECT count(*) FROM "{name}" NOT INDEXED').fetchone()[0])
        except _MISREAD:
            yield f"The table {name} could not be read in the damaged record; it has {here:,} rows now."
            continue
        if there != here:
            yield f"The table {name} has {here:,} rows at row {head:,}; the damaged record has {there:,}."
