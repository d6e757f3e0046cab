"""The one gate that money passes before an award is set: what of it somebody must confirm.

A decision, a correction, a variation and an award without a competition are all asked here, by the window
before the button and by the operation. So is which budgets are passed, which somebody has to allow.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from models.queries.applications.applications import areas_by_reference, entered
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import PROPOSED, AwardLine, award_lines
from models.queries.awards.budget import budget_key, fund_budget, round_budget
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.variations import award_money
from models.queries.awards.year_end_figures import Key
from models.queries.deciding.allowances import given_amounts, pot_uses, pots_past
from models.queries.deciding.decisions import half_decided
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import direct_round, is_direct, round_line, rounds_of_year, scheme
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.direct_award import DirectAward, Route
from models.values.rows import by_application, scored_round
from scoring.allocating.gate import FEWEST, Beyond, Caps, Doubt, NewSum, OpenSum, doubts
from scoring.allocating.organisations import group, identified, same_organisations
from scoring.budget.figures import FundBudget, together
from scoring.budget.limits import decision_beyond_pence, direct_beyond_pence, signing_refusal
from scoring.ranking import PotUse
from scoring.written.names import is_same_text, text_key


def award_doubts(session: Session, round_id: int, sums: Mapping[str, int]) -> tuple[Doubt, ...]:
    """Return what is to be confirmed before awards of a round are set to sums, in pence by reference."""
    if not sums:
        return ()
    with with_figures(session, round_id, to_rank=True):
        found = tuple(_new_sums(session, round_id, sums))
    caps = _caps(session, round_id)
    return tuple(doubt for one in found for doubt in doubts(one, caps))


def _new_sums(session: Session, round_id: int, sums: Mapping[str, int]) -> Iterator[NewSum]:
    given, made = given_amounts(session, round_id), by_application(awards(session, round_id))
    first = same_organisations(scored_round(round_rows(session, round_id)).applications)
    direct = direct_awards(session, round_id)
    competed = _competed(session, budget_key(session, round_id)) if direct else {}
    after = {**given, **sums}
    for of, pence in sums.items():
        elsewhere = _of_organisation(competed, Recipient.of_direct(direct[of])) if of in direct else {}
        alike = [one for one in after if one != of and first[one] == first[of] and after[one]]
        others = [given[one] for one in given if one != of and given[one] and _is_alike(direct, one, of)]
        yield NewSum(
            of,
            pence,
            awarded_pence=made[of].amount_pence if of in made else 0,
            stood_pence=made[of].amount_pence if of in made else given.get(of, 0),
            beside=(*alike, *elsewhere),
            beside_pence=sum(after[one] for one in alike) + sum(one.pence for one in elsewhere.values()),
            others=_like_it(session, budget_key(session, round_id), others, (round_id, of)),
        )


def _like_it(
    session: Session, key: Key, alike: Sequence[int], own: tuple[int, str] = (0, "")
) -> Sequence[int]:
    """Return the sums that an award is held against: those alike, or while these are too few its year's.

    Of the year are the sums given in rounds in which applicants compete, but for its `own`.
    """
    if len(alike) >= FEWEST:
        return alike
    rounds = (line.round_id for line in rounds_of_year(session, key) if not line.is_direct)
    given = ((of, one, pence) for of in rounds for one, pence in given_amounts(session, of).items())
    return tuple(pence for of, one, pence in given if pence and (of, one) != own)


def _is_alike(direct: Mapping[str, DirectAward], one: str, of: str) -> bool:
    """Whether awards may be compared: without a competition those that come about alike."""
    return of not in direct or direct[one].route is direct[of].route


class OpenAmount(Struct, frozen=True):
    """What the amount of an award in an area of a round is held against as it is typed.

    `pot` is None where it draws on none, `year` for start-up money, which no authority adds to. It takes
    `given_pence` of the pot already, and `decided_pence` of the year's money. A change that `is_new` rests on
    nothing that was allowed before it.
    """

    sum: OpenSum
    area: str
    round: str
    pot: PotUse | None
    year: FundBudget | None
    given_pence: int = 0
    decided_pence: int = 0
    is_new: bool = False

    def doubts(self, pence: int | None) -> tuple[Doubt, ...]:
        """Return what of an amount is to be confirmed, None for no amount."""
        return self.sum.doubts(pence)

    def beyond(self, pence: int | None) -> tuple[Beyond, ...]:
        """Return which budgets an amount passes by money that nobody allows."""
        sums = (pence or 0) - self.given_pence, (pence or 0) - self.decided_pence
        return self._passed(*sums) if pence else ()

    def signed(self, adds_pence: int) -> tuple[Beyond, ...]:
        """Return which budgets are passed once a proposal is signed, which holds so much more already."""
        return self._passed(0, adds_pence, adds_pence) if adds_pence > 0 else ()

    def _passed(self, of_pot: int, of_year: int, held_pence: int = 0) -> tuple[Beyond, ...]:
        over, own = 0, (self.sum.of.reference,)
        if self.pot and (of_pot > 0 or held_pence):
            over = self.pot.with_more(of_pot).beyond_since_pence(self.pot, () if self.is_new else own)
        found = [Beyond(self.area, over)]
        if self.year is not None and of_year > 0:
            lacks = decision_beyond_pence(self.year, self.area, self.round, of_year, held_pence)
            found.append(Beyond(self.area, lacks, self.year.fund, self.year.year))
        return tuple(one for one in found if one.pence)


def open_amount(session: Session, round_id: int, reference: str, *, is_signing: bool = False) -> OpenAmount:
    """Return what the amount of the award on an application is held against, by who proposes or signs it."""
    area, given = areas_by_reference(session, round_id)[reference] or "", given_amounts(session, round_id)
    with with_figures(session, round_id, to_rank=True):
        (found,) = _new_sums(session, round_id, {reference: 0})
    made = by_application(awards(session, round_id)).get(reference)
    held = made.held_pence if made is not None and made.stands else 0
    held += _added(session, round_id, reference) if made is None else 0
    is_new = made is not None and bool(held) and not is_signing
    budget = round_budget(session, round_id, () if is_new else (reference,))
    return OpenAmount(
        sum=OpenSum(found, _caps(session, round_id)),
        area=area,
        round=round_line(session, round_id).name,
        pot=next((use for use in pot_uses(session, round_id, given) if area in use.areas), None),
        year=budget if _draws_on_year(direct_awards(session, round_id), reference) else None,
        given_pence=held or given.get(reference, 0),
        decided_pence=held,
        is_new=is_new,
    )


def decided_beyond(
    session: Session,
    round_id: int,
    given: Mapping[str, int],
    areas: Collection[str],
    taken: Mapping[str, int],
) -> tuple[Beyond, ...]:
    """Return which budgets decisions pass: in some areas by what is given after them, and in the year.

    Both are in pence by reference; `taken` is what they decide more of the year's money. What others signed
    before is held of it already: whoever signs last is asked about it where the year has less by now.
    """
    found = [*pots_beyond(session, round_id, given, areas, taken)]
    budget, name = round_budget(session, round_id, taken), round_line(session, round_id).name
    for area, more, held in _taken_in_areas(session, round_id, taken):
        lacks = decision_beyond_pence(budget, area, name, more, held)
        found += [Beyond(area, lacks, budget.fund, budget.year)] if lacks else []
    return tuple(found)


def decided_refusal(session: Session, round_id: int, taken: Mapping[str, int]) -> str:
    """Return why decisions take too much of the year's money, "" where they may be made."""
    budget, name = round_budget(session, round_id, taken), round_line(session, round_id).name
    every = (
        signing_refusal(budget, area, name, more, held)
        for area, more, held in _taken_in_areas(session, round_id, taken)
    )
    return next(filter(None, every), "")


