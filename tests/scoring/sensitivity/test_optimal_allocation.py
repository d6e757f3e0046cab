"""The challenger is the best choice there is: every subset of small rounds is tried."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from scoring.allocating.allocation import available_pence
from scoring.allocating.organisations import same_organisations
from scoring.rank import rank
from scoring.ranking import Status
from scoring.round import ChairDecisionKind, Round
from scoring.sensitivity.optimal_allocation import optimal_allocation
from tests.oracle.rounds import contested_rounds
from tests.scoring.builders import application, simple_round

EASY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


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
    pots = {area.name: max(available_pence(area, round_.scheme), 0) for area in round_.areas}
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
@EASY
def test_no_other_choice_is_worth_more(round_: Round) -> None:
    found = optimal_allocation(round_, rank(round_))

    assert found.value == best_by_hand(round_)
    assert found.is_proven


def test_two_small_ones_may_be_worth_more_than_one_large_one() -> None:
    # A: 85 points x £900 = 76,500. B and C: 80 points x £500 each, together 80,000, of a pot of £1,000.
    round_ = simple_round({"A": 85, "B": 80, "C": 80}, pot=1000)
    asks = (application("A", 900), application("B", 500), application("C", 500))
    round_ = replace(round_, applications=asks)

    found = optimal_allocation(round_, rank(round_))

    assert found.taken == ("B", "C")
    assert found.value == 80_00 * 100_000  # 80 points x £1,000, in hundredths of points x pence
    assert (found.enters, found.leaves) == (("B", "C"), ("A",))


def test_an_empty_pot_takes_nothing() -> None:
    round_ = simple_round({"A": 90}, pot=0)

    found = optimal_allocation(round_, rank(round_))

    assert (found.taken, found.value, found.gap_1e4) == ((), 0, 0)


def test_a_round_without_applications_has_nothing_to_choose() -> None:
    round_ = simple_round({}, pot=100)

    assert optimal_allocation(round_, rank(round_)).taken == ()


def test_sums_past_the_solver_s_precision_take_nothing_and_prove_nothing() -> None:
    # £100,000,000,000,000.01 and .03: more than floating point tells apart, of a pot of £1
    round_ = simple_round({"A": 85, "B": 80}, pot=1)
    asks = (application("A", 1), application("B", 1))
    asks = tuple(replace(one, requested_pence=10**16 + more) for one, more in zip(asks, (1, 3), strict=True))
    round_ = replace(round_, applications=asks)

    found = optimal_allocation(round_, rank(round_))

    assert (found.taken, found.value) == ((), 0)
    assert (found.gap_1e4, found.is_proven) == (10_000, False)
