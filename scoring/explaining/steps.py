"""Every step from one application's marks to its place and offer, in words and exactly.

Each figure is worked again from the formulas with fractions (`scoring.places.totals`), not copied from the
ranking; the two are compared, so an explanation cannot tell another story than the list.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from scoring import money
from scoring.allocating.cost import cost_scores
from scoring.allocating.cost_words import cost_words
from scoring.explaining.explain_place import floor_steps, money_step, place_steps, price_step
from scoring.explaining.words import Step
from scoring.marks.sheets import combined, denominator
from scoring.places.standings import compared_with, evidence_of
from scoring.places.totals import Sums, exact_sums, weight_after_sharing
from scoring.rank import rank
from scoring.ranking import Ranking, Standing, Status
from scoring.refused import Refused
from scoring.round import Application, Interest, InterestKind, Round
from scoring.scheme import Combine, Criterion, RankedBy, Scheme, Side
from scoring.status import Evidence


class Explanation(NamedTuple):
    """One application's standing and the steps that lead to it, in the order they are worked."""

    standing: Standing
    steps: tuple[Step, ...]


def explain(round_: Round, reference: str, ranking: Ranking | None = None) -> Explanation:
    """Return every step from marks to place and offer; `Refused` when the round has no such reference.

    `ranking` is that of this very round, where it is at hand; without it the round is ranked first.
    """
    application = _find(round_.applications, reference)
    ranked = rank(round_) if ranking is None else ranking
    standing = next(s for s in ranked.standings if s.reference == reference)
    return Explanation(standing, tuple(_steps(round_, ranked, application, standing)))


def _find(applications: Sequence[Application], reference: str) -> Application:
    for application in applications:
        if application.reference == reference:
            return application
    raise Refused(f'There is no application "{reference}" in this round; check the reference.')


def _steps(round_: Round, ranking: Ranking, application: Application, standing: Standing) -> Iterator[Step]:
    evidence = evidence_of(round_)[application.reference]
    yield _status_step(standing)
    yield _counting_step(round_, application, evidence)
    if standing.status is not Status.RANKED:
        return
    fractions = {}
    for criterion in round_.scheme.criteria:
        if criterion.code in evidence.not_applicable:
            yield _not_applicable_step(criterion)
            continue
        value = _value(round_, application, evidence, criterion)
        fractions[criterion.code] = value / (round_.scheme.scale_maximum if criterion.is_judged else 100)
        yield _value_step(round_, application, evidence, criterion, value)
        yield _points_step(round_.scheme, evidence, criterion, value, fractions[criterion.code])
    sums = exact_sums(round_.scheme, fractions)
    _agree(sums, standing)
    yield from _sum_steps(round_.scheme, sums, fractions)
    if round_.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
        yield price_step(application, sums.quality or Fraction(0), standing)
    yield from floor_steps(round_.scheme, standing)
    yield from place_steps(round_, ranking, standing)
    yield money_step(ranking, standing)


def _agree(sums: Sums, standing: Standing) -> None:
    """Stop if the two ways of working the sums part: that would be a fault of the program."""
    worked = [None if s is None else money.hundredths(s) for s in sums]
    if worked != [standing.quality_1e2, standing.cost_1e2, standing.total_1e2]:
        raise AssertionError(f"{standing.reference}: explanation and ranking differ: {worked}")


def _status_step(standing: Standing) -> Step:
    words = "; ".join(standing.reasons) or "every gate passed, every figure there, quorum met"
    return Step("status", words, str(standing.status), str(standing.status))


def _counting_step(round_: Round, application: Application, evidence: Evidence) -> Step:
    count = str(len(evidence.sheets))
    barred = [_interest_words(i.member, i.kind) for i in round_.interests if _bars(i, application)]
    words = "; ".join((f"{count} counting, quorum {round_.scheme.quorum}", *barred))
    return Step("counting members", words, count, count)


def _bars(interest: Interest, application: Application) -> bool:
    return interest.application == application.reference and interest.kind is not InterestKind.NONE


def _interest_words(member: str, kind: InterestKind) -> str:
    return f"{member} abstained" if kind is InterestKind.ABSTAINED else f"{member} has a conflict ({kind})"