def _taken_in_areas(
    session: Session, round_id: int, taken: Mapping[str, int]
) -> Iterator[tuple[str, int, int]]:
    """Yield the areas of decisions, each with what they take of the year, and what of it is held already."""
    by_area, held, area_of = Counter[str](), Counter[str](), areas_by_reference(session, round_id)
    direct = direct_awards(session, round_id)
    for of in (one for one in taken if _draws_on_year(direct, one)):
        by_area[area_of[of] or ""] += taken[of]
        held[area_of[of] or ""] += _added(session, round_id, of)
    yield from ((area, more, held[area]) for area, more in by_area.items())


def _added(session: Session, round_id: int, reference: str) -> int:
    """Return what a change that is not signed by all adds to what is agreed: the year holds it already."""
    money = award_money(session).get(entered(session, round_id)[reference].number)
    return 0 if money is None else money.adds_pence


def pots_beyond(
    session: Session,
    round_id: int,
    given: Mapping[str, int],
    areas: Collection[str],
    own: Collection[str],
) -> tuple[Beyond, ...]:
    """Return which pots of some areas a change of awards passes, each under the area of one of its own."""
    area_of = areas_by_reference(session, round_id)
    named = [area_of[of] for of in own]
    return tuple(
        Beyond(next(one for one in (*named, *use.areas) if one in use.areas), beyond)
        for use, beyond in pots_past(session, round_id, given, areas, own=own)
    )


def _draws_on_year(direct: Mapping[str, DirectAward], reference: str) -> bool:
    """Whether an award draws on the project money of its year: only start-up money does not."""
    return reference not in direct or direct[reference].route is not Route.START_UP


