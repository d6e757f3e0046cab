"""Every step from one application's marks to its place and offer, in words and exactly.

Each figure is worked again from the formulas with fractions (`scoring.places.totals`), not copied from the
ranking; the two are compared, so an explanation cannot tell another story than the list.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from scoring import money
from scoring.allocating.allocation import areas_of_list, of_one_list, whole_pots
from scoring.allocating.causes import note_words, recalculated_words, rule_note
from scoring.explaining.words import cost_words
from scoring.places.standings import (
    Evidence,
    answer_of,
    computed_scores,
    evidence_of,
    marks_on,
    tie_breaks,
    value_of,
)
from scoring.places.totals import Sums, exact_sums, weight_after_sharing
from scoring.rank import rank
from scoring.ranking import Outcome, PotUse, Ranking, Standing, Step
from scoring.round import Application, ChairDecisionKind, Interest, InterestKind, Round
from scoring.scheme import Combine, Criterion, Scheme, Side
from scoring.written.text import Refused, in_clauses, listed


def price_step(application: Application, quality: Fraction, standing: Standing) -> Step:
    """Return the step from the amount requested to the price per quality point."""
    if standing.price_pence is None:
        return Step("price", "quality is nought, so there is no price; it comes last", "–", "–")
    exact = Fraction(application.requested_pence, 100) / quality
    words = f"{money.pounds(application.requested_pence)} / {quality}, to the penny, half up"
    return Step("price", words, str(exact), money.pounds(standing.price_pence))


def floor_steps(scheme: Scheme, standing: Standing) -> Iterator[Step]:
    """Yield a step for each floor, with both figures as printed; equal to a floor passes."""
    values = {c.code: c.value_1e2 for c in standing.criteria}
    floors = [(c.code, values[c.code], c.floor) for c in scheme.criteria]
    floors.append(("quality", standing.quality_1e2, scheme.minimum_quality))
    floors.append(("total", standing.total_1e2, scheme.minimum_total))
    for name, shown, floor in floors:
        if floor is not None and shown is not None:
            least = money.hundredths(floor)
            verdict = "passes" if shown >= least else "below threshold"
            words = f"{money.score(shown)} against a minimum of {money.score(least)}: {verdict}"
            yield Step(f"floor {name}", words, money.score(shown), verdict)


def place_steps(round_: Round, ranking: Ranking, standing: Standing) -> Iterator[Step]:
    """Yield a step for each tie-break rule that was tried, then the place."""
    shown, listed_here = _score(round_.scheme, standing), of_one_list(ranking, standing)
    equals = [s for s in listed_here if s.place is not None and _score(round_.scheme, s) == shown]
    if len(equals) > 1:
        others = ", ".join(s.reference for s in equals if s.reference != standing.reference)
        yield Step("equal score", f"the same score as {others}: the tie-break rules decide", shown, shown)
        yield from _tie_break_steps(round_, equals, standing)
    printed = money.place_with_rule(standing.place, tied=standing.tied, by=standing.place_by)
    words = _place_words(round_.scheme, standing)
    where = listed(areas_of_list(ranking, standing))
    yield Step("place", f"in {where}, {words}", str(standing.place), printed)


def money_step(ranking: Ranking, standing: Standing) -> Step:
    """Return the step from the place to what the rule proposes."""
    offer = "–" if standing.offer_pence is None else money.pounds(standing.offer_pence)
    exact = "–" if standing.offer_pence is None else money.plain_pounds(standing.offer_pence)
    outcome = "the chair decides" if standing.outcome is Outcome.TIE else str(standing.outcome)
    area = next(use for use in whole_pots(ranking.areas) if standing.area in use.areas)
    pot = f"({area.area}: {_pot_words(area)})"
    noted, told = (
        f"{outcome}: {note} {pot}" for note in (rule_note(standing), note_words(standing, ranking.scheme))
    )
    return Step("money", noted, exact, offer, told)


def _pot_words(area: PotUse) -> str:
    """Return what the rule may offer in an area: the pot, its tolerance, less what was committed."""
    words = f"{'one pot' if area.parts else 'pot'} {money.pounds(area.pot_pence)}"
    if area.tolerance_pence:
        words += f", tolerance {money.pounds(area.tolerance_pence)}"
    if area.committed_pence:
        words += f", {money.pounds(area.committed_pence)} committed before"
    return words


def _place_words(scheme: Scheme, standing: Standing) -> str:
    if standing.tied:
        return "shared: no rule separates them"
    own = "by its price" if scheme.is_by_price else "by its score"
    return f"{own}, then {money.tie_break(standing.place_by)}" if standing.place_by else own


def _score(scheme: Scheme, standing: Standing) -> str:
    if scheme.is_by_price:
        return "–" if standing.price_pence is None else money.pounds(standing.price_pence)
    return money.score(standing.total_1e2)


def _tie_break_steps(round_: Round, equals: list[Standing], standing: Standing) -> Iterator[Step]:
    group = equals
    for rule in tie_breaks(round_.scheme):
        answers = {s.reference: _answer(round_, rule, s) for s in group}
        own = answers[standing.reference]
        listed = ", ".join(f"{reference} {answer or 'none'}" for reference, answer in answers.items())
        if None in answers.values():
            verdict = "passed over"
        elif len(set(answers.values())) == 1:
            verdict = "does not separate"
        else:
            verdict = "separates"
            group = [s for s in group if answers[s.reference] == own]
        words = f"{listed}: {verdict}{_chairs_reason(round_, standing) if rule == 'chair' else ''}"
        yield Step(f"tie-break {money.tie_break(rule)}", words, own or "none", verdict)
        if len(group) == 1:
            return


def _answer(round_: Round, rule: str, standing: Standing) -> str | None:
    """Return what one application answers a rule with, as printed; None when it cannot."""
    application = next(a for a in round_.applications if a.reference == standing.reference)
    answer = answer_of(rule, standing, application, round_.tie_places)
    if answer is None or rule == "chair":
        return None if answer is None else str(answer)
    if isinstance(answer, datetime):
        return answer.isoformat(sep=" ")
    return money.pounds(answer) if rule == "requested" else money.score(answer)


def _chairs_reason(round_: Round, standing: Standing) -> str:
    """Return why the chair decided so, as the words on the rule go on; "" where no reason is given."""
    tie = ChairDecisionKind.TIE
    said = (d for d in round_.chair_decisions if d.application == standing.reference and d.kind is tie)
    return "".join(f". Why: {d.reason.strip()}" for d in said if d.reason.strip())


class Explanation(NamedTuple):
    """One application's standing and the steps that lead to it, in the order they are worked.

    `recalculated` is how one that was decided would stand today, "" where nothing would change.
    """

    standing: Standing
    steps: tuple[Step, ...]
    recalculated: str = ""


def explain(round_: Round, reference: str, ranking: Ranking | None = None) -> Explanation:
    """Return every step from marks to place and offer; `Refused` when the round has no such reference.

    `ranking` is that of this very round, where it is at hand; without it the round is ranked first. What was
    decided is explained as it was then.
    """
    if decided := round_.as_decided.get(reference):
        now = recalculated_words(rank(round_) if ranking is None else ranking, reference)
        return Explanation(decided.standing, decided.steps, now)
    application = next((a for a in round_.applications if a.reference == reference), None)
    if application is None:
        raise Refused(f'There is no application "{reference}" in this round; check the reference.')
    ranked = rank(round_) if ranking is None else ranking
    standing = next(s for s in ranked.standings if s.reference == reference)
    return Explanation(standing, tuple(_steps(round_, ranked, application, standing)))


def _steps(round_: Round, ranking: Ranking, application: Application, standing: Standing) -> Iterator[Step]:
    reference, computed = application.reference, computed_scores(round_)
    evidence = evidence_of(round_)[reference]
    why = in_clauses(standing.reasons) or "every gate passed, every figure there, quorum met"
    yield Step("status", why, str(standing.status), str(standing.status))
    yield _counting_step(round_, application, evidence)
    if not standing.is_ranked:
        return
    fractions = {}
    for criterion in round_.scheme.criteria:
        if criterion.code in evidence.not_applicable:
            yield _not_applicable_step(criterion)
            continue
        score = computed.get(criterion.code, {}).get(reference)
        value = value_of(round_.scheme, criterion, evidence, score)
        fractions[criterion.code] = value / (round_.scheme.scale_maximum if criterion.is_judged else 100)
        yield _value_step(round_, application, evidence, criterion, value)
        yield _points_step(round_.scheme, evidence, criterion, value, fractions[criterion.code])
    sums = exact_sums(round_.scheme, fractions)
    _agree(sums, standing)
    yield from _sum_steps(round_.scheme, sums, fractions)
    if round_.scheme.is_by_price:
        yield price_step(application, sums.quality or Fraction(0), standing)
    yield from floor_steps(round_.scheme, standing)
    yield from place_steps(round_, ranking, standing)
    yield money_step(ranking, standing)


def _agree(sums: Sums, standing: Standing) -> None:
    """Stop if the two ways of working the sums part: that would be a fault of the program."""
    worked = [None if s is None else money.hundredths(s) for s in sums]
    if worked != [standing.quality_1e2, standing.cost_1e2, standing.total_1e2]:
        raise AssertionError(f"{standing.reference}: explanation and ranking differ: {worked}")


def _counting_step(round_: Round, application: Application, evidence: Evidence) -> Step:
    count = str(len(evidence.sheets))
    own = (one for one in round_.interests if one.application == application.reference)
    barred = [_interest_words(one) for one in own if one.kind is not InterestKind.NONE]
    words = "; ".join((f"{count} counting, quorum {round_.scheme.quorum}", *barred))
    return Step("counting members", words, count, count)


def _interest_words(interest: Interest) -> str:
    if interest.kind is InterestKind.ABSTAINED:
        return f"{interest.member} abstained"
    return f"{interest.member} has a conflict ({interest.kind})"


def _not_applicable_step(criterion: Criterion) -> Step:
    words = f"{criterion.code} is not applicable; the rest of the {criterion.side} side share its weight"
    return Step(f"weight {criterion.code}", words, "0", "0.00")


def _value_step(
    round_: Round, application: Application, evidence: Evidence, criterion: Criterion, value: Fraction
) -> Step:
    if criterion.is_judged:
        words = _combined_words(round_.scheme.combine, marks_on(round_.scheme, criterion, evidence))
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
        quality, cost = scheme.split
        words = f"({quality} × {sums.quality} + {cost} × {sums.cost}) / 100, rounded once, half up"
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


Parts = Mapping[Side, int]


def side_points(explanation: Explanation, scheme: Scheme) -> dict[Side, int]:
    """Return the hundredths that each side gives to the printed total; they add up to it.

    A side gives split · side score / 100, exactly; the printed total is split in that proportion by largest
    remainder, ties to cost. Example: 20/3 and 20/3 of a total of 13.33 are printed 6.67 and 6.66.
    """
    exact = {step.rule: step.exact for step in explanation.steps}
    split = {Side.QUALITY: scheme.quality_1e4, Side.COST: scheme.cost_1e4}
    given = {side: split[side] * Fraction(exact[side]) for side in Side if side in exact}
    total = explanation.standing.total_1e2 or 0
    if not total:
        return dict.fromkeys(given, 0)
    whole = lcm(*(part.denominator for part in given.values()))
    parts = money.share(total, [(side, int(part * whole)) for side, part in given.items()])
    return {side: parts[side] for side in given}


def difference_words(lines: Parts, sides: Parts) -> str:
    """Return how the lines of each side add up where that is not what the side gives; "" where it is.

    Both are in hundredths. Each line is rounded by itself, so their sum may be some hundredths off.
    """
    off = [
        f"those of {side} add up to {money.score(lines[side])}, and the side gives {money.score(given)}"
        for side, given in sides.items()
        if lines[side] != given
    ]
    if not off:
        return ""
    return f"Each line is rounded by itself: {'; '.join(off)}. The total is worked exactly and rounded once."
