"""The periods by which a fund reports to whoever pays for it: quarters, half-years or financial years."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from scoring.written.days import full_month
from scoring.written.text import Refused

_YEAR = re.compile(r"(\d{4})/\d{2}")


def year_of(day: date) -> str:
    """Return the financial year of a day, April to March: "2026/27"."""
    first = day.year if day.month >= _APRIL else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def year_ends_on(year: str) -> date | None:
    """Return the last day of a financial year, None for what is none."""
    return None if _YEAR.fullmatch(year) is None else last_day(year)


def last_day(year: str, today: date = date.max) -> date:
    """Return 31 March of what is known to be a financial year, or `today` where that is still to come."""
    return min(date(int(year[:4]) + 1, 3, 31), today)


def year_after(year: str, by: int = 1) -> str:
    """Return the financial year so many years after another: "2026/27" gives "2027/28"; "" gives ""."""
    found = _YEAR.fullmatch(year)
    if found is None:
        return ""
    first = int(found[1]) + by
    return f"{first}/{(first + 1) % 100:02d}"


def years_between(first: str, second: str) -> int:
    """Return by how many years one financial year is later than another, 0 where either is none."""
    found = [_YEAR.fullmatch(year) for year in (first, second)]
    begins = [int(match[1]) for match in found if match is not None]
    return begins[1] - begins[0] if len(begins) == len(found) else 0


_APRIL = 4
_NAMED = re.compile(r"(20\d{2})/(\d{2})(?:[- ]([QH])([1-4]))?", re.IGNORECASE)


class Every(StrEnum):
    """How often a fund reports."""

    QUARTER = "quarter"
    HALF = "half-year"
    YEAR = "year"


_SIGNS = {Every.QUARTER: "Q", Every.HALF: "H", Every.YEAR: ""}
_COUNTS = {Every.QUARTER: 4, Every.HALF: 2, Every.YEAR: 1}


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


class Period(Struct, frozen=True):
    """A part of a financial year, counted from 1; Q3 is October to December."""

    year: str
    every: Every
    number: int

    @property
    def name(self) -> str:
        """Return what it is asked for by: "2026/27-Q3", "2026/27-H1", "2026/27"."""
        sign = _SIGNS[self.every]
        return f"{self.year}-{sign}{self.number}" if sign else self.year

    @property
    def words(self) -> str:
        """Return it as papers print it: "Q3 2026/27, October to December 2026"."""
        sign = _SIGNS[self.every]
        named = f"{sign}{self.number} {self.year}" if sign else self.year
        return f"{named}, {self.months}"

    @property
    def months(self) -> str:
        """Return from which month to which it goes, a year that both share said once."""
        first, last = self.begins_on, self.ends_on
        begins = full_month(first)
        if first.year == last.year:
            begins = begins.split()[0]
        return f"{begins} to {full_month(last)}"

    @property
    def begins_on(self) -> date:
        return _month(self.year, self._months * (self.number - 1))

    @property
    def ends_on(self) -> date:
        return month_end(_month(self.year, self._months * self.number - 1))

    @property
    def next(self) -> "Period":
        """Return the one after it."""
        if self.number < _COUNTS[self.every]:
            return Period(self.year, self.every, self.number + 1)
        return Period(year_after(self.year), self.every, 1)

    @property
    def _months(self) -> int:
        return 12 // _COUNTS[self.every]

    def overlaps(self, other: "Period") -> bool:
        return self.begins_on <= other.ends_on and other.begins_on <= self.ends_on

    def has(self, day: date | None) -> bool:
        return day is not None and self.begins_on <= day <= self.ends_on


def period_of(day: date, every: Every) -> Period:
    """Return the period in which a day falls."""
    year = year_of(day)
    months = (day.month - _APRIL) % 12
    return Period(year, every, months * _COUNTS[every] // 12 + 1)


def periods_between(first: date, last: date, every: Every) -> Iterator[Period]:
    """Yield the periods from the one of a day to the one of another."""
    period = period_of(first, every)
    while period.begins_on <= last:
        yield period
        period = period.next


def read_period(text: str) -> Period:
    """Read a period as it is asked for; refused for anything else."""
    found = _NAMED.fullmatch(text.strip())
    if found is not None:
        year, sign, number = f"{found[1]}/{found[2]}", (found[3] or "").upper(), int(found[4] or 1)
        every = next(every for every, one in _SIGNS.items() if one == sign)
        if year_after(year, 0) == year and number <= _COUNTS[every]:
            return Period(year, every, number)
    raise Refused(
        f"“{text[:40]}” is not a period. Write a quarter like 2026/27-Q3 (October to December), a half-year "
        "like 2026/27-H1 or a financial year like 2026/27."
    )


def _month(year: str, months: int) -> date:
    """Return the first day of a month of a financial year, counted from 0 in April."""
    more, month = divmod(_APRIL - 1 + months, 12)
    return date(int(year[:4]) + more, month + 1, 1)
