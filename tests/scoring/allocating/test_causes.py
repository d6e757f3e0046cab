"""The causes of a smaller offer and of a place in reserve are the true ones."""

import pytest
from msgspec.structs import replace

from scoring.allocating.causes import (
    CapCause,
    Held,
    HeldCause,
    Less,
    LessCause,
    cap_cause,
    held_cause,
    less_because,
    less_cause,
)
from scoring.allocating.over_pot import PotUse
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.round import Application
from scoring.scheme import Allocation
from tests.scoring.builders import one_question, simple_round

SCHEME = one_question(cap_per_award_pence=180_000, cap_per_organisation_pence=190_000)
STANDING = rank(simple_round({"ACF-001": 3})).standings[0]._replace(outcome=Outcome.RESERVE)
ASKS = Application("ACF-001", "Made-up Club", "Coventry", 400_000)


@pytest.mark.parametrize(
    ("outcome", "proposed", "offered", "cause", "because"),
    [
        (
            Outcome.PART,
            150_000,
            150_000,
            LessCause(Less.POT, "Coventry", 0, 120_000),
            "what was left of the pot for Coventry at its place in the list",
        ),
        (
            Outcome.FUND,
            180_000,
            180_000,
            LessCause(Less.AWARD_CAP, "Coventry", 180_000, 120_000),
            "the most that an award may be",
        ),
        (
            Outcome.FUND,
            190_000,
            190_000,
            LessCause(Less.ORGANISATION_CAP, "Coventry", 190_000, 120_000),
            "the most that one organisation may have",
        ),
        (
            Outcome.FUND,
            50_000,
            50_000,
            LessCause(Less.ORGANISATION_REST, "Coventry", 190_000, 120_000),
            "what was left of the most that one organisation may have",
        ),
        (Outcome.PART, 150_000, 140_000, None, ""),  # somebody's own amount, with a reason of their own
        (Outcome.FUND, 400_000, 400_000, None, ""),
    ],
)
def test_an_offer_is_less_by_the_rule_that_made_it_so(
    outcome: Outcome, proposed: int, offered: int, cause: LessCause | None, because: str
) -> None:
    standing = STANDING._replace(outcome=outcome, offer_pence=proposed)

    found = less_cause(SCHEME, replace(ASKS, minimum_pence=120_000), standing, offered)

    assert (found, less_because(found)) == (cause, because)


def test_of_a_round_with_one_pot_no_area_is_named() -> None:
    standing = STANDING._replace(outcome=Outcome.PART, offer_pence=100)

    found = less_cause(SCHEME, replace(ASKS, area=None), standing, 100)

    assert found == LessCause(Less.POT)
    assert less_because(found) == "what was left of the pot at its place in the list"


@pytest.mark.parametrize(
    ("allocation", "left", "least", "outcome", "why"),
    [
        (Allocation.PART, 0, None, Outcome.RESERVE, HeldCause(Held.SPENT, is_all_before=True)),
        (Allocation.PART, 199_999, None, Outcome.RESERVE, HeldCause(Held.SHORT, "", 199_999, 0, 200_000)),
        (Allocation.PART, 200_000, 250_000, Outcome.RESERVE, HeldCause(Held.SHORT, "", 200_000, 0, 250_000)),
        (Allocation.SKIP, 399_999, None, Outcome.RESERVE, HeldCause(Held.SHORT, "", 399_999, 0, 400_000)),
        # enough is left: the list had ended before, or the panel chose another
        (Allocation.PART, 200_000, None, Outcome.RESERVE, HeldCause(Held.STOPPED, "", 200_000)),
        (Allocation.PART, 250_000, 250_000, Outcome.RESERVE, HeldCause(Held.STOPPED, "", 250_000)),
        (Allocation.SKIP, 400_000, None, Outcome.RESERVE, HeldCause(Held.OPEN, "", 400_000)),
        (Allocation.PART, 400_000, None, Outcome.FUND, HeldCause(Held.OPEN, "", 400_000)),
    ],
)
def test_why_it_is_in_reserve_is_the_true_cause(
    allocation: Allocation, left: int, least: int | None, outcome: Outcome, why: HeldCause
) -> None:
    scheme, use = replace(SCHEME, allocation=allocation), PotUse("Coventry", 500_000, 0, 500_000 - left)
    asks = replace(ASKS, minimum_pence=least)

    found = held_cause(scheme, asks, STANDING._replace(outcome=outcome), use, is_all_before=True)

    assert (found.why, found.left_pence, found.least_pence) == (why.why, why.left_pence, why.least_pence)
    assert (found.area, found.asked_pence, found.own_least_pence) == ("Coventry", 400_000, least or 0)
    is_short = why.why is Held.SHORT
    assert found.is_own_least == (is_short and least is not None)
    assert found.is_half == (is_short and least is None and allocation is Allocation.PART)
    assert found.is_all_before == why.is_all_before
    assert found.is_told == (why.why is not Held.OPEN)


def test_without_a_pot_the_money_went_to_others() -> None:
    found = held_cause(SCHEME, replace(ASKS, area=None), STANDING, None, is_all_before=False)

    assert (found.why, found.area, found.is_all_before) == (Held.SPENT, "", False)


@pytest.mark.parametrize(
    ("most", "awarded", "cause"),
    [
        *((None, 300_000, None), (700_000, 0, None), (700_000, 300_000, None)),
        (699_999, 300_000, CapCause(699_999, 300_000, 399_999)),
        (300_000, 300_000, CapCause(300_000, 300_000, 0)),
    ],
)
def test_an_organisations_awards_are_a_cause_where_both_are_more_than_one_may_have(
    most: int | None, awarded: int, cause: CapCause | None
) -> None:
    scheme = replace(SCHEME, cap_per_organisation_pence=most)
    two = [replace(ASKS, reference=of, organisation="One and the same") for of in ("ACF-001", "ACF-002")]
    round_ = simple_round({"ACF-001": 3, "ACF-002": 2}, applications=two, scheme=scheme)

    found = cap_cause(round_, "ACF-001", {"ACF-002": awarded})  # it asks £4,000

    assert found == cause
    held = HeldCause(cap=found, own_least_pence=400_000)
    assert (held.is_told, held.is_short_by_cap) == (cause is not None, cause is not None)
    assert HeldCause(cap=found).is_short_by_cap == (cause is not None and not cause.left_pence)


def test_an_equal_that_the_chair_put_first_is_a_cause() -> None:
    assert HeldCause(is_after_equal=True).is_told
