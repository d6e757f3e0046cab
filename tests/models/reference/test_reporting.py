"""Periods of the financial year: every day falls in one of each kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reference.reporting import Every, Period, period_of, periods_between, read_period
from scoring.written.text import Refused


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2026/27-Q1", (2026, 4, 1), (2026, 6, 30), "Q1 2026/27, April to June 2026"),
        ("2026/27-q3", (2026, 10, 1), (2026, 12, 31), "Q3 2026/27, October to December 2026"),
        ("2027/28-Q4", (2028, 1, 1), (2028, 3, 31), "Q4 2027/28, January to March 2028"),
        (" 2026/27 H1 ", (2026, 4, 1), (2026, 9, 30), "H1 2026/27, April to September 2026"),
        ("2026/27-H2", (2026, 10, 1), (2027, 3, 31), "H2 2026/27, October 2026 to March 2027"),
        ("2026/27", (2026, 4, 1), (2027, 3, 31), "2026/27, April 2026 to March 2027"),
        ("2099/00", (2099, 4, 1), (2100, 3, 31), "2099/00, April 2099 to March 2100"),
    ],
)
def test_a_period_is_read_as_it_is_asked_for(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    period = read_period(text)

    assert (period.begins_on, period.ends_on, period.words) == (date(*first), date(*last), words)
    assert read_period(period.name) == period


@pytest.mark.parametrize(
    "text", ["", "2026", "2026/28", "2026/27-Q5", "2026/27-H3", "2026/27-Q0", "Q3", "2026/27-X1", "９" * 50]
)
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(Refused, match="2026/27-Q3"):
        read_period(text)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(Every))
def test_a_day_falls_in_one_period_and_the_next_begins_the_day_after(day: date, every: Every) -> None:
    period = period_of(day, every)

    assert period.has(day)
    assert not period.next.has(day)
    assert period.next.begins_on == period.ends_on + timedelta(days=1)
    assert not period.has(None)


def test_periods_between_two_days_are_those_of_both_and_all_between() -> None:
    found = periods_between(date(2026, 6, 30), date(2027, 4, 1), Every.QUARTER)

    assert [one.name for one in found] == [
        "2026/27-Q1",
        "2026/27-Q2",
        "2026/27-Q3",
        "2026/27-Q4",
        "2027/28-Q1",
    ]
    assert list(periods_between(date(2026, 6, 30), date(2026, 6, 1), Every.YEAR)) == [
        Period("2026/27", Every.YEAR, 1)
    ]
