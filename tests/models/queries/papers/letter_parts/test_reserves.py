"""What is in reserve is told what was left of its money, and why it was not offered that."""

import pytest
from msgspec.structs import replace

from models.queries.papers.letter_parts.reserves import all_before, beside_own, why_reserve
from models.values.rows import scored_round
from scoring.allocating.over_pot import PotUse
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.scheme import Allocation
from tests.models.operations.deciding_rounds import deciding_rows

ROWS = deciding_rows()
ROW = replace(ROWS.applications[0], area="Coventry", requested_pence=400_000, minimum_pence=None)
STANDING = rank(scored_round(ROWS)).standings[0]._replace(outcome=Outcome.RESERVE)


@pytest.mark.parametrize(
    ("allocation", "left", "least", "outcome", "said"),
    [
        (Allocation.PART, 0, None, Outcome.RESERVE, "went to applications placed before it"),
        (
            Allocation.PART,
            199_999,
            None,
            Outcome.RESERVE,
            "£1,999.99 was left, which is less than half of the",
        ),
        (Allocation.PART, 200_000, 250_000, Outcome.RESERVE, "than the £2,500 that you told us you need"),
        (Allocation.SKIP, 399_999, None, Outcome.RESERVE, "which is less than the £4,000 asked for"),
        # enough is left: the list had ended before, or the panel chose another
        (Allocation.PART, 200_000, None, Outcome.RESERVE, "an application placed before it needed more"),
        (Allocation.PART, 250_000, 250_000, Outcome.RESERVE, "; of the money for Coventry £2,500 was left"),
        (Allocation.SKIP, 400_000, None, Outcome.RESERVE, ""),
        (Allocation.PART, 400_000, None, Outcome.FUND, ""),
    ],
)
def test_the_cause_is_the_true_one(
    allocation: Allocation, left: int, least: int | None, outcome: Outcome, said: str
) -> None:
    scheme = replace(ROWS.scheme, allocation=allocation)
    row, use = replace(ROW, minimum_pence=least), PotUse("Coventry", 500_000, 0, 500_000 - left)

    found = why_reserve(scheme, row, STANDING._replace(outcome=outcome), use, is_all_before=True)

    assert (said in found) if said else found == ""


def test_that_no_lower_one_goes_first_is_told_of_the_panels_day_once_one_did() -> None:
    scheme, use = replace(ROWS.scheme, allocation=Allocation.PART), PotUse("Coventry", 500_000, 0, 300_000)

    def said(*, is_passed_over: bool) -> str:
        return why_reserve(scheme, ROW, STANDING, use, is_all_before=True, is_passed_over=is_passed_over)

    before, after = said(is_passed_over=False), said(is_passed_over=True)

    assert "the published rules do not let a lower one go first" in before
    then = "when the panel recommended the published rules did not let a lower one go first"
    assert after == before.replace("the published rules do not let a lower one go first", then)


def test_money_that_went_past_the_list_is_not_said_to_have_gone_before_it() -> None:
    found = why_reserve(ROWS.scheme, ROW, STANDING, None, is_all_before=False)

    assert found == "the money available for Coventry went to other applications"
    assert not all_before(STANDING._replace(place=None), (), {})


@pytest.mark.parametrize(
    ("most", "awarded", "left"),
    [
        *((None, 300_000, ""), (700_000, 0, ""), (700_000, 300_000, "")),
        (699_999, 300_000, "£3,999.99 of that is left for the £4,000 you asked for here"),
        (300_000, 300_000, "to yours, nothing of that is left"),
    ],
)
def test_what_an_organisation_has_already_is_said_where_both_are_more_than_one_may_have(
    most: int | None, awarded: int, left: str
) -> None:
    scheme = replace(ROWS.scheme, cap_per_organisation_pence=most)

    found = beside_own(scheme, ROW, awarded)  # it asks £4,000

    assert (left in found and "with the £3,000 awarded to yours" in found) if left else found == ""
    assert (
        "you told us you need at least" in beside_own(scheme, replace(ROW, minimum_pence=300_000), awarded)
    ) is (most == 300_000), (
        "who needs more than one may still have reads that a place on the list brings nothing"
    )
    needs_all = beside_own(scheme, replace(ROW, minimum_pence=400_000), awarded)
    assert ("we could offer up to £3,999.99 of it, if you then tell us" in needs_all) is (most == 699_999)
    assert found.endswith("only if what your organisation was awarded becomes less") is (most == 300_000)
