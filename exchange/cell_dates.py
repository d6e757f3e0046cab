"""Read a cell as a date: day first unless ISO, two-digit years in this century, time kept when given."""

import re
from datetime import date, datetime, time
from typing import NamedTuple

from exchange.cell_text import Unreadable, one_line, quoted, refuse_error
from exchange.sheets import Cell

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
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
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Moment(NamedTuple):
    """A date and time without a zone; at 00:00 when `has_time` is false."""

    at: datetime
    has_time: bool


def read_date(cell: Cell) -> date | None:
    """Read a date, leaving out any time: 03/04/2026 is 3 April, so is "3rd Apr 26"; 2026-04-03 is ISO."""
    moment = read_moment(cell)
    return moment.at.date() if moment else None


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
    try:
        day = date(_year(found["year"]), _month(found["month"]), int(found["day"]))
        return Moment(datetime.combine(day, _time(found)), found["hour"] is not None)
    except ValueError as error:
        raise _no_date(cell) from error


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


def _no_date(cell: Cell) -> Unreadable:
    return Unreadable(f"{quoted(cell)} is not a date; write it day first, like 03/04/2026 or 3 April 2026.")
