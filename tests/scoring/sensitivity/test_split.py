"""The split interval is what ranking at every grid point gives."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.rank import rank
from scoring.round import NotApplicable, Round
from scoring.scheme import Criterion, Scheme, Side
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.split import (
    PER_STEP,
    STEPS,
    SplitTest,
    draw_test,
    drawn_weights,
    lists_under,
    split_test,
)
from tests.oracle.rounds import contested_rounds, rounds
from tests.scoring.builders import application, criterion, published, sheet, simple_round
from tests.scoring.sensitivity.by_hand import list_by_hand, official, with_a_tie_on_the_line

EASY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def two_sided(draw: st.DrawFn, made: st.SearchStrategy[Round]) -> Round:
    """Return a round of one question with a second one, on the other side, marked by the same people."""
    round_ = draw(made)
    share = draw(st.sampled_from([300_000, 500_000, 700_000]))
    asked = replace(round_.scheme.criteria[0], weight_1e4=share), replace(COST, weight_1e4=1_000_000 - share)
    others = draw(st.permutations([1, 2, 3, 4, 4, 2, 1])) * len(round_.sheets)
    marked = zip(round_.sheets, others, strict=False)
    return replace(
        round_,
        scheme=replace(round_.scheme, criteria=asked),
        sheets=tuple(replace(one, marks=(*one.marks, other)) for one, other in marked),
    )


COST = Criterion("C", "Value for money", Side.COST, 500_000)
MADE = st.one_of(
    rounds(),
    two_sided(contested_rounds()),
    two_sided(contested_rounds().map(with_a_tie_on_the_line)),
)


def split_of(round_: Round) -> SplitTest | None:
    return split_test(figures_of(round_, rank(round_)))


def by_hand(round_: Round) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return both intervals (the set, the amounts) by walking out from the published split, list by list."""
    figures = figures_of(round_, rank(round_))
    weights = {c.code: Fraction(c.weight_1e4) for c in round_.scheme.criteria}
    wanted = {of: money for of, (money, _) in official(round_).items()}

    @cache
    def given_at(point: int) -> dict[str, int]:
        listed = list_by_hand(figures, weights, Fraction(point, STEPS))
        return {of: money for of, (money, _) in listed.items()}

    def same_set(point: int) -> bool:
        return {of for of, m in given_at(point).items() if m} == {of for of, m in wanted.items() if m}

    def same_amounts(point: int) -> bool:
        return given_at(point) == wanted

    return walk_out(round_, same_set), walk_out(round_, same_amounts)


