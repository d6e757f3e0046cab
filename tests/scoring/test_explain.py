"""Every step of an explanation follows from the one before and ends at the ranking."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.explain import explain
from scoring.rank import rank
from scoring.refused import Refused
from scoring.round import Area, Interest, InterestKind, NotApplicable, Round
from scoring.scheme import RankedBy
from tests.scoring.builders import application, cost_round, published, sheet, simple_round


def steps_of(round_, reference):
    return {step.rule: step for step in explain(round_, reference).steps}


def example_round(**more) -> Round:
    applications = (application("X1"), application("X2"))
    sheets = (
        sheet("X1", 4, 3, 5, 3, 4, 4, 2),
        sheet("X1", 1, 1, 1, 1, 1, 1, 1, member="M2"),
        sheet("X2", 4, 3, 5, 3, 4, 4, 2),
    )
    interests = (Interest("M2", "X1", InterestKind.PREJUDICIAL),)
    return Round("F", "R", published(**more), (Area("Coventry", 10**6),), applications, sheets, interests)


def test_the_steps_of_the_published_example():
    steps = steps_of(example_round(), "X1")

    assert steps["counting members"].words == "1 counting, quorum 1; M2 has a conflict (prejudicial)"
    assert steps["quality"][1:] == (
        "100 × (25 × 4/5 + 15 × 3/5 + 15 × 1 + 15 × 3/5 + 10 × 4/5) / 80", "305/4", "76.25",
    )  # fmt: skip
    assert steps["total"][2:] == ("75", "75.00")
    assert steps["equal score"].words == "the same score as X2: the tie ladder decides"
    assert steps["rung the chair's decision"][1:] == ("X1 none, X2 none: passed over", "none", "passed over")
    assert steps["place"].shown == "=1"
    assert steps["money"].shown == "£1,000.00"


def test_a_criterion_set_aside_is_said_and_its_weight_shared():
    round_ = replace(example_round(), not_applicable=(NotApplicable("X1", "A7"),))

    steps = steps_of(round_, "X1")

    assert steps["weight A7"].shown == "0.00"
    assert steps["points A6"][2:] == ("16", "16.00")  # 15 · 20/15 · 4/5


@pytest.mark.parametrize(
    ("method", "words", "exact"),
    [
        ("lowest", "Title C: 100 × lowest £1,000.00 / £4,300.00 (amount requested)", "1000/43"),
        (
            "spread",
            "Title C: 100 × (highest £5,000.00 − £4,300.00) / (£5,000.00 − lowest £1,000.00)"
            " (amount requested)",
            "35/2",
        ),
    ],
)
def test_a_computed_criterion_shows_its_formula_with_its_figures(method, words, exact):
    step = steps_of(cost_round(method, "ABC"), "B")["value C"]

    assert (step.words, step.exact) == (words, exact)


def test_floors_and_price_are_steps_with_both_figures():
    round_ = example_round(
        ranked_by=RankedBy.PRICE_PER_QUALITY_POINT, minimum_quality=Decimal(70), minimum_total=Decimal(80)
    )

    steps = steps_of(round_, "X1")

    assert steps["price"][2:] == (str(Fraction(100000, 7625)), "£13.11")  # 1000 / 76.25 = 13.1147…
    assert steps["floor quality"].shown == "passes"
    assert steps["floor total"].words == "75.00 against a minimum of 80.00: below threshold"


def test_an_application_that_is_not_ranked_says_why():
    steps = explain(simple_round({"X": 50}, applications=(application("X", withdrawn=True),)), "X").steps

    assert next((s.rule, s.words) for s in steps) == ("status", "withdrawn")


def test_an_unknown_reference_is_refused():
    with pytest.raises(Refused, match='no application "Z9"'):
        explain(example_round(), "Z9")


@pytest.mark.parametrize("method", ["lowest", "mean", "spread"])
def test_every_explanation_ends_at_the_figures_of_the_ranking(method):
    round_ = cost_round(method, "ABCD")

    for standing in rank(round_).standings:
        explanation = explain(round_, standing.reference)
        assert explanation.standing == standing
