"""Read a cell as a date: day first unless ISO, two-digit years in this century, time kept when given."""

import re
from calendar import monthrange
from datetime import date, datetime, time
from typing import NamedTuple

from exchange.cells.cell_text import Unreadable, one_line, quoted, refuse_error
from exchange.reading.sheets import Cell

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = [name[:3].casefold() for name in _MONTH_NAMES]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?,? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_TIME = (
    r"(?:(?:t|,? (?:at )?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<half>am|pm|a\.m\.|p\.m\.)?"
    r" ?(?:z|(?:gmt|utc|bst)?(?:[+-]\d{1,2}(?::?\d{2})?)?)(?: \([^)]*\))?)?"
)
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<mark>[-/. ])(?P<month>\d{{1,2}})(?P=mark){_YEAR}",
        rf"{_WEEKDAY}{_DAY}(?: of)?[-/. ,]{{0,2}}{_MONTH}[-/. ,]{{0,2}}{_YEAR}",
        rf"{_WEEKDAY}{_MONTH} ?{_DAY},? {_YEAR}",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})",
        rf"{_WEEKDAY}{_DAY}(?: of)?[-/. ,]{{0,2}}{_MONTH}",
        rf"{_WEEKDAY}{_MONTH} ?{_DAY}",
    )
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Moment(NamedTuple):
    """A date and time without a zone; at 00:00 when `has_time` is false."""

    at: datetime
    has_time: bool


def read_date(cell: Cell) -> date | None:
    """Read a date, leaving out any time: 03/04/2026 is 3 April, so is "3rd Apr 26"; 2026-04-03 is ISO."""
    moment = read_moment(cell)
    return moment.at.date() if moment else None


def read_typed_day(text: str, today: date, *, is_past: bool) -> date | None:
    """Read a day as a person types it; None for an empty line.

    A day without a year, "25 Nov" or "25/11", is the latest such day not after today where the past is
    meant, such as a day on which something was received, else the first from today on.
    """
    line = one_line(text)
    found = next(filter(None, (form.fullmatch(line) for form in _WITHOUT_YEAR)), None)
    if found is None:
        return read_date(text)
    years = range(today.year, today.year - 9, -1) if is_past else range(today.year, today.year + 9)
    day, month = int(found["day"]), _month(found["month"])
    for year in years:
        if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
            continue
        on = date(year, month, day)
        if on <= today if is_past else on >= today:
            return on
    raise _no_day(day, month, today.year, text)


def read_moment(cell: Cell) -> Moment | None:
    """Read a date with its time when it has one; a zone is left out and shifts nothing."""
    refuse_error(cell)
    if cell is None or (isinstance(cell, str) and not one_line(cell)):
        return None
    if isinstance(cell, datetime):
        return _in_reach(Moment(cell.replace(tzinfo=None), True), cell)
    if isinstance(cell, date):
        return _in_reach(Moment(datetime.combine(cell, time()), False), cell)
    if isinstance(cell, str):
        return _in_reach(_written(cell), cell)
    raise _no_date(cell)


def _written(cell: str) -> Moment:
    text = one_line(cell)
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if found is None:
        raise _no_date(cell)
    day = _day(_year(found["year"]), _month(found["month"]), int(found["day"]), cell)
    try:
        return Moment(datetime.combine(day, _time(found)), found["hour"] is not None)
    except ValueError as error:
        raise _no_date(cell) from error


def _day(year: int, month: int, day: int, cell: str) -> date:
    """Return a day; where only the month is too short for it, say how long that month is."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _no_date(cell)
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        raise _no_day(day, month, year, cell)
    return date(year, month, day)


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.index(text[:3].casefold()) + 1


def _time(found: "re.Match[str]") -> time:
    """Give the time of a match, 00:00 without one; raises `ValueError` for 25:00 and for 13 pm."""
    hour, half = int(found["hour"] or 0), (found["half"] or "")[:1].casefold()
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _in_reach(moment: Moment, cell: Cell) -> Moment:
    if not _FIRST_YEAR <= moment.at.year <= _LAST_YEAR:
        raise _no_date(cell)
    return moment


def _no_day(day: int, month: int, year: int, cell: str) -> Unreadable:
    """Say what a day that a month does not have lacks, or that it is no date at all."""
    if not (1 <= month <= 12 and 28 < day <= 31):
        return _no_date(cell)
    days = monthrange(year, month)[1]
    in_year = f" in {year}" if month == 2 else ""
    return Unreadable(f"{quoted(cell)} is not a date: {_MONTH_NAMES[month - 1]} has {days} days{in_year}.")


def _no_date(cell: Cell) -> Unreadable:
    return Unreadable(f"{quoted(cell)} is not a date; write it day first, like 03/04/2026 or 3 April 2026.")
