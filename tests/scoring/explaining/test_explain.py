"""Every step of an explanation follows from the one before and ends at the ranking."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from scoring.explaining.steps import Explanation, difference_words, explain, side_points
from scoring.explaining.words import cost_words
from scoring.rank import rank
from scoring.round import Area, ChairDecision, ChairDecisionKind, Interest, InterestKind, NotApplicable, Round
from scoring.scheme import Band, Basis, Combine, Method, RankedBy, Scheme, Side
from scoring.written.text import Refused
from tests.scoring.builders import application, cost_round, criterion, published, sheet, simple_round


def steps_of(round_, reference):
    return {step.rule: step for step in explain(round_, reference).steps}


def band(bound: int) -> tuple[Band, ...]:
    return (Band(Decimal(bound), Decimal(100)),)


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
    assert steps["quality"][1:4] == (
        "100 × (25 × 4/5 + 15 × 3/5 + 15 × 1 + 15 × 3/5 + 10 × 4/5) / 80", "305/4", "76.25",
    )  # fmt: skip
    assert steps["total"][2:4] == ("75", "75.00")
    assert steps["equal score"].words == "the same score as X2: the tie-break rules decide"
    assert steps["tie-break the chair's decision"][1:4] == (
        "X1 none, X2 none: passed over",
        "none",
        "passed over",
    )
    assert steps["place"].shown == "=1"
    assert steps["money"].shown == "£1,000.00"


def test_a_criterion_set_aside_is_said_and_its_weight_shared():
    round_ = replace(example_round(), not_applicable=(NotApplicable("X1", "A7"),))

    steps = steps_of(round_, "X1")

    assert steps["weight A7"].shown == "0.00"
    assert steps["points A6"][2:4] == ("16", "16.00")  # 15 · 20/15 · 4/5


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

    assert steps["price"][2:4] == (str(Fraction(100000, 7625)), "£13.11")  # 1000 / 76.25 = 13.1147…
    assert steps["floor quality"].shown == "passes"
    assert steps["floor total"].words == "75.00 against a minimum of 80.00: below threshold"


def test_an_application_that_is_not_ranked_says_why():
    steps = explain(simple_round({"X": 50}, applications=(application("X", withdrawn=True),)), "X").steps

    assert next((s.rule, s.words) for s in steps) == ("status", "withdrawn")


def test_an_unknown_reference_is_refused():
    with pytest.raises(Refused, match='no application "Z9"'):
        explain(example_round(), "Z9")


def test_every_rule_that_was_tried_says_what_came_of_it():
    tie_breaks = ("criterion:A1", "quality", "cost", "requested", "received")
    early, late = datetime(2026, 3, 1), datetime(2026, 3, 2)
    round_ = replace(
        example_round(ladder=tie_breaks),
        applications=(application("X1", received_at=late), application("X2", received_at=early)),
    )

    steps = steps_of(round_, "X1")

    assert steps["tie-break A1"].words == "X2 4.00, X1 4.00: does not separate"
    assert steps["tie-break amount asked"].words == "X2 £1,000.00, X1 £1,000.00: does not separate"
    assert steps["tie-break date received"].shown == "separates"
    assert "tie-break the chair's decision" not in steps
    assert steps["place"].shown == "2 by date received"
    assert steps["place"].words == "in Coventry, by its score, then date received"


def test_a_place_that_no_rule_was_needed_for_is_by_the_score():
    assert steps_of(simple_round({"X": 60, "Y": 40}), "Y")["place"].words.endswith(", by its score")


def test_a_ranking_that_is_at_hand_is_not_worked_again(monkeypatch):
    round_ = example_round()
    ranking, told = rank(round_), explain(round_, "X1")
    monkeypatch.setattr("scoring.explaining.steps.rank", None)

    assert explain(round_, "X1", ranking) == told


def test_the_chairs_decision_is_a_rule():
    tie = ChairDecisionKind.TIE
    decided = (ChairDecision("X1", tie, 2), ChairDecision("X2", tie, 1))

    steps = steps_of(replace(example_round(), chair_decisions=decided), "X2")

    assert steps["tie-break the chair's decision"].words == "X2 1, X1 2: separates"
    assert steps["place"].shown == "1 by the chair's decision"
    why = tuple(replace(one, reason="boats before benches") for one in decided)
    told = steps_of(replace(example_round(), chair_decisions=why), "X2")["tie-break the chair's decision"]
    assert told.words == "X2 1, X1 2: separates. Why: boats before benches"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"method": "linear", "low": Decimal(0), "high": Decimal(5000)},
            "100 × (£5,000.00 − £4,300.00) / (£5,000.00 − £0.00), held within 0 to 100",
        ),
        ({"method": "bands", "bands": band(4300)}, "£4,300.00 is within the band up to £4,300.00"),
        ({"method": "bands", "bands": band(1)}, "£4,300.00 is above the last band"),
    ],
)
def test_each_published_method_is_said_with_its_own_figures(more, words):
    step = steps_of(cost_round(names="B", **more), "B")["value C"]

    assert step.words == f"Title C: {words} (amount requested)"


def test_figures_all_alike_are_said_to_be():
    step = steps_of(cost_round("spread", "A"), "A")["value C"]

    assert step.words == "Title C: every figure is £5,000.00, so all score 100 (amount requested)"


def test_a_share_of_total_cost_is_said_in_percent():
    criteria = (
        criterion("Q", 70),
        criterion("C", 30, "cost", method=Method.LOWEST, basis=Basis.SHARE),
    )
    round_ = simple_round(
        {"X": 4},
        scheme=Scheme(criteria, combine=Combine.MEAN),
        applications=(application("X", total_cost_pence=300_000),),
    )

    words = steps_of(round_, "X")["value C"].words

    assert words == "Title C: 100 × lowest 33.33% / 33.33% (amount requested as a share of total cost)"


def test_no_quality_has_no_price():
    scheme = published(ranked_by=RankedBy.PRICE_PER_QUALITY_POINT, minimum_quality=Decimal(1))
    round_ = Round("F", "R", scheme, (Area("Coventry", 1),), (application("X"),), (sheet("X", *[0] * 7),))

    assert steps_of(round_, "X")["price"].words == "quality is nought, so there is no price; it comes last"


@pytest.mark.parametrize("method", ["lowest", "mean", "spread"])
def test_every_explanation_ends_at_the_figures_of_the_ranking(method):
    round_ = cost_round(method, "ABCD")

    for standing in rank(round_).standings:
        explanation = explain(round_, standing.reference)
        assert explanation.standing == standing


def test_the_money_step_names_tolerance_and_what_was_committed() -> None:
    scheme = published(tolerance_percent=Decimal(5), tolerance_authority="A. Example")
    areas = (Area("Coventry", 1_000_000, committed_pence=100_000),)
    round_ = Round("F", "R", scheme, areas, (application("X"),), (sheet("X", *[4] * 7),))

    pot = "(Coventry: pot £10,000.00, tolerance £500.00, £1,000.00 committed before)"
    money = steps_of(round_, "X")["money"]
    assert money.words == f"fund: fits: asks £1,000.00, £9,500.00 left {pot}"
    assert money.read == f"fund: requested £1,000.00; £9,500.00 was available with the tolerance {pot}"


def test_a_figure_that_is_not_there_has_no_formula() -> None:
    unit = criterion("C", 30, "cost", method=Method.LOWEST, basis=Basis.UNIT)
    round_ = simple_round({"X": 4}, scheme=Scheme((criterion("Q", 70), unit), combine=Combine.MEAN))

    with pytest.raises(ValueError, match="X has no figure for C"):
        cost_words(round_, round_.applications[0], unit)


def test_an_explanation_that_parts_from_the_ranking_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.explaining.steps.money.hundredths", lambda _: -1)

    with pytest.raises(AssertionError, match="explanation and ranking differ"):
        explain(simple_round({"X": 50}), "X")


def worked(*marks: tuple[int, int]) -> tuple[Explanation, Scheme]:
    """An explanation of two questions of equal weight, on two sides, combined by mean."""
    criteria = (criterion("A1", 50), criterion("B1", 50, "cost"))
    scheme = Scheme(criteria, combine=Combine.MEAN)
    sheets = tuple(sheet("X1", *pair, member=f"M{n}") for n, pair in enumerate(marks))
    round_ = Round("F", "R", scheme, (Area("Coventry", 10**6),), (application("X1"),), sheets)
    return explain(round_, "X1"), scheme


def test_the_sides_add_up_to_the_printed_total_where_their_lines_do_not() -> None:
    explanation, scheme = worked((1, 1), (1, 1), (0, 0))

    sides = side_points(explanation, scheme)

    # the mean is 2/3 of 5: 50 · 2/15 = 20/3 on either side, 40/3 in all
    assert [result.points_1e2 for result in explanation.standing.criteria] == [667, 667]
    assert explanation.standing.total_1e2 == 1333
    assert sides == {Side.QUALITY: 666, Side.COST: 667}
    assert difference_words({Side.QUALITY: 667, Side.COST: 667}, sides) == (
        "Each line is rounded by itself: those of quality add up to 6.67, and the side gives 6.66. "
        "The total is worked exactly and rounded once."
    )


@pytest.mark.parametrize("marks", [((3, 4),), ((0, 0),), ((1, 5), (2, 5), (2, 4)), ((5, 0), (4, 0), (4, 1))])
def test_the_sides_always_add_up_to_the_printed_total(marks: tuple[tuple[int, int], ...]) -> None:
    explanation, scheme = worked(*marks)

    assert sum(side_points(explanation, scheme).values()) == explanation.standing.total_1e2


def test_lines_that_add_up_need_no_words() -> None:
    assert difference_words({Side.QUALITY: 6100}, {Side.QUALITY: 6100}) == ""


def test_a_scheme_of_one_side_gives_the_whole_total_to_it() -> None:
    scheme = Scheme((criterion("A1", 100),), combine=Combine.MEAN)
    round_ = Round(
        "F", "R", scheme, (Area("Coventry", 10**6),), (application("X1"),), (sheet("X1", 4, member="M"),)
    )

    assert side_points(explain(round_, "X1"), scheme) == {Side.QUALITY: 8000}
