"""What a list would be had members or rules been others, against brute force."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.allocation import areas_money
from scoring.allocating.organisations import same_organisations
from scoring.explaining.what_if import Trial, tried
from scoring.rank import rank
from scoring.ranking import Outcome, Status
from scoring.round import ChairDecisionKind, Round
from scoring.scheme import Combine, Criterion, Scheme, Side
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.list_sensitivity import SplitMove, robustness
from scoring.sensitivity.model_test import ModelTest, made_up_rounds, model_test, without
from scoring.sensitivity.optimal_allocation import optimal_allocation
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
from tests.scoring.sensitivity.by_hand import fares_by_hand, list_by_hand, official, with_a_tie_on_the_line

EASY = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


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


def crossing_round(quality: int = 65) -> Round:
    """Return a round in which A (quality 80, cost 20) and B (40, 80) are equal at a quality share of 60."""
    sides = (criterion("Q", quality), criterion("C", 100 - quality, "cost"))
    scheme = Scheme(sides, scale_maximum=100, combine=Combine.MEAN, ladder=("requested",))
    round_ = simple_round({}, pot=1000, scheme=scheme, applications=(application("A"), application("B")))
    return replace(round_, sheets=(sheet("A", 80, 20), sheet("B", 40, 80)))


def round_of(*marks: tuple[int, ...]) -> Round:
    """Return a round of the published scheme with one sheet for each application."""
    names = [f"R-{number}" for number in range(len(marks))]
    round_ = simple_round({}, pot=1000, scheme=published(), applications=tuple(application(n) for n in names))
    sheets = tuple(sheet(name, *given) for name, given in zip(names, marks, strict=True))
    return replace(round_, sheets=sheets)


ONE = round_of((4, 4, 4, 4, 4, 4, 4), (3, 3, 3, 3, 3, 3, 3))


def test_weights_stay_within_their_points_and_a_seed_gives_the_same() -> None:
    figures = figures_of(ONE, rank(ONE))

    weights = drawn_weights(figures, 5_000, 1, Decimal("7.25"))

    # A1 is 25.00: 17.75 to 32.25; A7 is 5.00: never below 0.01, up to 12.25
    assert (weights[:, 0].min(), weights[:, 0].max()) == (1_775, 3_225)
    assert (weights[:, 6].min(), weights[:, 6].max()) == (1, 1_225)
    assert abs(weights[:, 0].mean() - 2_500) < 30

    first, again, other = (drawn_weights(figures, 3, seed, Decimal(5)) for seed in (7, 7, 8))

    assert (first == again).all()
    assert (first != other).any()
    # written down once, so that a change of the stream is seen on any machine
    assert first[0].tolist() == drawn_weights(figures, 1, 7, Decimal(5))[0].tolist()


def test_one_always_ahead_is_funded_in_every_draw_and_nothing_ranked_draws_nothing() -> None:
    found = draw_test(figures_of(ONE, rank(ONE)), count=500)

    assert found is not None
    first, second = found.applications
    assert (first.funded, first.place_low, first.place_high) == (500, 1, 1)
    assert (second.funded, second.place_low, second.place_high) == (0, 2, 2)

    empty = simple_round({}, scheme=published())

    assert draw_test(figures_of(empty, rank(empty))) is None


def test_percentiles_are_nearest_rank() -> None:
    # each leads on one criterion: which is first depends on the weights drawn
    round_ = round_of((5, 3, 3, 3, 3, 3, 3), (3, 5, 4, 3, 3, 3, 3))
    figures = figures_of(round_, rank(round_))

    found = draw_test(figures, count=400, within=Decimal(12))

    assert found is not None
    assert sum(each.funded for each in found.applications) <= 400
    assert {(each.place_low, each.place_high) for each in found.applications} == {(1, 2)}


@pytest.mark.parametrize("across", [False, True])
def test_python_s_own_numbers_give_the_same_lists(across: bool) -> None:
    figures = figures_of(ONE, rank(ONE))
    weights = drawn_weights(figures, 50, 3, Decimal(5))

    fast = lists_under(figures, weights, is_across=across)
    slow = lists_under(figures.widened(), weights.astype(object), is_across=across)

    assert np.array_equal(fast.offers, slow.offers)
    assert np.array_equal(fast.places, slow.places)


ROBUSTNESS_EASY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
ROBUSTNESS_MADE = st.one_of(rounds(), contested_rounds(), contested_rounds().map(with_a_tie_on_the_line))


def members_of(round_: Round) -> list[str]:
    return sorted({s.member for s in round_.sheets})


@given(ROBUSTNESS_MADE)
@ROBUSTNESS_EASY
def test_the_split_moves_what_brute_force_moves(round_: Round) -> None:
    official = rank(round_)
    figures = figures_of(round_, official)
    wanted = {s.reference: (s.outcome, s.offer_pence or 0) for s in official.standings}
    published = round_.scheme.quality_1e4
    near = [p for p in range(STEPS + 1) if abs(p * PER_STEP - published) <= 100_000]
    if not (round_.scheme.quality_1e4 and round_.scheme.cost_1e4):
        near = []
    at = {point: fares_by_hand(figures, Fraction(point, STEPS)) for point in near}

    for hold in robustness(round_, official, members_of(round_)).applications:
        moved = [p for p in near if at[p][hold.reference] != wanted[hold.reference]]
        lower = [p for p in moved if p * PER_STEP < published]
        higher = [p for p in moved if p * PER_STEP > published]
        assert (hold.below.at if hold.below else None) == max(lower, default=None)
        assert (hold.above.at if hold.above else None) == min(higher, default=None)
        for move in (hold.below, hold.above):
            assert move is None or move[1:] == at[move.at][hold.reference]


@given(ROBUSTNESS_MADE)
@ROBUSTNESS_EASY
def test_a_member_moves_what_ranking_without_them_moves(round_: Round) -> None:
    official = rank(round_)
    on_mean = round_.scheme.combine is Combine.CONSENSUS
    combine = Combine.MEAN if on_mean else None
    before = tried(round_, Trial(combine=combine)) if on_mean else official
    lots = {s.reference: (s.outcome, s.offer_pence) for s in before.standings}

    found = robustness(round_, official, members_of(round_))

    counted = {each.member for each in found.without}
    for hold in found.applications:
        expected = set()
        for member in counted:
            after = tried(round_, Trial(combine=combine, without=member))
            lot = next((s.outcome, s.offer_pence) for s in after.standings if s.reference == hold.reference)
            if lot != lots[hold.reference]:
                expected.add(member)
        assert set(hold.without) == expected
    ranked = [s.reference for s in official.standings if s.status is Status.RANKED]
    assert [hold.reference for hold in found.applications] == ranked


def test_a_crossing_within_ten_points_moves_both() -> None:
    # at 60 both have 56 (80·0.6 + 20·0.4 = 40·0.6 + 80·0.4), ask the same, and nothing else parts them
    round_ = crossing_round()

    found = {hold.reference: hold for hold in robustness(round_, rank(round_), ["M1"]).applications}

    assert found["A"].below == SplitMove(600, Outcome.TIE, 0)
    assert found["B"].below == SplitMove(600, Outcome.TIE, 0)
    assert found["A"].above is None
    assert not found["A"].holds
    above = crossing_round(55)
    of_it = {hold.reference: hold for hold in robustness(above, rank(above), ["M1"]).applications}
    assert (of_it["A"].above, of_it["A"].below) == (SplitMove(600, Outcome.TIE, 0), None)


def found_by(scheme: Scheme) -> ModelTest:
    return model_test(scheme, rounds=12, applications=10)


def test_a_seed_gives_the_same_rounds_and_another_gives_others() -> None:
    first, again = (list(made_up_rounds(published(), 3, 5, 7)) for _ in range(2))

    assert first == again
    assert first != list(made_up_rounds(published(), 3, 5, 8))
    assert model_test(published(), rounds=3, applications=5, seed=7) == model_test(
        published(), rounds=3, applications=5, seed=7
    )


def test_the_heavier_criterion_decides_more_and_cost_matters_only_where_it_has_a_side() -> None:
    scheme = Scheme((criterion("H", 95), criterion("L", 5)), scale_maximum=100, combine=Combine.CONSENSUS)

    found = {each.code: each for each in model_test(scheme, rounds=40, applications=10).criteria}

    assert found["H"].places > found["L"].places

    assert found_by(Scheme((criterion("A", 60), criterion("B", 40)))).cost is None
    assert found_by(Scheme((criterion("A", 60, "cost"), criterion("B", 40, "cost")))).cost is None
    even = found_by(Scheme((criterion("A", 50), criterion("B", 50, "cost")), scale_maximum=100))
    assert even.cost is not None
    assert even.cost > 0


def test_left_out_its_weight_stays_on_its_side_and_its_rule_goes() -> None:
    scheme = published(ladder=("criterion:A1", "quality"))
    round_ = next(made_up_rounds(scheme, 1, 4, 1))

    other = without(round_, frozenset({"A1"}))

    assert (other.scheme.quality_1e4, other.scheme.cost_1e4) == (800_000, 200_000)
    assert other.scheme.ladder == ("quality",)
    assert [len(s.marks) for s in other.sheets] == [6] * len(other.sheets)
    # A2 to A5 had 55 of 80: A2 gets 15·80/55 = 21.8181…
    weights = {c.code: c.weight_1e4 for c in other.scheme.criteria}
    assert weights["A3"] == 218_181
    assert sum(weights.values()) == 1_000_000


def test_a_test_of_the_model_tells_how_far_it_is_and_may_be_stopped() -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        model_test(published(), rounds=5, applications=4, tick=stop)
    assert seen == [(1, 5), (2, 5)]


OPTIMAL_ALLOCATION_EASY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def best_by_hand(round_: Round) -> int:
    """Return the greatest value of any set of whole offers that keeps to pots and caps."""
    excepted = {d.application for d in round_.chair_decisions if d.kind is ChairDecisionKind.EXCEPTION}
    rows = {a.reference: a for a in round_.applications}
    of = same_organisations(round_.applications)
    caps = [
        cap
        for cap in (round_.scheme.cap_per_award_pence, round_.scheme.cap_per_organisation_pence)
        if cap is not None
    ]
    found = [
        (rows[s.reference], min(s.requested_pence, *caps, s.requested_pence), s.total_1e2 or 0)
        for s in rank(round_).standings
        if s.status is Status.RANKED and (not s.below_threshold or s.reference in excepted)
    ]
    pots = {use.area: max(use.available_pence, 0) for use in areas_money(round_.areas, round_.scheme, {})}
    cap = round_.scheme.cap_per_organisation_pence
    best = 0
    for size in range(len(found) + 1):
        for chosen in combinations(found, size):
            fits = all(
                sum(pence for row, pence, _ in chosen if row.area == area) <= pot
                for area, pot in pots.items()
            )
            if cap is not None:
                fits &= all(
                    sum(pence for other, pence, _ in chosen if of[row.reference] == of[other.reference])
                    <= cap
                    for row, _, _ in chosen
                )
            if fits:
                best = max(best, sum(pence * total for _, pence, total in chosen))
    return best


@given(contested_rounds())
@OPTIMAL_ALLOCATION_EASY
def test_no_other_choice_is_worth_more(round_: Round) -> None:
    found = optimal_allocation(round_, rank(round_))

    assert found.value == best_by_hand(round_)
    assert found.is_proven


def test_two_small_ones_may_be_worth_more_than_one_large_one_and_huge_sums_prove_nothing() -> None:
    # A: 85 points x £900 = 76,500. B and C: 80 points x £500 each, together 80,000, of a pot of £1,000.
    round_ = simple_round({"A": 85, "B": 80, "C": 80}, pot=1000)
    asks = (application("A", 900), application("B", 500), application("C", 500))
    round_ = replace(round_, applications=asks)

    found = optimal_allocation(round_, rank(round_))

    assert found.taken == ("B", "C")
    assert found.value == 80_00 * 100_000  # 80 points x £1,000, in hundredths of points x pence
    assert (found.enters, found.leaves) == (("B", "C"), ("A",))

    # £100,000,000,000,000.01 and .03: more than floating point tells apart, of a pot of £1
    round_ = simple_round({"A": 85, "B": 80}, pot=1)
    asks = (application("A", 1), application("B", 1))
    asks = tuple(replace(one, requested_pence=10**16 + more) for one, more in zip(asks, (1, 3), strict=True))
    round_ = replace(round_, applications=asks)
    found = optimal_allocation(round_, rank(round_))

    assert (found.taken, found.value) == ((), 0)
    assert (found.gap_1e4, found.is_proven) == (10_000, False)
