"""The split interval: how far the quality share may move before the list is another."""

from collections.abc import Sequence
from math import gcd

import numpy as np
from msgspec import Struct

from scoring.sensitivity.figures import Array, Figures
from scoring.sensitivity.lists import lists_of
from scoring.sensitivity.scores import Scores, scores_of, sides_of, with_room

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

    Q and C are taken once from the published weights and only q : c moves (section 7, fine points): the
    list at each grid point is worked whole, ties, floors and caps included.
    """
    scheme = figures.scheme
    if not scheme.quality_1e4 or not scheme.cost_1e4:
        return {}
    offers = _offers_on_the_grid(figures)
    return {area: _split_test(figures, area, offers) for area in areas}


def _split_test(figures: Figures, area: str | None, offers: Array) -> SplitTest:
    """Return the intervals of an area from the offers of the whole round at every grid point."""
    scheme, columns = figures.scheme, _columns(figures, area)
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


def totals_on_the_grid(figures: Figures) -> Array:
    """Return each application's shown total at every grid point, in hundredths (points × applications)."""
    return scores_on_the_grid(figures, range(STEPS + 1)).totals


def scores_on_the_grid(figures: Figures, points: Sequence[int]) -> Scores:
    """Return the scores at some grid points, a row for each."""
    share: Array = np.array(points, dtype=np.int64)[:, None]
    wide, weights = with_room(figures, _published(figures), STEPS)
    return scores_of(wide, sides_of(wide, weights), share, np.int64(STEPS))


def _offers_on_the_grid(figures: Figures) -> Array:
    return lists_of(figures, scores_on_the_grid(figures, range(STEPS + 1))).offers


def _published(figures: Figures) -> Array:
    """Return the published weights as one row, as small as they go."""
    weights = [criterion.weight_1e4 for criterion in figures.scheme.criteria]
    shrink = gcd(*weights)
    return np.array([[weight // shrink for weight in weights]], dtype=np.int64)


def _columns(figures: Figures, area: str | None) -> list[int]:
    return [number for number, standing in enumerate(figures.standings) if area in (None, standing.area)]


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
