"""What is said of an instalment, and of payments that wait."""

from datetime import date

from gui.record.clock import current_day
from gui.text import sentence
from models.queries.awards.award_rows import AwardRow
from models.values.award_parts import Instalment
from scoring.written.days import short_day


def waiting_words(row: AwardRow) -> str:
    """Return what payments wait for, as a sentence; "" where nothing is outstanding or they may be made."""
    if not row.outstanding_pence or not row.waits_for:
        return ""
    return f"{sentence(row.waits_for)} Nothing is paid before that."


def instalment_words(part: Instalment, due_on: date | None) -> str:
    """Return what an instalment waits for, or when it was paid."""
    if part.paid_on is not None:
        by = f" by {part.authorised_by}" if part.authorised_by else ""
        return f"paid {short_day(part.paid_on)}, authorised{by}" if by else f"paid {short_day(part.paid_on)}"
    words = part.trigger
    if due_on is not None:
        is_late = due_on < current_day()
        words += f", late since {short_day(due_on)}" if is_late else f", due {short_day(due_on)}"
    if part.proof_on is not None:
        words += f"; came in {short_day(part.proof_on)}: {part.proof}"
    return words
