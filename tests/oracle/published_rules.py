"""The published rules from marks to scores and floors, written a second time as plainly as they can be.

Nothing here is shared with the program but the shapes of a round: sums are `Fraction`s, cell by cell,
in the order in which the rules tell them. It is slow and meant to be read beside the rules.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor

from msgspec import Struct, field

from scoring.round import Application, ChairDecisionKind, Eligibility, Round
from scoring.scheme import Basis, Combine, Criterion, Method, RankedBy, Side


class Verdict(Struct):
    """What the rules say of one application; shown figures are whole hundredths or pence."""

    application: Application
    counting: int = 0
    status: str = ""
    missing: list[str] = field(default_factory=list)
    criteria: dict[str, tuple[int | None, int, int]] = field(default_factory=dict)
    quality: Fraction | None = None
    cost: Fraction | None = None
    quality_1e2: int | None = None
    cost_1e2: int | None = None
    total_1e2: int | None = None
    price_pence: int | None = None
    place: int | None = None
    tied: bool = False
    place_by: str | None = None
    below: list[str] = field(default_factory=list)
    excepted: bool = False
    outcome: str | None = None
    offer_pence: int | None = None


def half_up(number: Fraction) -> int:
    """Return the nearest whole number, a half going up."""
    return floor(number + Fraction(1, 2))


def hundredths(number: Fraction) -> int:
    """Return a score as it is printed, in whole hundredths."""
    return half_up(number * 100)


# Guide, scoring 2: who counts, and what applies.


def applicable(a_round: Round, reference: str) -> list[Criterion]:
    """Return the criteria that the chair did not set aside for an application."""
    not_applicable = {n.criterion for n in a_round.not_applicable if n.application == reference}
    return [c for c in a_round.scheme.criteria if c.code not in not_applicable]


def counting_marks(a_round: Round, reference: str) -> list[dict[str, int | None]]:
    """Return the marks of every counting member of an application, by criterion."""
    barred = {i.member for i in a_round.interests if i.application == reference and i.kind.value != "none"}
    needed = [c.code for c in applicable(a_round, reference) if c.is_judged]
    codes = [c.code for c in a_round.scheme.criteria if c.is_judged]
    counting = []
    for sheet in a_round.sheets:
        marks = dict(zip(codes, sheet.marks, strict=True))
        complete = all(marks[code] is not None for code in needed)
        if sheet.application == reference and sheet.submitted and complete and sheet.member not in barred:
            counting.append(marks)
    return counting


# Guide, scoring 3, step 1: the panel's value of a judged criterion.


def agreed_mark(a_round: Round, reference: str, code: str) -> Fraction | None:
    """Return the agreed mark of the moderation record, None until there is one."""
    codes = [c.code for c in a_round.scheme.criteria if c.is_judged]
    for record in a_round.agreed:
        if record.application == reference:
            mark = record.marks[codes.index(code)]
            return None if mark is None else Fraction(mark)
    return None


def combined(rule: Combine, marks: list[int]) -> Fraction:
    """Return the mean, median or trimmed mean of the counting members' marks."""
    marks = sorted(marks)
    if rule is Combine.TRIMMED:
        marks = marks[1:-1]
    if rule is Combine.MEDIAN:
        middle = len(marks) // 2
        marks = [marks[middle]] if len(marks) % 2 else marks[middle - 1 : middle + 1]
    return Fraction(sum(marks), len(marks))


def judged_value(a_round: Round, reference: str, code: str) -> Fraction | None:
    """Return v(k) of a judged criterion, None while it has none."""
    rule = a_round.scheme.combine
    if rule is Combine.CONSENSUS:
        return agreed_mark(a_round, reference, code)
    marks = [sheet[code] for sheet in counting_marks(a_round, reference)]
    if not marks or (rule is Combine.TRIMMED and len(marks) < 5):
        return None
    return combined(rule, [mark for mark in marks if mark is not None])


# Guide, scoring 4: computed cost criteria.


