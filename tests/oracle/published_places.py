"""The published rules from scores to places, written a second time as plainly as they can be."""

from datetime import datetime

from scoring.round import ChairDecisionKind, Round
from scoring.scheme import RankedBy
from tests.oracle.published_rules import Verdict


def rule_figure(a_round: Round, verdict: Verdict, rule: str) -> int | datetime | None:
    """Return what a rule compares, smaller first, or None where the application cannot answer."""
    if rule.startswith("criterion:"):
        return higher_first(verdict.criteria[rule.removeprefix("criterion:")][0])
    if rule == "quality":
        return higher_first(verdict.quality_1e2)
    if rule == "cost":
        return higher_first(verdict.cost_1e2)
    if rule == "requested":
        return verdict.application.requested_pence
    if rule == "received":
        return verdict.application.received_at
    for decision in a_round.chair_decisions:
        if decision.application == verdict.application.reference and decision.kind is ChairDecisionKind.TIE:
            return decision.place
    return None


def higher_first(shown_1e2: int | None) -> int | None:
    """Return a figure that is smaller the higher the printed one is."""
    return None if shown_1e2 is None else -shown_1e2


def parted(a_round: Round, equals: list[Verdict]) -> list[list[Verdict]]:
    """Go down the tie-breaks once, parting every group of equals that can answer a rule."""
    tie_breaks = list(a_round.scheme.ladder)
    if "chair" not in tie_breaks:
        tie_breaks.append("chair")
    groups = [equals]
    for rule in tie_breaks:
        groups = [smaller for group in groups for smaller in parted_by(a_round, group, rule)]
    return groups


def parted_by(a_round: Round, group: list[Verdict], rule: str) -> list[list[Verdict]]:
    """Part one group by one rule, or leave it as it is."""
    answers = {v.application.reference: rule_figure(a_round, v, rule) for v in group}
    if any(answer is None for answer in answers.values()) or len(set(answers.values())) == 1:
        return [group]
    for verdict in group:
        verdict.place_by = rule
    different = sorted({answer for answer in answers.values() if answer is not None})
    return [[v for v in group if answers[v.application.reference] == answer] for answer in different]


def in_order(a_round: Round, verdicts: list[Verdict]) -> list[list[Verdict]]:
    """Return one area's ranked applications as groups that share a place, best first; fill in places."""
    ranked = [v for v in verdicts if v.status == "ranked"]
    scores = {v.application.reference: shown_score(a_round, v) for v in ranked}
    groups = []
    for score in sorted(set(scores.values())):
        equals = [v for v in ranked if scores[v.application.reference] == score]
        groups.extend(parted(a_round, equals))
    place = 1
    for group in groups:
        for verdict in group:
            verdict.place, verdict.tied = place, len(group) > 1
        place += len(group)
    return groups


def shown_score(a_round: Round, verdict: Verdict) -> tuple[int, int]:
    """Return the printed score so that the smaller is the better; no price comes last."""
    if a_round.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT:
        return (1, 0) if verdict.price_pence is None else (0, verdict.price_pence)
    return (0, -(verdict.total_1e2 or 0))
