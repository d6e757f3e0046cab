"""How sure a list is under other weights, and how far members agree, against sums made one by one."""

from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.explaining.what_if import Moved, Otherwise, Without, entering, leave_one_out, leaving
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.round import (
    AFTER_MEETING,
    Area,
    ChairDecision,
    ChairDecisionKind,
    Interest,
    InterestKind,
    NotApplicable,
    Round,
)
from scoring.scheme import Combine, Method, Scheme
from scoring.sensitivity.agreement import Level, agreement, alpha, alpha_words, resampled_alpha
from scoring.sensitivity.figures import Figures, Lists, figures_of
from scoring.sensitivity.list_sensitivity import (
    End,
    ListSensitivity,
    ShareLine,
    Swap,
    list_sensitivity,
    round_sensitivity,
)
from scoring.sensitivity.split import draw_test, drawn_weights, lists_under
from tests.oracle.rounds import contested_rounds, rounds
from tests.scoring.builders import application, criterion, one_question, sheet, simple_round
from tests.scoring.sensitivity.by_hand import Listed, list_by_hand, official, with_a_tie_on_the_line
from tests.scoring.sensitivity.test_split import crossing_round


def found_of(round_: Round, area: str | None = None) -> ListSensitivity:
    return list_sensitivity(round_sensitivity(round_, rank(round_), ["M1"]), area)


def two_area_round() -> Round:
    """Return a round in which quality 80 and cost 20 are published: C in another area never moves."""
    scheme = Scheme(
        (criterion("Q", 80), criterion("C", 20, "cost")),
        scale_maximum=100,
        combine=Combine.MEAN,
        ladder=("requested",),
    )
    rows = (application("A", 1000), application("B", 900), application("C", 500, area="Solihull"))
    round_ = simple_round({}, scheme=scheme, applications=rows)
    return replace(
        round_,
        areas=(Area("Coventry", 100_000), Area("Solihull", 100_000)),
        sheets=(sheet("A", 80, 20), sheet("B", 40, 80), sheet("C", 10, 10)),
    )


def test_equals_at_an_end_tie_and_lines_run_from_cost_alone_to_quality_alone() -> None:
    # A 80 and 20, B 40 and 80 are equal at 60, ask the same, and only one fits
    found = found_of(crossing_round())

    assert found.below == End(600, (), (), ("A", "B"), ())
    assert found.above is None

    # at 65: 80·0.65 + 20·0.35 = 59, 40·0.65 + 80·0.35 = 54
    assert found.lines == (
        ShareLine("A", "Group A", 2000, 8000, 5900, True),
        ShareLine("B", "Group B", 8000, 4000, 5400, False),
    )


def test_an_end_without_a_tie_has_who_enters_and_one_side_has_no_interval() -> None:
    # equal at 60, where B asks less and goes first
    found = found_of(two_area_round(), "Coventry")

    assert found.below == End(600, ("B",), ("A",), (), ())

    found = found_of(simple_round({"A": 80}))

    assert (found.split, found.below, found.above, found.lines) == (None, None, None, ())
    assert found.swaps() == ()


def test_the_challenger_swaps_what_is_worth_less() -> None:
    # points × pounds: A 80 × 600 = 48,000 stands alone; B and C fill the pot with 70 × 1,000 = 70,000
    round_ = simple_round({"A": 80, "B": 70, "C": 70}, pot=1000, asks={"A": 600, "B": 500, "C": 500})

    found = found_of(round_)

    assert found.swaps() == (Swap("Coventry", (("B", 50_000), ("C", 50_000)), (("A", 60_000),), ()),)
    assert (found.challenger.value, found.challenger.list_value) == (700_000_000, 480_000_000)


MEMBERS = ("M1", "M2", "M3")
FEW = 20
PENCE = 100_000
FUND, RESERVE = Outcome.FUND, Outcome.RESERVE
WITHOUT_M1 = Without(
    "M1",
    (
        Moved("A", "Group A", "Coventry", FUND, RESERVE, PENCE, 0),
        Moved("B", "Group B", "Coventry", RESERVE, FUND, 0, PENCE),
        Moved("C", "Group C", "Coventry", RESERVE, None, 0, 0),
    ),
)
"""A (65 on the mean) has the pot for one before B (35); on M2's marks alone B has it, and C has no mark."""


def contested() -> Round:
    """Return a round with money for one of A and B, on which M1 and M2 differ; C has M1's mark alone."""
    applications = tuple(application(reference) for reference in "ABC")
    sheets = (
        sheet("A", 90),
        sheet("A", 40, member="M2"),
        sheet("B", 10),
        sheet("B", 60, member="M2"),
        sheet("C", 5),
    )
    return replace(
        simple_round({}, pot=1000, applications=applications, scheme=one_question()), sheets=sheets
    )


