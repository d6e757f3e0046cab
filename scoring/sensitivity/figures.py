"""The exact figures of a round's ranked applications as whole numbers in columns, for many lists at once.

Every value that a total is worked from is a fraction; here each application's fractions stand over one
denominator of its own, so that sums and comparisons are sums and comparisons of whole numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.allocating.allocation import whole_pots
from scoring.places.standings import (
    LOWER_FIRST,
    Evidence,
    answer_of,
    computed_scores,
    evidence_of,
    tie_breaks,
    value_of,
)
from scoring.ranking import PotUse, Ranking, Standing
from scoring.round import Application, Round
from scoring.scheme import Scheme, Side

Array = Any
"""A numpy array of whole numbers: int64 where everything fits, Python's own numbers otherwise."""

Level = Array | Side
"""One level of the tie-breaks: fixed ranks, or a side whose shown score is the answer."""

Tick = Callable[[int, int], None] | None
"""Called with (done, total) of whatever is worked; may raise to cancel."""

LARGEST = 1 << 62
"""Products beyond this are worked in Python's own whole numbers."""


class Figures(Struct, frozen=True):
    """One row for each ranked application, lists one after the other, references in order within each.

    A list is an area's, or that of all areas that share a pot. `pots` are those of each list, in the
    order of `areas`, where it is known by its first.

    `standings` and `references` are in the order of the rows. `parts` (applications × criteria) over
    `whole` are the fractions of the criteria, `applies` says which are not set aside; `side` is 0 for
    quality and 1 for cost. `levels` order equals down the rules within an area, the lower first: a rank
    for each row, or the side whose shown score counts, which weights move. `regular_levels` is None for an
    area whose every tie they rank, else how many of them do before the rules depend on who is tied.
    `below` is a floor missed on a criterion, which no weight moves.
    """

    round: Round
    official: Ranking
    standings: tuple[Standing, ...]
    references: tuple[str, ...]
    areas: tuple[tuple[str, int, int], ...]
    pots: tuple[PotUse, ...]
    parts: Array
    whole: Array
    applies: Array
    side: Array
    levels: tuple[Level, ...]
    regular_levels: tuple[int | None, ...]
    below: Array
    excepted: Array

    @property
    def scheme(self) -> Scheme:
        return self.round.scheme

    def widened(self) -> "Figures":
        """Return the same figures in Python's own whole numbers, which nothing is too large for."""
        return replace(self, parts=self.parts.astype(object), whole=self.whole.astype(object))


def figures_of(round_: Round, official: Ranking) -> Figures:
    """Return the figures of a round whose official list is known."""
    ranked = {s.reference: s for s in official.standings if s.is_ranked}
    rows: list[Standing] = []
    areas: list[tuple[str, int, int]] = []
    pots = whole_pots(official.areas)
    for pot in pots:
        here = sorted((s for s in ranked.values() if s.area in pot.areas), key=_reference)
        areas.append((pot.areas[0], len(rows), len(rows) + len(here)))
        rows += here
    applications = {a.reference: a for a in round_.applications}
    evidence, computed = evidence_of(round_), computed_scores(round_)
    fractions = [_fractions(round_.scheme, s.reference, evidence[s.reference], computed) for s in rows]
    wholes = [lcm(1, *(f.denominator for f in row if f is not None)) for row in fractions]
    levels, regular = _levels(round_, rows, areas, applications)
    excepted = round_.excepted
    count = len(round_.scheme.criteria)
    return Figures(
        round=round_,
        official=official,
        standings=tuple(rows),
        references=tuple(standing.reference for standing in rows),
        areas=tuple(areas),
        pots=pots,
        parts=_whole_numbers(
            [[int((f or 0) * whole) for f in row] for row, whole in zip(fractions, wholes, strict=True)],
            count,
        ),
        whole=_whole_numbers(wholes),
        applies=np.array([[f is not None for f in row] for row in fractions], dtype=bool).reshape(-1, count),
        side=np.array([0 if c.side is Side.QUALITY else 1 for c in round_.scheme.criteria], dtype=np.int64),
        levels=levels,
        regular_levels=regular,
        below=np.array([_misses_a_floor(round_.scheme, s) for s in rows], dtype=bool),
        excepted=np.array([s.reference in excepted for s in rows], dtype=bool),
    )


