"""Weights drawn at random around the published ones: how often each application is funded, and its places.

The numbers come from PCG64, whose stream numpy keeps, and are turned into weights by whole-number
arithmetic, so that a seed gives the same weights on every machine.
"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import gcd

import numpy as np
from msgspec import Struct

from scoring.sensitivity.figures import Array, Figures
from scoring.sensitivity.lists import lists_of
from scoring.sensitivity.scores import Lists, Scores, scores_of, sides_of, with_room

DRAWS, SEED, WITHIN = 10_000, 1, Decimal(5)
MOST_AT_ONCE = 1_000_000
"""Cells of lists × applications worked together, which keeps memory within bounds."""

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in draws; may raise to cancel."""


class DrawnApplication(Struct, frozen=True):
    """How often one application is funded, of all draws, and its 5th and 95th percentile of places."""

    reference: str
    funded: int
    place_low: int
    place_high: int


class DrawTest(Struct, frozen=True):
    """The result of `count` draws within ± `within` points; `is_across` when the split moved as well."""

    count: int
    seed: int
    within: Decimal
    is_across: bool
    applications: tuple[DrawnApplication, ...]


def draw_test(
    figures: Figures,
    *,
    count: int = DRAWS,
    seed: int = SEED,
    within: Decimal = WITHIN,
    is_across: bool = False,
    tick: Tick = None,
) -> DrawTest | None:
    """Return what random weights do to the list; None when no application is ranked.

    Each weight is drawn evenly from the whole hundredths max(0.01, w − d) … w + d and re-normalised by the
    side's drawn sum, or across the split by the sum of all, exactly (section 7, fine points).
    """
    width = len(figures.standings)
    if not width:
        return None
    weights = drawn_weights(figures, count, seed, within)
    funded: Array = np.zeros(width, dtype=np.int64)
    most = max(end - start for _, start, end in figures.areas)
    held: Array = np.zeros((width, most + 1), dtype=np.int64)
    step = max(MOST_AT_ONCE // width, 1)
    for start in range(0, count, step):
        found = lists_under(figures, weights[start : start + step], is_across=is_across)
        funded += (found.offers > 0).sum(axis=0)
        held += _counted(found.places, most)
        if tick is not None:
            tick(min(start + step, count), count)
    low, high = _percentile(held, count, 5), _percentile(held, count, 95)
    by_reference = {
        reference: DrawnApplication(reference, int(funded[n]), int(low[n]), int(high[n]))
        for n, reference in enumerate(figures.references)
    }
    ranked = [s.reference for s in figures.official.standings if s.reference in by_reference]
    return DrawTest(count, seed, within, is_across, tuple(by_reference[reference] for reference in ranked))


def drawn_weights(figures: Figures, count: int, seed: int, within: Decimal) -> Array:
    """Return the drawn weights in whole hundredths of a point, a row for each draw."""
    bounds = [_bounds(criterion.weight_1e4, within) for criterion in figures.scheme.criteria]
    lows = np.array([low for low, _ in bounds], dtype=np.uint64)
    widths = np.array([high - low + 1 for low, high in bounds], dtype=np.uint64)
    raw = np.random.PCG64(seed).random_raw(count * len(bounds)).reshape(count, len(bounds))
    return (lows + raw % widths).astype(np.int64)


def lists_under(figures: Figures, weights: Array, *, is_across: bool) -> Lists:
    """Return the lists under rows of weights, within the published split or across it."""
    scheme = figures.scheme
    shrink = gcd(scheme.quality_1e4, scheme.cost_1e4)
    whole = (scheme.quality_1e4 + scheme.cost_1e4) // shrink
    if not is_across:
        wide, found = with_room(figures, weights, whole)
        quality = np.int64(scheme.quality_1e4 // shrink)
        return lists_of(figures, scores_of(wide, sides_of(wide, found), quality, np.int64(whole)))
    return lists_of(figures, _scores_across(figures, weights))


def _scores_across(figures: Figures, weights: Array) -> Scores:
    """Return the scores where each side counts its drawn sum of the drawn sum of all."""
    wide, found = with_room(figures, weights, int(weights.sum(axis=1).max()))
    sides = sides_of(wide, found)
    quality = found[:, figures.side == 0].sum(axis=1)[:, None]
    return scores_of(wide, sides, quality, found.sum(axis=1)[:, None])


def _bounds(weight_1e4: int, within: Decimal) -> tuple[int, int]:
    """Return the least and the greatest whole hundredth of a point that a weight may be drawn as."""
    weight = Decimal(weight_1e4) / 100
    low = (weight - within * 100).to_integral_value(ROUND_CEILING)
    high = (weight + within * 100).to_integral_value(ROUND_FLOOR)
    return max(int(low), 1), max(int(high), 1)


def _counted(places: Array, most: int) -> Array:
    """Return how often each application had each place, of `most` at the most."""
    width = places.shape[1]
    flat = places + np.arange(width, dtype=np.int64) * (most + 1)
    return np.bincount(flat.ravel(), minlength=width * (most + 1)).reshape(width, most + 1)


def _percentile(held: Array, count: int, percent: int) -> Array:
    """Return the nearest-rank percentile of each application's places: position ⌈percent · n / 100⌉."""
    position = -(-percent * count // 100)
    return (np.cumsum(held, axis=1) >= position).argmax(axis=1)
