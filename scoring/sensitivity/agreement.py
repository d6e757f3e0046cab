"""How far the members agree: spread, Krippendorff's alpha, and severity; none of it ever changes a mark.

Source of alpha: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from scoring.marks.meeting import FLAGGED_FROM
from scoring.marks.sheets import counting_sheets, first_handed_in, not_applicable_of
from scoring.money import half_up
from scoring.round import Round

_FEWEST_SHARED = 5
"""Below so many applications shared with others a member's severity is not shown."""

_RESAMPLED, RESAMPLING_SEED = 1_000, 1


Level = Literal["interval", "ordinal"]
"""Whether marks are as far apart as their difference, or as the share of marks given between them."""

_Pairs = Mapping[tuple[int, int], Fraction]
_Distance = Callable[[int, int], Fraction]


class Unit(Struct, frozen=True):
    """One criterion of one application with the counting members' marks, in the order of the members."""

    reference: str
    criterion: str
    marks: tuple[tuple[str, int], ...]

    @property
    def spread(self) -> int:
        """Return highest minus lowest mark."""
        given = [mark for _, mark in self.marks]
        return max(given) - min(given)

    @property
    def deviation_1e2(self) -> int:
        """Return the population standard deviation in whole hundredths of a mark, half up."""
        given = [mark for _, mark in self.marks]
        count, total = len(given), sum(given)
        variance = Fraction(count * sum(mark * mark for mark in given) - total * total, count * count)
        return _root_1e2(variance)


class Severity(Struct, frozen=True):
    """One member: applications marked that others marked too, and own mark − the others' mean, or None."""

    member: str
    applications: int
    severity: Fraction | None


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
    units = _units(first_handed_in(round_), members)
    if not units:
        return None
    return Agreement(
        units,
        _alpha(units, members, "interval"),
        _alpha(units, members, "ordinal"),
        tuple(_severity(units, member) for member in members if any(_has(u, member) for u in units)),
    )


def resampled_alpha(found: Agreement, round_: Round, members: Sequence[str]) -> tuple[float, float] | None:
    """Return the 2.5 and 97.5 percentile of interval alpha over resampled units; None without an alpha.

    Seeded, so that the same round gives the same interval. A draw without two different marks has no alpha
    and is left out; most draws hold the units that differ, so that some are always left.
    """
    if found.alpha_interval is None:
        return None
    matrix = _matrix(found.units, members, round_.scheme.scale_maximum)
    pairs = _pairs(matrix)
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


def _units(round_: Round, members: Sequence[str]) -> tuple[Unit, ...]:
    not_applicable = not_applicable_of(round_)
    order = {member: number for number, member in enumerate(members)}
    marks: dict[str, list[tuple[str, tuple[int | None, ...]]]] = {}
    for sheet in counting_sheets(round_):
        marks.setdefault(sheet.application, []).append((sheet.member, sheet.marks))
    found = []
    for application in round_.applications:
        reference = application.reference
        given = sorted(marks.get(reference, ()), key=lambda pair: order.get(pair[0], len(order)))
        for number, criterion in enumerate(round_.scheme.judged):
            if criterion.code in not_applicable.get(reference, frozenset()):
                continue
            own = tuple((m, mark) for m, row in given if (mark := row[number]) is not None)
            if len(own) > 1:
                found.append(Unit(reference, criterion.code, own))
    return tuple(found)


def _has(unit: Unit, member: str) -> bool:
    return any(who == member for who, _ in unit.marks)


def _severity(units: Sequence[Unit], member: str) -> Severity:
    own = [unit for unit in units if _has(unit, member)]
    shared = {unit.reference for unit in own}
    if len(shared) < _FEWEST_SHARED:
        return Severity(member, len(shared), None)
    differences = [difference(unit, member) for unit in own]
    return Severity(member, len(shared), sum(differences, Fraction(0)) / len(differences))


def difference(unit: Unit, member: str) -> Fraction:
    """Return a member's mark of a unit − the mean of the others'."""
    own = dict(unit.marks)[member]
    others = [mark for who, mark in unit.marks if who != member]
    return own - Fraction(sum(others), len(others))


def _matrix(units: Sequence[Unit], members: Sequence[str], maximum: int) -> Any:
    """Return members × units, marks as fractions of the scale, NaN for none."""
    row = {member: number for number, member in enumerate(members)}
    matrix = np.full((len(members), len(units)), np.nan)
    for column, unit in enumerate(units):
        for member, mark in unit.marks:
            if member in row:
                matrix[row[member], column] = mark / maximum
    return matrix


def _alpha(units: Sequence[Unit], members: Sequence[str], level: Level) -> float | None:
    known = frozenset(members)
    found = alpha((tuple(mark for who, mark in unit.marks if who in known) for unit in units), level)
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


def _root_1e2(variance: Fraction) -> int:
    """Return the square root in whole hundredths, half up, without a floating point: √v·100 + ½, floored."""
    doubled = Fraction(40_000) * variance
    root = isqrt(doubled.numerator // doubled.denominator)
    return half_up(root, 2)


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
