"""Days as people write them, and as they are printed: the one place for both.

Read day first unless ISO or where the order is known, two-digit years in this century, time kept when given
and that of another zone turned into local time.

read_day("25 Nov", today, is_past=True)
read_moment("2026-11-02 14:32")
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache, partial
from typing import NamedTuple

from scoring.written import zones
from scoring.written.text import Unreadable, figures_line, lazy_pattern, quoted, readable

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
_TURNED = {
    "fawrth": "mawrth",
    "fai": "mai",
    "fehefin": "mehefin",
    "orffennaf": "gorffennaf",
    "fedi": "medi",
    "dachwedd": "tachwedd",
    "thachwedd": "tachwedd",
    "ragfyr": "rhagfyr",
}
"""Welsh months as they are written after another word, by their own names: "3ydd o Fawrth"."""
_MONTHS = [name[:3].casefold() for name in (*MONTH_NAMES, *_WELSH)]
_SHORT_DAY = lazy_pattern(rf"\b(\d{{1,2}}) ({'|'.join(name[:3] for name in MONTH_NAMES)}) (\d{{4}})\b")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    + "|".join((*_WELSH, *_TURNED))
    + r"|ion|chwef|maw|ebr|meh|gorff|tach|rhag)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?,? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|af|il|ydd|f?ed|eg|ain)?"
_YEAR = r"['’]?(?P<year>\d{4}|\d{2})"
_TIME = (
    r"(?:(?:t|,? (?:at |[-–] )?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<half>am|pm|a\.m\.|p\.m\.)?" + zones.PATTERN + ")?"
)
_FORMS = tuple(
    form + _TIME
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}}) ?(?P<mark>[-/. ]) ?(?P<month>\d{{1,2}}) ?(?P=mark) ?{_YEAR}",
        rf"{_WEEKDAY}{_DAY}(?: of| o)?[-/. ,]{{0,2}}{_MONTH}[-/. ,]{{0,2}}{_YEAR}",
        rf"{_WEEKDAY}{_MONTH} ?{_DAY},? {_YEAR}",
    )
)
_WHOLE_MONTH = (
    r"(?:(?:by|from|in|the|erbyn|o|ym|yn) )*"
    r"(?:(?P<edge>end|start|beginning) of |(?P<welsh>diwedd|dechrau) )?(?:mis )?"
    rf"{_MONTH}(?:,? ?(?P<year>(?:19|20|21)\d\d))?"
)
_IN_PROSE = (
    rf"\b(?:{_DAY}(?: of| o)? |(?:(?:end|start|beginning) of |(?:diwedd|dechrau) )?(?:mis )?)"
    rf"{_MONTH},? ?(?P<year>20\d\d)\b"
)
"""A day or a month with its year among other words."""
_FIGURES_IN_PROSE = (
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)"
    r"(?P<year>(?:20)?\d\d)(?![/.-]?\d)"
)
"""The same in figures."""
_ORDER_IN_HEADING = lazy_pattern(
    r"\b(?:(m)m?m? ?[-/.] ?dd?|dd? ?[-/.] ?mm?m?)(?: ?[-/.] ?y+)?\b", re.IGNORECASE
)
_FIGURES = lazy_pattern(r"\d+")
_LOOKED_AT = 200
_LASTS = frozenset(("end", "diwedd"))
_WITHOUT_YEAR = (
    r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)?",
    rf"{_WEEKDAY}{_DAY}(?: of| o)?[-/. ,]{{0,2}}{_MONTH}",
    rf"{_WEEKDAY}{_MONTH} ?{_DAY}",
)
_HALF_A_YEAR = 182
_MONTH_NUMBERS, _DAYS_ALONE = range(1, 13), range(13, 32)
"""What a month's number can be, and the numbers of days that no month has."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LEAP_YEAR = 2024
_FROM_TODAY = {"today": 0, "yesterday": -1, "tomorrow": 1}
_FAR = 5
"""After how many years, before today or after it, a day is more likely a slip."""


