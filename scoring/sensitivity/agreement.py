"""How far the members agree: spread, Krippendorff's alpha, and severity; none of it ever changes a mark.

Source of alpha: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from scoring.marks.meeting import FLAGGED_FROM
from scoring.marks.sheets import Severity, Unit, first_handed_in, severities, units_of
from scoring.round import Round

_RESAMPLED, RESAMPLING_SEED = 1_000, 1


Level = Literal["interval", "ordinal"]
"""Whether marks are as far apart as their difference, or as the share of marks given between them."""

_Pairs = Mapping[tuple[int, int], Fraction]
_Distance = Callable[[int, int], Fraction]


class Agreement(Struct, frozen=True):
    """How far a panel agrees; both alphas are None where there is no unit or every mark is the same."""

    units: tuple[Unit, ...]
    alpha_interval: float | None
    alpha_ordinal: float | None
    members: tuple[Severity, ...]

    @property
    def flagged(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.spread >= FLAGGED_FROM)


def agreement(round_: Round, members: Sequence[str]) -> Agreement | None:
    """Return how far these members agree; None with fewer than two counting members anywhere.

    Of a sheet that was reopened count the marks that it was first handed in with.
    """
    units = units_of(first_handed_in(round_), members)
    if not units:
        return None
    return Agreement(
        units,
        _alpha(units, "interval"),
        _alpha(units, "ordinal"),
        severities(units, members),
    )


def resampled_alpha(found: Agreement, members: Sequence[str]) -> tuple[float, float] | None:
    """Return the 2.5 and 97.5 percentile of interval alpha over resampled units; None without an alpha.

    Seeded, so that the same round gives the same interval. A draw without two different marks has no alpha
    and is left out; most draws hold the units that differ, so that some are always left.
    """
    if found.alpha_interval is None:
        return None
    pairs = _pairs(_matrix(found.units, members))
    raw = np.random.PCG64(RESAMPLING_SEED).random_raw(_RESAMPLED * len(found.units))
    chosen = (raw % len(found.units)).astype(np.int64).reshape(_RESAMPLED, -1)
    alphas = sorted(alpha for row in chosen if (alpha := _alpha_of(pairs, row)) is not None)
    return alphas[len(alphas) * 25 // 1000], alphas[min(len(alphas) * 975 // 1000, len(alphas) - 1)]


def alpha_words(alpha: float | None) -> str:
    """Return what an alpha means in plain words, by Krippendorff's own marks of 0.667 and 0.8."""
    if alpha is None:
        return "It cannot be said how far the members agree: every mark is the same, or none was shared."
    if alpha >= 0.8:
        return "The members read the criteria alike."
    if alpha >= 0.667:
        return "The members agree well enough for careful conclusions."
    if alpha > 0:
        return "The members read the criteria differently, which the panel's meeting is there to settle."
    return "The members agree no more than chance would have it."


def _matrix(units: Sequence[Unit], members: Sequence[str]) -> Any:
    """Return members × units, NaN for no mark.

    Whole marks, so that their sums are exact: of tenths, marks that are all the same would seem to differ.
    """
    row = {member: number for number, member in enumerate(members)}
    matrix = np.full((len(members), len(units)), np.nan)
    for column, unit in enumerate(units):
        for member, mark in unit.marks:
            matrix[row[member], column] = mark
    return matrix


def _alpha(units: Sequence[Unit], level: Level) -> float | None:
    found = alpha((tuple(mark for _, mark in unit.marks) for unit in units), level)
    return None if found is None else float(found)


def _pairs(matrix: Any) -> tuple[Any, Any, Any, Any]:
    """Return for each unit the count of marks, their sum, the sum of squares, and its disagreement."""
    there = ~np.isnan(matrix)
    values = np.where(there, matrix, 0.0)
    count, total, squares = there.sum(axis=0), values.sum(axis=0), (values * values).sum(axis=0)
    return count, total, squares, (2 * (count * squares - total * total)) / (count - 1)


def _alpha_of(pairs: tuple[Any, Any, Any, Any], chosen: Any) -> float | None:
    """Return interval alpha of the chosen units: 1 − observed over expected disagreement."""
    count, total, squares, within = (each[chosen] for each in pairs)
    n, s, q = count.sum(), total.sum(), squares.sum()
    expected = 2 * (n * q - s * s) / (n - 1)
    return None if expected <= 0 else float(1 - within.sum() / expected)


def alpha(units: Iterable[Sequence[int]], level: Level) -> Fraction | None:
    """Return 1 − observed ÷ expected disagreement of the marks in each unit; 1 is full agreement.

    A unit is one thing with the marks it was given. One with a single mark is left out, since nobody can
    agree or differ on it. None where fewer than two different marks are left.

    >>> alpha([(1, 1), (2, 2), (3, 4)], "interval")
    Fraction(36, 41)
    """
    patterns = Counter(tuple(sorted(unit)) for unit in units if len(unit) > 1)
    given = Counter[int]()
    for marks, times in patterns.items():
        for mark in marks:
            given[mark] += times
    if len(given) < 2:
        return None
    distance = _interval if level == "interval" else _ordinal(given)
    observed = _weighted(_coincidences(patterns), distance)
    by_chance = {(one, other): Fraction(given[one] * given[other]) for one in given for other in given}
    return 1 - (given.total() - 1) * observed / _weighted(by_chance, distance)


def _coincidences(patterns: Mapping[tuple[int, ...], int]) -> _Pairs:
    """Return how often two marks stand on one unit, each unit counting for as much as its marks."""
    pairs: dict[tuple[int, int], Fraction] = {}
    for marks, times in patterns.items():
        counts, weight = Counter(marks), Fraction(times, len(marks) - 1)
        for one, count in counts.items():
            for other, others in counts.items():
                if one != other:
                    pairs[one, other] = pairs.get((one, other), Fraction(0)) + count * others * weight
    return pairs


def _weighted(pairs: _Pairs, distance: _Distance) -> Fraction:
    return sum((often * distance(*pair) for pair, often in pairs.items()), Fraction(0))


def _interval(one: int, other: int) -> Fraction:
    return Fraction((one - other) ** 2)


def _ordinal(given: Mapping[int, int]) -> _Distance:
    """Return the distance that counts the marks given between two, and half of those given as either."""

    def distance(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum(count for mark, count in given.items() if low <= mark <= high)
        return (between - Fraction(given[low] + given[high], 2)) ** 2 if one != other else Fraction(0)

    return distance
