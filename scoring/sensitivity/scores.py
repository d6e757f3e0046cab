"""Scores of many lists at once, exact: under other splits of quality and cost, and under other weights."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scoring import money
from scoring.scheme import Scheme
from scoring.sensitivity.figures import Array, Figures, fits, half_up, is_priced

HIGHEST_1E2 = 10_000
"""A total of 100 points in hundredths."""


class Scores(NamedTuple):
    """The scores of many lists: totals, and what places are given by (lower first), lists × applications.

    `misses` is a floor on quality or on the total missed there; the last two are the sides' shown scores.
    """

    totals: Array
    order: Array
    misses: Array
    qualities: Array
    costs: Array


class Lists(NamedTuple):
    """What each list gives: offers in pence (0 for none) and places in the area, lists × applications."""

    offers: Array
    places: Array


_UNPRICED = 1 << 40
"""What orders an application without a price of a quality point: after all that have one."""


class Sides(NamedTuple):
    """Each application's side scores, whole numerators over whole denominators; nought over one for none."""

    quality: Array
    quality_over: Array
    cost: Array
    cost_over: Array

    @property
    def has_quality(self) -> Array:
        """Return where there is a quality score at all; a nought over one stands for none."""
        return self.quality_over > 1


def sides_of(figures: Figures, weights: Array) -> Sides:
    """Return 100 · Σ w·f / Σ w of both sides for each row of weights (lists × criteria), both doubled.

    A weight set aside is left out of both sums, which shares it out again exactly. Doubled, no side that
    is there stands over one.
    """
    found: list[Array] = []
    for side in (0, 1):
        own = weights[:, figures.side == side]
        parts, applies = figures.parts[:, figures.side == side], figures.applies[:, figures.side == side]
        added = _product(own, parts.T)
        left = _product(own, applies.astype(np.int64).T)
        is_there = left > 0
        found += [np.where(is_there, 200 * added, 0), np.where(is_there, 2 * left * figures.whole, 1)]
    return Sides(*found)


def scores_of(figures: Figures, sides: Sides, quality: Array, whole: Array) -> Scores:
    """Return the scores where quality counts `quality` of `whole` and cost the rest, a row for each list."""
    over = whole * sides.quality_over * sides.cost_over
    by_quality = quality * sides.quality * sides.cost_over
    by_cost = (whole - quality) * sides.cost * sides.quality_over
    totals = _whole(half_up(100 * (by_quality + by_cost), over))
    qualities = _whole(half_up(100 * sides.quality, sides.quality_over))
    costs = _whole(half_up(100 * sides.cost, sides.cost_over))
    shape = totals.shape
    qualities, costs = np.broadcast_to(qualities, shape), np.broadcast_to(costs, shape)
    return Scores(
        totals,
        _order(figures, sides, totals),
        _misses(figures.scheme, totals, np.where(sides.has_quality, qualities, HIGHEST_1E2)),
        qualities,
        costs,
    )


def with_room(figures: Figures, weights: Array, largest_whole: int) -> tuple[Figures, Array]:
    """Return figures and weights as int64 where every product fits, else as Python's own whole numbers."""
    most = int(np.abs(weights).max(initial=1)) * weights.shape[1]
    denominator = max((int(w) for w in figures.whole), default=1)
    side = 200 * most * denominator
    if fits(200, largest_whole, side, 2 * most * denominator) and weights.dtype == np.int64:
        return figures, weights
    return figures.widened(), weights.astype(object)


def _product(left: Array, right: Array) -> Array:
    """Return a product of matrices of whole numbers.

    Through floating point where they are int64, which is fast and exact: `with_room` leaves as int64 only
    figures whose sums here stay below 2^24, far below the 2^53 up to which floats hold every whole number.
    """
    if left.dtype == object or right.dtype == object:
        return left.astype(object) @ right.astype(object)
    return np.rint(left.astype(np.float64) @ right.astype(np.float64)).astype(np.int64)


def _whole(values: Array) -> Array:
    return values.astype(np.int64)


def _order(figures: Figures, sides: Sides, totals: Array) -> Array:
    """Return what places are given by, the lower first: totals turned round, or the price of a point."""
    if not is_priced(figures):
        return HIGHEST_1E2 - totals
    asked = np.array([s.requested_pence for s in figures.standings], dtype=object)
    quality, over = sides.quality.astype(object), sides.quality_over.astype(object)
    has_price = quality > 0
    price = half_up(asked * over, np.where(has_price, quality, 1))
    return np.broadcast_to(np.where(has_price, price, _UNPRICED).astype(np.int64), totals.shape)


def _misses(scheme: Scheme, totals: Array, qualities: Array) -> Array:
    """Return where a floor on the total or on quality is missed; without a side nothing is."""
    missed = np.zeros(totals.shape, dtype=bool)
    floors: Sequence[tuple[object, Array]] = (
        (scheme.minimum_total, totals),
        (scheme.minimum_quality, qualities),
    )
    for floor, shown in floors:
        if floor is not None:
            missed = missed | (shown < money.hundredths(floor))  # type: ignore[arg-type]
    return missed
