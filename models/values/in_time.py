"""Whether an application was received in time, from its received date and its area's closing date."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Protocol

from models.values.rows import ApplicationRow
from scoring.written.days import exact_clock, short_day


class Closing(Protocol):
    """When an area closes: `closes_time` ("17:00") is None for the end of that day, both for no date."""

    @property
    def closes_on(self) -> date | None:
        """Return the last day."""

    @property
    def closes_time(self) -> str | None:
        """Return the time of that day."""


NO_DATE = "no received date, so whether it came in time must be checked"
Verdict = tuple[str, str]
"""What the dates say: pass, fail or to check, and why ("" for a pass)."""


def received_in_time(row: ApplicationRow, dates: Mapping[str, Closing]) -> Verdict | None:
    """Return what the dates say of an application; None where its area has no closing date.

    A closing date runs to the end of that day unless a time is given, and the time itself is still in
    time. Closing 2 November at 12:00: received 2 November at 12:00 passes, at 12:01 fails, and on
    2 November without a time is to check.
    """
    own = dates.get(row.area or "")
    if own is None or own.closes_on is None:
        return None
    received, closes, at = row.received_at, own.closes_on, own.closes_time
    if received is None:
        return "to check", NO_DATE
    came = f"received {short_day(received)}"
    came += f" at {exact_clock(received)}" if row.received_has_time else ""
    if received.date() == closes and at and not row.received_has_time:
        return "to check", f"{came} without a time, and {row.area} closed at {at}"
    if _is_in_time(received, closes, at):
        return "pass", ""
    return "fail", f"{came}, after {row.area} closed on {short_day(closes)}" + (f" at {at}" if at else "")


def _is_in_time(received: datetime, closes: date, at: str | None) -> bool:
    if received.date() != closes or not at:
        return received.date() <= closes
    return received <= datetime.combine(closes, time.fromisoformat(at))
