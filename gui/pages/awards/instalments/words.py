"""What is said of an instalment, and of payments that wait."""

from gui.record.clock import current_day
from gui.text import sentence
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.year_facts import trigger_of
from models.values.awards import Instalment, trigger_words
from scoring.written.days import short_day

NOT_DUE = "What is not due yet is paid on its day or later. To pay it before, set an earlier due date."


def waiting_words(row: AwardRow) -> str:
    """Return what payments wait for, as a sentence; "" where nothing is outstanding or they may be made."""
    if not row.outstanding_pence:
        return ""
    if row.waits_for:
        return f"{sentence(row.waits_for)} Nothing is paid before that."
    days = (row.not_before(part) for part in row.instalments if part.paid_on is None)
    return NOT_DUE if any(day is not None and day > current_day() for day in days) else ""


def holds_up(row: AwardRow, part: Instalment) -> str:
    """Return why an instalment may not be paid today, "" where it may."""
    return row.on_hold or row.not_yet(part, current_day())


def instalment_words(row: AwardRow, part: Instalment) -> str:
    """Return what an instalment of an award waits for, that it is on hold, or when it was paid."""
    if part.paid_on is not None:
        by = f" by {part.authorised_by}" if part.authorised_by else ""
        return f"paid {short_day(part.paid_on)}, authorised{by}" if by else f"paid {short_day(part.paid_on)}"
    words, due_on = trigger_words(trigger_of(row, part)), row.expected_on(part, current_day())
    if row.held_for:
        words += ", on hold"
    elif due_on is not None:
        is_late = due_on < current_day()
        words += f", late since {short_day(due_on)}" if is_late else f", due {short_day(due_on)}"
    if part.proof_on is not None:
        words += f"; came in {short_day(part.proof_on)}: {part.proof}"
    return words
