"""Computed cost criteria, and from values to points, side scores, totals and floors (guide, scoring 3 to 5).

Applications of one *shape* (the same criteria set aside, the same denominator of values) are worked
column by column: every value that occurs is turned into points once, then looked up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain, repeat
from math import gcd
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from msgspec.structs import replace

from scoring import money
from scoring.ranking import CriterionResult
from scoring.round import Application, Eligibility
from scoring.scheme import WHOLE_1E4, Basis, Criterion, Method, Scheme, Side

Row = TypeVar("Row", bound=NamedTuple)


def from_columns(kind: type[Row], *columns: Iterable[Any]) -> Iterator[Row]:
    """Return a value for each line of the columns, one for each field in the fields' order."""
    if len(columns) != len(kind._fields):
        raise TypeError(f"{kind.__name__} has {len(kind._fields)} fields, not {len(columns)}")
    return cast("Iterator[Row]", map(partial(tuple.__new__, kind), zip(*columns, strict=True)))


def looks_up(keys: Sequence[Any]) -> Callable[[Any], Sequence[Any]]:
    """Return what gives the entries under those keys, in their order, of a list or a mapping."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda held: [held[key] for key in keys]


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
    return Sums(quality, cost, (split[0] * (quality or 0) + split[1] * (cost or 0)) / 100)


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


_ONE_PERCENT_1E4 = 10_000


def left_to_share(scheme: Scheme) -> int:
    """Return what the weights still lack to 100, in ten-thousandths; below nought when they are over."""
    return WHOLE_1E4 - scheme.quality_1e4 - scheme.cost_1e4


def share_words(scheme: Scheme) -> str:
    """Return whether the weights add to 100, and what is left or over: "3 still to share"."""
    left = left_to_share(scheme)
    if left == 0:
        return "Weights add to 100"
    return f"{money.percent(left)} still to share" if left > 0 else f"{money.percent(-left)} over 100"


def split_range(scheme: Scheme) -> tuple[int, int]:
    """Return the least and the most that the quality side can have of 100, in whole numbers.

    Every criterion keeps at least 1. A scheme with one side has one split: (100, 100) or (0, 0).
    """
    quality = sum(1 for criterion in scheme.criteria if criterion.side is Side.QUALITY)
    cost = len(scheme.criteria) - quality
    if not cost:
        return 100, 100
    return (quality, 100 - cost) if quality else (0, 0)


def with_split(scheme: Scheme, quality: int) -> Scheme:
    """Return the scheme with `quality` of 100 on the quality side, held within `split_range`.

    On each side the weights are scaled in proportion, in whole numbers of 1 or more: every weight gets
    its share of what is to give rounded down, and what is left over goes to the largest remainders,
    ties to the earlier criterion. Example: 25, 15, 15, 15, 10 scaled from 80 to 70 are 21.875, 13.125
    three times and 8.75, so 22, 13, 13, 13, 9.
    """
    least, most = split_range(scheme)
    held = min(max(quality, least), most)
    weights = _scaled(scheme, Side.QUALITY, held) | _scaled(scheme, Side.COST, 100 - held)
    criteria = (replace(c, weight_1e4=weights[n] * _ONE_PERCENT_1E4) for n, c in enumerate(scheme.criteria))
    return replace(scheme, criteria=tuple(criteria))


def _scaled(scheme: Scheme, side: Side, whole: int) -> dict[int, int]:
    """Return the new whole weights of one side by position; they add up to `whole`."""
    old = {n: c.weight_1e4 for n, c in enumerate(scheme.criteria) if c.side is side}
    if not old:
        return {}
    given = money.share(whole, [(f"{n:04}", weight) for n, weight in old.items()])
    weights = {int(key): weight for key, weight in given.items()}
    while min(weights.values()) < 1:
        least = min(weights, key=lambda n: (weights[n], n))
        most = max(weights, key=lambda n: (weights[n], -n))
        weights[least] += 1
        weights[most] -= 1
    return weights


Value = int | Fraction
"""A judged value's numerator over the shape's denominator, or a computed score out of 100."""


class Shape(NamedTuple):
    """What applications scored together have in common."""

    not_applicable: frozenset[str]
    denominator: int


class Totals(NamedTuple):
    """The sums of applications, a column for each figure; shown in whole hundredths, money in pence."""

    applications: Sequence[Application]
    counting_members: Sequence[int]
    quality_1e2: Sequence[int | None]
    cost_1e2: Sequence[int | None]
    total_1e2: Sequence[int]
    price_pence: Sequence[int | None]
    below_threshold: Sequence[tuple[str, ...]]
    criteria: Sequence[tuple[CriterionResult, ...]]


def joined(parts: Sequence[Totals]) -> Totals:
    """Return the sums of all the parts, one after the other."""
    if len(parts) == 1:
        return parts[0]
    columns = zip(*parts, strict=True) if parts else repeat((), len(Totals._fields))
    return Totals(*(list(chain.from_iterable(column)) for column in columns))


class _Column(NamedTuple):
    """One criterion down all the applications: what is printed, what it adds, and any floor missed."""

    results: Sequence[CriterionResult]
    adds: Sequence[Value]
    below: Sequence[str]


def score_alike(
    scheme: Scheme,
    shape: Shape,
    applications: Sequence[Application],
    counting_members: Sequence[int],
    values: Mapping[str, Sequence[Value]],
) -> Totals:
    """Return the sums of applications of one shape, in their order.

    `values` has a column for each applicable criterion, by code. Q = 100 · Σ w·f / Σ w over a side's
    applicable criteria, T = (q·Q + c·C) / 100; rounding happens once, at the end.
    """
    columns = {c.code: _column(scheme, shape, c, values, len(applications)) for c in scheme.criteria}
    sides = {side: _sums(scheme, side, columns, len(applications)) for side in Side}
    qualities = _side_scores(scheme, shape, Side.QUALITY, sides)
    totals = _totals(scheme, shape, sides)
    return Totals(
        applications,
        counting_members,
        qualities,
        _side_scores(scheme, shape, Side.COST, sides),
        totals,
        _prices(scheme, shape, sides[Side.QUALITY], applications),
        _floors_missed(scheme, columns, qualities, totals),
        list(zip(*(column.results for column in columns.values()), strict=True)),
    )


def applicable(scheme: Scheme, side: Side, not_applicable: frozenset[str]) -> int:
    """Return the weight left on a side without the criteria set aside, in ten-thousandths."""
    return sum(c.weight_1e4 for c in scheme.criteria if c.side is side and c.code not in not_applicable)


def _floor_words(name: str, shown_1e2: int, floor_1e2: int) -> str:
    """Return the sentence for a floor that was missed, with both figures."""
    return f"{name} {money.score(shown_1e2)} is below the minimum of {money.score(floor_1e2)}"


def _column(
    scheme: Scheme, shape: Shape, criterion: Criterion, values: Mapping[str, Sequence[Value]], count: int
) -> _Column:
    if criterion.code in shape.not_applicable:
        return _Column([CriterionResult(criterion.code, None, 0, 0)] * count, [0] * count, [])
    column = values[criterion.code]
    work = _worker(scheme, shape, criterion)
    worked = {value: work(value) for value in set(column)}
    results = {value: result for value, (result, _) in worked.items()}
    adds = {value: added for value, (_, added) in worked.items()}
    below = _below(criterion, results)
    look_up = looks_up(column)
    return _Column(
        look_up(results), look_up(adds), look_up(dict.fromkeys(results, "") | below) if below else []
    )


def _worker(
    scheme: Scheme, shape: Shape, criterion: Criterion
) -> Callable[[Value], tuple[CriterionResult, Value]]:
    """Return what turns one value into what is printed and what it adds to its side."""
    whole = scheme.quality_1e4 if criterion.side is Side.QUALITY else scheme.cost_1e4
    left = applicable(scheme, criterion.side, shape.not_applicable)
    full = scheme.scale_maximum * shape.denominator
    weight_1e2 = money.half_up(criterion.weight_1e4 * whole, 100 * left)
    over = shape.denominator if criterion.is_judged else 1

    def work(value: Value) -> tuple[CriterionResult, Value]:
        shown = money.half_up(100 * value, over)
        adds = criterion.weight_1e4 * (value if criterion.is_judged else Fraction(value) * full / 100)
        points = money.half_up(100 * adds * whole, 10_000 * left * full)
        return CriterionResult(criterion.code, shown, weight_1e2, points), adds

    return work


def _below(criterion: Criterion, results: Mapping[Value, CriterionResult]) -> dict[Value, str]:
    """Return the sentence for each value that misses the criterion's floor."""
    if criterion.floor is None:
        return {}
    floor_1e2 = money.hundredths(criterion.floor)
    return {
        value: _floor_words(criterion.code, result.value_1e2, floor_1e2)
        for value, result in results.items()
        if result.value_1e2 is not None and result.value_1e2 < floor_1e2
    }