def half_up(numerator: Array, over: Array) -> Array:
    return (2 * numerator + over) // (2 * over)


def fits(*largest: int) -> bool:
    """Whether a product of these stays within what int64 holds."""
    product = 1
    for each in largest:
        product *= max(int(each), 1)
    return product < LARGEST


_reference: Callable[[Standing], str] = attrgetter("reference")


def _whole_numbers(values: Sequence[Any], columns: int | None = None) -> Array:
    """Return values as an array, of Python's own numbers where one is too large for int64."""
    found = np.array(values, dtype=object)
    found = found if columns is None else found.reshape(-1, columns)
    return found if any(abs(v) >= LARGEST for v in found.flat) else found.astype(np.int64)


def _fractions(
    scheme: Scheme, reference: str, found: Evidence, computed: Mapping[str, Mapping[str, Fraction]]
) -> list[Fraction | None]:
    """Return f of each criterion of one application, None where it is not applicable."""
    scores = {code: held.get(reference) for code, held in computed.items()}
    return [
        None
        if c.code in found.not_applicable
        else value_of(scheme, c, found, scores.get(c.code)) / (scheme.scale_maximum if c.is_judged else 100)
        for c in scheme.criteria
    ]


def _misses_a_floor(scheme: Scheme, standing: Standing) -> bool:
    floors = {c.code: money.hundredths(c.floor) for c in scheme.criteria if c.floor is not None}
    return any(
        result.value_1e2 is not None and result.value_1e2 < floors[result.code]
        for result in standing.criteria
        if result.code in floors
    )


def _levels(
    round_: Round,
    rows: Sequence[Standing],
    areas: Sequence[tuple[str, int, int]],
    applications: Mapping[str, Application],
) -> tuple[tuple[Level, ...], tuple[int | None, ...]]:
    """Return the levels of the tie-breaks, and for each area how many rank its ties, None for all of them.

    They do where each rule is answered by all applications of the area or by none: a rule that only some
    can answer parts only a tie in which all can, and from there on no rule is known to be come to. Rules
    between two that weights move are one level.
    """
    chair = round_.tie_places
    regular: list[int | None] = [None] * len(areas)
    levels: list[Level] = []
    fixed: list[list[Any]] = [[] for _ in rows]
    for rule in tie_breaks(round_.scheme):
        answers: list[Any] = [answer_of(rule, s, applications[s.reference], chair) for s in rows]
        if rule not in LOWER_FIRST:
            answers = [None if answer is None else -answer for answer in answers]
        for number, (_, start, end) in enumerate(areas):
            nothing = [a is None for a in answers[start:end]]
            if regular[number] is None and any(nothing) and not all(nothing):
                regular[number] = len(levels) + 1
            if any(nothing) or regular[number] is not None:
                answers[start:end] = [0] * (end - start)
        if rule in _MOVED and any(s.quality_1e2 is not None or s.cost_1e2 is not None for s in rows):
            levels += [_ranks(fixed, areas), _MOVED[rule]]
            fixed = [[] for _ in rows]
        else:
            for given, answer in zip(fixed, answers, strict=True):
                given.append(answer)
    return (*levels, _ranks(fixed, areas)), tuple(regular)


_MOVED = {"quality": Side.QUALITY, "cost": Side.COST}
"""Rules whose answers move with the weights."""


def _ranks(keys: Sequence[Sequence[Any]], areas: Sequence[tuple[str, int, int]]) -> Array:
    """Return each row's rank by its answers within its area, equals alike, from 0."""
    ranks: list[int] = []
    for _, start, end in areas:
        here = [tuple(key) for key in keys[start:end]]
        order = {key: number for number, key in enumerate(sorted(set(here)))}
        ranks += [order[key] for key in here]
    return np.array(ranks, dtype=np.int64)


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
    if not figures.scheme.is_by_price:
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