class Order(Enum):
    """Which comes first in 3/4/2026: in a column of both, a cell that can be either is none."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    MIXED = "mixed"


class Moment(NamedTuple):
    """A date and time without a zone; at 00:00 when `has_time` is false."""

    at: datetime
    has_time: bool


def read_day(text: str, today: date, *, is_past: bool) -> date | None:
    """Read a day as a person types it, leaving out any time; None for an empty line.

    03/04/2026 is 3 April, so is "3rd Apr 26"; 2026-04-03 is ISO. A day without a year, "25 Nov" or "25/11",
    is the latest such day not after today where the past is meant, such as a day on which something was
    received, else the first from today on. "Today", "yesterday" and "tomorrow" are what they say.
    """
    line = figures_line(text)
    away = _FROM_TODAY.get(line.casefold())
    if away is not None:
        return today + timedelta(days=away)
    found = _without_year(line)
    if found is None:
        return read_moment(line).at.date() if line else None
    years = range(today.year, today.year - 9, -1) if is_past else range(today.year, today.year + 9)
    day, month = int(found["day"]), _month(found["month"])
    for year in years:
        if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
            continue
        on = date(year, month, day)
        if on <= today if is_past else on >= today:
            return on
    raise _no_day(day, month, today.year, text)


def read_month(text: str, since: date | None = None, *, is_end: bool) -> date | None:
    """Read a month as its first day, or its last where `is_end`; None for any other text.

    "End of March 2027" is its last day and "start of March 2027" its first, whatever is asked. One without a
    year is the first that is not over on the day `since`, as is "25 March"; None where that is None. Raises
    `Unreadable` for a day that its month never has.
    """
    line = figures_line(text)
    found = _pattern(_WHOLE_MONTH).fullmatch(line)
    if found is None:
        is_day = _pattern(_WITHOUT_YEAR[1]).fullmatch(line) is not None
        return read_day(line, since, is_past=False) if is_day and since is not None else None
    month, edge = _month(found["month"]), (found["edge"] or found["welsh"] or "").casefold()
    if found["year"] is None and since is None:
        return None
    year = int(found["year"]) if since is None or found["year"] else since.year + (month < since.month)
    is_last = edge in _LASTS if edge else is_end
    return date(year, month, monthrange(year, month)[1] if is_last else 1)


def likely_day(text: str, since: date | None = None, *, is_end: bool) -> date | None:
    """Return the one day that a text in prose names, or of the one month the day of `read_month`; else None.

    >>> likely_day("1 April 2027, if the hall is free", is_end=False)
    datetime.date(2027, 4, 1)
    """
    line = figures_line(text)
    if spell := _FROM.search(line[:_LOOKED_AT]):
        starts = likely_day(line[spell.end() :], since, is_end=False)
        return last_day(spell[0], starts) if is_end and starts else None
    whole = read_month(line, since, is_end=is_end)
    found = _named_in(line) if whole is None and len(line) <= _LOOKED_AT else []
    if len(found) != 1 or len(_FIGURES.findall(line)) != len(_FIGURES.findall(found[0][0])):
        return whole
    if len(list(_pattern(rf"\b{_MONTH}\b").finditer(line))) > 1:
        return None
    return read_moment(found[0][0]).at.date() if found[0]["day"] else read_month(found[0][0], is_end=is_end)


def days_named(text: str) -> list[str]:
    """Return every day or month that a text in prose names with its year, as it stands there.

    >>> days_named("We begin on 1 April 2027 and end in May 2028.")
    ['1 April 2027', 'May 2028']
    """
    found = _named_in(figures_line(text)[:_LOOKED_AT])
    return [one[0] for one in sorted(found, key=lambda one: one.start())]


def _named_in(line: str) -> "list[re.Match[str]]":
    return [one for form in (_IN_PROSE, _FIGURES_IN_PROSE) for one in _pattern(form).finditer(line)]


_SPELL = lazy_pattern(
    r"(?<![\d.,-])(?P<many>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)"
    r"[ -]?(?:calendar )?(?P<unit>day|diwrnod|week|wythnos|month|mis|year|blwyddyn|flynedd)",
    re.IGNORECASE,
)
_FROM = lazy_pattern(rf"{_SPELL.pattern}s?,? (?:from|after|of)\b", re.IGNORECASE)
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNTS = {"a": 1, "an": 1, "eighteen": 18} | {word: many for many, word in enumerate(_WORDS, start=1)}
_DAYS_OF = {"day": 1, "diwrnod": 1, "week": 7, "wythnos": 7}
_MONTHS_OF = {"month": 1, "mis": 1, "year": 12, "blwyddyn": 12, "flynedd": 12}


def last_day(text: str, started: date) -> date | None:
    """Return the last day of the one spell of time that a text names, from its first day; else None.

    >>> last_day("6 months", date(2027, 4, 1))
    datetime.date(2027, 9, 30)
    """
    found = list(_SPELL.finditer(text[:_LOOKED_AT]))
    if len(found) != 1:
        return None
    word, unit = found[0]["many"].casefold(), found[0]["unit"].casefold()
    many = int(word) if word.isdecimal() else _COUNTS[word]
    if unit in _DAYS_OF:
        return started + timedelta(days=many * _DAYS_OF[unit] - 1)
    month = started.month - 1 + many * _MONTHS_OF[unit]
    year, month = started.year + month // 12, month % 12 + 1
    day = min(started.day, monthrange(year, month)[1] + 1)
    return date(year, month, 1) + timedelta(days=day - 2)


def read_near_day(text: str, today: date) -> date | None:
    """Read a day that may be past or to come: one without a year is the nearest to today, of two the past."""
    found = [read_day(text, today, is_past=is_past) for is_past in (True, False)]
    return min(filter(None, found), key=lambda day: abs(day - today), default=None)


def read_moment(text: str, order: Order = Order.DAY_FIRST, zone: int | None = None) -> Moment:
    """Read a date with its time when it has one; a time of another zone is turned into local time.

    `zone` is that of a time that names none itself, in minutes ahead of Greenwich, None for local time.
    """
    line = figures_line(text)
    found = next(filter(None, (_pattern(form).fullmatch(line) for form in _FORMS)), None)
    if found is None:
        raise _no_year(line, text)
    day = _day_in_order(found, order, text)
    if found["hour"] is None:
        return Moment(datetime.combine(day, time()), False)
    try:
        of = zones.zone_of((found["zone"], found["offset"], found["named"]), zone)
        at = datetime.combine(day, _time(found))
    except ValueError as error:
        raise no_date(text) from error
    return Moment(zones.local_time(at, of), True)


def order_of(texts: Iterable[str]) -> Order | None:
    """Return the order of day and month in a column, told by the cells that can be read in one way alone.

    None is no such cell.
    """
    found = {order for text in texts if (order := _only_order(figures_line(text))) is not None}
    if len(found) > 1:
        return Order.MIXED
    return found.pop() if found else None


def order_in(heading: str) -> Order | None:
    """Return the order of day and month that a heading names, "(MM/DD/YYYY)"; None where it names none."""
    found = _ORDER_IN_HEADING.search(heading)
    if found is None:
        return None
    return Order.MONTH_FIRST if found[1] else Order.DAY_FIRST


def is_open(text: str) -> bool:
    """Say whether a text is one day with the day first, and another with the month first."""
    found = _pattern(_FORMS[1]).fullmatch(figures_line(text))
    return found is not None and all(_orders(found)) and int(found["day"]) != int(found["month"])


def reads_as_day(text: str) -> bool:
    """Say whether a text is a date in any order of day and month."""
    return readable(partial(read_moment, order=Order.MONTH_FIRST), text) is not None


def short_day(day: date) -> str:
    """Return a day as tables have it: "2 Dec 2026"."""
    return f"{day.day} {day:%b %Y}"


def full_day(day: date) -> str:
    """Return a day as it stands in a box: "2 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def ends_before_start(starts: date | None, ends: date | None) -> str:
    """Return "ends on 1 March 2027, before it starts on 1 April 2027", "" where the days are in order."""
    if starts is None or ends is None or ends >= starts:
        return ""
    return f"ends on {full_day(ends)}, before it starts on {full_day(starts)}"


