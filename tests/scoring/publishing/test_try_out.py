"""Dummy applications, and the published facts about each cost method at 70:30."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.allocating.cost_words import method_words
from scoring.publishing.try_out import DUMMIES, at_70_30, totals, try_out
from scoring.ranking import Outcome, Status
from scoring.scheme import Basis, Combine, Criterion, Method, RankedBy, Scheme, Side

TWO_SIDES = Scheme(
    (
        Criterion("A1", "Need", Side.QUALITY, 500_000, floor=Decimal(2)),
        Criterion("A2", "Outcomes", Side.QUALITY, 300_000),
        Criterion("A6", "Value", Side.COST, 200_000),
    ),
    quorum=3,
)


@pytest.mark.parametrize(
    ("method", "who", "expected"),
    [
        (Method.LOWEST, "AB", {"A": "81.80", "B": "82.50"}),
        (Method.LOWEST, "ABC", {"A": "62.00", "B": "59.48"}),
        (Method.MEAN, "AB", {"A": "68.74", "B": "69.76"}),
        (Method.MEAN, "ABD", {"A": "85.64", "B": "82.50"}),
        (Method.SPREAD, "AB", {"A": "56.00", "B": "82.50"}),
        (Method.LINEAR, "ABC", {"A": "56.00", "B": "56.70", "C": "38.00"}),
    ],
)
def test_the_dummies_show_the_published_facts(method: Method, who: str, expected: dict[str, str]) -> None:
    found = totals(try_out(at_70_30(method), [dummy for dummy in DUMMIES if dummy.name in who]))

    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("combine", Combine)
def test_every_combining_rule_can_be_tried(combine: Combine) -> None:
    ranking = try_out(replace(TWO_SIDES, combine=combine))

    assert {line.status for line in ranking.standings} == {Status.RANKED}
    # A: 0.8 x 80 + 0.2 x 60 = 76; E: 0.8 x 65 + 0.2 x 65 = 65.
    assert (totals(ranking)["A"], totals(ranking)["E"]) == ("76.00", "65.00")


def test_floors_on_marks_are_scaled_with_the_marks() -> None:
    # 2 of 5 is 40 of 100: C and D with 20 are below, E with 65 is not.
    below = {line.reference for line in try_out(TWO_SIDES).standings if line.below_threshold}

    assert below == {"C", "D"}


def test_money_goes_down_the_dummies_by_the_rule() -> None:
    # B 74.00 £4,300; A 76.00 £5,000; E 65.00 £3,000: £12,300 against £12,000, so E is left out by stop.
    outcomes = {line.reference: line.outcome for line in try_out(TWO_SIDES).standings}

    assert outcomes["A"] is outcomes["B"] is Outcome.FUND
    assert outcomes["E"] is Outcome.RESERVE


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_is_known_of_every_dummy(basis: Basis) -> None:
    cost = replace(at_70_30(Method.LOWEST).criteria[1], basis=basis)
    scheme = replace(at_70_30(Method.LOWEST), criteria=(at_70_30(Method.LOWEST).criteria[0], cost))

    assert len(totals(try_out(scheme))) == 5


def test_a_draft_ranked_by_price_without_its_floor_is_tried_by_total() -> None:
    priced = replace(TWO_SIDES, ranked_by=RankedBy.PRICE_PER_QUALITY_POINT)

    assert try_out(priced).scheme.ranked_by is RankedBy.TOTAL
    assert (
        try_out(replace(priced, minimum_quality=Decimal(10))).scheme.ranked_by
        is RankedBy.PRICE_PER_QUALITY_POINT
    )


def test_the_example_says_how_a_cheap_weak_application_changes_who_is_ahead() -> None:
    assert method_words(Method.LOWEST).example == (
        "At 70 : 30, A (quality 80, £5,000) 81.80, B (75, £4,300) 82.50. Add C (quality 20, £1,000): "
        "A 62.00, B 59.48. A cheap weak application has changed who is ahead."
    )


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.MEAN, "Add D (quality 20, £20,000): A 85.64, B 82.50. A dear weak application"),
        (Method.SPREAD, "A (quality 80, £5,000) 56.00, B (75, £4,300) 82.50."),
        (Method.LINEAR, "A (quality 80, £5,000) 56.00, B (75, £4,300) 56.70, C (20, £1,000) 38.00"),
        # A is in the band to £5,000: 0.7 x 80 + 0.3 x 30 = 65; B to £4,500: 52.5 + 18 = 70.5; C: 14 + 30.
        (Method.BANDS, "A (quality 80, £5,000) 65.00, B (75, £4,300) 70.50, C (20, £1,000) 44.00"),
    ],
)
def test_every_formula_has_an_example_worked_by_the_rules(method: Method, words: str) -> None:
    assert words in method_words(method).example


def test_the_methods_that_depend_on_others_say_so() -> None:
    words = "depends on who else applies"

    depending = [method for method in Method if words in method_words(method).warning]

    assert depending == [Method.LOWEST, Method.MEAN, Method.SPREAD]
    assert (method_words(Method.JUDGED).example, method_words(Method.JUDGED).warning) == ("", "")
