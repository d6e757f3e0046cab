"""Which periods of a fund wait to be submitted or corrected: for those who only ask that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, select

from models.papers.kinds import MINISTRY
from models.papers.ministry.summing import (
    LISTS,
    FundReporting,
    GivenByOffice,
    Paid,
    RecordedOfLine,
    ReportedAward,
)
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import planned_returns
from models.papers.order import BETWEEN
from models.queries.applications.choices import choices
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import withdrawn_in
from models.queries.awards.monitoring import monitored_rows, reporting_rules
from models.queries.set_up.funds import Fund, fund_value
from models.queries.set_up.rounds import rounds
from models.reference.defaults import ListKind, ReturnBand, in_use
from models.reference.reporting import Every, Period, period_of, read_period, year_of
from models.schema.applications import application_table
from models.schema.awards import instalment_table
from models.schema.monitoring import award_return_table, budget_contribution_table, year_spent_table
from models.schema.papers import paper_issue_table
from models.schema.set_up import round_table
from models.session import Session, row_at
from models.store.parts import part
from models.values.awards import PlannedReturn
from models.values.rounds import RoundLine


def submitted_on(session: Session, fund: Fund) -> Mapping[Period, date]:
    """Return the day on which the newest version of each period of a fund was submitted."""
    table = paper_issue_table
    columns = select(table.c.subject, table.c.issued_at).where(table.c.paper == MINISTRY)
    own = f"{fund.code}{BETWEEN}"
    rows = session.execute(columns.order_by(table.c.version))
    return {read_period(of.removeprefix(own)): at.date() for of, at in rows if of.startswith(own)}


def beside(period: Period, submitted: Collection[Period]) -> tuple[Period, ...]:
    """Return what was submitted of a period by others, which report part of its money; none of its own."""
    return () if period in submitted else tuple(one for one in submitted if one.overlaps(period))


def reported_in(day: date, every: Every, submitted: Collection[Period]) -> Period:
    """Return the period in which a day is reported, so that none is reported in two.

    It is the fund's own, by quarter or otherwise, but where part of that was submitted by other periods: a
    fund that turned from quarters to half-years after its first quarter reports its second quarter too.
    """
    own = period_of(day, every)
    other = next((one for one in submitted if one.every != every and one.overlaps(own)), None)
    return own if other is None else period_of(day, other.every)


def reported_between(
    first: date, last: date, every: Every, submitted: Collection[Period]
) -> Iterator[Period]:
    """Yield the periods in which the days from one to another are reported."""
    day = first
    while day <= last:
        period = reported_in(day, every, submitted)
        yield period
        day = period.ends_on + timedelta(days=1)


class PeriodReminder(Struct, frozen=True):
    """A period that is over: not submitted, with so many returns `missing`, or so many came in `late`.

    `planned` is how many returns tell of it; where there is none, money was paid in it.
    """

    period: Period
    missing: int = 0
    late: int = 0
    is_submitted: bool = False
    planned: int = 0

    def days(self, today: date) -> int:
        """Return for how long it has been over."""
        return (today - self.period.ends_on).days


@part
def period_reminders(session: Session, round_id: int, today: date) -> tuple[PeriodReminder, ...]:
    """Return what waits of the fund of a round, the oldest first; a period without money or returns never."""
    row = row_at(session, round_table, round_id)
    fund = None if row is None else fund_value(session, row.fund_id)
    if fund is None or fund.rules.reports_every is None:
        return ()
    every, at = fund.rules.reports_every, submitted_on(session, fund)
    came = _returns(session, fund, every, at)
    periods = {*came, *(reported_in(day, every, at) for day in _paid(session, fund))}
    over = sorted((one for one in periods if one.ends_on < today), key=lambda one: one.ends_on)
    return tuple(_reminders(over, at, came))


def _reminders(
    over: Iterable[Period], at: Mapping[Period, date], came: Mapping[Period, list[date | None]]
) -> Iterator[PeriodReminder]:
    for period in over:
        on = at.get(period)
        if on is None:
            told = came.get(period, [])
            yield PeriodReminder(period, missing=told.count(None), planned=len(told))
            continue
        late = sum(1 for day in came.get(period, ()) if day is not None and day > on)
        if late:
            yield PeriodReminder(period, late=late, is_submitted=True)


def _returns(
    session: Session, fund: Fund, every: Every, at: Collection[Period]
) -> dict[Period, list[date | None]]:
    """Return when the returns of each period came in, None for one that has not."""
    table, found = award_return_table, defaultdict[Period, list[date | None]](list)
    columns = select(table.c.due_on, table.c.covers_to, table.c.received_on)
    joined = columns.join(application_table, application_table.c.id == table.c.application_id).join(
        round_table, round_table.c.id == application_table.c.round_id
    )
    for due_on, covers_to, received_on in session.execute(joined.where(_is_of(fund))):
        found[reported_in(PlannedReturn(0, due_on, "", covers_to).tells_to, every, at)].append(received_on)
    return found


def _paid(session: Session, fund: Fund) -> Iterable[date]:
    table = instalment_table
    joined = (
        select(table.c.paid_on)
        .join(application_table, application_table.c.id == table.c.application_id)
        .join(round_table, round_table.c.id == application_table.c.round_id)
    )
    found = session.scalars(joined.where(_is_of(fund), table.c.paid_on.is_not(None)).distinct())
    return tuple(day for day in found if day is not None)


def _is_of(fund: Fund) -> ColumnElement[bool]:
    """Return whether a row is of a fund, and its application not withdrawn."""
    return (round_table.c.fund_id == fund.fund_id) & application_table.c.withdrawn.is_(False)


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
    chosen, gone = choices(session, round_id), withdrawn_in(session, round_id)
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
