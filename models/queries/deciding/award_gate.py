"""The one gate that money passes before an award is set: what of it somebody must confirm.

A decision, a correction, a variation and an award without a competition are all asked here, by the window
before the button and by the operation. So is which budgets are passed, which somebody has to allow.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from models.queries.applications.applications import areas_by_reference
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import PROPOSED, award_lines
from models.queries.awards.budget import budget_key, fund_budget, round_budget
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.year_end_figures import Key
from models.queries.deciding.allowances import given_amounts, pot_uses, pots_past
from models.queries.deciding.decided_anew import ranked
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import direct_round, is_direct, round_line, rounds_of_year, scheme
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.direct_award import DirectAward, Route
from models.values.rows import by_application, scored_round
from scoring.allocating.gate import FEWEST, Beyond, Caps, Doubt, NewSum, OpenSum, doubts
from scoring.allocating.organisations import group, identified, same_organisations
from scoring.budget.figures import FundBudget, together
from scoring.budget.limits import decision_beyond_pence, direct_beyond_pence
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


class OpenBudget(Struct, frozen=True):
    """The budgets that an award in an area of a round draws on, against which its sum is held as it is typed.

    `pot` is None where it draws on none, `year` for start-up money, which no authority adds to.
    """

    area: str
    round: str
    pot: PotUse | None
    year: FundBudget | None

    def beyond(self, pence: int, held_pence: int = 0) -> tuple[Beyond, ...]:
        """Return which it passes once it takes so much more (pence), of which some is held already."""
        if pence <= 0:
            return ()
        over = 0 if self.pot is None else self.pot.with_more(pence - held_pence).beyond_pence
        found = [Beyond(self.area, over)]
        if self.year is not None:
            lacks = decision_beyond_pence(self.year, self.area, self.round, pence, held_pence)
            found.append(Beyond(self.area, lacks, self.year.fund, self.year.year))
        return tuple(one for one in found if one.pence)


def open_budget(session: Session, round_id: int, application: str) -> OpenBudget:
    """Return the budgets that the award on an application draws on."""
    area = areas_by_reference(session, round_id)[application] or ""
    uses = pot_uses(session, round_id, given_amounts(session, round_id))
    year = None if _is_start_up(session, round_id, application) else round_budget(session, round_id)
    pot = next((use for use in uses if area in use.areas), None)
    return OpenBudget(area, round_line(session, round_id).name, pot, year)


def decided_beyond(
    session: Session,
    round_id: int,
    given: Mapping[str, int],
    areas: Collection[str],
    taken: Mapping[str, int],
) -> tuple[Beyond, ...]:
    """Return which budgets decisions pass: in some areas by what is given after them, and in the year.

    Both are in pence by reference; `taken` is what they decide more of the year's money.
    """
    found = [
        Beyond(next(one for one in use.areas if one in areas), use.beyond_pence)
        for use in pots_past(session, round_id, given, areas)
    ]
    by_area, area_of = Counter[str](), areas_by_reference(session, round_id)
    for of, pence in taken.items():
        by_area[area_of[of] or ""] += 0 if _is_start_up(session, round_id, of) else pence
    budget, name = round_budget(session, round_id), round_line(session, round_id).name
    for area, pence in by_area.items():
        lacks = decision_beyond_pence(budget, area, name, pence)
        found += [Beyond(area, lacks, budget.fund, budget.year)] if lacks else []
    return tuple(found)


def _is_start_up(session: Session, round_id: int, application: str) -> bool:
    award = direct_awards(session, round_id).get(application)
    return award is not None and award.route is Route.START_UP


class DirectGate(Struct, frozen=True):
    """What an award without a competition is held against: its year's `others`, the caps and the money.

    `reference` is its own, "" before it has one; `stood_pence` what was proposed before, 0 for nothing.
    `proposed` are those of the others that wait for a signature. `usual` are the sums of the year's awards
    for which applicants competed: it is held against these while too few came about alike.
    """

    reference: str
    stood_pence: int
    others: Mapping[str, DirectAward]
    caps: Caps
    budget: FundBudget
    proposed: frozenset[str] = frozenset()
    usual: tuple[int, ...] = ()

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
        beside = _of_organisation(self.others, award)
        alike = tuple(one.amount_pence for one in self.others.values() if one.route is award.route)
        one = NewSum(
            self.reference or award.organisation,
            award.amount_pence,
            stood_pence=self.stood_pence,
            beside=tuple(beside),
            beside_pence=sum(each.amount_pence for each in beside.values()),
            others=alike if len(alike) >= FEWEST else self.usual,
        )
        return tuple(doubts(one, self.caps))


def direct_gate(session: Session, key: Key, reference: str) -> DirectGate:
    """Return what an award without a competition of a fund's year is held against."""
    round_id = direct_round(session, key)
    every = {} if round_id is None else direct_awards(session, round_id)
    stood = every.get(reference)
    others = {of: one for of, one in every.items() if of != reference}
    pence = 0 if stood is None else stood.amount_pence
    lines = () if round_id is None else award_lines(session, round_id)
    waiting = frozenset(one.key[1] for one in lines if one.state == PROPOSED)
    caps, budget = _caps_of_year(session, key), fund_budget(session, key)
    rounds = (line.round_id for line in rounds_of_year(session, key) if not line.is_direct)
    usual = tuple(one.agreed_pence for of in rounds for one in awards(session, of) if one.stands)
    return DirectGate(reference, pence, others, caps, budget, waiting & others.keys(), usual)


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
