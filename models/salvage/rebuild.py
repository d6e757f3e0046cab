"""A damaged record read as far as it can be, and done over into a new one as far as its journal holds.

The rows keep who, when and every hash, so that a code printed from the damaged record is found in the new
one. What its tables held beyond that is imported as found, in one change. Bank details and keys, which no
journal holds, are copied as far as they can be read. The damaged file is not changed.
"""

import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from models.clock import utc_now
from models.journal.replay import NOT_REPLAYED
from models.journal.verify import verify
from models.operation import Actor, Operation
from models.queries.applications.attachments import attachment_faults
from models.queries.papers.issues import file_faults
from models.record import Opener, Record
from models.salvage.salvage_rows import (
    ReadableTables,
    do_again,
    last_row,
    later_rows,
    read_rows,
    readable_tables,
    taken_beyond,
)
from models.schema.base import METADATA
from models.session import Session
from models.store import chain as journal
from models.store.chain import StoredRow
from models.store.definition import upgrade
from models.store.record_file import newest_format
from models.store.sqlite import engine, piece_store
from models.store.sqlite.automatic_copies import latest_valid_backup
from models.store.sqlite.backup import Tick, row_counts
from models.store.sqlite.engine import NotOpened, RawConnection, RecordDamaged
from models.store.sqlite.opening import refuse_in_use
from models.store.upkeep import MakeRecord, NoteSalvage
from models.trouble import Trouble
from scoring.written.days import short_moment

JOURNAL = frozenset({"journal", "journal_body"})
_NAMED = 5
_ASIDE = ("bank_details", "private_keys", "file_pieces")


class Salvaged(Struct, frozen=True):
    """What was saved: the new record, how many rows of how many, why it went no further, and what is odd.

    `found` says what was imported as the tables held it, `tables` what differs from the damaged record or
    could not be read, `faults` what a check of the new record finds, and `copy` which copy may hold the rest.
    """

    path: Path
    rows: int
    of_rows: int
    stopped: str
    tables: tuple[str, ...]
    found: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    copy: str = ""

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
        elif self.stopped:
            lost = self.stopped
        odd = (*self.found, *self.tables, *self.faults)
        return tuple(line for line in (first, lost, *odd, self.copy) if line)


class _Work(Struct):
    """What is known before a salvage, and what comes of it."""

    path: Path
    recovered: ReadableTables
    person: str
    at: datetime
    rows: list[StoredRow]
    of_rows: int
    stopped: str
    done: int = 0
    found: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


def salvage(
    damaged: Path,
    to: Path,
    opener: Opener,
    *,
    key: str | None = None,
    tick: Tick = None,
) -> Salvaged:
    """Make a new record from what can be read of a damaged one, not changed itself; Trouble where none is."""
    refuse_in_use(damaged.resolve())
    with closing(_readable(damaged, key)) as recovered:
        with recovered.session() as there:
            rows, stopped = read_rows(there)
            of_rows = last_row(there)
        if not rows and not recovered.count("rounds"):
            raise _nothing_read(damaged, key)
        if not stopped and not JOURNAL.isdisjoint(recovered.lost):
            stopped = "Parts of the journal are damaged: rows that came after these may be lost."
        work = _Work(damaged.resolve(), recovered, opener.person, utc_now(), rows, of_rows, stopped)
        build = partial(_build, work=work, tick=tick, key=key)
        with Record.made_by(to, opener, build, key=key) as record:
            record.perform(NoteSalvage(work.path.name, work.done, work.of_rows), Actor(opener.person))
            counts = record.ask(row_counts)
            lost = record.ask(lambda session: (*file_faults(session), *attachment_faults(session)))
            checks = (check for check in verify(record).checks if not check.ok)
            faults = tuple(check.words for check in checks if check.words not in lost)
        odd = (*work.odd, *_strange(recovered), *_odd_tables(recovered, counts), *lost)
    copy = _newest_copy(damaged, key) if work.stopped or recovered.lost else ""
    return Salvaged(to.resolve(), work.done, work.of_rows, work.stopped, odd, work.found, faults, copy)


