"""Other weights: how often each application is funded, and how far the split may move.

The numbers drawn come from PCG64, whose stream numpy keeps, and are turned into weights by whole-number
arithmetic, so that a seed gives the same weights on every machine.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import gcd

import numpy as np
from msgspec import Struct

from scoring.sensitivity.figures import Array, Figures, Lists, Scores, Tick, scores_of, sides_of, with_room
from scoring.sensitivity.lists import lists_of

DRAWS, SEED, WITHIN = 10_000, 1, Decimal(5)
MOST_AT_ONCE = 1_000_000
"""Cells of lists × applications worked together, which keeps memory within bounds."""


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
    side's drawn sum, or across the split by the sum of all, exactly.
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
    quality = found[:, figures.side == 0].sum(axis=1)[:, None]
    return scores_of(wide, sides_of(wide, found), quality, found.sum(axis=1)[:, None])


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


STEPS = 1_000
"""The grid has a point at every tenth of a percent of quality, 0 and 100 included."""
PER_STEP = 1_000
"""Ten-thousandths of a percent in a step."""


class Interval(Struct, frozen=True):
    """Quality shares in ten-thousandths of a percent, both ends included."""

    low_1e4: int
    high_1e4: int


class Beyond(Struct, frozen=True):
    """The first grid point outside an interval, in tenths of a percent, and who enters and leaves there."""

    at: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


class SplitTest(Struct, frozen=True):
    """The intervals round the published split (ten-thousandths of a percent), which is a point of both.

    `below` and `above` are None where the set holds to the end.
    """

    published_1e4: int
    same_set: Interval
    same_amounts: Interval
    below: Beyond | None
    above: Beyond | None


def split_test(figures: Figures, area: str | None = None) -> SplitTest | None:
    """Return the split intervals of a round, or of one area of it; None for a scheme with one side."""
    return split_tests(figures, (area,)).get(area)


def split_tests(figures: Figures, areas: Sequence[str | None]) -> dict[str | None, SplitTest]:
    """Return the split intervals of several areas (None: of all of them); none for a scheme with one side.

    Q and C are taken once from the published weights and only q : c moves: the
    list at each grid point is worked whole, ties, floors and caps included.
    """
    scheme = figures.scheme
    if not scheme.quality_1e4 or not scheme.cost_1e4:
        return {}
    offers = lists_of(figures, scores_on_the_grid(figures, range(STEPS + 1))).offers
    return {area: _split_test(figures, area, offers) for area in areas}


def _split_test(figures: Figures, area: str | None, offers: Array) -> SplitTest:
    """Return the intervals of an area from the offers of the whole round at every grid point."""
    scheme = figures.scheme
    columns = [number for number, one in enumerate(figures.standings) if area in (None, one.area)]
    official = np.array([s.offer_pence or 0 for s in figures.standings])[columns]
    offers = offers[:, columns]
    same_set = ((offers > 0) == (official > 0)).all(axis=1)
    same_amounts = same_set & (offers == official).all(axis=1)
    references = [figures.references[column] for column in columns]
    funded = {r for r, pence in zip(references, official, strict=True) if pence > 0}

    def beyond(at: int) -> Beyond | None:
        if not 0 <= at <= STEPS:
            return None
        there = {r for r, pence in zip(references, offers[at], strict=True) if pence > 0}
        return Beyond(at, tuple(sorted(there - funded)), tuple(sorted(funded - there)))

    below, above = _outside(same_set, scheme.quality_1e4)
    return SplitTest(
        published_1e4=scheme.quality_1e4,
        same_set=_interval(scheme.quality_1e4, (below, above)),
        same_amounts=_interval(scheme.quality_1e4, _outside(same_amounts, scheme.quality_1e4)),
        below=beyond(below),
        above=beyond(above),
    )


def scores_on_the_grid(figures: Figures, points: Sequence[int]) -> Scores:
    """Return the scores at some grid points, a row for each."""
    share: Array = np.array(points, dtype=np.int64)[:, None]
    wide, weights = with_room(figures, _published(figures), STEPS)
    return scores_of(wide, sides_of(wide, weights), share, np.int64(STEPS))


def _published(figures: Figures) -> Array:
    """Return the published weights as one row, as small as they go."""
    weights = [criterion.weight_1e4 for criterion in figures.scheme.criteria]
    shrink = gcd(*weights)
    return np.array([[weight // shrink for weight in weights]], dtype=np.int64)


def _outside(same: Array, published_1e4: int) -> tuple[int, int]:
    """Return the first grid points below and above the published split at which it is not the same."""
    below = -(-published_1e4 // PER_STEP) - 1
    above = published_1e4 // PER_STEP + 1
    while below >= 0 and same[below]:
        below -= 1
    while above <= STEPS and same[above]:
        above += 1
    return below, above


def _interval(published_1e4: int, outside: tuple[int, int]) -> Interval:
    """Return the run between two points outside; the published split is one more point when off the grid."""
    below, above = outside
    return Interval(min((below + 1) * PER_STEP, published_1e4), max((above - 1) * PER_STEP, published_1e4))
