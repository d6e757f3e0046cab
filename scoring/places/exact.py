"""The sums of one application as fractions, straight from the published formulas (section 3).

`totals` works thousands of applications in whole numbers; this is the same in the words of the rules,
for explanations and for proving a scheme. Tests hold the two together.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from scoring.scheme import Scheme, Side


class Sums(NamedTuple):
    """Exact side scores and total, 0 to 100; None for a side that the scheme does not have."""

    quality: Fraction | None
    cost: Fraction | None
    total: Fraction


def exact_sums(scheme: Scheme, fractions: Mapping[str, Fraction]) -> Sums:
    """Return Q, C and T from the fraction f of each applicable criterion, by code.

    Q = 100 · Σ w·f / Σ w over the applicable quality criteria, C likewise, T = (q·Q + c·C) / 100.
    Example at 80:20: Q = 76.25 and C = 70 give T = (80 · 76.25 + 20 · 70) / 100 = 75.
    """
    quality = _side_score(scheme, Side.QUALITY, fractions)
    cost = _side_score(scheme, Side.COST, fractions)
    split = (Fraction(scheme.quality_1e4, 10_000), Fraction(scheme.cost_1e4, 10_000))
    total = (split[0] * (quality or 0) + split[1] * (cost or 0)) / 100
    return Sums(quality, cost, total)


def weight_after_sharing(scheme: Scheme, code: str, applicable: frozenset[str]) -> Fraction:
    """Return a criterion's weight in points once the criteria set aside have shared theirs out.

    The rest of the same side take it in proportion: w · (side's weight) / (weight left on the side).
    """
    criterion = {c.code: c for c in scheme.criteria}[code]
    whole = sum(c.weight_1e4 for c in scheme.criteria if c.side is criterion.side)
    left = sum(c.weight_1e4 for c in scheme.criteria if c.side is criterion.side and c.code in applicable)
    return Fraction(criterion.weight_1e4 * whole, 10_000 * left)


def _side_score(scheme: Scheme, side: Side, fractions: Mapping[str, Fraction]) -> Fraction | None:
    weights = [
        (c.weight_1e4, fractions[c.code]) for c in scheme.criteria if c.side is side and c.code in fractions
    ]
    whole = sum(weight for weight, _ in weights)
    return 100 * sum((w * f for w, f in weights), Fraction(0)) / whole if whole else None