def test_one_value_has_every_part_and_says_how_far_it_is() -> None:
    round_, told = contested(), list[tuple[int, int]]()
    draw = partial(draw_test, count=FEW)
    worked = round_sensitivity(
        round_, rank(round_), MEMBERS, lambda done, of: told.append((done, of)), draw=draw
    )
    found = list_sensitivity(worked)

    assert found.without == (WITHOUT_M1, Without("M2", ()))  # M3 has no sheet
    assert (entering(WITHOUT_M1.moved), leaving(WITHOUT_M1.moved)) == (("B",), ("A",))
    assert found.otherwise == (
        Otherwise(Combine.MEAN, ()),
        Otherwise(Combine.MEDIAN, ()),
        Otherwise(Combine.TRIMMED, None),  # two marks are too few to leave the outermost out
    )
    assert (found.split, found.challenger.taken) == (None, ("A",))
    assert worked.draws is not None
    assert worked.draws.count == FEW
    assert found.agreement is not None
    assert told == sorted(told)
    assert told[-1] == (100, 100)


def test_under_agreed_marks_a_member_is_left_out_of_the_mean() -> None:
    round_ = contested()
    agreed = replace(round_, scheme=replace(round_.scheme, combine=Combine.CONSENSUS))

    assert next(leave_one_out(agreed, rank(agreed), ("without a sheet", *MEMBERS))) == WITHOUT_M1


def test_without_a_judged_criterion_no_weight_is_drawn() -> None:
    cost = criterion("C", 100, "cost", method=Method.LINEAR, low=Decimal(0), high=Decimal(2000))
    round_ = simple_round(
        {}, scheme=Scheme((cost,), quorum=0), applications=(application("A"), application("B", 500))
    )

    found = list_sensitivity(round_sensitivity(round_, rank(round_), MEMBERS))

    assert (found.round_sensitivity.draws, found.without) == (None, ())
    assert found.challenger.taken == ("A", "B")


EASY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
MADE = st.one_of(rounds(), contested_rounds(), contested_rounds().map(with_a_tie_on_the_line))


def row_of(figures: Figures, lists: Lists, row: int) -> Listed:
    pairs = zip(lists.offers[row], lists.places[row], strict=True)
    return {
        reference: (int(offer), int(place))
        for reference, (offer, place) in zip(figures.references, pairs, strict=True)
    }


@given(MADE)
@EASY
def test_the_published_weights_give_the_official_list(round_: Round) -> None:
    figures = figures_of(round_, rank(round_))
    published = np.array([[c.weight_1e4 for c in round_.scheme.criteria]], dtype=np.int64)

    lists = lists_under(figures, published, is_across=False)

    assert row_of(figures, lists, 0) == official(round_)


@given(MADE, st.integers(0, 99), st.booleans())
@EASY
def test_drawn_weights_give_the_lists_made_one_by_one(round_: Round, seed: int, is_across: bool) -> None:
    figures = figures_of(round_, rank(round_))
    weights = drawn_weights(figures, 4, seed, Decimal("7.5"))

    lists = lists_under(figures, weights, is_across=is_across)

    scheme = round_.scheme
    for row, drawn in enumerate(weights.tolist()):
        by_code = {c.code: Fraction(w) for c, w in zip(scheme.criteria, drawn, strict=True)}
        quality = Fraction(scheme.quality_1e4, scheme.quality_1e4 + scheme.cost_1e4)
        if is_across:
            own = sum(by_code[c.code] for c in scheme.criteria if c.side == "quality")
            quality = own / sum(by_code.values())
        assert row_of(figures, lists, row) == list_by_hand(figures, by_code, quality)


@pytest.mark.parametrize(("rules", "first"), [(("chair", "requested"), "B"), (("requested", "chair"), "A")])
def test_a_rule_that_only_some_can_answer_comes_before_those_below_it(
    rules: tuple[str, ...], first: str
) -> None:
    """Equal scores of A, who asks for less, and B, whom the chair puts first; C has no decision."""
    decided = [ChairDecision(of, ChairDecisionKind.TIE, place) for of, place in (("B", 1), ("A", 2))]
    round_ = simple_round(
        {"A": 60, "B": 60, "C": 50},
        asks={"A": 900, "B": 1000, "C": 800},
        scheme=one_question(ladder=rules),
        chair_decisions=tuple(decided),
    )
    figures = figures_of(round_, rank(round_))
    published = np.array([[c.weight_1e4 for c in round_.scheme.criteria]], dtype=np.int64)

    listed = row_of(figures, lists_under(figures, published, is_across=False), 0)

    assert min(listed, key=lambda reference: listed[reference][1]) == first
    assert listed == official(round_)


# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve
# units, missing data; the paper gives alpha 0.849 for interval and 0.815 for ordinal data.
OBSERVERS = {
    "A": (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    "B": (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    "C": (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    "D": (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
}
AGREEMENT_MEMBERS = tuple(OBSERVERS)


def observed(marks: dict[str, tuple[int | None, ...]], maximum: int = 5) -> Round:
    """Return a round with one judged criterion in which each unit is an application."""
    count = len(next(iter(marks.values())))
    references = [f"U-{number:02d}" for number in range(count)]
    scheme = Scheme((criterion("Q", 100),), scale_maximum=maximum, combine=Combine.MEAN)
    sheets = [
        sheet(reference, mark, member=member)
        for member, row in marks.items()
        for reference, mark in zip(references, row, strict=True)
        if mark is not None
    ]
    round_ = simple_round({}, scheme=scheme, applications=tuple(application(r) for r in references))
    return replace(round_, sheets=tuple(sheets))


def test_the_worked_example_of_the_literature() -> None:
    found = agreement(observed(OBSERVERS), AGREEMENT_MEMBERS)

    assert found is not None
    assert found.alpha_interval == pytest.approx(0.849, abs=0.0005)
    assert found.alpha_ordinal == pytest.approx(0.815, abs=0.0005)


def test_spread_is_of_the_counting_marks_and_the_same_everywhere_has_no_alpha() -> None:
    found = agreement(observed({"A": (1,), "B": (2,), "C": (5,)}), ("A", "B", "C"))

    assert found is not None
    (unit,) = found.flagged
    # marks 1, 2, 5: range 4; mean 8/3, variance (25 + 4 + 49)/27 = 26/9, root 1.6997
    assert (unit.spread, unit.deviation_1e2) == (4, 170)

    found = agreement(observed({"A": (3, 3), "B": (3, 3)}), ("A", "B"))

    assert found is not None
    assert (found.alpha_interval, found.alpha_ordinal) == (None, None)
    assert "cannot be said" in alpha_words(found.alpha_interval)
    assert len({alpha_words(alpha) for alpha in (-0.1, 0.3, 0.7, 0.9)}) == 4
    assert resampled_alpha(found, ("A", "B")) is None, "alpha is nought by nought"


def test_a_sheet_barred_or_first_handed_in_after_the_meeting_had_begun_is_left_out() -> None:
    round_ = observed({"A": (5, 5), "B": (1, 5)})
    barred = replace(round_, interests=(Interest("B", "U-00", InterestKind.PECUNIARY),))

    found = agreement(barred, ("A", "B"))

    assert found is not None
    assert [unit.reference for unit in found.units] == ["U-01"]
    aside = replace(round_, not_applicable=(NotApplicable("U-00", "Q"),))
    assert agreement(aside, ("A", "B")) == found, "nor does a criterion that is set aside count"

    round_ = observed({"A": (1, 2), "B": (1, 3)})
    late = replace(round_.sheets[-1], reopened=f"{AFTER_MEETING}; reopened: A slip", first=(3,))

    found = agreement(replace(round_, sheets=(*round_.sheets[:-1], late)), ("A", "B"))

    assert found is not None
    assert [unit.reference for unit in found.units] == ["U-00"]


def test_whoever_is_not_asked_about_is_left_out_of_the_alpha() -> None:
    two = {"A": (1, 2, 4, None), "B": (1, 3, 4, 2)}
    third = two | {"C": (5, 5, 1, 5)}  # the last was marked by one of the two alone
    with_third, alone = (agreement(observed(marks), ("A", "B")) for marks in (third, two))

    assert with_third is not None
    assert alone is not None
    assert with_third.alpha_interval == alone.alpha_interval
    assert resampled_alpha(with_third, ("A", "B")) == resampled_alpha(alone, ("A", "B"))


def test_a_reopened_sheet_counts_as_it_was_first_handed_in() -> None:
    round_ = observed({"A": (1, 4), "B": (2, 4)})
    first, *others = round_.sheets
    again = replace(first, marks=(2,), submitted=False, reopened="Misread", first=(1,))

    assert agreement(replace(round_, sheets=(again, *others)), ("A", "B")) == agreement(round_, ("A", "B"))


UNITS = st.lists(st.lists(st.integers(0, 5), max_size=5).map(tuple), max_size=8)


def by_definition(units: list[tuple[int, ...]], level: Level) -> Fraction | None:
    """Return alpha by going through every ordered pair of marks, one by one."""
    shared = [unit for unit in units if len(unit) > 1]
    given_marks = [mark for unit in shared for mark in unit]
    if len(set(given_marks)) < 2:
        return None
    within = [(a, b, len(unit) - 1) for unit in shared for a, b in permutations(unit, 2)]
    observed = sum(Fraction(apart(a, b, given_marks, level)) / others for a, b, others in within)
    chance = sum(Fraction(apart(a, b, given_marks, level)) for a, b in permutations(given_marks, 2))
    return 1 - (len(given_marks) - 1) * observed / chance


def apart(one: int, other: int, given_marks: list[int], level: Level) -> Fraction:
    """Return the squared distance of two marks."""
    if level == "interval":
        return Fraction((one - other) ** 2)
    low, high = min(one, other), max(one, other)
    between = sum(low <= mark <= high for mark in given_marks)
    ends = Fraction(given_marks.count(low) + given_marks.count(high), 2)
    return (between - ends) ** 2 if low < high else Fraction(0)


@given(UNITS, st.sampled_from(["interval", "ordinal"]))
def test_it_is_what_the_definition_says(units: list[tuple[int, ...]], level: Level) -> None:
    assert alpha(units, level) == by_definition(units, level)
