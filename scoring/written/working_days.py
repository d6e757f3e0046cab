"""Working days in England and Wales: Monday to Friday without bank holidays and without an office's own days.

Source: Banking and Financial Dealings Act 1971, schedule 1, with the substitute days that are proclaimed each
year. A bank holiday that is proclaimed for one year alone is entered by the office as a day of its own.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


def working_day_after(day: date, many: int, closed: Collection[date] = ()) -> date:
    """Return the so-many-th working day after a day, which itself is not counted.

    The fifth after Mon 21 December 2026 is Wed 30 December: the 22nd, 23rd and 24th, then the 29th and 30th,
    since the 25th is a bank holiday and the 28th stands in for Boxing Day.
    """
    left = many
    while left:
        day += DAY
        left -= is_working_day(day, closed)
    return day


def working_day_from(day: date, closed: Collection[date] = ()) -> date:
    """Return a day, or the next working day where it is none: of Sun 20 December 2026 it is Mon 21."""
    return working_day_after(day - DAY, 1, closed)


def working_day_by(day: date, closed: Collection[date] = ()) -> date:
    """Return a day, or the last working day before it: by Fri 25 December 2026 it is Thu 24."""
    while not is_working_day(day, closed):
        day -= DAY
    return day


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether an office is open on a day; `closed` are its own days on which it is not."""
    return day.weekday() < SATURDAY and day not in closed and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year, each on the day on which it is kept."""
    easter = easter_sunday(year)
    moving = (easter - 2 * DAY, easter + DAY, _monday(year, 5, 1), _monday(year, 5, 25), _monday(year, 8, 25))
    return frozenset((*moving, *_fixed(year)))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year (the anonymous Gregorian rule): 5 April in 2026, 28 March in 2027."""
    cycle, (century, of_century) = year % 19, divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * cycle + century - leaps - correction + 15) % 30
    quarters, left = divmod(of_century, 4)
    to_sunday = (32 + 2 * rest + 2 * quarters - moon - left) % 7
    late = (cycle + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _fixed(year: int) -> Iterator[date]:
    """Yield New Year's Day, Christmas Day and Boxing Day, each on the next weekday that is free."""
    yield _next_free(date(year, 1, 1), ())
    christmas = _next_free(date(year, 12, 25), (date(year, 12, 26),))
    yield christmas
    yield _next_free(date(year, 12, 26), (christmas,))


def _next_free(day: date, taken: Collection[date]) -> date:
    while day.weekday() >= SATURDAY or day in taken:
        day += DAY
    return day


def _monday(year: int, month: int, day: int) -> date:
    """Return the first Monday on or after a day: of 25 May it is the last of the month."""
    first = date(year, month, day)
    return first + timedelta(days=-first.weekday() % 7)
