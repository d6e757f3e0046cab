"""The whole numbers behind each row of the How scored sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from scoring.schedule import Line
from scoring.scheme import Combine, Criterion, Scheme, Side

EXACT_BELOW = 10**14
"""Whole numbers below this divide and round down exactly in every spreadsheet.

Cells hold 2^53, but LibreOffice's INT first rounds to fifteen significant digits.
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """A scheme's weights as the smallest whole numbers in the same proportion."""

    scheme: Scheme
    unit: int

    @classmethod
    def of(cls, scheme: Scheme) -> "Weights":
        """Return the weights of a scheme."""
        return cls(scheme, gcd(*(c.weight_1e4 for c in scheme.criteria)))

    def weight(self, criterion: Criterion) -> int:
        """Return one criterion's weight."""
        return criterion.weight_1e4 // self.unit

    def side(self, side: Side) -> int:
        """Return a side's weight."""
        whole = self.scheme.quality_1e4 if side is Side.QUALITY else self.scheme.cost_1e4
        return whole // self.unit


@dataclass(frozen=True, slots=True)
class Facts:
    """One row's whole numbers.

    `first` and `last` are the rows of its area; `above` counts those above it by score and after each
    rung, `sharing` those in the same place. `numerators` are those of the judged criteria's values
    (None where not applicable) over `divisor`; `sums` is each side's Σ weight · numerator, `weights`
    its Σ weight of what applies; `figures` is Σ weight · S / 100 over the computed criteria.
    """

    row: int
    line: Line
    first: int
    last: int
    above: tuple[int, ...]
    sharing: int
    numerators: tuple[int | None, ...]
    divisor: int
    sums: Mapping[Side, int]
    weights: Mapping[Side, int]
    figures: Fraction


def numerators(scheme: Scheme, marks: Sequence[tuple[int, ...] | None]) -> tuple[int | None, ...]:
    """Return the whole numerator of each judged criterion's value, as the sheet's formulas give it."""
    return tuple(None if m is None else _numerator(scheme.combine, m) for m in marks)


def divisor(scheme: Scheme, marks: Sequence[tuple[int, ...] | None]) -> int:
    """Return what the numerators are over: members for a mean, 2 for a median (its doubled middle)."""
    if scheme.combine is Combine.CONSENSUS:
        return 1
    if scheme.combine is Combine.MEDIAN:
        return 2
    members = next((len(m) for m in marks if m is not None), 0)
    return max(members - 2 if scheme.combine is Combine.TRIMMED else members, 1)


def side_sums(weights: Weights, found: Sequence[int | None]) -> dict[Side, int]:
    """Return each side's Σ weight · numerator."""
    sums = {Side.QUALITY: 0, Side.COST: 0}
    for criterion, numerator in zip(weights.scheme.judged, found, strict=True):
        sums[criterion.side] += weights.weight(criterion) * (numerator or 0)
    return sums


def side_weights(weights: Weights, line: Line) -> dict[Side, int]:
    """Return each side's weight of the criteria that apply to a line."""
    left = {Side.QUALITY: 0, Side.COST: 0}
    for criterion, value in zip(weights.scheme.criteria, line.worked.values_1e2, strict=True):
        left[criterion.side] += weights.weight(criterion) if value is not None else 0
    return left


def figures(weights: Weights, line: Line) -> Fraction:
    """Return Σ weight · S / 100 over the computed criteria that apply, exactly."""
    computed = (c for c in weights.scheme.criteria if not c.is_judged)
    pairs = zip(computed, line.worked.computed, strict=True)
    return sum((weights.weight(c) * s / 100 for c, s in pairs if s is not None), Fraction(0))


def is_exact(weights: Weights, facts: Facts) -> bool:
    """Whether every whole number in the row's formulas stays below `EXACT_BELOW`."""
    quality, cost = Side.QUALITY, Side.COST
    full = facts.divisor * weights.scheme.scale_maximum
    left = {side: facts.weights[side] or 1 for side in Side}
    under = facts.figures.denominator
    cost_sum = facts.sums[cost] * under + facts.figures.numerator * full
    top = weights.side(quality) * facts.sums[quality] * left[cost] * under
    top += weights.side(cost) * left[quality] * cost_sum
    over = (weights.side(quality) + weights.side(cost)) * full * left[quality] * left[cost] * under
    price = 2 * facts.line.requested_pence * full * left[quality] + 200 * facts.sums[quality]
    return max(20_000 * top + over, 2 * over, price) < EXACT_BELOW


def _numerator(combine: Combine, marks: tuple[int, ...]) -> int:
    if combine is Combine.MEDIAN:
        ordered, half = sorted(marks), len(marks) // 2
        return ordered[half] * 2 if len(marks) % 2 else ordered[half - 1] + ordered[half]
    if combine is Combine.TRIMMED:
        return sum(marks) - max(marks) - min(marks)
    return sum(marks)