def when_on(days: Sequence[date]) -> str:
    """Return some days in their order as a sentence tells them: "on", both of two, or between which they are.

    >>> when_on([date(2026, 11, 17), date(2026, 11, 18)])
    'on 17 November 2026 and 18 November 2026'
    """
    first, last = full_day(days[0]), full_day(days[-1])
    if len(days) > 2:
        return f"between {first} and {last}"
    return f"on {first}" if len(days) == 1 else f"on {first} and {last}"


def with_full_days(words: str) -> str:
    """Return a text with the days in it as a box has them: "on 2 Dec 2026" gives "on 2 December 2026"."""
    return _SHORT_DAY.sub(lambda found: f"{found[1]} {MONTH_NAMES[_month(found[2]) - 1]} {found[3]}", words)


def long_day(day: date) -> str:
    """Return a day as sentences have it: "Wed 2 December 2026"."""
    return f"{day:%a} {full_day(day)}"


def short_date(day: date) -> str:
    """Return a day of which the year is plain: "2 Dec"."""
    return f"{day.day} {day:%b}"


def full_date(day: date) -> str:
    """Return a day of which the year is plain: "2 December"."""
    return f"{day.day} {day:%B}"


def is_year_plain(day: date, today: date) -> bool:
    """Whether a day less than half a year off is known without its year: 21 November is not, a year away."""
    return abs((day - today).days) < _HALF_A_YEAR