def _not_applicable_step(criterion: Criterion) -> Step:
    words = f"{criterion.code} is not applicable; the rest of the {criterion.side} side share its weight"
    return Step(f"weight {criterion.code}", words, "0", "0.00")


def _value(round_: Round, application: Application, evidence: Evidence, criterion: Criterion) -> Fraction:
    if not criterion.is_judged:
        return cost_scores(criterion, compared_with(round_, application))[application.reference]
    marks = _marks(round_.scheme, evidence, criterion)
    combine = round_.scheme.combine
    return Fraction(combined(combine, [[mark] for mark in marks])[0], denominator(combine, len(marks)))


def _marks(scheme: Scheme, evidence: Evidence, criterion: Criterion) -> list[int]:
    position = [c.code for c in scheme.judged].index(criterion.code)
    sheets = [evidence.agreed or ()] if scheme.combine is Combine.CONSENSUS else evidence.sheets
    return [mark for sheet in sheets if (mark := sheet[position]) is not None]


def _value_step(
    round_: Round, application: Application, evidence: Evidence, criterion: Criterion, value: Fraction
) -> Step:
    if criterion.is_judged:
        words = _combined_words(round_.scheme.combine, _marks(round_.scheme, evidence, criterion))
    else:
        words = cost_words(round_, application, criterion)
    shown = money.score(money.hundredths(value))
    return Step(f"value {criterion.code}", f"{criterion.title}: {words}", str(value), shown)


def _combined_words(combine: Combine, marks: list[int]) -> str:
    listed = ", ".join(map(str, sorted(marks, reverse=True)))
    return {
        Combine.CONSENSUS: f"the agreed mark, {listed}",
        Combine.MEAN: f"the mean of {listed}",
        Combine.MEDIAN: f"the middle of {listed}",
        Combine.TRIMMED: f"the mean of {listed} without one highest and one lowest",
    }[combine]


def _points_step(
    scheme: Scheme, evidence: Evidence, criterion: Criterion, value: Fraction, fraction: Fraction
) -> Step:
    applicable = frozenset(c.code for c in scheme.criteria) - evidence.not_applicable
    weight = weight_after_sharing(scheme, criterion.code, applicable)
    stated = Fraction(criterion.weight_1e4, 10_000)
    top = scheme.scale_maximum if criterion.is_judged else 100
    words = f"weight {_short(weight)} × {value} / {top}"
    if weight != stated:
        words += f"; its stated weight of {_short(stated)} takes its share of what was set aside"
    points = weight * fraction
    return Step(f"points {criterion.code}", words, str(points), money.score(money.hundredths(points)))


def _sum_steps(scheme: Scheme, sums: Sums, fractions: Mapping[str, Fraction]) -> Iterator[Step]:
    for side, value in ((Side.QUALITY, sums.quality), (Side.COST, sums.cost)):
        if value is not None:
            yield _side_step(scheme, side, value, fractions)
    if sums.quality is None or sums.cost is None:
        words = "the scheme has one side, so the total is its score"
    else:
        split = (money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4))
        words = f"({split[0]} × {sums.quality} + {split[1]} × {sums.cost}) / 100, rounded once, half up"
    yield Step("total", words, str(sums.total), money.score(money.hundredths(sums.total)))


def _side_step(scheme: Scheme, side: Side, value: Fraction, fractions: Mapping[str, Fraction]) -> Step:
    weights = [(c, fractions[c.code]) for c in scheme.criteria if c.side is side and c.code in fractions]
    terms = " + ".join(f"{money.percent(c.weight_1e4)} × {f}" for c, f in weights)
    whole = money.percent(sum(c.weight_1e4 for c, _ in weights))
    return Step(str(side), f"100 × ({terms}) / {whole}", str(value), money.score(money.hundredths(value)))


def _short(value: Fraction) -> str:
    """Return a weight as printed on the form: whole where it is whole, else as a fraction."""
    decimal = value * 10_000
    return money.percent(decimal.numerator) if decimal.denominator == 1 else str(value)
