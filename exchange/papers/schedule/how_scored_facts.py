"""The whole numbers behind each row of the sheet How scored, and places worked down the tie-break rules."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from math import gcd
from operator import attrgetter

from models.values.rows import gathered
from scoring.schedule.lines import Line
from scoring.scheme import CRITERION_RULE, Combine, RankedBy, Scheme, Side

NO_FIGURES = Fraction(0)
ONE_1E4 = 10_000
"""A weight of one, in ten-thousandths."""
EXACT_BELOW = 10**14
"""Whole numbers below this divide and round down exactly in every spreadsheet.

Cells hold 2^53, but LibreOffice's INT first rounds to fifteen significant digits.
"""
_DIVISORS = {Combine.CONSENSUS: 1, Combine.MEDIAN: 2}
Key = int | None
"""What orders lines on one rule, lower first; None where a line has no answer."""


class Weights:
    """A scheme's weights by code and by side: as published where they are whole, else in whole numbers.

    Those are the smallest in the same proportion.
    """

    def __init__(self, scheme: Scheme) -> None:
        unit = gcd(ONE_1E4, *(c.weight_1e4 for c in scheme.criteria))
        self.scheme = scheme
        self.judged = tuple((c.side, c.weight_1e4 // unit) for c in scheme.judged)
        self.computed = tuple(c.weight_1e4 // unit for c in scheme.criteria if not c.is_judged)
        self.all = tuple((c.side, c.weight_1e4 // unit) for c in scheme.criteria)
        self.by_code = {c.code: c.weight_1e4 // unit for c in scheme.criteria}
        self.sides = {Side.QUALITY: scheme.quality_1e4 // unit, Side.COST: scheme.cost_1e4 // unit}


class Facts:
    """One row's whole numbers, as the sheet's formulas give them.

    `first` and `last` are the rows of its list; `above` counts those above it by score and after each
    rule, `sharing` those in the same place. `numerators` are those of the judged criteria's values
    (None where not applicable) over `divisor`; `sums` is each side's Σ weight · numerator, `left`
    its Σ weight of what applies; `figures` is Σ weight · S / 100 over the computed criteria that apply,
    exactly; `is_whole` whether its list is all there, so that its place can be counted in it.
    """

    def __init__(
        self,
        weights: Weights,
        line: Line,
        row: int,
        rows: tuple[int, int],
        above: tuple[int, ...],
        *,
        sharing: int,
        is_whole: bool,
    ) -> None:
        self.weights, self.line, self.row, self.above = weights, line, row, above
        (self.first, self.last), self.sharing, self.is_whole = rows, sharing, is_whole
        marks, combine = line.worked.marks, weights.scheme.combine
        self.numerators = tuple(None if m is None else _numerator(combine, m) for m in marks)
        self.divisor = _divisor(combine, marks)
        self.sums, self.left = dict.fromkeys(Side, 0), dict.fromkeys(Side, 0)
        for (side, weight), numerator in zip(weights.judged, self.numerators, strict=True):
            self.sums[side] += weight * (numerator or 0)
        for (side, weight), value in zip(weights.all, line.worked.values_1e2, strict=True):
            self.left[side] += weight if value is not None else 0
        pairs = zip(weights.computed, line.worked.computed, strict=True)
        self.figures = sum((weight * s / 100 for weight, s in pairs if s is not None), NO_FIGURES)

    @cached_property
    def is_exact(self) -> bool:
        """Whether every whole number in the row's formulas stays below `EXACT_BELOW`."""
        full = self.divisor * self.weights.scheme.scale_maximum
        quality, cost = self.weights.sides[Side.QUALITY], self.weights.sides[Side.COST]
        left_quality, left_cost = self.left[Side.QUALITY] or 1, self.left[Side.COST] or 1
        over_figures, under_figures = self.figures.numerator, self.figures.denominator
        cost_sum = self.sums[Side.COST] * under_figures + over_figures * full
        top = quality * self.sums[Side.QUALITY] * left_cost * under_figures + cost * left_quality * cost_sum
        under = (quality + cost) * full * left_quality * left_cost * under_figures
        price = 2 * self.line.requested_pence * full * left_quality + 200 * self.sums[Side.QUALITY]
        return max(20_000 * top + under, 2 * under, price) < EXACT_BELOW


def _divisor(combine: Combine, marks: Sequence[tuple[int, ...] | None]) -> int:
    """Return what the numerators are over: members for a mean, 2 for a median (its doubled middle)."""
    if combine in _DIVISORS:
        return _DIVISORS[combine]
    members = next((len(m) for m in marks if m is not None), 0)
    return max(members - 2 if combine is Combine.TRIMMED else members, 1)


def _numerator(combine: Combine, marks: tuple[int, ...]) -> int:
    if combine is Combine.MEDIAN:
        ordered, half = sorted(marks), len(marks) // 2
        return ordered[half] * 2 if len(marks) % 2 else ordered[half - 1] + ordered[half]
    if combine is Combine.TRIMMED:
        return sum(marks) - max(marks) - min(marks)
    return sum(marks)


def rules_of(scheme: Scheme) -> tuple[str, ...]:
    """Return the rules in force: those listed, each once, and the chair last when not listed."""
    return tuple(dict.fromkeys((*scheme.ladder, "chair")))


def score_keys(scheme: Scheme, lines: Sequence[Line]) -> list[Key]:
    """Return what places are first given by: the total as printed, or the price, none last."""
    if scheme.ranked_by is RankedBy.TOTAL:
        return [-line.total_1e2 for line in lines]
    prices = [line.price_pence for line in lines]
    return [1 << 62 if price is None else price for price in prices]


def rule_keys(scheme: Scheme, rule: str, lines: Sequence[Line]) -> list[Key]:
    """Return each line's answer on a rule, lower first."""
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE).casefold()
        position = [c.code.casefold() for c in scheme.criteria].index(code)
        return [_higher_first(line.worked.values_1e2[position]) for line in lines]
    return [_ANSWERS[rule](line) for line in lines]


_ANSWERS: Mapping[str, Callable[[Line], Key]] = {
    "quality": lambda line: _higher_first(line.worked.quality_1e2),
    "cost": lambda line: _higher_first(line.worked.cost_1e2),
    "requested": attrgetter("requested_pence"),
    "received": lambda line: received_key(line.worked.received_at),
    "chair": attrgetter("worked.chair_place"),
}


def received_key(received_at: datetime | None) -> Key:
    """Return a received time as whole microseconds."""
    if received_at is None:
        return None
    since = received_at - datetime.min
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def levels(scores: Sequence[Key], rules: Sequence[Sequence[Key]]) -> list[list[int]]:
    """Return, for the score and then each rule, how many of the area stand above each line."""
    above = _above(scores, range(len(scores)), [0] * len(scores))
    columns = [above]
    for keys in rules:
        above = _part(above, keys)
        columns.append(above)
    return columns


def _part(above: list[int], keys: Sequence[Key]) -> list[int]:
    groups = gathered((number, index) for index, number in enumerate(above))
    parted = above
    for group in groups.values():
        if len(group) > 1 and all(keys[i] is not None for i in group):
            parted = _above(keys, group, parted)
    return parted


def _above(keys: Sequence[Key], group: Sequence[int], start: list[int]) -> list[int]:
    ordered = sorted(group, key=lambda i: keys[i] or 0)
    result, better = list(start), 0
    for position, index in enumerate(ordered):
        if position and keys[index] != keys[ordered[position - 1]]:
            better = position
        result[index] = start[index] + better
    return result


def _higher_first(shown: int | None) -> Key:
    return None if shown is None else -shown
