"""One recommendation as the panel changes it."""

import pytest

from models.values.recommending import (
    RecommendationRow,
    is_as_proposed,
    is_exception,
    recommendation,
    scope_of,
    whole_pence,
)
from scoring.ranking import Outcome, Standing, Status


def standing(outcome: Outcome | None, *below: str) -> Standing:
    return Standing(
        reference="X",
        organisation="Group X",
        area="Coventry",
        requested_pence=500_000,
        status=Status.RANKED,
        reasons=(),
        counting_members=3,
        quality_1e2=7000,
        cost_1e2=8000,
        total_1e2=7200,
        price_pence=None,
        place=4,
        tied=True,
        place_by=None,
        below_threshold=below,
        criteria=(),
        outcome=outcome,
    )


def test_the_figures_are_copied_and_an_amount_goes_with_money_alone() -> None:
    assert recommendation(standing(Outcome.FUND), "reserve", 5, " why ") == RecommendationRow(
        application="X",
        outcome="reserve",
        amount_pence=None,
        reason="why",
        is_exception=True,
        quality_1e2=7000,
        cost_1e2=8000,
        total_1e2=7200,
        place=4,
        tied=True,
    )


def test_declining_what_is_below_a_floor_bears_the_code() -> None:
    below = standing(Outcome.BELOW, "total 55.00 is below 60.00")

    assert recommendation(below, "decline", None, "why").code == "below-threshold"
    assert recommendation(below, "defer", None, "why").code == ""


@pytest.mark.parametrize(
    ("proposed", "outcome", "expected"),
    [
        (Outcome.FUND, "fund", False),
        (Outcome.PART, "fund", False),
        (Outcome.RESERVE, "fund", True),
        (Outcome.FUND, "reserve", True),
        (Outcome.PART, "decline", True),
        (Outcome.FUND, "defer", False),
        (Outcome.FUND, "refer", False),
        (Outcome.RESERVE, "decline", False),
        (Outcome.TIE, "fund", True),
        (None, "fund", True),
        (None, "decline", False),
    ],
)
def test_money_against_the_order_is_an_exception(
    proposed: Outcome | None, outcome: str, expected: bool
) -> None:
    assert is_exception(standing(proposed), outcome) is expected


def test_funding_below_a_floor_is_always_an_exception() -> None:
    assert is_exception(standing(Outcome.FUND, "quality"), "part_fund")


def test_what_the_rule_proposes_needs_no_reason_of_its_own() -> None:
    assert is_as_proposed(standing(Outcome.BELOW), "decline")
    assert not is_as_proposed(standing(Outcome.TIE), "fund")
    assert not is_as_proposed(standing(None), "decline")


def test_conditions_go_with_money_alone_and_tell_the_scope() -> None:
    conditions = ("Reduced scope: one club of two", "Keep receipts")
    part = recommendation(standing(Outcome.PART), "part_fund", 100, "why", conditions=conditions)
    declined = recommendation(
        standing(Outcome.PART), "decline", None, "why", code="weak-need", conditions=conditions
    )

    assert scope_of(part.conditions) == "one club of two"
    assert (declined.code, declined.conditions, scope_of(declined.conditions)) == ("weak-need", (), "")


def test_the_whole_is_what_is_asked_or_the_cap_that_the_rule_offers() -> None:
    assert whole_pence(standing(Outcome.FUND)) == 500_000
    assert whole_pence(standing(Outcome.FUND)._replace(offer_pence=480_000)) == 480_000
    assert whole_pence(standing(Outcome.PART)._replace(offer_pence=100_000)) == 500_000
