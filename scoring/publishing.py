"""A scheme before it is published: changes to a draft, what it must satisfy, and dummies to try it.

Publishing works the total with each criterion at the bottom and at the top of its range; the
difference is its effective weight, and must equal the stated one.

Does not belong here: the sums of a real round (`scoring.marks`, `scoring.places`).
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from scoring import money
from scoring.marks.sheets import Marks
from scoring.places.totals import exact_sums
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import AgreedMarks, Application, Area, NotApplicable, Round, Sheet
from scoring.scheme import (
    CRITERION_RULE,
    MOST_MARK,
    PLAIN_RULES,
    TRIMMED_NEEDS,
    WHOLE_1E4,
    Band,
    Combine,
    Criterion,
    Method,
    RankedBy,
    Scheme,
    Side,
)
from scoring.written.amounts import read_figure
from scoring.written.text import Refused, Unreadable


def with_and_without(round_: Round, reference: str, criterion: str) -> tuple[int | None, int | None]:
    """Return an application's shown totals in hundredths with a criterion counted and without it.

    None is no total; setting a criterion aside can raise a weak one's score.
    """
    row = NotApplicable(reference, criterion)
    kept = tuple(one for one in round_.not_applicable if one != row)
    return _total(round_, kept, reference), _total(round_, (*kept, row), reference)


def _total(round_: Round, not_applicable: tuple[NotApplicable, ...], reference: str) -> int | None:
    standings = rank(replace(round_, not_applicable=not_applicable)).standings
    return next((s.total_1e2 for s in standings if s.reference == reference), None)


T = TypeVar("T")
_AS_BANDS = "Write bands as bound=score, such as 1000=100; 2500=60."
_FIRST_LINE = (Decimal(0), Decimal(5000))
_FIRST_BANDS = (
    Band(Decimal(1000), Decimal(100)),
    Band(Decimal(2500), Decimal(60)),
    Band(Decimal(5000), Decimal(30)),
)


def with_criterion(scheme: Scheme, code: str, changed: Criterion) -> Scheme:
    """Return the scheme with another criterion in the place of one; its tie-break rule follows a new code."""
    criteria = tuple(changed if c.code == code else c for c in scheme.criteria)
    renamed = {f"{CRITERION_RULE}{code}": f"{CRITERION_RULE}{changed.code}"}
    return replace(scheme, criteria=criteria, ladder=tuple(renamed.get(rule, rule) for rule in scheme.ladder))


def with_method(criterion: Criterion, method: Method) -> Criterion:
    """Return the criterion scored by another method, with figures to start from and a floor it can have."""
    low, high = _FIRST_LINE if method is Method.LINEAR else (None, None)
    bands = _FIRST_BANDS if method is Method.BANDS else ()
    is_same_range = criterion.is_judged == (method is Method.JUDGED)
    floor = criterion.floor if is_same_range else None
    return replace(criterion, method=method, low=low, high=high, bands=bands, floor=floor)


def with_new_criterion(scheme: Scheme) -> Scheme:
    """Return the scheme with one more judged criterion, of weight 1, under the next free code."""
    letters = scheme.criteria[0].code.rstrip("0123456789") or "A"
    taken = {criterion.code for criterion in scheme.criteria}
    code = next(f"{letters}{n}" for n in range(1, len(taken) + 2) if f"{letters}{n}" not in taken)
    return replace(
        scheme, criteria=(*scheme.criteria, Criterion(code, "New criterion", Side.QUALITY, 10_000))
    )


def without_criterion(scheme: Scheme, code: str) -> Scheme:
    """Return the scheme without a criterion, nor a tie-break rule of its name."""
    criteria = tuple(criterion for criterion in scheme.criteria if criterion.code != code)
    rules = tuple(rule for rule in scheme.ladder if rule != f"{CRITERION_RULE}{code}")
    return replace(scheme, criteria=criteria, ladder=rules)


def moved_criterion(scheme: Scheme, code: str, by: int) -> Scheme:
    """Return the scheme with a criterion earlier (−1) or later (1), as far as it goes."""
    place = [criterion.code for criterion in scheme.criteria].index(code)
    return replace(scheme, criteria=tuple(moved(scheme.criteria, place, by)))


def moved(items: Iterable[T], place: int, by: int) -> list[T]:
    """Return the items with one of them moved by so many places, held within the list."""
    listed = list(items)
    item = listed.pop(place)
    listed.insert(min(max(place + by, 0), len(listed)), item)
    return listed


def free_rules(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie-break rules that the scheme does not have yet."""
    every = (*(f"{CRITERION_RULE}{criterion.code}" for criterion in scheme.criteria), *PLAIN_RULES)
    return tuple(rule for rule in every if rule not in scheme.ladder)


def tie_break_words(scheme: Scheme, rule: str) -> str:
    """Return a rule as people say it: "A1 Need, higher first"."""
    plain = {
        "quality": "Quality, higher first",
        "cost": "Cost, higher first",
        "requested": "Amount requested, lower first",
        "received": "Date received, earlier first",
        "chair": "The chair decides, with a reason",
    }
    titles = {f"{CRITERION_RULE}{c.code}": f"{c.code} {c.title}, higher first" for c in scheme.criteria}
    return plain.get(rule) or titles.get(rule, rule)


def with_scale(scheme: Scheme, maximum: int, descriptors: tuple[tuple[int, str, str], ...]) -> Scheme:
    """Return the scheme on another scale; floors on marks above the new highest mark come down to it."""
    criteria = tuple(
        replace(c, floor=Decimal(maximum)) if c.is_judged and (c.floor or 0) > maximum else c
        for c in scheme.criteria
    )
    return replace(scheme, criteria=criteria, scale_maximum=maximum, descriptors=descriptors)


