"""The zone that a time is written with, and the same time as clocks in the United Kingdom show it.

local_time(datetime(2026, 7, 31, 23, 30), zone_of(("Z", None, None)))   # half past midnight on 1 August
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from scoring.written.names import text_key
from scoring.written.text import Unreadable, figures_line, lazy_pattern, quoted

_TIME = lazy_pattern(r"(?i)(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?")
_NOON = 12


def read_time(text: str) -> str:
    """Return a time as hours and minutes ("09:30", 24 hours), "" for nothing; raise `Unreadable` else."""
    plain = figures_line(text)
    if not plain:
        return ""
    found = _TIME.fullmatch(plain.replace("a.m.", "am").replace("p.m.", "pm"))
    hour, minute, half = found.groups("") if found else ("24", "", "")
    of_day, is_of_clock = int(hour), not half or 1 <= int(hour) <= _NOON
    if half:
        of_day = of_day % _NOON + (_NOON if half.casefold() == "pm" else 0)
    if not is_of_clock or of_day > 23 or int(minute or 0) > 59:
        raise Unreadable(f"{quoted(text)} is no time of day. Write it such as 10:30 or 2pm.")
    return f"{of_day:02d}:{int(minute or 0):02d}"


PATTERN = (
    r"(?: ?(?P<zone>[a-z][a-z/_]{0,30}(?: [a-z]+){0,3}))?(?: ?(?P<offset>[+\-−–]\d{1,2}(?::?\d{2})?))?"
    r"(?: ?[(\[](?P<named>[^)\]]{0,60})[)\]])?"
)
"""What may follow a time: "Z", "UTC", "GMT+1", "+01:00", "-0500 (EST)", "[Europe/London]"."""

_MINUTES: dict[str, int | None] = {
    **dict.fromkeys(("europe/london", "london", "london time", "uk", "uk time", "local", "local time")),
    **dict.fromkeys(("z", "utc", "ut", "gmt", "wet", "coordinated universal time", "universal time"), 0),
    **dict.fromkeys(("greenwich mean time", "gmt standard time", "etc/utc", "etc/gmt"), 0),
    **dict.fromkeys(("bst", "british summer time", "gmt daylight time", "gmt summer time"), 60),
    "west": 60,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "edt": -240,
    "est": -300,
    "cdt": -300,
    "cst": -360,
    "mdt": -360,
    "mst": -420,
    "pdt": -420,
    "pst": -480,
}
"""Zones by their usual names, in minutes ahead of Greenwich; None is local time."""
_Written = tuple[str | None, str | None, str | None]
"""A name, hours, and what stands in brackets."""
_UNIVERSAL = frozenset({"", "z", "utc", "ut", "gmt"})
"""What a number of hours may follow."""
_NAMED = lazy_pattern(r"([^+\-−–]*?) ?([+\-−–]\d{1,2}(?::?\d{2})?)?")
_MOST_MINUTES = 14 * 60
_IN_HEADING = lazy_pattern(
    r"(?i)(?:^|[\s_(\[,-])(utc|gmt|bst|cest|cet|eest|eet|edt|est|cdt|cst|mdt|mst|pdt|pst)"
    r"(?: ?([+-]\d{1,2}(?::?\d{2})?))?(?=$|[\s_)\],])"
)
_SUNDAY = 6


class UnknownZone(ValueError):
    """A text after a time that is no zone anybody can tell."""


def zone_of(written: _Written, otherwise: int | None = None) -> int | None:
    """Return the minutes by which a zone is ahead of Greenwich, None for local time; `otherwise` without one.

    What stands in brackets counts where nothing stands before them. Raises `UnknownZone` for a name that is
    none, and for hours that no zone is away.
    """
    zone, offset, named = written
    if not zone and not offset and named:
        found = _NAMED.fullmatch(named)
        zone, offset = (named, None) if found is None else (found[1], found[2])
    name = text_key(zone or "")
    if offset and name in _UNIVERSAL:
        return _minutes(offset)
    if not name and not offset:
        return otherwise
    if offset or name not in _MINUTES:
        raise UnknownZone(name)
    return _MINUTES[name]


def zone_in(heading: str) -> int | None:
    """Return the minutes ahead of Greenwich of a zone that a heading names, "Completed (UTC)", else None."""
    found = _IN_HEADING.search(heading)
    try:
        return None if found is None else zone_of((found[1], found[2], None))
    except UnknownZone:
        return None


def local_time(at: datetime, minutes: int | None) -> datetime:
    """Return a time of a zone, so many minutes ahead of Greenwich, as clocks here show it.

    Summer time is from 1 o'clock of the last Sunday in March to that of the last in October, by Greenwich
    time, as it has been since 1996.
    """
    if minutes is None:
        return at
    utc = at - timedelta(minutes=minutes)
    is_summer = _change(utc.year, 3) <= utc < _change(utc.year, 10)
    return utc + timedelta(hours=1) if is_summer else utc


def _change(year: int, month: int) -> datetime:
    last = date(year, month, monthrange(year, month)[1])
    sunday = last - timedelta(days=(last.weekday() - _SUNDAY) % 7)
    return datetime.combine(sunday, time(1))


def _minutes(offset: str) -> int:
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    whole = hours * 60 + minutes
    if minutes >= 60 or whole > _MOST_MINUTES:
        raise UnknownZone(offset)
    return whole if offset[0] == "+" else -whole
