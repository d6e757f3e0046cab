"""Equals that the chair put in order: with whom, and why, in words (section 5)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from scoring.allocating.shared_pots import same_place
from scoring.counted import listed
from scoring.places.tie_breaks import tie_breaks
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import ChairDecision, ChairDecisionKind, Round
from scoring.written.number_words import ordinal


class ChairTie(NamedTuple):
    """What the chair decided of one of several equals: `others` are the rest, `position` counts from 1."""

    others: tuple[str, ...]
    position: int
    reason: str
    by: str = "the chair"

    @property
    def words(self) -> str:
        """Return it as a sentence without capital and full stop."""
        equal = f"equal with {listed(self.others)} by the published rules"
        return f"{equal}, put {ordinal(self.position)} by {self.by}{_because([self.reason])}"


def chair_ties(round_: Round, ranking: Ranking) -> dict[str, ChairTie]:
    """Return by reference what the chair decided between equals, in the order of the list.

    Equals are those that the tie-break rules before the chair's leave at one place. A decision that
    separates none of them, or that was not given to each, is left out.
    """
    ties = {one.application: one for one in round_.chair_decisions if one.kind is ChairDecisionKind.TIE}
    before = _before_the_chair(round_) if ties else ranking
    places = {one.reference: one.place for one in ranking.standings}
    found: dict[str, ChairTie] = {}
    for one in before.standings if ties else ():
        equals = [each.reference for each in same_place(before, one)] if one.tied else []
        if len({places[of] for of in equals}) > 1 and ties.keys() >= set(equals):
            found[one.reference] = _tie(one.reference, equals, ties)
    return {one.reference: found[one.reference] for one in ranking.standings if one.reference in found}


def order_words(ties: Mapping[str, ChairTie]) -> Iterator[tuple[str, str]]:
    """Yield each tie as a sentence without its full stop, with the reference that was put first."""
    told: set[str] = set()
    for first, tie in ties.items():
        if first not in told:
            order = [of for of in ties if of == first or of in tie.others]
            told.update(order)
            put = f"{tie.by} put {order[0]} first, then {listed(order[1:])}"
            why = _because([ties[of].reason for of in order])
            yield first, f"{listed(sorted(order))} were equal by the published rules; {put}{why}"


def _because(reasons: list[str]) -> str:
    said = "; ".join(filter(None, dict.fromkeys(reasons)))
    return f": {said}" if said else ""


def _tie(of: str, equals: list[str], ties: Mapping[str, ChairDecision]) -> ChairTie:
    own, others = ties[of], tuple(one for one in equals if one != of)
    position = 1 + sum((ties[one].place or 0) < (own.place or 0) for one in others)
    return ChairTie(others, position, " ".join(own.reason.split()).rstrip("."), own.by)


def _before_the_chair(round_: Round) -> Ranking:
    """Return the ranking by the rules that come before the chair's decision alone."""
    rules = tie_breaks(round_.scheme)
    others = tuple(one for one in round_.chair_decisions if one.kind is not ChairDecisionKind.TIE)
    scheme = replace(round_.scheme, ladder=rules[: rules.index("chair")])
    return rank(replace(round_, scheme=scheme, chair_decisions=others))
