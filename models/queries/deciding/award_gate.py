"""The one gate that money passes before an award is set: what of it somebody must confirm.

A decision, a correction, a variation and an award without a competition are all asked here, by the window
before the button and by the operation.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from models.queries.awards.awards import awards
from models.queries.awards.budget import budget_key
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.year_end_figures import Key
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.decided_anew import ranked
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import direct_round, is_direct, rounds_of_year, scheme
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.direct_award import DirectAward
from models.values.rows import by_application, scored_round
from scoring.allocating.gate import Caps, Doubt, NewSum, OpenSum, doubts
from scoring.allocating.organisations import group, identified, same_organisations
from scoring.written.names import text_key


def award_doubts(session: Session, round_id: int, sums: Mapping[str, int]) -> tuple[Doubt, ...]:
    """Return what is to be confirmed before awards of a round are set to sums, in pence by reference."""
    if not sums:
        return ()
    with with_figures(session, round_id, to_rank=True):
        found = tuple(_new_sums(session, round_id, sums))
    caps = _caps(session, round_id)
    return tuple(doubt for one in found for doubt in doubts(one, caps))


def open_sum(session: Session, round_id: int, reference: str) -> OpenSum:
    """Return what the sum of an award is held against as it is typed."""
    with with_figures(session, round_id, to_rank=True):
        (found,) = _new_sums(session, round_id, {reference: 0})
    return OpenSum(found, _caps(session, round_id))


def _new_sums(session: Session, round_id: int, sums: Mapping[str, int]) -> Iterator[NewSum]:
    given, made = given_amounts(session, round_id), by_application(awards(session, round_id))
    first = same_organisations(scored_round(round_rows(session, round_id)).applications)
    by_rule = {one.reference: one.offer_pence for one in ranked(session, round_id).standings}
    direct = direct_awards(session, round_id)
    after = {**given, **sums}
    for of, pence in sums.items():
        alike = [one for one in after if one != of and first[one] == first[of] and after[one]]
        others = [given[one] for one in given if one != of and given[one] and _is_alike(direct, one, of)]
        yield NewSum(
            of,
            pence,
            made[of].amount_pence if of in made else 0,
            made[of].amount_pence if of in made else given.get(of, 0),
            tuple(alike),
            sum(after[one] for one in alike),
            by_rule.get(of),
            others,
        )


def _is_alike(direct: Mapping[str, DirectAward], one: str, of: str) -> bool:
    """Whether awards may be compared: without a competition those that come about alike."""
    return of not in direct or direct[one].route is direct[of].route


class DirectGate(Struct, frozen=True):
    """What an award without a competition is held against: its year's `others`, and the caps.

    `reference` is its own, "" before it has one; `stood_pence` what was proposed before, 0 for nothing.
    """

    reference: str
    stood_pence: int
    others: Mapping[str, DirectAward]
    caps: Caps

    def doubts(self, award: DirectAward) -> tuple[Doubt, ...]:
        """Return what is to be confirmed before the award is proposed, or changed."""
        beside = _of_organisation(self.others, award)
        one = NewSum(
            self.reference or award.organisation,
            award.amount_pence,
            stood_pence=self.stood_pence,
            beside=tuple(beside),
            beside_pence=sum(each.amount_pence for each in beside.values()),
            others=[each.amount_pence for each in self.others.values() if each.route is award.route],
        )
        return tuple(doubts(one, self.caps))


def direct_gate(session: Session, key: Key, reference: str) -> DirectGate:
    """Return what an award without a competition of a fund's year is held against."""
    round_id = direct_round(session, key)
    every = {} if round_id is None else direct_awards(session, round_id)
    stood = every.get(reference)
    others = {of: one for of, one in every.items() if of != reference}
    pence = 0 if stood is None else stood.amount_pence
    return DirectGate(reference, pence, others, _caps_of_year(session, key))


def _of_organisation(others: Mapping[str, DirectAward], award: DirectAward) -> dict[str, DirectAward]:
    """Return those of some awards that go to the organisation of another."""
    every = (award, *others.values())
    own, *rest = group(
        tuple(
            identified("", text_key(one.organisation), one.charity_number, one.company_number)
            for one in every
        )
    ).first
    return {of: one for (of, one), first in zip(others.items(), rest, strict=True) if first == own}


def _caps(session: Session, round_id: int) -> Caps:
    """Return the caps of a round; awards without a competition have those of their fund's year."""
    if is_direct(session, round_id):
        return _caps_of_year(session, budget_key(session, round_id))
    found = scheme(session, round_id)
    return Caps(found.cap_per_award_pence, found.cap_per_organisation_pence)


def _caps_of_year(session: Session, key: Key) -> Caps:
    """Return the caps of the newest round of a fund's year in which applicants compete; none without one."""
    rounds = [line.round_id for line in rounds_of_year(session, key) if not line.is_direct]
    return _caps(session, rounds[-1]) if rounds else Caps()
