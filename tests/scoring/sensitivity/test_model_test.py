"""A scheme is tested on made-up rounds: what never decides is found, and a seed always gives the same."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.rank import rank
from scoring.ranking import Status
from scoring.scheme import Allocation, Basis, Combine, Method, RankedBy, Scheme, Side
from scoring.sensitivity.model_test import ModelTest, made_up_rounds, model_test, without
from tests.scoring.builders import criterion, published


def found_by(scheme: Scheme) -> ModelTest:
    return model_test(scheme, rounds=12, applications=10)


def test_a_seed_gives_the_same_rounds_and_another_gives_others() -> None:
    first, again = (list(made_up_rounds(published(), 3, 5, 7)) for _ in range(2))

    assert first == again
    assert first != list(made_up_rounds(published(), 3, 5, 8))
    assert model_test(published(), rounds=3, applications=5, seed=7) == model_test(
        published(), rounds=3, applications=5, seed=7
    )


@pytest.mark.parametrize("combine", list(Combine))
def test_every_made_up_application_is_ranked(combine: Combine) -> None:
    for round_ in made_up_rounds(published(combine=combine, quorum=4), 3, 8, 1):
        assert {s.status for s in rank(round_).standings} == {Status.RANKED}


def test_what_asks_is_within_the_caps_and_the_pot_is_half() -> None:
    round_ = next(made_up_rounds(published(cap_per_award_pence=200_000), 1, 30, 1))

    asked = [a.requested_pence for a in round_.applications]
    assert min(asked) >= 50_000
    assert max(asked) <= 200_000
    assert round_.areas[0].pot_pence == sum(asked) // 2


def test_a_criterion_without_weight_never_decides() -> None:
    scheme = Scheme(
        (criterion("Q", 100), criterion("Z", 0), criterion("Y", 0)),
        combine=Combine.MEAN,
        ladder=("received",),
    )

    found = {each.code: each for each in found_by(scheme).criteria}

    assert (found["Z"].places, found["Z"].awards) == (0, 0)
    assert found["Q"].places > 0


def test_the_heavier_criterion_decides_more() -> None:
    scheme = Scheme((criterion("H", 95), criterion("L", 5)), scale_maximum=100, combine=Combine.CONSENSUS)

    found = {each.code: each for each in model_test(scheme, rounds=40, applications=10).criteria}

    assert found["H"].places > found["L"].places


def test_cost_matters_only_where_there_is_a_cost_side() -> None:
    assert found_by(Scheme((criterion("A", 60), criterion("B", 40)))).cost is None
    assert found_by(Scheme((criterion("A", 60, "cost"), criterion("B", 40, "cost")))).cost is None
    even = found_by(Scheme((criterion("A", 50), criterion("B", 50, "cost")), scale_maximum=100))
    assert even.cost is not None
    assert even.cost > 0


def test_a_scale_of_two_marks_ties_and_one_of_a_hundred_hardly_does() -> None:
    coarse = Scheme((criterion("A", 100),), scale_maximum=1, combine=Combine.CONSENSUS)
    fine = replace(coarse, scale_maximum=100, ladder=("requested", "received"))

    # one mark of two for ten applications: equals on both sides of a pot of half are the rule
    assert found_by(coarse).ties > 8
    assert found_by(fine).ties == 0


def test_one_criterion_alone_is_not_left_out() -> None:
    assert found_by(Scheme((criterion("A", 100),))).criteria == ()


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


def test_without_a_side_the_other_counts_all() -> None:
    round_ = next(made_up_rounds(published(), 1, 4, 1))

    other = without(round_, frozenset({"A6", "A7"}))

    assert (other.scheme.quality_1e4, other.scheme.cost_1e4) == (1_000_000, 0)


@pytest.mark.parametrize("allocation", list(Allocation))
@pytest.mark.parametrize("ranked_by", list(RankedBy))
def test_computed_costs_floors_and_prices_are_tested_too(allocation: Allocation, ranked_by: RankedBy) -> None:
    cost = criterion("C", 30, "cost", method=Method.LOWEST, basis=Basis.UNIT)
    scheme = Scheme(
        (criterion("A", 70), cost),
        combine=Combine.TRIMMED,
        allocation=allocation,
        ranked_by=ranked_by,
        minimum_quality=Decimal(30),
        minimum_total=Decimal(20),
    )

    found = found_by(scheme)

    assert [each.side for each in found.criteria] == [Side.QUALITY, Side.COST]
    assert found.applications == 120


def test_it_tells_how_far_it_is_and_may_be_stopped() -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        model_test(published(), rounds=5, applications=4, tick=stop)
    assert seen == [(1, 5), (2, 5)]
