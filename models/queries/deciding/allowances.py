"""Who allows money over the pots of a round's areas, and how each pot stands with what is given."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from models.queries.applications.applications import applications, areas_by_reference, entered, withdrawn_in
from models.queries.awards.variations import WITHDRAWN, award_money, variations
from models.queries.awards.year_end_figures import paid_by_award, returned_by_award, round_years
from models.queries.deciding.as_decided import DecidedMoney
from models.queries.deciding.decisions import (
    decisions,
    final_decisions,
    half_decided,
    recommendations,
)
from models.queries.rows import of_round, rows_of_round
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import is_direct
from models.reference.reporting import year_of
from models.schema.deciding import area_allowance_table
from models.schema.set_up import area_table
from models.session import Session, untold
from models.store.locks.signing_on import with_closed_rows
from models.store.parts import part
from models.values.awards import Returned
from models.values.rows import RoundRows, by_reference
from scoring.allocating.allocation import areas_money, whole_pots
from scoring.allocating.over_pot import allowed, allowed_by, over_of_area
from scoring.budget.figures import AwardMoney, ProposedSum, proposed_words
from scoring.money import short_pounds
from scoring.ranking import Allowance, PotUse

_ALLOWED = area_allowance_table.c
_authorities = rows_of_round(
    lambda *said: (Allowance(*said[:-2]), said[-2], bool(said[-1])),
    of_round(Allowance, area_allowance_table, pence=_ALLOWED.amount_pence, on=_ALLOWED.allowed_on)
    .add_columns(_ALLOWED.recorded_at, _ALLOWED.of_year)
    .order_by(area_table.c.position, _ALLOWED.id),
)


def authorities(session: Session, round_id: int) -> tuple[tuple[Allowance, datetime, bool], ...]:
    """Return what was allowed over budgets, by area, then in time, when, and whether over the year."""
    with with_closed_rows(session):
        return _authorities(session, round_id)


@part
def allowances_recorded(session: Session, round_id: int) -> tuple[tuple[Allowance, datetime], ...]:
    """Return what was allowed over a round's pots later, and when each was recorded."""
    return tuple((one, at) for one, at, is_of_year in authorities(session, round_id) if not is_of_year)


@part
def allowances(session: Session, round_id: int) -> tuple[Allowance, ...]:
    """Return the same without when it was recorded."""
    return tuple(one for one, _ in allowances_recorded(session, round_id))


@part
def year_allowances(session: Session, round_id: int) -> tuple[Allowance, ...]:
    """Return what was allowed with awards of a round over the money of its year, by area, then in time."""
    return tuple(one for one, _, is_of_year in authorities(session, round_id) if is_of_year)


def allowed_for(session: Session, round_id: int, references: Collection[str]) -> tuple[str, ...]:
    """Return who allowed money over budgets for some awards of a round, a sentence each: signers read it."""
    over = {True: "the money of the year", False: "the round budget"}
    return tuple(
        f"{one.area}: {short_pounds(one.pence)} over {over[is_of_year]}, {allowed_by(one, short_pounds)}."
        for one, _, is_of_year in authorities(session, round_id)
        if one.is_for(references)
    )


def came_back(session: Session, round_id: int) -> tuple[tuple[str, Returned], ...]:
    """Return what came back of each application's award in the round's year.

    What comes back in a later year lowers no award of this one.
    """
    back, (_, year) = returned_by_award(session), round_years(session)[round_id]
    every = ((of, one) for of, row in entered(session, round_id).items() for one in back.get(row.number, ()))
    return tuple((of, one) for of, one in every if year_of(one.on) == year)


def decided_money(session: Session, round_id: int) -> DecidedMoney:
    """Return what stands decided in a round today, also of what was not taken up."""
    numbers, final = entered(session, round_id), final_decisions(decisions(session, round_id))
    held = {of: row.amount_pence or 0 for of, row in final.items()}
    held |= {of: money.held_pence for of, money in changed_money(session, round_id).items() if of in held}
    for of, back in came_back(session, round_id):
        if of in held:
            held[of] -= back.amount_pence
    gone = (numbers[of].number for of in sorted(not_taken_up(session, round_id).intersection(held)))
    by_number = ((numbers[of].number, pence) for of, pence in held.items())
    return DecidedMoney(tuple(by_number), tuple(gone), year_allowances(session, round_id))


def given_amounts(session: Session, round_id: int) -> dict[str, int]:
    """Return the pence of its pot that each application takes: as held or decided, else as recommended.

    An award holds the larger of the agreed and the proposed amount, and so does a decision while not all have
    signed its correction. What was withdrawn before anything of it was paid leaves its money to others, and
    so does what came back. Sums that are shown leave out what is closed to their reader until it is decided.
    """
    given = {row.application: row.amount_pence or 0 for row in recommendations(session, round_id)}
    decided = (row for row in decisions(session, round_id) if row.is_in_force)
    given |= {row.application: row.amount_pence or 0 for row in decided}
    given |= {of: money.held_pence for of, money in changed_money(session, round_id).items()}
    for application, back in came_back(session, round_id):
        given[application] -= back.amount_pence
    without = {one.reference for one in untold(session) if one.round_id == round_id}
    return {**given, **dict.fromkeys(not_taken_up(session, round_id) | without, 0)}


def changed_money(session: Session, round_id: int) -> Mapping[str, AwardMoney]:
    """Return the money of what was varied, or is corrected and not signed by all, by the application.

    A variation that was withdrawn does not count.
    """
    money, numbers, half = award_money(session), entered(session, round_id), half_decided(session)
    varied = [row.application for row in variations(session, round_id) if row.state != WITHDRAWN]
    decided = final_decisions(decisions(session, round_id))
    changed = (*varied, *(of for of in numbers if of in decided and numbers[of].number in half))
    return {of: money[numbers[of].number] for of in dict.fromkeys(changed)}