def basis_figure(application: Application, basis: Basis) -> Fraction | None:
    """Return P in pounds or percent, None where it is not known."""
    requested = Fraction(application.requested_pence, 100)
    if basis is Basis.REQUESTED:
        return requested or None
    if basis is Basis.UNIT:
        return requested / application.beneficiaries if application.beneficiaries else None
    if not application.total_cost_pence:
        return None
    return requested / Fraction(application.total_cost_pence, 100) * 100


def comparator_figures(a_round: Round, area: str | None, basis: Basis) -> list[Fraction]:
    """Return the known figures of the eligible, not withdrawn applications of one area."""
    figures = []
    for other in a_round.applications:
        passes = other.eligibility in (Eligibility.YES, Eligibility.WAIVED)
        figure = basis_figure(other, basis)
        if other.area == area and passes and not other.withdrawn and figure is not None:
            figures.append(figure)
    return figures


def held(number: Fraction) -> Fraction:
    """Return a score held within nought and a hundred."""
    return min(max(number, Fraction(0)), Fraction(100))


def computed_score(criterion: Criterion, figure: Fraction, others: list[Fraction]) -> Fraction:
    """Return S by the published formula; `others` includes the application's own figure."""
    if criterion.method is Method.LOWEST:
        return 100 * min(others) / figure
    if criterion.method is Method.MEAN:
        mean = sum(others, Fraction(0)) / len(others)
        return held(50 - 100 * (figure - mean) / mean)
    if criterion.method is Method.SPREAD:
        if max(others) == min(others):
            return Fraction(100)
        return 100 * (max(others) - figure) / (max(others) - min(others))
    if criterion.method is Method.LINEAR:
        low, high = Fraction(criterion.low or 0), Fraction(criterion.high or 0)
        return held(100 * (high - figure) / (high - low))
    for band in criterion.bands:
        if Fraction(band.bound) >= figure:
            return Fraction(band.score)
    return Fraction(0)


# From values to a total, and the statuses.


def verdict_before_places(a_round: Round, application: Application) -> Verdict:
    """Return an application's status and, where it is ranked, its scores and floors."""
    verdict = Verdict(application, counting=len(counting_marks(a_round, application.reference)))
    values = criterion_values(a_round, verdict)
    say_what_is_missing(a_round, verdict)
    if application.withdrawn:
        verdict.status = "withdrawn"
    elif application.eligibility is Eligibility.NO:
        verdict.status = "ineligible"
    elif verdict.missing:
        verdict.status = "incomplete"
    elif quorum_is_short(a_round, verdict):
        verdict.status = "not quorate"
    else:
        verdict.status = "ranked"
        add_scores(a_round, verdict, values)
        add_floors(a_round, verdict, values)
    return verdict


def quorum_is_short(a_round: Round, verdict: Verdict) -> bool:
    """Whether fewer members count than the quorum asks."""
    return verdict.counting < a_round.scheme.quorum


def criterion_values(a_round: Round, verdict: Verdict) -> dict[str, Fraction]:
    """Return v(k) or S(k) of every applicable criterion that has one; name the others as missing."""
    values = {}
    for criterion in applicable(a_round, verdict.application.reference):
        if criterion.is_judged:
            value = judged_value(a_round, verdict.application.reference, criterion.code)
        else:
            value = computed_value(a_round, verdict.application, criterion)
        if value is not None:
            values[criterion.code] = value
        elif not criterion.is_judged or a_round.scheme.combine is Combine.CONSENSUS:
            verdict.missing.append(criterion.code)
        elif verdict.counting:
            verdict.missing.append("needs five")
    return values


def computed_value(a_round: Round, application: Application, criterion: Criterion) -> Fraction | None:
    """Return S(k), None where the figure it is worked from is not known."""
    figure = basis_figure(application, criterion.basis)
    if figure is None:
        return None
    others = comparator_figures(a_round, application.area, criterion.basis)
    return computed_score(criterion, figure, others or [figure])


