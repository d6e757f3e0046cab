"""Saves that tell whether they are whole: each writes the number of its own journal row into a reason."""

import signal
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from models.operations.panel.sheets import SetReason
from models.record import Opener, Record
from models.schema.panel import mark_table
from models.session import Session
from models.store import chain as journal
from models.store.sqlite.engine import RawConnection, integrity_problems
from tests.models.packed_rounds import ANN, declare, mark, office
from tests.safety.forked import say

OPENER = Opener("Ann Sample", "tests")
KEY = "six plain random words in order"
SHEETS = ("ACF-001", "ACF-002", "ACF-003")
PADDING = " " + "x" * 2_000
"""A reason of some pages, as a long one is."""


def make(path: Path, key: str = "") -> Path:
    """Make a record in which M1 gave three marks, one of them with a reason."""
    with Record.create(path, OPENER, key=key or None) as record:
        office(record)
        declare(record)
        for reference in SHEETS:
            mark(record, reference, "A1", 3, None)
        save(record)
    return path


def save(record: Record) -> int:
    """Give one of the marks a reason that holds the number of the journal row, and return that number."""
    number = record.head().seq + 1
    which = number % len(SHEETS)
    stands = record.ask(lambda session: reasons(session)[which])
    record.perform(SetReason(1, "M1", SHEETS[which], "A1", f"{number}{PADDING}", stands), ANN)
    return record.head().seq


def reasons(session: Session) -> list[str]:
    """Return the three reasons, in the order of their sheets."""
    return list(session.scalars(select(mark_table.c.reason).order_by(mark_table.c.sheet_id)))


def newest(session: Session) -> int:
    """Return the highest row that a reason names."""
    return max(int(text.removesuffix(PADDING) or 0) for text in reasons(session))


def faults(record: Record, told: int) -> Iterator[str]:
    """Say what is lost, half or corrupt in a record whose last save that was told of had this number."""
    if pages := integrity_problems(raw(record), is_encrypted=record.is_encrypted):
        yield f"corrupt: {pages[0]}"
        return
    head = record.head().seq
    if head < told:
        yield f"lost: {told} was told of, and {head} is the newest"
    if head > told + 1:
        yield f"more than was saved: {head} after {told}"
    if record.ask(newest) != head or record.ask(journal.first_fault) is not None:
        yield f"half: the journal ends at {head}, the reasons at {record.ask(newest)}"


def raw(record: Record) -> RawConnection:
    """Return the record's own connection: no second one could look at the file."""
    return record._file.raw


def save_on(path: str, key: str) -> None:
    """Save, and tell of each save, until somebody ends it."""
    with Record.open(Path(path), OPENER, key=key or None) as record:
        while True:
            say(save(record))


def save_once_and_wait(path: str, key: str) -> None:
    """Save, tell of it, and do nothing until somebody ends it."""
    with Record.open(Path(path), OPENER, key=key or None) as record:
        say(save(record))
        signal.pause()


def save_half_and_wait(path: str, key: str) -> None:
    """Save, write half of another change to the disk, tell of the save, and wait until somebody ends it."""
    with Record.open(Path(path), OPENER, key=key or None) as record:
        saved = save(record)
        raw(record).execute("PRAGMA cache_size=5")
        raw(record).execute("BEGIN IMMEDIATE")
        for number in range(200):
            row = ("Grace Okoro", f"field {number}", PADDING, "2026-11-03T14:05:00.000000Z")
            raw(record).execute("INSERT INTO draft (person, field, text, typed_at) VALUES (?, ?, ?, ?)", row)
        say(saved)
        signal.pause()