def _readable(damaged: Path, key: str | None) -> ReadableTables:
    try:
        return readable_tables(damaged.resolve(), key)
    except (RecordDamaged, NotOpened) as error:
        if isinstance(error, NotOpened) and key is not None and not engine.has_right_key(damaged, key):
            raise
        raise _nothing_read(damaged, key) from error


def _nothing_read(damaged: Path, key: str | None) -> Trouble:
    return Trouble(
        f"Nothing of {damaged.name} could be read, so no record was made from it. Nothing was changed. "
        f"{_newest_copy(damaged, key)}"
    )


def _newest_copy(damaged: Path, key: str | None) -> str:
    """Say where else to find what a salvage could not read."""
    copy = latest_valid_backup(damaged, key)
    if copy is None:
        return "It has no automatic copy that is undamaged."
    return f"Its newest undamaged copy is {copy.path.name}, of {short_moment(copy.made_at)} UTC."


def _build(raw: RawConnection, *, work: _Work, tick: Tick, key: str | None) -> None:
    """Do the rows over again in a new file, then take in what the tables held beyond them."""
    upgrade(raw)
    with engine.engine_on(raw).begin() as session:
        work.stopped = do_again(session, work.rows, tick) or work.stopped
        work.done = journal.head(session).seq
        if work.done == 0:
            _append(session, MakeRecord(str(uuid.uuid4()), "a salvage", newest_format()), work)
        if work.stopped or work.done == 0:
            _take_recovered_rows(session, work)
        for name in _ASIDE:
            work.odd += tuple(_copied_unjournalled(session, work.recovered.raw, name))
    piece_store.put_back(raw, work.path, key)


def _take_recovered_rows(session: Session, work: _Work) -> None:
    """Take in what the tables held beyond the journal's rows, and keep who changed it later, and when."""
    found, left = taken_beyond(session, work.recovered, work.path.name)
    if not found.tables:
        work.found = left
        return
    with work.recovered.session() as there:
        later = tuple(later_rows(there, work.done))
    _append(session, replace(found, later=later), work)
    entries = ", ".join(f"{one.table} ({one.many:,})" for one in found.tables)
    who = f"who made {len(later):,} of those changes, when and of what kind is kept in History."
    work.found = (
        f"What the tables held after row {work.done:,} was imported as found, in one change: {entries}.",
        f"What those changes said in words is lost; {who}",
        *left,
    )


def _append(session: Session, operation: Operation, work: _Work) -> None:
    head = journal.head(session)
    at = work.at if head.at is None else max(work.at, head.at)
    journal.carry_out(session, head, operation, Actor(work.person), at)


def _copied_unjournalled(session: Session, damaged: RawConnection, name: str) -> Iterator[str]:
    """Copy what no journal holds; yield a sentence where not all of it could be."""
    table = METADATA.tables[name]
    columns = ", ".join(column.name for column in table.columns)
    found, lost = damaged.execute(f"SELECT {columns} FROM {name}").fetchall(), 0
    for row in found:
        try:
            with session.begin_nested():
                session.execute(insert(table), dict(zip(table.columns.keys(), row, strict=True)))
        except SQLAlchemyError:
            lost += 1
    if lost:
        yield f"{lost:,} of {len(found):,} rows of {name} belong to what is lost."


def _strange(recovered: ReadableTables) -> Iterator[str]:
    """Yield a sentence that names what was not taken over, because the program did not make it."""
    if recovered.strange:
        more = len(recovered.strange) - _NAMED
        named = ", ".join(recovered.strange[:_NAMED]) + (f", and {more:,} more" if more > 0 else "")
        yield f"The damaged record was changed outside the program, which was not taken over: {named}."


def _odd_tables(recovered: ReadableTables, counts: dict[str, int]) -> Iterator[str]:
    """Yield a sentence for each table that could not be read whole, or held another number of rows."""
    for name, here in counts.items():
        if name in NOT_REPLAYED and name not in _ASIDE:
            continue
        if name in recovered.lost:
            yield (
                f"The table {name} could not be read in full in the damaged file; it has {here:,} rows now. "
                "Enter again what is missing."
            )
        elif name not in _ASIDE and (there := recovered.count(name)) != here:
            yield f"The table {name} has {here:,} rows now; the damaged record has {there:,}."
