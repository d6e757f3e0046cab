"""First proposals: outputs from an application's words, and returns in proportion to the money."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.papers.monitoring_plan import MOST_OUTPUTS, band_of, planned_returns, proposed_outputs
from models.reference.fund_defaults import USUAL_RETURNS, ReturnBand

START, END = date(2027, 4, 1), date(2028, 3, 31)


def planned(pence: int, start: date = START, end: date = END) -> list[tuple[str, str]]:
    return [
        (f"{one.due_on:%d/%m/%Y}", one.words) for one in planned_returns(pence, start, end, USUAL_RETURNS)
    ]


@pytest.mark.parametrize(
    ("pence", "points"),
    [(1, "end"), (500_000, "end"), (500_001, "halves"), (2_000_000, "halves"), (2_000_001, "quarterly")],
)
def test_the_more_money_the_more_returns(pence: int, points: str) -> None:
    assert band_of(pence, USUAL_RETURNS) == points


def test_above_every_band_returns_are_quarterly() -> None:
    assert band_of(101, (ReturnBand(100, "end"),)) == "quarterly"


def test_a_small_award_reports_once_four_weeks_after_its_end() -> None:
    assert planned(300_000) == [("28/04/2028", "the end")]  # 31 March + 28 days


def test_a_middling_award_reports_half_way_and_at_the_end() -> None:
    # 365 days; the 182nd after 1 April is 30 September 2027, and 28 days on 28 October
    assert planned(1_000_000) == [("28/10/2027", "half way"), ("28/04/2028", "the end")]


def test_a_large_award_reports_every_quarter() -> None:
    assert planned(5_000_000) == [
        ("28/07/2027", "quarter 1"),
        ("28/10/2027", "quarter 2"),
        ("28/01/2028", "quarter 3"),
        ("28/04/2028", "the end"),
    ]


def test_quarters_that_begin_on_the_last_of_a_month_end_with_theirs() -> None:
    # three months after 30 November is 29 February 2028, so the first quarter ends on the 28th
    dates = planned_returns(5_000_000, date(2027, 11, 30), date(2028, 11, 29), USUAL_RETURNS)

    assert [one.due_on - timedelta(days=28) for one in dates] == [
        date(2028, 2, 28),
        date(2028, 5, 29),
        date(2028, 8, 29),
        date(2028, 11, 29),
    ]


@given(st.integers(1, 10**10), st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 3000))
def test_returns_are_in_order_and_end_with_the_project(pence: int, start: date, days: int) -> None:
    found = planned_returns(pence, start, start + timedelta(days=days), USUAL_RETURNS)

    assert [one.due_on for one in found] == sorted(one.due_on for one in found)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert found[-1].due_on == start + timedelta(days=days + 28)


def test_points_and_sentences_become_rows() -> None:
    text = "1. Run 40 evening sessions\n• Train 1,200 volunteers; 12% more feel safe. Nobody is left out!"

    assert [(row.words, row.target, row.is_outcome) for row in proposed_outputs(text)] == [
        ("Run 40 evening sessions", 40, False),
        ("Train 1,200 volunteers", 1200, False),
        ("12% more feel safe", None, True),
        ("Nobody is left out!", None, True),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Spend £500 well",
        "Between 11 and 16 clubs",
        "By 2027 all is calm",
        "2.5 staff",
        "5 per cent fewer calls",
        "",
    ],
)
def test_sums_years_ranges_and_percentages_are_no_targets(words: str) -> None:
    assert all(row.target is None for row in proposed_outputs(words))


@given(st.text())
def test_any_text_gives_rows_that_say_something(text: str) -> None:
    rows = proposed_outputs(text)

    assert len(rows) <= MOST_OUTPUTS
    assert all(row.words.strip() and row.number == n for n, row in enumerate(rows, 1))
    assert all(row.target is None or row.target >= 0 for row in rows)
