"""Krippendorff's alpha, exactly: how far several people agree who mark the same things.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections C and D.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

Level = Literal["interval", "ordinal"]
"""Whether marks are as far apart as their difference, or as the share of marks given between them."""

Pairs = Mapping[tuple[int, int], Fraction]
Distance = Callable[[int, int], Fraction]


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


def _coincidences(patterns: Mapping[tuple[int, ...], int]) -> Pairs:
    """Return how often two marks stand on one unit, each unit counting for as much as its marks."""
    pairs: dict[tuple[int, int], Fraction] = {}
    for marks, times in patterns.items():
        counts, weight = Counter(marks), Fraction(times, len(marks) - 1)
        for one, count in counts.items():
            for other, others in counts.items():
                if one != other:
                    pairs[one, other] = pairs.get((one, other), Fraction(0)) + count * others * weight
    return pairs


def _weighted(pairs: Pairs, distance: Distance) -> Fraction:
    return sum((often * distance(*pair) for pair, often in pairs.items()), Fraction(0))


def _interval(one: int, other: int) -> Fraction:
    return Fraction((one - other) ** 2)


def _ordinal(given: Mapping[int, int]) -> Distance:
    """Return the distance that counts the marks given between two, and half of those given as either."""

    def distance(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum(count for mark, count in given.items() if low <= mark <= high)
        return (between - Fraction(given[low] + given[high], 2)) ** 2 if one != other else Fraction(0)

    return distance
