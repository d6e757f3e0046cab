"""All of a fund that its returns to the Ministry are made of, over all its rounds and direct awards."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import select

from models.papers.ministry.summing import (
    LISTS,
    FundReporting,
    GivenByOffice,
    Paid,
    RecordedOfLine,
    ReportedAward,
)
from models.papers.monitoring.monitoring import AwardMonitoring, PlannedReturn
from models.papers.monitoring.monitoring_plan import planned_returns
from models.papers.year.year_facts import year_of
from models.queries.applications.choices import choices
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows, reporting_rules
from models.queries.set_up.funds import Fund
from models.queries.set_up.rounds import rounds
from models.reference.fund_defaults import ListKind, ReturnBand, in_use
from models.reference.reporting import Every, Period
from models.schema.applications import application_table
from models.schema.year_end import budget_contribution_table, year_spent_table
from models.session import Session
from models.store.parts import part
from models.values.round_line import RoundLine


class Recorded(NamedTuple):
    """Expenditure recorded of a line, or of an award by its application's identity, up to a day."""

    line: str
    award: str
    on: date
    pence: int


@part
def fund_reporting(session: Session, fund: Fund) -> FundReporting:
    """Return what a fund reports on: every award that is not withdrawn, and what the office gave itself."""
    found: list[ReportedAward] = []
    recorded = _recorded(session, fund.fund_id)
    for line in (line for line in rounds(session) if line.fund_code == fund.code):
        found += _awards(session, line, recorded)
    listed = ((kind, tuple(one.words for one in in_use(fund.rules.items(kind)))) for kind in LISTS)
    given = tuple(_given(session, fund.fund_id))
    whole = tuple(RecordedOfLine(on, line, pence) for line, award, on, pence in recorded if not award)
    return FundReporting(tuple(found), given, fund.rules.counted_lists(), tuple(listed), whole)


def _awards(session: Session, line: RoundLine, recorded: Sequence[Recorded]) -> Iterator[ReportedAward]:
    round_id, name = line.round_id, " ".join(filter(None, (line.name, line.year)))
    chosen, gone = choices(session, round_id), _withdrawn(session, round_id)
    of = application_table
    mine = session.execute(select(of.c.reference, of.c.uid).where(of.c.round_id == round_id)).all()
    same, rules = {row.reference: row.uid for row in mine}, reporting_rules(session, round_id)
    for row, terms in monitored_rows(session, round_id):
        if row.application in gone:
            continue
        words = {one.kind: one.words for one in chosen.get(row.application, ())}
        yield ReportedAward(
            terms=_as_told(row, terms),
            round_name=name,
            decided_on=row.decision.signed_on if row.decision is not None else terms.start_on,
            money=tuple(_money(row)),
            purpose=words.get(ListKind.PERMITTED, ""),
            service=words.get(ListKind.SERVICE, ""),
            recorded=tuple(Paid(on, pence) for _, of, on, pence in recorded if of == same[row.application]),
            year=line.year,
            agreed=tuple(_agreed(row, terms, *rules)),
        )


def _as_told(row: AwardRow, terms: AwardMonitoring) -> AwardMonitoring:
    """Return an award with its ground where its name is withheld: it is asked for by the award's reference.

    The Ministry asks for numbers and money by provider, and nothing of what it asks needs the name.
    """
    return terms if row.withheld is None else replace(terms, organisation=row.withheld.printed)


def _agreed(
    row: AwardRow, terms: AwardMonitoring, bands: Sequence[ReturnBand], every: Every | None
) -> Iterator[PlannedReturn]:
    """Yield the returns that a signed agreement asks for by the rules of its round."""
    if row.agreed_on is not None and not terms.returns:
        yield from planned_returns(terms.amount_pence, terms.start_on, terms.end_on, bands, every)


def _money(row: AwardRow) -> Iterator[Paid]:
    for one in row.instalments:
        if one.paid_on is not None:
            yield Paid(one.paid_on, one.amount_pence)
    yield from (Paid(back.on, -back.amount_pence) for back in row.returned)


def _withdrawn(session: Session, round_id: int) -> frozenset[str]:
    table = application_table
    is_gone = (table.c.round_id == round_id) & table.c.withdrawn.is_(True)
    return frozenset(session.scalars(select(table.c.reference).where(is_gone)))


def _given(session: Session, fund_id: int) -> Iterator[GivenByOffice]:
    """Yield what the office gave, on its day, or the nearest day of the year that it is of."""
    table = budget_contribution_table
    columns = select(table.c.year, table.c.line, table.c.amount_pence, table.c.recorded_at)
    mine = columns.where(table.c.fund_id == fund_id).order_by(table.c.id)
    for year, line, pence, at in session.execute(mine):
        yield GivenByOffice(_within(year, at.date()), line, pence)


def _recorded(session: Session, fund_id: int) -> tuple[Recorded, ...]:
    """Return what was recorded as spent, with start-up money, on its day or the nearest one of its year."""
    table = year_spent_table
    mine = select(table).where(table.c.fund_id == fund_id)
    return tuple(
        Recorded(row.line, row.award, _within(row.year, row.as_at), row.amount_pence + row.start_up_pence)
        for row in session.execute(mine.order_by(table.c.year, table.c.line, table.c.award))
    )


def _within(year: str, day: date) -> date:
    whole = Period(year, Every.YEAR, 1)
    return day if year_of(day) == year else min(max(day, whole.begins_on), whole.ends_on)
