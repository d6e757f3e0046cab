"""Drawn weights: even, within bounds, the same for a seed; shares and percentiles are counted right."""

from decimal import Decimal

import numpy as np
import pytest
from msgspec.structs import replace

from scoring.rank import rank
from scoring.round import Round
from scoring.sensitivity.draws import draw_test, drawn_weights, lists_under
from scoring.sensitivity.figures import figures_of
from tests.scoring.builders import application, published, sheet, simple_round


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
