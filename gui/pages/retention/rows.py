"""What the page asks the record, and how a line of it is said."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.text import counted
from models.queries.retention.held_rows import removed_applications
from models.queries.retention.retention import Keeping, Years, kept_applications, years
from scoring.written.days import short_day

_DAYS_A_YEAR, _MONTHS_A_YEAR = 365, 12
_SOON, _MONTHS_UP_TO = 60, 548


class Kept(NamedTuple):
    """A round's applications with their clocks, and the years that the clocks run for."""

    lines: tuple[Keeping, ...]
    years: Years


class Clock(StrEnum):
    """How an application's clock stands, as the pills over the list name it, the most pressing first."""

    DUE = "Due to go"
    ACCOUNT = "Bank details due"
    HELD = "On hold"
    RUNNING = "Clock running"
    UNDECIDED = "Not decided"
    ERASED = "Erased"


def ask_kept(session: Any, round_id: int) -> Kept:  # the window may not name the session's type
    """Ask how long a round's applications are kept."""
    found = (*kept_applications(session, round_id), *removed_applications(session, round_id))
    return Kept(tuple(sorted(found, key=_pressing)), years(session, round_id))


def clocks_of(line: Keeping) -> tuple[Clock, ...]:
    """Return how its clock stands; bank details may be due while the application's own runs on."""
    account = (Clock.ACCOUNT,) if line.is_account_due() else ()
    if line.erased:
        return (*account, Clock.ERASED)
    if line.held_for:
        return (Clock.HELD,)
    if line.is_due(current_day()):
        return (Clock.DUE, *account)
    return (*account, Clock.UNDECIDED if line.until is None else Clock.RUNNING)


def next_words(lines: Sequence[Keeping]) -> str:
    """Say what goes next; where no clock runs, when one will."""
    running = [line for line in lines if Clock.RUNNING in clocks_of(line) and line.until is not None]
    if not running:
        return "No period runs yet: it starts with an application's decision."
    first = min(line.until for line in running if line.until is not None)
    many = sum(line.until == first for line in running)
    what = next(line.reference for line in running if line.until == first) if many == 1 else ""
    return f"Next: {what or counted(many, 'application', 'applications')}, after {short_day(first)}."


reference: Callable[[Keeping], str] = attrgetter("reference")
"""Return the application's reference, which is a line's key."""


def last_day_kept(line: Keeping) -> str:
    """Return the last day on which it is kept."""
    return "–" if line.until is None else short_day(line.until)


def state_words(line: Keeping) -> str:
    """Return how it stands now: erased, held, due to go, or kept."""
    if line.erased:
        return f"Erased {line.erased}"
    if line.held_for:
        return f"On hold: {line.held_for}"
    if line.is_due(current_day()):
        return "Due to go"
    return "Bank details are due to go" if line.is_account_due() else "Kept"


def accessible_text(line: Keeping) -> str:
    """Return the whole line in words."""
    return ", ".join((line.reference, line.organisation, line.why, last_day_kept(line), state_words(line)))


def distance_words(line: Keeping) -> str:
    """Say how far off the last day is, to the nearest month or year; "" without one or once erased."""
    if line.until is None or line.erased:
        return ""
    days = (line.until - current_day()).days
    far = abs(days)
    if not far:
        return "today"
    if far < _SOON:
        words = counted(far, "day", "days")
    elif far < _MONTHS_UP_TO:
        words = counted(_nearest(far * _MONTHS_A_YEAR), "month", "months")
    else:
        words = counted(_nearest(far), "year", "years")
    return f"in {words}" if days >= 0 else f"{words} ago"


def _nearest(days: int) -> int:
    """Return the years nearest to a number of days."""
    return (2 * days + _DAYS_A_YEAR) // (2 * _DAYS_A_YEAR)


def _pressing(line: Keeping) -> tuple[int, date, str]:
    """Sort by how pressing it is, then by day."""
    return tuple(Clock).index(clocks_of(line)[0]), line.until or date.max, line.reference


_organisation: Callable[[Keeping], str] = attrgetter("organisation")
_why: Callable[[Keeping], str] = attrgetter("why")


COLUMNS: tuple[LineColumn[Keeping], ...] = (
    LineColumn("application", "Application", reference, reference, under=_organisation, keeps=Keeps.WHOLE),
    LineColumn("until", "Retention", last_day_kept, last_day_kept, width=130, under=distance_words),
    LineColumn("why", "Why", _why, _why, width=290, gives_way=Gives.WORDS),
    LineColumn("state", "Now", state_words, state_words, width=250, tip=state_words, is_strong=True),
)