def short_month(day: date) -> str:
    """Return the month of a day as charts have it: "Dec 2026"."""
    return f"{day:%b %Y}"


def full_month(day: date) -> str:
    """Return the month of a day: "December 2026"."""
    return f"{day:%B %Y}"


def clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def exact_clock(at: datetime) -> str:
    """Return the time of day to the second where it is none of a whole minute: "14:32", "14:32:05"."""
    return f"{at:%H:%M:%S}" if at.second else clock(at)


def short_moment(at: datetime) -> str:
    """Return a time as tables have it: "2 Dec 2026, 14:32"."""
    return f"{short_day(at)}, {clock(at)}"


def sheet_moment(at: date) -> str:
    """Return a day as a British spreadsheet shows it: "02/12/2026 14:32", without a time of midnight."""
    day = f"{at:%d/%m/%Y}"
    return f"{day} {exact_clock(at)}" if isinstance(at, datetime) and at.time() != time() else day


def full_moment(at: datetime) -> str:
    """Return a time as sentences have it: "2 December 2026, 14:32"."""
    return f"{full_day(at)}, {clock(at)}"


def is_in_reach(on: date) -> bool:
    """Whether a day is in a year that an office writes about: 1900 to 2199."""
    return _FIRST_YEAR <= on.year <= _LAST_YEAR


def is_stored(on: date) -> bool:
    """Whether a record can hold a day: in reach, or the first of all, for what holds from the start."""
    return on == date.min or is_in_reach(on)


def far_words(day: date | None, today: date) -> str:
    """Return that a day is more than five years from today, "" where it is not: what is asked about."""
    if day is None or (day.year - _FAR, day.month, day.day) <= (today.year, today.month, today.day) <= (
        day.year + _FAR,
        day.month,
        day.day,
    ):
        return ""
    return f"{full_day(day)} is more than five years from today, {full_day(today)}."


def no_date(text: str) -> Unreadable:
    return Unreadable(f"{quoted(text)} is not a date; write it day first, like 03/04/2026 or 3 April 2026.")


