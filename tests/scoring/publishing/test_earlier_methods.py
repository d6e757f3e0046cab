"""Whoever tries another method and goes back finds what the criterion had; a floor keeps its kind."""

from decimal import Decimal

from msgspec.structs import replace

from scoring.publishing.proof import EarlierMethods
from scoring.scheme import Criterion, Method, Side

COST = Criterion("A6", "Price", Side.COST, 200_000, floor=Decimal(40))


def test_figures_come_back_with_their_method_and_floors_with_their_kind() -> None:
    held = EarlierMethods()
    judged = replace(COST, floor=Decimal(3))

    linear = held.give_method(judged, Method.LINEAR, 5)
    priced = replace(linear, low=Decimal(10), high=Decimal(90), floor=Decimal(40))
    lowest = held.give_method(priced, Method.LOWEST, 5)
    back = held.give_method(lowest, Method.LINEAR, 5)
    again = held.give_method(back, Method.JUDGED, 2)

    assert (linear.floor, lowest.floor) == (None, Decimal(40))
    assert (back.low, back.high, back.floor) == (Decimal(10), Decimal(90), Decimal(40))
    assert again.floor == 2  # a scale that is shorter by now
    assert held.give_method(back, Method.LINEAR, 5) == back


def test_a_criterion_on_the_other_side_is_judged_there_and_all_is_forgotten_on_asking() -> None:
    held = EarlierMethods()
    priced = replace(COST, method=Method.LINEAR, low=Decimal(0), high=Decimal(5000))

    quality = held.give_side(priced, Side.QUALITY, 5)
    held.forget()
    back = held.give_method(replace(quality, side=Side.COST), Method.LINEAR, 5)

    assert quality.is_judged
    assert back.floor is None


def test_a_side_that_leaves_the_method_leaves_the_criterion_as_it_was() -> None:
    assert EarlierMethods().give_side(COST, Side.QUALITY, 5) == replace(COST, side=Side.QUALITY)
