"""Payments by quarters name no quarter that begins after their project's end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.papers.monitoring.monitoring import quarter_ends_on
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.year_facts import parts_told, trigger_of
from models.values.awards import PROJECT_END, Instalment, quarter_of

APRIL = date(2026, 4, 1)
QUARTERS = tuple(Instalment(25_000, f"end of quarter {number}") for number in range(1, 5))


def paid_by_quarters(starts: date | None, ends: date | None) -> AwardRow:
    row = AwardRow("ACF-001", "A-031-01", "Choir", "Coventry", 100_000, "", None, QUARTERS)
    return replace(row, applied=replace(row.applied, start_on=starts, end_on=ends))


def test_of_nine_months_the_last_payment_waits_for_the_end_of_the_project() -> None:
    row = paid_by_quarters(APRIL, date(2026, 12, 31))

    assert parts_told(row, QUARTERS[2:]) == ((25_000, "end of quarter 3"), (25_000, PROJECT_END))


def test_a_quarter_cut_short_by_the_end_keeps_its_number() -> None:
    row = paid_by_quarters(APRIL, date(2027, 1, 1))

    assert trigger_of(row, QUARTERS[3]) == "end of quarter 4"


@given(starts=st.dates(date(2026, 1, 1), date(2027, 12, 31)), days=st.integers(0, 500))
def test_no_quarter_is_named_that_begins_after_the_end(starts: date, days: int) -> None:
    ends = date.fromordinal(starts.toordinal() + days)
    row = paid_by_quarters(starts, ends)

    for part in QUARTERS:
        number = quarter_of(trigger_of(row, part))
        assert number < 2 or quarter_ends_on(starts, number - 1) < ends
        assert number or row.not_before(part) == ends


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (paid_by_quarters(None, None), QUARTERS[3]),
        (paid_by_quarters(APRIL, None), QUARTERS[3]),
        (paid_by_quarters(APRIL, date(2026, 3, 1)), QUARTERS[3]),  # days that cannot be
        (paid_by_quarters(APRIL, APRIL), replace(QUARTERS[3], due_on=date(2026, 5, 1))),
        (paid_by_quarters(APRIL, APRIL), Instalment(1, "proof of purchase")),
    ],
)
def test_what_is_set_stands_where_no_end_is_known_or_it_has_a_day(row: AwardRow, part: Instalment) -> None:
    assert trigger_of(row, part) == part.trigger
