"""Every award in a line, how far one without a competition is, and what one is proposed from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.queries.applications.applications import applications
from models.queries.awards.agreements.issued import with_agreements
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.budget import fund_budget
from models.queries.awards.direct_awards import direct_awards
from models.queries.awards.year_end_figures import year_figures
from models.queries.deciding.decisions import chain_of, decisions, signatures
from models.queries.deciding.progress import NOT_BEGUN, Progress, Waits, progress_by_line
from models.queries.set_up.funds import Fund, fund_list
from models.queries.set_up.rounds import is_direct, rounds
from models.reference.defaults import ListItem, ListKind, in_use
from models.reference.sign_off import SignOff
from models.schema.applications import application_table, organisation_table
from models.schema.awards import award_table
from models.session import Session
from models.values.direct_award import DirectAward
from models.values.rounds import RoundLine
from models.values.rows import ApplicationRow
from scoring.budget.figures import FundBudget
from scoring.counted import listed

PROPOSED, SENT_BACK, WITHDRAWN, AWARDED = "proposed", "sent back", "withdrawn", "awarded"
"""The states of an award."""


class AwardLine(Struct, frozen=True):
    """An award, or one that is proposed without a competition.

    `direct` is how it came about where nobody competed, None after a competition. `row` is the award, None
    before it is decided. `waits` is the step whose turn it is, None where it is nobody's. One that
    `is_untouched` was signed by nobody of the chain.
    """

    round: RoundLine
    application: ApplicationRow
    state: str
    direct: DirectAward | None = None
    row: AwardRow | None = None
    waits: Waits | None = None
    is_untouched: bool = False

    @property
    def reference(self) -> str:
        """Return the award's reference, its application's before it is decided."""
        return self.application.reference if self.row is None else self.row.reference

    @property
    def recipient(self) -> str:
        """Return who gets it, under the name of today."""
        return self.application.organisation if self.row is None else self.row.organisation

    @property
    def start_on(self) -> date | None:
        """Return the first day of its project, as varied."""
        varied = None if self.row is None else self.row.terms.start_on
        return varied or self.application.start_on

    @property
    def end_on(self) -> date | None:
        """Return the last day of its project, as varied."""
        varied = None if self.row is None else self.row.terms.end_on
        return varied or self.application.end_on

    @property
    def amount_pence(self) -> int:
        """Return what is awarded, or proposed."""
        return self.application.requested_pence if self.row is None else self.row.amount_pence

    @property
    def state_words(self) -> str:
        """Return the state in words, with who signs next."""
        return self.state if self.waits is None else f"{self.state}, waits for the {listed(self.waits.posts)}"

    @property
    def break_on(self) -> date | None:
        """Return the day on which its contract may be ended."""
        return None if self.direct is None else self.direct.break_on


def award_lines(session: Session) -> tuple[AwardLine, ...]:
    """Return every award in the order of the record's rounds, then of their applications."""
    return tuple(line for of in rounds(session) for line in _lines_of(session, of))


def award_lines_of(session: Session, round_id: int) -> tuple[AwardLine, ...]:
    """Return the awards of one round."""
    return tuple(line for of in rounds(session) if of.round_id == round_id for line in _lines_of(session, of))


def _lines_of(session: Session, of: RoundLine) -> Iterator[AwardLine]:
    made = with_agreements(session, of.round_id, awards(session, of.round_id))
    held = {row.application: row for row in made}
    direct = direct_awards(session, of.round_id) if of.is_direct else {}
    chain = chain_of(session, of.round_id) if direct else ()
    along = progress_by_line(decisions(session, of.round_id)) if direct else {}
    signed = {row.application for row in signatures(session, of.round_id)} if direct else ()
    for row in applications(session, of.round_id):
        award = held.get(row.reference)
        if row.reference in direct:
            far = along.get(row.reference, NOT_BEGUN)
            state, waits = _state(row, far, chain, is_signed=row.reference in signed)
            is_untouched = row.reference not in along
            yield AwardLine(of, row, state, direct[row.reference], award, waits, is_untouched)
        elif award is not None:
            yield AwardLine(of, row, WITHDRAWN if row.withdrawn else AWARDED, row=award)


def _state(
    row: ApplicationRow, far: Progress, chain: Sequence[SignOff], *, is_signed: bool
) -> tuple[str, Waits | None]:
    """Return the state of an award without a competition, and whose turn it is."""
    if row.withdrawn:
        return WITHDRAWN, None
    if far.final is None and not is_signed:
        return SENT_BACK, None
    pence = row.requested_pence if far.last is None else far.last.amount_pence
    return PROPOSED if far.final is None else AWARDED, far.waits(chain, pence)


OFFERED = (ListKind.PURPOSE, ListKind.PERMITTED, ListKind.SERVICE, ListKind.CRIME, ListKind.PRIORITY)
"""The lists of a fund from which an award without a competition is given a line."""


class Proposal(Struct, frozen=True):
    """A proposed award that may still be changed."""

    round_id: int
    application: str
    fund: str
    year: str
    award: DirectAward


class Proposing(Struct, frozen=True):
    """The open funds, `areas` with an allocation by fund and year, awards to extend, and what may be changed.

    `awards` are references with the recipient.
    """

    funds: tuple[Fund, ...]
    areas: Mapping[tuple[str, str], tuple[str, ...]]
    awards: tuple[tuple[str, str], ...]
    proposals: tuple[Proposal, ...] = ()

    def lists_of(self, fund: str) -> Mapping[ListKind, tuple[ListItem, ...]]:
        """Return the lines in use of the lists of a fund that has any."""
        rules = next(one.rules for one in self.funds if one.name == fund)
        found = {kind: in_use(rules.items(kind)) for kind in OFFERED}
        return {kind: items for kind, items in found.items() if items}


def proposing_from(session: Session, round_id: int | None) -> Proposing:
    """Return it, with the proposals of the round on show that nobody signed."""
    funds, figures = fund_list(session), year_figures(session)
    names = {fund.fund_id: fund.name for fund in funds}
    areas = {(names[key[0]], key[1]): tuple(figures.allocations_of(key)) for key in figures.keys}
    direct = round_id is not None and is_direct(session, round_id)
    proposals = _proposals(session, round_id) if direct and round_id is not None else ()
    return Proposing(tuple(one for one in funds if one.closed_on is None), areas, _awards(session), proposals)


def budget_named(session: Session, fund: str, year: str) -> FundBudget:
    """Return the money of a fund's year, by the name of a fund that the record has."""
    return fund_budget(session, (next(one.fund_id for one in fund_list(session) if one.name == fund), year))


def _proposals(session: Session, round_id: int) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(round_id, line.application.reference, line.round.fund, line.round.year, line.direct)
        for line in award_lines_of(session, round_id)
        if line.direct is not None
        and (line.state == SENT_BACK or (line.state == PROPOSED and line.is_untouched))
    )


def _awards(session: Session) -> tuple[tuple[str, str], ...]:
    table, of, name = award_table, application_table, organisation_table
    columns = select(table.c.reference, name.c.name).join(of, of.c.id == table.c.application_id)
    joined = columns.join(name, name.c.id == of.c.organisation_id).where(of.c.withdrawn.is_(False))
    return tuple((reference, to) for reference, to in session.execute(joined.order_by(table.c.reference)))