def say_what_is_missing(a_round: Round, verdict: Verdict) -> None:
    """Add the reasons for incompleteness that no single criterion has."""
    left = applicable(a_round, verdict.application.reference)
    if verdict.application.eligibility is Eligibility.TO_CHECK:
        verdict.missing.append("gate not checked")
    if verdict.application.area is None:
        verdict.missing.append("no area given")
    if verdict.counting == 0 and any(c.is_judged for c in left):
        verdict.missing.append("no submitted sheet")
    for side in Side:
        has_weight = any(c.side is side for c in a_round.scheme.criteria)
        if has_weight and not any(c.side is side for c in left):
            verdict.missing.append(f"no criterion left on the {side.value} side")


def fraction_of(criterion: Criterion, value: Fraction, scale_maximum: int) -> Fraction:
    """Return f(k), nought to one."""
    return value / scale_maximum if criterion.is_judged else value / 100


def weight(criterion: Criterion) -> Fraction:
    """Return a criterion's published weight, out of 100."""
    return Fraction(criterion.weight_1e4, 10_000)


def add_scores(a_round: Round, verdict: Verdict, values: dict[str, Fraction]) -> None:
    """Work out Q, C, T, the price and the printed points of one application."""
    scheme = a_round.scheme
    total = Fraction(0)
    for side in Side:
        criteria = [c for c in scheme.criteria if c.side is side]
        if not criteria:
            continue
        left = [c for c in criteria if c.code in values]
        share = sum((weight(c) for c in criteria), Fraction(0))
        score = side_score(left, values, scheme.scale_maximum)
        total += share * score / 100
        if side is Side.QUALITY:
            verdict.quality, verdict.quality_1e2 = score, hundredths(score)
        else:
            verdict.cost, verdict.cost_1e2 = score, hundredths(score)
        add_points(verdict, criteria, values, scheme.scale_maximum)
    verdict.total_1e2 = hundredths(total)
    if scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT and verdict.quality:
        verdict.price_pence = half_up(verdict.application.requested_pence / verdict.quality)


def side_score(left: list[Criterion], values: dict[str, Fraction], scale_maximum: int) -> Fraction:
    """Return 100 times the weighted mean of the fractions of one side's applicable criteria."""
    above = sum((weight(c) * fraction_of(c, values[c.code], scale_maximum) for c in left), Fraction(0))
    return 100 * above / sum((weight(c) for c in left), Fraction(0))


def add_points(
    verdict: Verdict, criteria: list[Criterion], values: dict[str, Fraction], scale_maximum: int
) -> None:
    """Print value, weight after re-sharing and points of one side's criteria."""
    share = sum((weight(c) for c in criteria), Fraction(0))
    left = sum((weight(c) for c in criteria if c.code in values), Fraction(0))
    for criterion in criteria:
        if criterion.code not in values:
            verdict.criteria[criterion.code] = (None, 0, 0)
            continue
        value = values[criterion.code]
        shared = weight(criterion) * share / left
        points = shared * fraction_of(criterion, value, scale_maximum)
        verdict.criteria[criterion.code] = (hundredths(value), hundredths(shared), hundredths(points))


def under(shown_1e2: int | None, minimum: Decimal | None) -> bool:
    """Whether a printed figure is under a floor; equal passes, and no figure or no floor passes."""
    return shown_1e2 is not None and minimum is not None and shown_1e2 < Fraction(minimum) * 100


def add_floors(a_round: Round, verdict: Verdict, values: dict[str, Fraction]) -> None:
    """Name every floor that a ranked application is under."""
    scheme = a_round.scheme
    for criterion in scheme.criteria:
        if criterion.code in values and under(hundredths(values[criterion.code]), criterion.floor):
            verdict.below.append(criterion.code)
    if under(verdict.quality_1e2, scheme.minimum_quality):
        verdict.below.append("quality")
    if under(verdict.total_1e2, scheme.minimum_total):
        verdict.below.append("total")
    verdict.excepted = any(
        d.application == verdict.application.reference and d.kind is ChairDecisionKind.EXCEPTION
        for d in a_round.chair_decisions
    )