def proposed_sums(session: Session, round_id: int) -> Mapping[str, ProposedSum]:
    """Return the sums of each area in which something is proposed that not all have signed.

    Its first decisions are in it, as the year holds them.
    """
    money, gone = award_money(session), not_taken_up(session, round_id)
    numbers, areas = entered(session, round_id), areas_by_reference(session, round_id)
    found = defaultdict[str, list[AwardMoney]](list)
    for of, row in numbers.items():
        own = money.get(row.number)
        if own is not None and own.proposed_pence is not None and of not in gone:
            found[areas[of] or ""].append(own)
    return {area: ProposedSum.of(rows) for area, rows in found.items()}


def waiting_words(session: Session, round_id: int) -> Mapping[str, str]:
    """Return by the area of a round what proposed changes will free or add, for those where they do."""
    found, of = defaultdict[str, list[AwardMoney]](list), by_reference(applications(session, round_id))
    changed, gone = changed_money(session, round_id), not_taken_up(session, round_id)
    for application in (one for one in changed if one not in gone):
        found[of[application].area or ""].append(changed[application])
    told = {
        area: proposed_words(sum(one.adds_pence for one in money), sum(one.frees_pence for one in money))
        for area, money in found.items()
    }
    return {area: f"{area}: {words}" for area, words in told.items() if words}


def not_taken_up(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications of a round that were withdrawn and of which nothing was paid, by reference."""
    paid, numbers = paid_by_award(session), entered(session, round_id)
    gone = withdrawn_in(session, round_id)
    return frozenset(of for of in gone if not paid.get(numbers[of].number))


def over_lines(
    session: Session, round_id: int, changed: Mapping[str, int], areas: Collection[str] = ()
) -> tuple[str, ...]:
    """Return for each pot, or for those of some areas, what is over it and who allows that, in a sentence.

    `changed` is money in place of what stands on applications, in pence by reference.
    """
    told = (
        over_of_area(use)
        for use in pot_uses(session, round_id, {**given_amounts(session, round_id), **changed})
        if not areas or {*use.areas}.intersection(areas)
    )
    return tuple(filter(None, told))


def pot_uses(
    session: Session, round_id: int, given: Mapping[str, int], more: Iterable[Allowance] = ()
) -> tuple[PotUse, ...]:
    """Return how each pot of a round stands with money given to applications (pence by reference).

    A pot that areas share is told whole. Awards without a competition draw on the year's money itself: their
    round holds no pot. `more` is allowed beside what is recorded.
    """
    if is_direct(session, round_id):
        return ()
    rows = round_rows(session, round_id)
    areas = areas_money(rows.areas, rows.scheme, given_by_area(rows, given))
    return whole_pots(allowed(areas, (*allowances(session, round_id), *more)))


def pots_over(session: Session, round_id: int) -> tuple[PotUse, ...]:
    """Return the pots, as they are now, which what is given passes by money that nobody allows."""
    uses = pot_uses(session, round_id, given_amounts(session, round_id))
    return tuple(use for use in uses if use.beyond_pence)


def pots_past(
    session: Session,
    round_id: int,
    given: Mapping[str, int],
    areas: Collection[str],
    more: Iterable[Allowance] = (),
    *,
    before: Mapping[str, int] | None = None,
    own: Collection[str] = (),
) -> Iterator[tuple[PotUse, int]]:
    """Yield the pots of some areas that money passes, each with what nobody allows; pence by reference.

    Areas that share a pot are looked at together. `before` is what was given before the change of awards on
    its `own` applications, by default what is recorded.
    """
    stood = given_amounts(session, round_id) if before is None else before
    for use, then in zip(
        pot_uses(session, round_id, given, more), pot_uses(session, round_id, stood), strict=True
    ):
        beyond = use.beyond_since_pence(then, own)
        if beyond and not {*use.areas}.isdisjoint(areas):
            yield use, beyond


def given_by_area(rows: RoundRows, given: Mapping[str, int]) -> Counter[str]:
    """Return the pence given in each area to applications (pence by reference)."""
    found = Counter[str]()
    for row in rows.applications:
        found[row.area or ""] += given.get(row.reference, 0)
    return found


RECOMMENDED, DECIDED, EITHER = "recommended", "decided", "recommended or decided"


class BudgetLine(Struct, frozen=True):
    """A pot's money in pence: recommended, still to consider within it, and the pot.

    `pot` is without what was committed before, and never with `tolerance`. `beyond` is what nobody allows,
    `by` says who allows what is over the pot. What is decided counts as it was decided, and `told` says which
    it is: "recommended", "decided", or "recommended or decided" where some of it waits.
    """

    area: str
    recommended: int
    consider: int
    pot: int
    tolerance: int = 0
    beyond: int = 0
    by: str = ""
    told: str = RECOMMENDED

    @property
    def over(self) -> int:
        return max(self.recommended - self.pot, 0)


def told(are_decided: Iterable[bool]) -> str:
    """Return what money is called of which each part is decided, or only recommended."""
    found = set(are_decided)
    if len(found) > 1:
        return EITHER
    return DECIDED if found == {True} else RECOMMENDED


def told_of(lines: Iterable[BudgetLine]) -> str:
    """Return what the money of several areas is called together; one that gives none yet says nothing."""
    found = {line.told for line in lines if line.recommended} or {RECOMMENDED}
    return found.pop() if len(found) == 1 else EITHER
