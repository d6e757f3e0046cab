"""An award holds when brute force over every split near by, and every member left out, leaves it alone."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.explaining.what_if import Trial, tried
from scoring.rank import rank
from scoring.ranking import Outcome, Status
from scoring.round import Round
from scoring.scheme import Combine, Scheme
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.robustness import OUTCOMES, Robustness, SplitMove, fared, points_near, robustness
from scoring.sensitivity.split import PER_STEP, STEPS
from tests.oracle.rounds import contested_rounds, rounds
from tests.scoring.builders import application, criterion, sheet, simple_round
from tests.scoring.sensitivity.by_hand import fares_by_hand, with_a_tie_on_the_line

EASY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
MADE = st.one_of(rounds(), contested_rounds(), contested_rounds().map(with_a_tie_on_the_line))


def members_of(round_: Round) -> list[str]:
    return sorted({s.member for s in round_.sheets})


def crossing_round() -> Round:
    """Return a round in which A (quality 80, cost 20) and B (40, 80) are equal at a quality share of 60."""
    scheme = Scheme(
        (criterion("Q", 65), criterion("C", 35, "cost")), scale_maximum=100, ladder=("requested",)
    )
    round_ = simple_round({}, pot=1000, scheme=scheme, applications=(application("A"), application("B")))
    return replace(
        round_,
        scheme=replace(scheme, combine=Combine.MEAN),
        sheets=(sheet("A", 80, 20), sheet("B", 40, 80)),
    )


@given(MADE)
@EASY
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


@given(MADE)
@EASY
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


def test_a_crossing_eleven_points_away_moves_nothing() -> None:
    round_ = crossing_round()
    scheme = replace(round_.scheme, criteria=(criterion("Q", 71), criterion("C", 29, "cost")))
    round_ = replace(round_, scheme=scheme)

    found = robustness(round_, rank(round_), [])

    assert all(hold.holds for hold in found.applications)


def test_the_share_stays_within_nought_and_a_hundred() -> None:
    round_ = crossing_round()
    scheme = replace(round_.scheme, criteria=(criterion("Q", 96), criterion("C", 4, "cost")))

    assert points_near(replace(round_, scheme=scheme)) == tuple(range(860, 1001))


def test_the_only_member_of_all_moves_everything() -> None:
    # without the one sheet of each nothing has a mark, so neither is ranked
    round_ = crossing_round()

    found: Robustness = robustness(round_, rank(round_), ["M1"])

    assert [hold.without for hold in found.applications] == [("M1",), ("M1",)]
    assert {one.after for one in found.without[0].moved} == {None}


def test_it_tells_how_far_it_is_and_may_be_stopped() -> None:
    round_ = crossing_round()
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        robustness(round_, rank(round_), ["M1"], stop)
    # points 55.0 to 75.0, fifty at once, and one member
    assert seen == [(50, 202)]


def test_lists_alike_fare_alike() -> None:
    round_ = crossing_round()
    figures = figures_of(round_, rank(round_))

    at = fared(figures, (590, 600, 610))

    a, b = map(figures.references.index, "AB")
    assert (OUTCOMES[at.codes[0, b]], at.offers[0, b]) == (Outcome.FUND, 100_000)
    assert (OUTCOMES[at.codes[2, a]], at.offers[2, a]) == (Outcome.FUND, 100_000)


def test_nothing_ranked_holds_nothing() -> None:
    round_ = replace(crossing_round(), applications=(), sheets=())

    assert robustness(round_, rank(round_), ["M1"]) == Robustness((), ())


def test_a_crossing_above_the_published_split_is_found_there() -> None:
    base = crossing_round()
    weights = (criterion("Q", 55), criterion("C", 45, "cost"))
    round_ = replace(base, scheme=replace(base.scheme, criteria=weights))

    found = {hold.reference: hold for hold in robustness(round_, rank(round_), ["M1"]).applications}

    assert found["A"].above == SplitMove(600, Outcome.TIE, 0)
    assert found["B"].above == SplitMove(600, Outcome.TIE, 0)
    assert found["A"].below is None
