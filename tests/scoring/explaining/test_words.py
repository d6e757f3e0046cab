"""The published rules in words."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.explaining.words import criterion_words, rules_in_words, split_words
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side

NEED = Criterion("A1", "Need", Side.QUALITY, 625_000, floor=Decimal(2))
COST = Criterion("A2", "Cost", Side.COST, 375_000)
SCHEME = Scheme((NEED, COST))


def rule(scheme: Scheme, subject: str) -> str:
    return dict(rules_in_words(scheme))[subject]


def test_the_scheme_names_split_and_weights() -> None:
    assert rule(SCHEME, "Scheme") == "quality 62.5 : cost 37.5; weights A1 62.5, A2 37.5"
    assert split_words(SCHEME) == "quality (A1) counts for 62.5% of the total, cost (A2) for 37.5%"
    assert split_words(Scheme((NEED,))) == "all of the total is quality"


@pytest.mark.parametrize("combine", list(Combine))
def test_every_combining_rule_has_words_and_the_scale(combine: Combine) -> None:
    assert rule(replace(SCHEME, combine=combine), "Marks").endswith("marks run from 0 to 5")


def test_the_tie_breaks_end_with_the_chair_once() -> None:
    bare = rule(SCHEME, "Ties")
    full = rule(replace(SCHEME, ladder=("chair", "criterion:A1", "received")), "Ties")

    assert bare.startswith("equal scores are separated by the chair's decision;")
    assert full.startswith("equal scores are separated by the chair's decision, then A1, then date received;")


@pytest.mark.parametrize(
    ("allocation", "words"),
    [
        (Allocation.STOP, "the first that does not fit and all below it go to reserve"),
        (Allocation.SKIP, "goes to reserve and the next is tried"),
        (Allocation.PART, "or half of the request if none is stated"),
    ],
)
def test_every_allocation_rule_has_words(allocation: Allocation, words: str) -> None:
    assert words in rule(replace(SCHEME, allocation=allocation), "Money")


def test_floors_are_listed_or_said_to_be_none() -> None:
    floors = replace(SCHEME, minimum_total=Decimal(60), minimum_quality=Decimal("37.50"))

    assert rule(floors, "Minimums") == "A1 at least 2, quality at least 37.5, total at least 60"
    assert rule(Scheme((COST,)), "Minimums") == "none"


def test_caps_are_listed_or_said_to_be_none() -> None:
    caps = replace(SCHEME, cap_per_award_pence=500_000, cap_per_organisation_pence=2_000_000)

    assert rule(caps, "Caps") == "£5,000 for an award, £20,000 for an organisation in the round"
    assert rule(SCHEME, "Caps") == "none"


def test_a_tolerance_names_its_authority_or_that_nobody_is_named() -> None:
    three = replace(SCHEME, tolerance_percent=Decimal("2.5"))

    assert rule(SCHEME, "Tolerance") == "none: the rule stays within every pot"
    assert rule(three, "Tolerance").endswith("2.5% over each pot, on the authority of nobody named")
    assert rule(replace(three, tolerance_authority="Supt Example"), "Tolerance").endswith("Supt Example")


def test_the_quorum_says_whether_criteria_may_be_left_out() -> None:
    assert rule(SCHEME, "Quorum") == (
        "1 member whose marks count; nobody may leave out a criterion that does not apply"
    )
    loose = replace(SCHEME, quorum=3, not_applicable_allowed=True)
    assert rule(loose, "Quorum") == (
        "3 members whose marks count; the chair may leave out a criterion that does not apply"
    )


def test_the_score_says_what_is_ranked() -> None:
    priced = replace(SCHEME, ranked_by=RankedBy.PRICE_PER_QUALITY_POINT)

    assert rule(SCHEME, "Score").endswith("ranked by the score as printed, highest first")
    assert "amount requested ÷ quality" in rule(priced, "Score")


def test_a_judged_criterion_in_words() -> None:
    assert criterion_words(NEED, SCHEME) == "quality, weight 62.5, marked 0 to 5, minimum 2"


def test_a_linear_criterion_names_its_ends_and_basis() -> None:
    linear = replace(COST, method=Method.LINEAR, basis=Basis.UNIT, low=Decimal(0), high=Decimal("50.50"))

    assert criterion_words(linear, SCHEME).endswith(
        "held within 0 to 100, from £0 to £50.50, on the amount requested for each beneficiary"
    )


def test_the_ends_of_a_share_are_percentages() -> None:
    share = replace(COST, method=Method.LINEAR, basis=Basis.SHARE, low=Decimal("12.50"), high=Decimal(80))

    assert "from 12.5% to 80%, on the share of the total cost requested" in criterion_words(share, SCHEME)


def test_a_banded_criterion_names_its_bands() -> None:
    bands = (Band(Decimal(1000), Decimal(100)), Band(Decimal(2500), Decimal(60)))
    banded = replace(COST, method=Method.BANDS, bands=bands)

    assert "by bands (up to £1,000 scores 100; up to £2,500 scores 60; above that 0)" in criterion_words(
        banded, SCHEME
    )


def test_a_comparing_criterion_has_no_figures_of_its_own() -> None:
    lowest = replace(COST, method=Method.LOWEST)

    assert criterion_words(lowest, SCHEME) == (
        "cost, weight 37.5, 100 × lowest figure ÷ own figure, on the amount requested"
    )
