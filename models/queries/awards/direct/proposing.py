"""What an award without a competition is proposed from: funds with their lists and areas, and awards."""

from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import select

from models.queries.awards.budget import fund_budget
from models.queries.awards.direct.award_lines import PROPOSED, SENT_BACK, award_lines_of
from models.queries.awards.direct.direct_rounds import is_direct
from models.queries.awards.year_end_figures import year_figures
from models.queries.set_up.funds import Fund, fund_list
from models.reference.fund_defaults import ListItem, ListKind, in_use
from models.schema.applications import application_table, organisation_table
from models.schema.awards import award_table
from models.session import Session
from models.values.direct_award import DirectAward
from scoring.budget.figures import FundBudget

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
