"""One application's score explained, in words that add up, and what would have had to be otherwise."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.explaining.steps import Explanation, difference_words, explain, side_points
from scoring.explaining.what_if import (
    MeetingEffect,
    Trial,
    combined_otherwise,
    compared,
    meeting_effect,
    moved,
    not_agreed,
    tried,
    with_split,
)
from scoring.explaining.words import cost_words, criterion_words, rules_in_words, split_words
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.round import Area, Interest, InterestKind, NotApplicable, Round
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side
from scoring.written.text import Refused
from tests.scoring.builders import (
    agreed,
    application,
    cost_round,
    criterion,
    one_question,
    published,
    sheet,
    simple_round,
)


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
    away = replace(example_round(), interests=(Interest("M2", "X1", InterestKind.ABSTAINED),))
    assert steps_of(away, "X1")["counting members"].words == "1 counting, quorum 1; M2 abstained"
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
    alone = steps_of(cost_round("spread", "A"), "A")["value C"].words
    assert alone == "Title C: every figure is £5,000.00, so all score 100 (amount requested)"


def test_floors_and_price_are_steps_with_both_figures():
    round_ = example_round(
        ranked_by=RankedBy.PRICE_PER_QUALITY_POINT, minimum_quality=Decimal(70), minimum_total=Decimal(80)
    )

    steps = steps_of(round_, "X1")

    assert steps["price"][2:4] == (str(Fraction(100000, 7625)), "£13.11")  # 1000 / 76.25 = 13.1147…
    assert steps["floor quality"].shown == "passes"
    assert steps["floor total"].words == "75.00 against a minimum of 80.00: below threshold"


def test_what_is_not_ranked_says_why_and_an_unknown_reference_is_refused() -> None:
    steps = explain(simple_round({"X": 50}, applications=(application("X", withdrawn=True),)), "X").steps

    assert next((s.rule, s.words) for s in steps) == ("status", "withdrawn")

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


def test_no_quality_has_no_price_and_a_figure_that_is_not_there_no_formula() -> None:
    scheme = published(ranked_by=RankedBy.PRICE_PER_QUALITY_POINT, minimum_quality=Decimal(1))
    round_ = Round("F", "R", scheme, (Area("Coventry", 1),), (application("X"),), (sheet("X", *[0] * 7),))

    assert steps_of(round_, "X")["price"].words == "quality is nought, so there is no price; it comes last"

    unit = criterion("C", 30, "cost", method=Method.LOWEST, basis=Basis.UNIT)
    round_ = simple_round({"X": 4}, scheme=Scheme((criterion("Q", 70), unit), combine=Combine.MEAN))

    with pytest.raises(ValueError, match="X has no figure for C"):
        cost_words(round_, round_.applications[0], unit)


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
    assert difference_words(sides, sides) == ""
    assert difference_words({Side.QUALITY: 667, Side.COST: 667}, sides) == (
        "Each line is rounded by itself: those of quality add up to 6.67, and the side gives 6.66. "
        "The total is worked exactly and rounded once."
    )


@pytest.mark.parametrize("marks", [((3, 4),), ((0, 0),), ((1, 5), (2, 5), (2, 4)), ((5, 0), (4, 0), (4, 1))])
def test_the_sides_always_add_up_to_the_printed_total(marks: tuple[tuple[int, int], ...]) -> None:
    explanation, scheme = worked(*marks)

    assert sum(side_points(explanation, scheme).values()) == explanation.standing.total_1e2


SCHEME = Scheme((criterion("Q", 80), criterion("C", 20, "cost")), combine=Combine.MEAN)


def two() -> Round:
    """Return X, strong on quality, and Y, strong on cost; the pot pays for one."""
    return replace(
        simple_round({}, scheme=SCHEME, pot=1000),
        applications=(application("X"), application("Y")),
        sheets=(sheet("X", 4, 1), sheet("Y", 3, 5)),
    )


def test_a_split_shares_weights_in_proportion_and_no_side_loses_all_of_it() -> None:
    scheme = with_split(published(), 70)

    assert (scheme.quality_1e4, scheme.cost_1e4) == (700_000, 300_000)
    assert scheme.criteria[0].weight_1e4 == 218_750  # 25 of 80 at 70 is 21.875
    assert scheme.criteria[6].weight_1e4 == 75_000  # 5 of 20 at 30 is 7.5

    with pytest.raises(ValueError, match="from 5 to 95"):
        with_split(published(), 100)


@given(st.integers(5, 95))
def test_no_weight_is_lost_whatever_the_split(share: int) -> None:
    assert sum(c.weight_1e4 for c in with_split(published(), share).criteria) == 1_000_000


def test_a_trial_names_who_would_fare_otherwise_and_leaves_the_round() -> None:
    # 80:20 X 64 + 4 = 68, Y 48 + 20 = 68: a tie that the chair decides; 90:10 X 72 + 2 = 74, Y 54 + 10 = 64
    round_ = two()
    official = rank(round_)
    assert [s.outcome for s in official.standings] == [Outcome.TIE, Outcome.TIE]

    found = moved(official, tried(round_, Trial(quality_percent=90)))

    assert [(m.reference, m.before_pence, m.after_pence) for m in found] == [("X", 0, 100_000), ("Y", 0, 0)]
    assert found[0].words == "Group X £0 to £1,000"
    assert found[1].words == "Group Y tie to reserve"
    assert rank(round_) == official


def test_nothing_tried_is_the_official_list_and_the_rule_and_the_way_to_combine_are_tried() -> None:
    assert Trial().is_official
    assert tried(two(), Trial()) == rank(two())
    assert compared(two(), rank(two()), Trial()).before == rank(two())

    round_ = simple_round({"A": 90, "B": 80, "C": 70}, pot=1000, asks={"A": 800, "B": 400, "C": 200})

    under_skip = tried(round_, Trial(combine=Combine.MEDIAN, allocation=Allocation.SKIP))

    assert [s.offer_pence for s in under_skip.standings] == [80_000, None, 20_000]


def three(quorum: int) -> Round:
    """Return X with three sheets and Y with two, of which M3 marked X alone."""
    scheme = replace(SCHEME, quorum=quorum)
    return replace(
        simple_round({}, scheme=scheme, pot=10_000),
        applications=(application("X"), application("Y")),
        sheets=(
            sheet("X", 5, 5, member="M1"),
            sheet("X", 5, 5, member="M2"),
            sheet("X", 0, 0, member="M3"),
            sheet("Y", 3, 3, member="M1"),
            sheet("Y", 3, 3, member="M2"),
        ),
    )


def test_leaving_a_member_out_takes_their_marks_and_lowers_the_quorum_where_they_count() -> None:
    # quorum 3: X counts three and is ranked; Y counts two and is not. Without M3 X counts two of two.
    round_ = three(3)
    assert [s.reference for s in rank(round_).standings if s.place] == ["X"]

    after = tried(round_, Trial(without="M3"))

    # X had the mean of 5, 5, 0: 66.67 of 100; without M3 it has 100
    assert [(s.reference, s.total_1e2) for s in after.standings if s.place] == [("X", 10_000)]


def test_without_agreed_marks_of_ones_own_the_mean_is_compared_with_the_mean() -> None:
    round_ = three(2)
    consensus = replace(round_, scheme=replace(round_.scheme, combine=Combine.CONSENSUS))
    official = rank(consensus)
    assert not any(s.place for s in official.standings)  # nothing is agreed

    found = compared(consensus, official, Trial(without="M3"))

    assert found.is_on_mean
    assert [s.total_1e2 for s in found.before.standings] == [6_667, 6_000]
    assert [s.total_1e2 for s in found.after.standings] == [10_000, 6_000]


NEED = Criterion("A1", "Need", Side.QUALITY, 625_000, floor=Decimal(2))
COST = Criterion("A2", "Cost", Side.COST, 375_000)
WORDS_SCHEME = Scheme((NEED, COST))


def rule(scheme: Scheme, subject: str) -> str:
    return dict(rules_in_words(scheme))[subject]


def test_the_scheme_names_split_and_weights() -> None:
    assert rule(WORDS_SCHEME, "Scheme") == "quality 62.5 : cost 37.5; weights A1 62.5, A2 37.5"
    assert split_words(WORDS_SCHEME) == "quality (A1) counts for 62.5% of the total, cost (A2) for 37.5%"
    assert split_words(Scheme((NEED,))) == "all of the total is quality"


@pytest.mark.parametrize(
    ("changes", "subject", "words"),
    [
        ({}, "Ties", "equal scores are separated by the chair's decision;"),
        ({"ladder": ("chair", "criterion:A1", "received")}, "Ties", "decision, then A1, then date received;"),
        (
            {"allocation": Allocation.STOP},
            "Money",
            "the first that does not fit and all below it go to reserve",
        ),
        ({"allocation": Allocation.SKIP}, "Money", "goes to reserve and the next is tried"),
        ({"allocation": Allocation.PART}, "Money", "or half of the request if none is stated"),
        (
            {"minimum_total": Decimal(60), "minimum_quality": Decimal("37.50")},
            "Minimums",
            "A1 at least 2, quality at least 37.5, total at least 60",
        ),
        ({"criteria": (COST,)}, "Minimums", "none"),
        (
            {"cap_per_award_pence": 500_000, "cap_per_organisation_pence": 2_000_000},
            "Caps",
            "£5,000 for an award, £20,000 for an organisation in the round",
        ),
        ({}, "Caps", "none"),
        ({}, "Tolerance", "none: the rule stays within every pot"),
        (
            {"tolerance_percent": Decimal("2.5")},
            "Tolerance",
            "2.5% over each pot, on the authority of nobody named",
        ),
        (
            {"tolerance_percent": Decimal(1), "tolerance_authority": "Supt Example"},
            "Tolerance",
            "the authority of Supt Example",
        ),
        ({}, "Quorum", "1 member whose marks count; nobody may leave out a criterion that does not apply"),
        (
            {"quorum": 3, "not_applicable_allowed": True},
            "Quorum",
            "3 members whose marks count; the chair may leave out a criterion that does not apply",
        ),
        ({}, "Score", "ranked by the score as printed, highest first"),
        ({"ranked_by": RankedBy.PRICE_PER_QUALITY_POINT}, "Score", "amount requested ÷ quality"),
    ],
)
def test_each_rule_of_a_scheme_is_said(changes: dict[str, object], subject: str, words: str) -> None:
    assert words in rule(replace(WORDS_SCHEME, **changes), subject)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (NEED, "quality, weight 62.5, marked 0 to 5, minimum 2"),
        (
            replace(COST, method=Method.LINEAR, basis=Basis.UNIT, low=Decimal(0), high=Decimal("50.50")),
            "held within 0 to 100, from £0 to £50.50, on the amount requested for each beneficiary",
        ),
        (
            replace(COST, method=Method.LINEAR, basis=Basis.SHARE, low=Decimal("12.50"), high=Decimal(80)),
            "from 12.5% to 80%, on the share of the total cost requested",
        ),
        (
            replace(COST, method=Method.BANDS, bands=(*band(1000), Band(Decimal(2500), Decimal(60)))),
            "by bands (up to £1,000 scores 100; up to £2,500 scores 60; above that 0)",
        ),
        (
            replace(COST, method=Method.LOWEST),
            "cost, weight 37.5, 100 × lowest figure ÷ own figure, on the amount requested",
        ),
    ],
)
def test_each_kind_of_criterion_is_said_with_its_own_figures(one: Criterion, words: str) -> None:
    assert words in criterion_words(one, WORDS_SCHEME)


def agreed_after_marking() -> Round:
    """A and B: two members gave 60 and 40 by the mean, the meeting 40 and 70. C waits for its agreed mark."""
    scheme = one_question(combine=Combine.CONSENSUS, quorum=2)
    given = {"A": (70, 50), "B": (50, 30), "C": (90, 90)}
    sheets = (
        sheet(reference, mark, member=member)
        for reference, marks in given.items()
        for member, mark in zip(("M1", "M2"), marks, strict=True)
    )
    return replace(
        simple_round(dict.fromkeys(given, 0), pot=1000, scheme=scheme),
        sheets=tuple(sheets),
        agreed=(agreed("A", 40), agreed("B", 70)),
    )


def test_the_meeting_changed_who_is_over_the_line_and_by_how_much() -> None:
    round_ = agreed_after_marking()
    official = rank(round_)

    # Each asks 1,000 of a pot of 1,000: A led by the mean, B leads now; B moved 30 points, A 20.
    assert meeting_effect(round_, official) == MeetingEffect(2, ("B", "A"), "B", 4_000, 7_000)
    # Closed to the reader, B is neither counted nor named.
    assert meeting_effect(round_, official, closed={"B"}) == MeetingEffect(1, ("A",), "A", 6_000, 4_000)
    assert meeting_effect(round_, official, "Elsewhere") is None
    combined = replace(round_, scheme=replace(round_.scheme, combine=Combine.MEAN))
    assert meeting_effect(combined, rank(combined)) is None


def test_marks_are_combined_differently_of_what_the_panel_has_agreed() -> None:
    round_ = agreed_after_marking()
    official = rank(round_)

    mean, *_ = combined_otherwise(round_, official)

    # C, with the best marks of all, would take the money if it were on the list.
    assert mean.moved is not None
    assert [(one.reference, one.after_pence) for one in mean.moved] == [("B", 0), ("A", 100_000)]
    assert not_agreed(round_, official) == ("C",)
    assert not_agreed(round_, official, "Elsewhere") == ()
    combined = replace(round_, scheme=replace(round_.scheme, combine=Combine.MEAN))
    assert not_agreed(combined, rank(combined)) == ()
