"""Reading finance's ledger back: a file is chosen, what it says is shown, then recorded as one change."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exchange.papers.finance.returned import LedgerLine, LedgerReading, read_ledger
from gui.dialogs.files import SPREADSHEETS, Kind
from gui.listed.acts import Act, Listing, Read
from gui.listed.form import Asked
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.text import counted
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import PayInstalment
from models.queries.awards.awards_page import every_award
from models.values.awards import AwardParts
from scoring.money import short_pounds
from scoring.written.days import short_day

NOTHING = "There is nothing new in it to record. Nothing was changed."
MOST_SHOWN = 20
"""So many rows of other things are named, more are counted."""


def _read(stands: tuple[AwardParts, ...]) -> Read:
    def read(path: Path, ticket: Ticket) -> LedgerReading:
        return read_ledger(path, stands, current_day(), tick=ticket.tick)

    return Read(Kind.LEDGER, "Choose finance's ledger", SPREADSHEETS, read, _shown)


READ_LEDGER: Act[Any, Any] = Act(
    words="Read finance's ledger…",
    brief="Ledger…",
    kind=RecordPayments.kind,
    where=lambda at: bool(at.answer.awards),
    does=lambda at: Asked(every_award, _read),
)
"""A ledger is read against every award of the record."""


def _shown(reading: LedgerReading) -> Listing:
    """Show what matches and what differs, before what matches is recorded."""
    title, lines = f"Payments in {reading.name}", tuple(_summary_lines(reading))
    if not reading.lines:
        return Listing(title, NOTHING, lines)
    count = counted(len(reading.lines), "payment")
    total = sum(line.part.amount_pence for line in reading.lines)
    words = f"Sheet {reading.sheet}: {count} to record, {short_pounds(total)} in all."
    if reading.unchanged:
        words += f" {counted(reading.unchanged, 'payment is', 'payments are')} recorded already."
    if reading.differing:
        left = counted(len(reading.differing), "row that differs is", "rows that differ are")
        words += f" {left} left out."
    return Listing(title, words, lines, f"Record {count}", RecordPayments(reading.name, _parts(reading)))


def _parts(reading: LedgerReading) -> tuple[PayInstalment, ...]:
    return tuple(
        PayInstalment(line.found.round_id, line.found.application, line.number, line.on, line.part.paid_on)
        for line in reading.lines
    )


def _summary_lines(reading: LedgerReading) -> Iterator[str]:
    """Yield what is recorded, what differs from the record, and what matches nothing."""
    new = [line for line in reading.lines if line.part.paid_on is None]
    moved = [line for line in reading.lines if line.part.paid_on is not None]
    yield from _under(
        "To record", [f"{_named(line)}, paid {short_day(line.on)}{_left(line)}" for line in new]
    )
    yield from _under(
        "Recorded on another day, which the ledger's day replaces",
        [f"{_named(line)}, paid {short_day(line.on)}, not {_before(line)}" for line in moved],
    )
    yield from _under("Differs from the record, and is not recorded", list(reading.differing))
    yield from _under(
        "Recorded as paid in these days, and not in the file",
        [f"{_named(line)}, paid {short_day(line.on)}" for line in reading.missing],
    )
    others = list(reading.passed_over[:MOST_SHOWN])
    more = reading.others - len(others)
    others += [f"and {counted(more, 'more row')}"] if more else []
    yield from _under("Rows of other things, which no award's reference names", others)


def _under(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}:"
        yield from (f"   {line}" for line in lines)


def _named(line: LedgerLine) -> str:
    many = len(line.found.instalments)
    part = f", instalment {line.number} of {many}" if many > 1 else ""
    return f"{line.found.reference}{part}, {short_pounds(line.part.amount_pence)}"


def _left(line: LedgerLine) -> str:
    return f"; due diligence: {line.found.checks_left}" if line.found.checks_left else ""


def _before(line: LedgerLine) -> str:
    assert line.part.paid_on is not None, "a payment that was recorded"
    return short_day(line.part.paid_on)