class Recipient(NamedTuple):
    """Who has an award, by name and registered numbers, what is held for it and what of that is agreed."""

    organisation: str
    charity_number: str
    company_number: str
    pence: int
    agreed_pence: int = 0

    @classmethod
    def of_direct(cls, award: DirectAward) -> "Recipient":
        """Return the recipient of an award without a competition."""
        return cls(award.organisation, award.charity_number, award.company_number, award.amount_pence)

    @classmethod
    def of_competed(cls, award: AwardRow) -> "Recipient":
        """Return the recipient of an award of a round, with what is held for it."""
        of = award.applied
        numbers = of.charity_number, of.company_number
        return cls(award.organisation, *numbers, award.held_pence, award.agreed_pence)


class DirectGate(Struct, frozen=True):
    """What an award without a competition is held against: its year's `others`, the caps and the money.

    `reference` is its own, "" before it has one; `stood_pence` what was proposed before, 0 for nothing.
    `proposed` are those of the others that no signatory has signed: the year holds the others. `usual` are
    the sums that it is held against while too few came about alike. `competed` are the awards of its year for
    which applicants competed, by reference: the cap of an organisation counts them, too.
    """

    reference: str
    stood_pence: int
    others: Mapping[str, DirectAward]
    caps: Caps
    budget: FundBudget
    proposed: frozenset[str] = frozenset()
    usual: Sequence[int] = ()
    competed: Mapping[str, Recipient] = {}

    def beyond(self, award: DirectAward) -> tuple[Beyond, ...]:
        """Return whether it passes its area's money of the year, counted with what is proposed already."""
        known = (one.area for one in self.budget.with_allocation if is_same_text(one.area, award.area))
        area = next(known, None)
        if area is None or award.route is Route.START_UP:
            return ()
        sharing = self.budget.sharing(area)
        areas = {one.area for one in sharing}
        others = (self.others[of] for of in self.proposed)
        beside = (one for one in others if one.route is not Route.START_UP and one.area in areas)
        pence = award.amount_pence + sum(one.amount_pence for one in beside)
        lacks = direct_beyond_pence(together(sharing), pence)
        return (Beyond(area, lacks, self.budget.fund, self.budget.year),) if lacks else ()

    def doubts(self, award: DirectAward) -> tuple[Doubt, ...]:
        """Return what is to be confirmed before the award is proposed, or changed."""
        others = {of: Recipient.of_direct(one) for of, one in self.others.items()}
        beside = _of_organisation({**self.competed, **others}, Recipient.of_direct(award))
        alike = tuple(one.amount_pence for one in self.others.values() if one.route is award.route)
        one = NewSum(
            self.reference or award.organisation,
            award.amount_pence,
            stood_pence=self.stood_pence,
            beside=tuple(beside),
            beside_pence=sum(each.pence for each in beside.values()),
            others=alike if len(alike) >= FEWEST else self.usual,
        )
        return tuple(doubts(one, self.caps))


def unheld_proposals(session: Session, round_id: int | None, besides: str) -> tuple[AwardLine, ...]:
    """Return the proposals without a competition that no signatory has signed, but one by its reference.

    The year holds none of them yet. `round_id` is None for no such round.
    """
    half = half_decided(session)
    return tuple(
        line
        for line in (() if round_id is None else award_lines(session, round_id))
        if line.state == PROPOSED and line.reference != besides
        if entered(session, line.round.round_id)[line.reference].number not in half
    )


def direct_gate(session: Session, key: Key, reference: str) -> DirectGate:
    """Return what an award without a competition of a fund's year is held against."""
    round_id = direct_round(session, key)
    every = {} if round_id is None else direct_awards(session, round_id)
    stood = every.get(reference)
    others = {of: one for of, one in every.items() if of != reference}
    pence = 0 if stood is None else stood.amount_pence
    proposed = frozenset(line.reference for line in unheld_proposals(session, round_id, reference))
    own = (round_id or 0, {*proposed, reference})
    caps, budget = _caps_of_year(session, key), fund_budget(session, key, own)
    usual, competed = _like_it(session, key, ()), _competed(session, key)
    return DirectGate(reference, pence, others, caps, budget, proposed, usual, competed)


def _competed(session: Session, key: Key) -> dict[str, Recipient]:
    """Return the awards of a fund's year for which applicants competed, by reference."""
    rounds = (line.round_id for line in rounds_of_year(session, key) if not line.is_direct)
    made = (one for of in rounds for one in awards(session, of) if one.stands)
    return {one.reference: Recipient.of_competed(one) for one in made}


def _of_organisation(others: Mapping[str, Recipient], award: Recipient) -> dict[str, Recipient]:
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
