"""The later steps of an explanation: floors, price, the tie-break rules and the money (sections 4 to 6)."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from scoring import money
from scoring.allocating.rule_notes import note_words, rule_note
from scoring.allocating.shared_pots import list_of, shared_with, shared_words
from scoring.counted import listed
from scoring.explaining.words import Step
from scoring.places.standings import tie_breaks
from scoring.ranking import AreaStanding, Outcome, Ranking, Standing
from scoring.round import Application, ChairDecisionKind, Round
from scoring.scheme import CRITERION_RULE, RankedBy, Scheme


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
    lists = list_of(round_.areas)
    own = [s for s in ranking.standings if lists[s.area] == lists[standing.area]]
    equals = [s for s in own if _equal(round_.scheme, s, standing)]
    if len(equals) > 1:
        others = ", ".join(s.reference for s in equals if s.reference != standing.reference)
        shown = _score(round_.scheme, standing)
        yield Step("equal score", f"the same score as {others}: the tie-break rules decide", shown, shown)
        yield from _tie_break_steps(round_, equals, standing)
    printed = money.place_with_rule(standing.place, tied=standing.tied, by=standing.place_by)
    words = _place_words(round_.scheme, standing)
    areas = shared_with(round_.areas).get(standing.area or "", (standing.area or "",))
    yield Step("place", f"in {listed(areas)}, {words}", str(standing.place), printed)


def money_step(ranking: Ranking, standing: Standing) -> Step:
    """Return the step from the place to what the rule proposes."""
    offer = "–" if standing.offer_pence is None else money.pounds(standing.offer_pence)
    exact = "–" if standing.offer_pence is None else money.plain_pounds(standing.offer_pence)
    outcome = "the chair decides" if standing.outcome is Outcome.TIE else str(standing.outcome)
    area = next(a for a in ranking.areas if a.area == standing.area)
    pot = f"({area.area}: {_pot_words(area)})"
    if area.shared_with:
        pot += f"; {shared_words(area.shared_with)}"
    noted, told = (
        f"{outcome}: {note} {pot}" for note in (rule_note(standing), note_words(standing, ranking.scheme))
    )
    return Step("money", noted, exact, offer, told)


def _pot_words(area: AreaStanding) -> str:
    """Return what the rule may offer in an area: the pot, its tolerance, less what was committed."""
    words = f"{'part of the pot' if area.shared_with else 'pot'} {money.pounds(area.pot_pence)}"
    if area.tolerance_pence:
        words += f", tolerance {money.pounds(area.tolerance_pence)}"
    if area.committed_pence:
        words += f", {money.pounds(area.committed_pence)} committed before"
    return words


def _place_words(scheme: Scheme, standing: Standing) -> str:
    if standing.tied:
        return "shared: no rule separates them"
    by_price = scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT
    own = "by its price" if by_price else "by its score"
    return f"{own}, then {money.tie_break(standing.place_by)}" if standing.place_by else own


def _equal(scheme: Scheme, one: Standing, other: Standing) -> bool:
    return one.place is not None and _score(scheme, one) == _score(scheme, other)


def _score(scheme: Scheme, standing: Standing) -> str:
    if scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
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
    if rule.startswith(CRITERION_RULE):
        values = {c.code: c.value_1e2 for c in standing.criteria}
        return _shown(values[rule.removeprefix(CRITERION_RULE)])
    application = next(a for a in round_.applications if a.reference == standing.reference)
    if rule == "received":
        return _received(application.received_at)
    if rule == "requested":
        return money.pounds(application.requested_pence)
    if rule == "chair":
        return _chair(round_, standing.reference)
    return _shown(standing.quality_1e2 if rule == "quality" else standing.cost_1e2)


def _shown(value_1e2: int | None) -> str | None:
    return None if value_1e2 is None else money.score(value_1e2)


def _received(received_at: datetime | None) -> str | None:
    return None if received_at is None else received_at.isoformat(sep=" ")


def _chairs_reason(round_: Round, standing: Standing) -> str:
    """Return why the chair decided so, as the words on the rule go on; "" where no reason is given."""
    tie = ChairDecisionKind.TIE
    said = (d for d in round_.chair_decisions if d.application == standing.reference and d.kind is tie)
    return "".join(f". Why: {d.reason.strip()}" for d in said if d.reason.strip())


def _chair(round_: Round, reference: str) -> str | None:
    tie = ChairDecisionKind.TIE
    found = (d.place for d in round_.chair_decisions if d.application == reference and d.kind is tie)
    return next((str(place) for place in found if place is not None), None)
