"""The dates of a round that is set up like an earlier one: each moved by the same distance."""

from datetime import date, timedelta

from models.papers.year.year_facts import years_between
from models.queries.set_up.rounds import AreaDates

WEEK = timedelta(days=7)
YEAR = 52 * WEEK
"""So far is a day from the same day of the week a year later."""
FIELDS = ("opens_on", "closes_on", "marks_close_on", "meets_on")


def known_days(dates: AreaDates) -> tuple[date, ...]:
    """Return the days that are set, from opening to the meeting."""
    days = (getattr(dates, name) for name in FIELDS)
    return tuple(day for day in days if day is not None)


def distance(last: AreaDates, last_year: str, year: str, today: date) -> timedelta:
    """Return by how much a round's days move: whole weeks, so that each stays on its day of the week.

    For a later financial year it is 52 weeks a year; within a year the first weeks that begin after the
    last round met and not before today.
    """
    days = known_days(last)
    years = years_between(last_year, year)
    if not days or years > 0:
        return YEAR * max(years, 0)
    least = max(today, max(days) + timedelta(days=1)) - days[0]
    return WEEK * -(-least.days // 7)


def moved(dates: AreaDates, by: timedelta) -> AreaDates:
    """Return dates moved by a distance; that the money is gone is no date of another round."""
    opens, closes, marks, meets = (_moved(getattr(dates, name), by) for name in FIELDS)
    return AreaDates(opens, closes, marks, meets, closes_time=dates.closes_time)


def moved_like(own: AreaDates, last: AreaDates, new: AreaDates) -> AreaDates:
    """Return an area's own dates of the last round, moved as the round's dates moved from `last` to `new`.

    An area that closed a week after the others closes a week after them again. A day that the others had
    not moves as the first of theirs does; one that they have no more it has no more either.
    """
    pairs: list[tuple[date | None, date | None]] = [(getattr(last, n), getattr(new, n)) for n in FIELDS]
    shifts = [after - before if before and after else None for before, after in pairs]
    usual = next((shift for shift in shifts if shift is not None), timedelta())
    opens, closes, marks, meets = (
        _day(getattr(own, name), before, after, usual)
        for name, (before, after) in zip(FIELDS, pairs, strict=True)
    )
    closes_time = own.closes_time if closes else None
    return AreaDates(opens, closes, marks, meets, closes_time=closes_time)


def _day(own: date | None, before: date | None, after: date | None, usual: timedelta) -> date | None:
    if own == before:
        return after
    if own is None or (before and not after):
        return None
    return own + (after - before if before and after else usual)


def _moved(day: date | None, by: timedelta) -> date | None:
    return None if day is None else day + by
