"""What a scheme must satisfy before it is published: each stated weight is the weight it carries.

Publishing works the total with each criterion at the bottom and at the top of its range; the
difference is its effective weight, and must equal the stated one (section 3).
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec.structs import replace

from scoring import money
from scoring.places.totals import exact_sums
from scoring.publishing.drafting import with_method, with_side
from scoring.refused import Refused
from scoring.scheme import CRITERION_RULE, PLAIN_RULES, Criterion, Method, RankedBy, Scheme, Side


class EarlierMethods:
    """Figures by criterion and method, and floors by criterion and what they are counted in: marks or points.

    A floor is never read as one of the other kind: 3 of 5 marks is not 3 of 100 points.
    """

    def __init__(self) -> None:
        self._figures: dict[tuple[str, Method], Criterion] = {}
        self._floors: dict[tuple[str, bool], Decimal | None] = {}

    def forget(self) -> None:
        """Know of no criterion any more: codes mean others from now on."""
        self._figures.clear()
        self._floors.clear()

    def give_method(self, criterion: Criterion, method: Method, highest_mark: int) -> Criterion:
        """Return a criterion scored by another method, with what it had under that one."""
        if method is criterion.method:
            return criterion
        return self._brought_back(criterion, with_method(criterion, method), highest_mark)

    def give_side(self, criterion: Criterion, side: Side, highest_mark: int) -> Criterion:
        """Return a criterion on a side, with what it had under the method that it gets there."""
        return self._brought_back(criterion, with_side(criterion, side), highest_mark)

    def _brought_back(self, before: Criterion, after: Criterion, highest_mark: int) -> Criterion:
        if after.method is before.method:
            return after
        self._figures[before.code, before.method] = before
        self._floors[before.code, before.is_judged] = before.floor
        had = self._figures.get((after.code, after.method), after)
        floor = after.floor
        if after.is_judged != before.is_judged:
            floor = self._floors.get((after.code, after.is_judged))
        if floor is not None and after.is_judged:
            floor = min(floor, Decimal(highest_mark))
        return replace(after, low=had.low, high=had.high, bands=had.bands, floor=floor)


_HUNDRED_1E4 = 1_000_000


def check_scheme(scheme: Scheme) -> None:
    """Raise `Refused`, with one sentence for each fault, unless the scheme may be published."""
    faults = list(scheme_faults(scheme))
    if faults:
        raise Refused(" ".join(faults))


def scheme_faults(scheme: Scheme) -> Iterator[str]:
    """Yield a sentence for each reason why a scheme may not be published."""
    total = scheme.quality_1e4 + scheme.cost_1e4
    if total != _HUNDRED_1E4:
        yield f"The weights add up to {money.percent(total)}, not 100."
    for criterion in scheme.criteria:
        yield from _criterion_faults(criterion, scheme.scale_maximum)
    yield from _tie_break_faults(scheme)
    yield from _ranking_faults(scheme)
    if total == _HUNDRED_1E4:
        for criterion in scheme.criteria:
            yield from _weight_faults(scheme, criterion)


def _criterion_faults(criterion: Criterion, scale_maximum: int) -> Iterator[str]:
    """Yield a sentence for each fault of one criterion: side, weight, floor, figures of its method."""
    code = criterion.code
    if criterion.weight_1e4 <= 0:
        yield f"{code}: a weight must be above 0."
    if criterion.side is Side.QUALITY and not criterion.is_judged:
        yield f"{code}: a computed method belongs on the cost side; on the quality side marks are judged."
    if criterion.method is Method.LINEAR:
        yield from _linear_faults(criterion)
    if criterion.method is Method.BANDS:
        yield from _band_faults(criterion)
    highest = scale_maximum if criterion.is_judged else 100
    if criterion.floor is not None and not 0 <= criterion.floor <= highest:
        yield f"{code}: the minimum mark must be from 0 to {highest}."


def _tie_break_faults(scheme: Scheme) -> Iterator[str]:
    """Yield a sentence for each rule that is unknown or listed twice."""
    codes = {c.code for c in scheme.criteria}
    for position, rule in enumerate(scheme.ladder):
        known = rule in PLAIN_RULES or (
            rule.startswith(CRITERION_RULE) and rule.removeprefix(CRITERION_RULE) in codes
        )
        if not known:
            yield f'"{rule}" is not a tie-break rule; use criterion:CODE or {", ".join(PLAIN_RULES)}.'
        elif rule in scheme.ladder[:position]:
            yield f'"{rule}" is listed twice among the tie-break rules.'


def _ranking_faults(scheme: Scheme) -> Iterator[str]:
    """Yield a sentence when the ranking basis needs a quality floor that is not there."""
    if scheme.ranked_by is not RankedBy.PRICE_PER_QUALITY_POINT:
        return
    if not scheme.quality_1e4:
        yield "Ranking by price per quality point needs a quality side."
    if not scheme.minimum_quality or scheme.minimum_quality <= 0:
        yield "Ranking by price per quality point needs a minimum quality above 0."


def effective_weight(scheme: Scheme, criterion: Criterion) -> Fraction:
    """Return the most that a criterion can move the total, in points of 100.

    The total is worked with every criterion at the bottom, and again with this one at the top, of
    what its mark or formula can take in principle (nought to M, nought to 100, the best band).
    """
    bottom = {c.code: Fraction(0) for c in scheme.criteria}
    top = bottom | {criterion.code: _highest_fraction(criterion)}
    return exact_sums(scheme, top).total - exact_sums(scheme, bottom).total


def _highest_fraction(criterion: Criterion) -> Fraction:
    if criterion.method is Method.BANDS:
        return Fraction(max((band.score for band in criterion.bands), default=Decimal(0))) / 100
    return Fraction(1)


def _weight_faults(scheme: Scheme, criterion: Criterion) -> Iterator[str]:
    effective = effective_weight(scheme, criterion) * 10_000
    if effective != criterion.weight_1e4:
        can = money.score(money.hundredths(effective / 10_000))
        yield (
            f"{criterion.code}: the stated weight is {money.percent(criterion.weight_1e4)}, but it can move "
            f"the total by {can} only; bands must include a score of 100."
        )


def _linear_faults(criterion: Criterion) -> Iterator[str]:
    if criterion.low is None or criterion.high is None:
        yield f"{criterion.code}: the linear method needs Low and High."
    elif not 0 <= criterion.low < criterion.high:
        yield f"{criterion.code}: Low must be 0 or more, and below High."


def _band_faults(criterion: Criterion) -> Iterator[str]:
    if not criterion.bands:
        yield f"{criterion.code}: the bands method needs Bands, such as 1000=100; 2500=60."
    bounds = [band.bound for band in criterion.bands]
    if any(later <= earlier for earlier, later in pairwise(bounds)):
        yield f"{criterion.code}: the bounds of the bands must rise."
    if any(not 0 <= band.score <= 100 for band in criterion.bands):
        yield f"{criterion.code}: the scores of the bands must be from 0 to 100."