def _sums(scheme: Scheme, side: Side, columns: Mapping[str, _Column], count: int) -> list[Value]:
    adds = [columns[c.code].adds for c in scheme.criteria if c.side is side]
    return list(map(sum, zip(*adds, strict=True))) if adds else [0] * count


def _side_scores(
    scheme: Scheme, shape: Shape, side: Side, sides: Mapping[Side, list[Value]]
) -> Sequence[int | None]:
    over = applicable(scheme, side, shape.not_applicable) * scheme.scale_maximum * shape.denominator
    if not over:
        return [None] * len(sides[side])
    return looks_up(sides[side])({adds: (20_000 * adds + over) // (2 * over) for adds in set(sides[side])})


def _totals(scheme: Scheme, shape: Shape, sides: Mapping[Side, list[Value]]) -> Sequence[int]:
    quality, cost = (max(applicable(scheme, side, shape.not_applicable), 1) for side in Side)
    by_quality, by_cost = scheme.quality_1e4 * cost, scheme.cost_1e4 * quality
    over = 10_000 * quality * cost * scheme.scale_maximum * shape.denominator
    shrink = gcd(by_quality, by_cost, over)
    by_quality, by_cost, over = by_quality // shrink, by_cost // shrink, over // shrink
    pairs = zip(sides[Side.QUALITY], sides[Side.COST], strict=True)
    adds = [q * by_quality + c * by_cost for q, c in pairs]
    return looks_up(adds)({added: (200 * added + over) // (2 * over) for added in set(adds)})


def _prices(
    scheme: Scheme, shape: Shape, quality: list[Value], applications: Sequence[Application]
) -> list[int | None]:
    if not scheme.is_by_price:
        return [None] * len(quality)
    full = applicable(scheme, Side.QUALITY, shape.not_applicable) * scheme.scale_maximum * shape.denominator
    asked = (application.requested_pence for application in applications)
    pairs = zip(asked, quality, strict=True)
    return [money.half_up(Fraction(pence * full) / (100 * adds)) if adds else None for pence, adds in pairs]


def _floors_missed(
    scheme: Scheme,
    columns: Mapping[str, _Column],
    qualities: Sequence[int | None],
    totals: Sequence[int],
) -> list[tuple[str, ...]]:
    missed = [column.below for column in columns.values() if column.below]
    for name, floor, shown in (
        ("quality", scheme.minimum_quality, qualities),
        ("total", scheme.minimum_total, totals),
    ):
        if floor is not None:
            floor_1e2 = money.hundredths(floor)
            low: dict[int | None, str] = {
                v: _floor_words(name, v, floor_1e2) for v in set(shown) if v is not None and v < floor_1e2
            }
            if low:
                missed.append(looks_up(shown)(dict.fromkeys(shown, "") | low))
    if not missed:
        return [()] * len(totals)
    return list(map(tuple, map(filter, repeat(None), zip(*missed, strict=True))))


MISSING_FIGURE = {
    Basis.REQUESTED: "amount requested",
    Basis.UNIT: "number of beneficiaries",
    Basis.SHARE: "total project cost",
}


class Comparators(NamedTuple):
    """What the figures compared within one area come to: lowest, mean and highest, exactly."""

    lowest: Fraction
    mean: Fraction
    highest: Fraction


def basis(application: Application, criterion: Criterion) -> Fraction | None:
    """Return the figure P of one application: pounds, pounds a head, or percent; None when not known.

    A figure of nought, or an absent number of beneficiaries or total cost, is not known.
    """
    asked = Fraction(application.requested_pence, 100)
    if criterion.basis is Basis.REQUESTED:
        return asked or None
    if criterion.basis is Basis.UNIT:
        return asked / application.beneficiaries if application.beneficiaries and asked else None
    whole = application.total_cost_pence
    return asked * 10_000 / whole if whole and asked else None


def comparators(applications: Iterable[Application], criterion: Criterion) -> Comparators | None:
    """Return what the known figures of one area come to; None when there is none.

    Those that pass the gates and are not withdrawn are compared, scored or not.
    """
    known = [figure for a in applications if _passes(a) and (figure := basis(a, criterion)) is not None]
    if not known:
        return None
    return Comparators(min(known), sum(known, Fraction(0)) / len(known), max(known))


def cost_score(criterion: Criterion, figure: Fraction, others: Comparators) -> Fraction:
    """Return S, 0 to 100 exactly, for a figure among its comparators (which include its own).

    lowest: 100 · Pmin / P. mean: 50 − 100 · (P − P̄) / P̄, held within 0 to 100. spread:
    100 · (Pmax − P) / (Pmax − Pmin), 100 for all when all are equal. linear:
    100 · (high − P) / (high − low), held within 0 to 100. bands: the score of the first band whose
    bound is at least P, 0 above the last. Example, lowest: £4,300 against a lowest of £1,000 gives
    100 · 1000 / 4300 = 23.26 as shown.
    """
    if criterion.method is Method.LOWEST:
        return 100 * others.lowest / figure
    if criterion.method is Method.MEAN:
        return _held(50 - 100 * (figure - others.mean) / others.mean)
    if criterion.method is Method.SPREAD:
        reach = others.highest - others.lowest
        return 100 * (others.highest - figure) / reach if reach else Fraction(100)
    if criterion.method is Method.LINEAR:
        return _linear(criterion, figure)
    return _banded(criterion, figure)


def cost_scores(criterion: Criterion, applications: Sequence[Application]) -> dict[str, Fraction]:
    """Return S by reference for every comparator of one area, exactly."""
    others = comparators(applications, criterion)
    if others is None:
        return {}
    figures = ((a.reference, basis(a, criterion)) for a in applications if _passes(a))
    return {ref: cost_score(criterion, figure, others) for ref, figure in figures if figure is not None}


def _passes(application: Application) -> bool:
    return not application.withdrawn and application.eligibility in (Eligibility.YES, Eligibility.WAIVED)


def _held(value: Fraction) -> Fraction:
    return min(max(value, Fraction(0)), Fraction(100))


def _linear(criterion: Criterion, figure: Fraction) -> Fraction:
    if criterion.low is None or criterion.high is None:
        raise ValueError(f"{criterion.code} is linear without low and high")
    low, high = Fraction(criterion.low), Fraction(criterion.high)
    return _held(100 * (high - figure) / (high - low))


def _banded(criterion: Criterion, figure: Fraction) -> Fraction:
    for band in criterion.bands:
        if Fraction(band.bound) >= figure:
            return Fraction(band.score)
    return Fraction(0)
