"""What the page asks the record, and how a line of it is said."""

from datetime import date
from typing import Any, NamedTuple

from gui.tables.line_column import LineColumn
from models.queries.retention import Keeping, Years, keeping, years


class Kept(NamedTuple):
    """A round's applications with their clocks, and the years that the clocks run for."""

    lines: tuple[Keeping, ...]
    years: Years


def ask_kept(session: Any, round_id: int) -> Kept:  # the window may not name the session's type
    """Ask how long a round's applications are kept."""
    return Kept(keeping(session, round_id), years(session, round_id))


def reference(line: Keeping) -> str:
    """Return the application's reference, which is a line's key."""
    return line.reference


def until(line: Keeping) -> str:
    """Return the last day on which it is kept."""
    return "–" if line.until is None else f"{line.until.day} {line.until:%b %Y}"


def state(line: Keeping) -> str:
    """Return how it stands now: erased, held, due to go, or kept."""
    if line.erased:
        return f"Erased {line.erased}"
    if line.held_for:
        return f"On hold: {line.held_for}"
    if line.is_due(date.today()):
        return "Due to go"
    return "Bank details are due to go" if line.is_account_due() else "Kept"


def said(line: Keeping) -> str:
    """Return the whole line in words."""
    return ", ".join((line.reference, line.organisation, line.why, until(line), state(line)))


def _organisation(line: Keeping) -> str:
    return line.organisation


def _why(line: Keeping) -> str:
    return line.why


COLUMNS: tuple[LineColumn[Keeping], ...] = (
    LineColumn("application", "Application", reference, reference, width=230, under=_organisation),
    LineColumn("until", "Kept until", until, until, width=120),
    LineColumn("why", "Why", _why, _why, width=290, gives_way=1),
    LineColumn("state", "Now", state, state, tip=state, is_strong=True),
)