def walk_out(round_: Round, same: Callable[[int], bool]) -> tuple[int, int]:
    """Return the ends of the interval about the published split on which this holds."""
    published = round_.scheme.quality_1e4
    low = high = published
    point = -(-published // PER_STEP) - 1
    while point >= 0 and same(point):
        low, point = point * PER_STEP, point - 1
    point = published // PER_STEP + 1
    while point <= STEPS and same(point):
        high, point = point * PER_STEP, point + 1
    return low, high


@given(MADE)
@EASY
def test_the_intervals_are_those_of_brute_force(round_: Round) -> None:
    found = split_of(round_)

    if found is None:
        assert not (round_.scheme.quality_1e4 and round_.scheme.cost_1e4)
        return
    same_set, same_amounts = by_hand(round_)
    assert (found.same_set.low_1e4, found.same_set.high_1e4) == same_set
    assert (found.same_amounts.low_1e4, found.same_amounts.high_1e4) == same_amounts
    assert found.same_set.low_1e4 <= found.same_amounts.low_1e4
    assert found.same_amounts.high_1e4 <= found.same_set.high_1e4


def test_two_lines_that_cross_at_a_known_share() -> None:
    # A has Q 80 and C 20, B has Q 40 and C 80: equal where 80q + 20(1-q) = 40q + 80(1-q), q = 60 %
    scheme = Scheme(
        (criterion("Q", 70), criterion("C", 30, "cost")), scale_maximum=100, ladder=("requested",)
    )
    round_ = simple_round({}, pot=1000, scheme=scheme, applications=(application("A"), application("B")))
    round_ = replace(
        round_,
        scheme=replace(scheme, combine="mean"),
        sheets=(sheet("A", 80, 20), sheet("B", 40, 80)),
    )

    found = split_of(round_)

    assert found is not None
    assert (found.same_set.low_1e4, found.same_set.high_1e4) == (601_000, 1_000_000)
    assert found.below is not None
    assert (found.below.at, found.below.enters, found.below.leaves) == (600, (), ("A",))
    assert found.above is None


def test_one_side_only_has_no_interval() -> None:
    assert split_of(simple_round({"A": 80, "B": 60})) is None


def test_a_criterion_that_is_not_applicable_counts_in_no_list() -> None:
    round_ = simple_round(
        {},
        scheme=published(),
        applications=(application("X1"), application("X2")),
        not_applicable=(NotApplicable("X1", "A7"),),
    )
    round_ = replace(round_, sheets=(sheet("X1", 4, 4, 4, 4, 4, 4, None), sheet("X2", 3, 3, 3, 3, 3, 3, 3)))

    figures = figures_of(round_, rank(round_))

    assert figures.applies.tolist() == [[1, 1, 1, 1, 1, 1, 0], [1] * 7]
    assert figures.parts[0].tolist()[6] == 0


def round_of(*marks: tuple[int, ...]) -> Round:
    """Return a round of the published scheme with one sheet for each application."""
    names = [f"R-{number}" for number in range(len(marks))]
    round_ = simple_round({}, pot=1000, scheme=published(), applications=tuple(application(n) for n in names))
    sheets = tuple(sheet(name, *given) for name, given in zip(names, marks, strict=True))
    return replace(round_, sheets=sheets)


ONE = round_of((4, 4, 4, 4, 4, 4, 4), (3, 3, 3, 3, 3, 3, 3))


def test_weights_stay_within_their_points_and_above_nought() -> None:
    figures = figures_of(ONE, rank(ONE))

    weights = drawn_weights(figures, 5_000, 1, Decimal("7.25"))

    # A1 is 25.00: 17.75 to 32.25; A7 is 5.00: never below 0.01, up to 12.25
    assert (weights[:, 0].min(), weights[:, 0].max()) == (1_775, 3_225)
    assert (weights[:, 6].min(), weights[:, 6].max()) == (1, 1_225)
    assert abs(weights[:, 0].mean() - 2_500) < 30


def test_a_seed_gives_the_same_weights_and_another_seed_others() -> None:
    figures = figures_of(ONE, rank(ONE))

    first, again, other = (drawn_weights(figures, 3, seed, Decimal(5)) for seed in (7, 7, 8))

    assert (first == again).all()
    assert (first != other).any()
    # written down once, so that a change of the stream is seen on any machine
    assert first[0].tolist() == drawn_weights(figures, 1, 7, Decimal(5))[0].tolist()


def test_one_that_is_always_ahead_is_funded_in_every_draw() -> None:
    found = draw_test(figures_of(ONE, rank(ONE)), count=500)

    assert found is not None
    first, second = found.applications
    assert (first.funded, first.place_low, first.place_high) == (500, 1, 1)
    assert (second.funded, second.place_low, second.place_high) == (0, 2, 2)


def test_percentiles_are_nearest_rank() -> None:
    # each leads on one criterion: which is first depends on the weights drawn
    round_ = round_of((5, 3, 3, 3, 3, 3, 3), (3, 5, 4, 3, 3, 3, 3))
    figures = figures_of(round_, rank(round_))

    found = draw_test(figures, count=400, within=Decimal(12))

    assert found is not None
    assert sum(each.funded for each in found.applications) <= 400
    assert {(each.place_low, each.place_high) for each in found.applications} == {(1, 2)}


def test_progress_is_told_and_can_stop_it() -> None:
    told: list[tuple[int, int]] = []
    draw_test(figures_of(ONE, rank(ONE)), count=10, tick=lambda done, total: told.append((done, total)))

    assert told == [(10, 10)]


def test_nothing_ranked_is_nothing_to_draw() -> None:
    empty = simple_round({}, scheme=published())

    assert draw_test(figures_of(empty, rank(empty))) is None


@pytest.mark.parametrize("across", [False, True])
def test_python_s_own_numbers_give_the_same_lists(across: bool) -> None:
    figures = figures_of(ONE, rank(ONE))
    weights = drawn_weights(figures, 50, 3, Decimal(5))

    fast = lists_under(figures, weights, is_across=across)
    slow = lists_under(figures.widened(), weights.astype(object), is_across=across)

    assert np.array_equal(fast.offers, slow.offers)
    assert np.array_equal(fast.places, slow.places)