def bands_text(bands: Iterable[Band]) -> str:
    """Return bands as they are typed: "1000=100; 2500=60"."""
    return "; ".join(f"{money.decimal_text(b.bound)}={money.decimal_text(b.score)}" for b in bands)


def read_bands(text: str) -> tuple[Band, ...]:
    """Return bands as typed; raise `Refused` when one is not a bound, "=" and a score."""
    bands = []
    for part in text.split(";"):
        bound, equals, score = part.partition("=")
        if not equals or not bound.strip():
            raise Refused(_AS_BANDS)
        try:
            bands.append(Band(read_figure(bound), read_figure(score)))
        except Unreadable as error:
            raise Refused(f"{error} {_AS_BANDS}") from error
    return tuple(bands)


def check_scheme(scheme: Scheme) -> None:
    """Raise `Refused`, with one sentence for each fault, unless the scheme may be published."""
    faults = list(scheme_faults(scheme))
    if faults:
        raise Refused(" ".join(faults))


def scheme_faults(scheme: Scheme) -> Iterator[str]:
    """Yield a sentence for each reason why a scheme may not be published."""
    total = scheme.quality_1e4 + scheme.cost_1e4
    if total != WHOLE_1E4:
        yield f"The weights add up to {money.percent(total)}, not 100."
    if not 1 <= scheme.scale_maximum <= MOST_MARK:
        yield f"The highest mark must be from 1 to {MOST_MARK}, not {scheme.scale_maximum}."
    for criterion in scheme.criteria:
        yield from _criterion_faults(criterion, scheme.scale_maximum)
    yield from _tie_break_faults(scheme)
    yield from _ranking_faults(scheme)
    if total == WHOLE_1E4:
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
    if not scheme.is_by_price:
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


SCALE = 100
AREA = "Try it"
POT_PENCE = 1_200_000


class Dummy(Struct, frozen=True):
    """A dummy application: its side marks out of 100, and what it asks for whom and of what."""

    name: str
    quality: int
    cost: int
    requested_pence: int
    beneficiaries: int
    total_cost_pence: int


DUMMIES = (
    Dummy("A", 80, 60, 500_000, 100, 800_000),
    Dummy("B", 75, 70, 430_000, 100, 500_000),
    Dummy("C", 20, 90, 100_000, 40, 100_000),
    Dummy("D", 20, 20, 2_000_000, 100, 2_500_000),
    Dummy("E", 65, 65, 300_000, 75, 450_000),
)
"""A to D are those of the published examples of every cost method."""


def try_out(scheme: Scheme, dummies: Iterable[Dummy] = DUMMIES) -> Ranking:
    """Return how the dummies rank under a scheme whose weights add up to 100, in a pot of £12,000.

    The scale becomes 0 to 100, and floors on marks are scaled with it.
    """
    chosen = tuple(dummies)
    tried = _on_wide_scale(scheme)
    members = max(tried.quorum, TRIMMED_NEEDS if tried.combine is Combine.TRIMMED else 1)
    marks = [tuple(d.quality if c.side is Side.QUALITY else d.cost for c in tried.judged) for d in chosen]
    applications = tuple(
        Application(
            reference=dummy.name,
            organisation=f"Dummy {dummy.name}",
            area=AREA,
            requested_pence=dummy.requested_pence,
            total_cost_pence=dummy.total_cost_pence,
            beneficiaries=dummy.beneficiaries,
        )
        for dummy in chosen
    )
    sheets = [[own] * members for own in marks]
    return rank(made_up_round(tried, Area(AREA, POT_PENCE), applications, sheets, marks))


def made_up_round(
    scheme: Scheme,
    area: Area,
    applications: tuple[Application, ...],
    sheets: Sequence[Sequence[Marks]],
    agreed: Sequence[Marks],
) -> Round:
    """Return a round of one area, in which each application has its sheets and agreed marks."""
    return Round(
        fund="",
        name=area.name,
        scheme=scheme,
        areas=(area,),
        applications=applications,
        sheets=tuple(
            Sheet(f"M{member}", row.reference, marks, submitted=True)
            for row, own in zip(applications, sheets, strict=True)
            for member, marks in enumerate(own)
        ),
        agreed=tuple(
            AgreedMarks(row.reference, marks) for row, marks in zip(applications, agreed, strict=True)
        ),
    )


def at_70_30(method: Method) -> Scheme:
    """Return the scheme of the published examples: quality 70, and cost 30 by one method on the request."""
    cost = Criterion("Cost", "Cost", Side.COST, 300_000, method)
    if method is Method.LINEAR:
        cost = replace(cost, low=Decimal(0), high=Decimal(5000))
    if method is Method.BANDS:
        bounds = ((2500, 100), (4500, 60), (5000, 30))
        cost = replace(cost, bands=tuple(Band(Decimal(b), Decimal(s)) for b, s in bounds))
    return Scheme((Criterion("Quality", "Quality", Side.QUALITY, 700_000), cost))


def totals(ranking: Ranking) -> dict[str, str]:
    return {
        line.reference: money.score(line.total_1e2)
        for line in ranking.standings
        if line.total_1e2 is not None
    }


def _on_wide_scale(scheme: Scheme) -> Scheme:
    criteria = (
        replace(c, floor=c.floor * SCALE / scheme.scale_maximum) if c.is_judged and c.floor else c
        for c in scheme.criteria
    )
    ranked_by = scheme.ranked_by if scheme.minimum_quality else RankedBy.TOTAL
    return replace(scheme, criteria=tuple(criteria), scale_maximum=SCALE, ranked_by=ranked_by)