def _day(year: int, month: int, day: int, text: str) -> date:
    """Return a day; where only the month is too short for it, say how long that month is."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise no_date(text)
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        raise _no_day(day, month, year, text)
    return date(year, month, day)


def _is_figures(found: "re.Match[str]") -> bool:
    """Whether a date is of figures alone, in an order that they do not tell: not ISO."""
    return found["month"].isdecimal() and found.start("day") < found.start("year")


def _is_day(found: "re.Match[str]", *, day: int, month: int) -> bool:
    year = _year(found["year"])
    return 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= day <= monthrange(year, month)[1]


def _only_order(line: str) -> Order | None:
    """Return the order that a text was written in, None where nothing in it tells.

    31/02/2026 is no day, and was written with the day first all the same.
    """
    found = _pattern(_FORMS[1]).fullmatch(line)
    if found is None:
        return None
    if not _FIRST_YEAR <= _year(found["year"]) <= _LAST_YEAR:
        return None
    first, second = int(found["day"]), int(found["month"])
    if first in _MONTH_NUMBERS and second in _DAYS_ALONE:
        return Order.MONTH_FIRST
    return Order.DAY_FIRST if first in _DAYS_ALONE and second in _MONTH_NUMBERS else None


def _orders(found: "re.Match[str]") -> tuple[bool, bool]:
    """Return whether a date in figures is a day with the day first, and with the month first."""
    first, second = int(found["day"]), int(found["month"])
    return _is_day(found, day=first, month=second), _is_day(found, day=second, month=first)


def _day_in_order(found: "re.Match[str]", order: Order, text: str) -> date:
    """Return the day of a match; in figures alone, in the order of its column where it can be."""
    year, month, day = _year(found["year"]), _month(found["month"]), int(found["day"])
    if order is Order.DAY_FIRST or not _is_figures(found) or not _is_day(found, day=month, month=day):
        return _day(year, month, day, text)
    if order is Order.MIXED and day != month and _is_day(found, day=day, month=month):
        one, other = full_day(date(year, month, day)), full_day(date(year, day, month))
        raise Unreadable(
            f"{quoted(text)} is {one} or {other}: other dates of this column have the day first, and "
            "others the month; write the month in letters."
        )
    return date(year, day, month)


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    name = text.casefold()
    return _MONTHS.index(_TURNED.get(name, name)[:3]) % 12 + 1


def _time(found: "re.Match[str]") -> time:
    """Give the time of a match, 00:00 without one; raises `ValueError` for 25:00 and for 13 pm."""
    hour, half = int(found["hour"] or 0), (found["half"] or "")[:1].casefold()
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0))


_pattern = cache(partial(lazy_pattern, flags=re.IGNORECASE | re.ASCII))
"""A form that days are written in, ready to be looked for."""


def _without_year(line: str) -> "re.Match[str] | None":
    return next(filter(None, (_pattern(form).fullmatch(line) for form in _WITHOUT_YEAR)), None)


def _no_year(line: str, text: str) -> Unreadable:
    """Say why a text without a year is no date: its month never has that day, or the year is missing."""
    found = _without_year(line)
    month = _month(found["month"]) if found else 0
    if found is None or not 1 <= month <= 12:
        return no_date(text)
    if int(found["day"]) <= monthrange(_LEAP_YEAR, month)[1]:
        return Unreadable(f"{quoted(text)} has no year; write it in full, like 3 April 2026.")
    return _no_day(int(found["day"]), month, None, text)


def _no_day(day: int, month: int, year: int | None, text: str) -> Unreadable:
    """Say what a day that a month does not have lacks, or that it is no date at all; None is any year."""
    if not (1 <= month <= 12 and 28 < day <= 31):
        return no_date(text)
    days = monthrange(year or _LEAP_YEAR, month)[1]
    in_year = (f" in {year}" if year else " at most") if month == 2 else ""
    return Unreadable(f"{quoted(text)} is no day: {MONTH_NAMES[month - 1]} has {days} days{in_year}.")
