"""What papers say of an award since it was decided: each change and each sum that came back with its day."""

from datetime import date

import pytest

from models.values.award_parts import Returned
from models.values.award_terms import Amendment, amended_words

FEWER = Amendment(1, date(2026, 3, 2), 100_000, 90_000, "£1,000 became £900", "One evening fewer")
MAY, JUNE = Returned(4_000, date(2026, 5, 1), "left"), Returned(1_000, date(2026, 6, 9), "left")


@pytest.mark.parametrize(
    ("recovered", "told"),
    [
        ((), "On 2 Mar 2026 £1,000 became £900"),
        ((MAY,), "On 2 Mar 2026 £1,000 became £900; £40.00 was recovered on 1 May 2026"),
        ((MAY, MAY), "On 2 Mar 2026 £1,000 became £900; £80.00 was recovered on 1 May 2026"),
        ((JUNE, MAY), "On 2 Mar 2026 £1,000 became £900; £50.00 was recovered by 9 Jun 2026"),
    ],
)
def test_what_came_back_is_told_with_its_day_as_a_change_is(
    recovered: tuple[Returned, ...], told: str
) -> None:
    assert amended_words((FEWER,), recovered) == told
