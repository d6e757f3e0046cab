"""A fund's returns to the Ministry by period: as submitted or as they stand, and which wait."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.issued import Issued
from models.papers.kinds import KINDS, MINISTRY
from models.papers.ministry.summing import (
    LISTS,
    FundReporting,
    MinistryReturn,
    OfLine,
    Paid,
    ReportedAward,
    changed_in,
    people_in,
    providers_in,
    spending_in,
    starting_later,
)
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import planned_returns
from models.papers.order import BETWEEN, PaperOrder
from models.papers.paper_words import Sentences
from models.queries.applications.choices import choices
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.budget import contributions
from models.queries.awards.monitoring import monitored_rows, reporting_rules
from models.queries.awards.year_end_figures import Item, year_figures
from models.queries.papers.issues import newest_issue
from models.queries.papers.paper_texts import letterhead
from models.queries.set_up.funds import Fund, fund_list, fund_named, fund_value
from models.queries.set_up.rounds import rounds
from models.reference.defaults import ListKind, SourceKind, in_use
from models.reference.reporting import Every, Period, period_of, read_period, year_of
from models.schema.applications import application_table
from models.schema.papers import paper_issue_table
from models.schema.set_up import round_table
from models.session import Session, pairs_of, row_at
from models.store.parts import part
from models.values.rounds import RoundLine
from scoring.schedule.values import Letterhead
from scoring.written.text import Refused

_Recorded = tuple[Item, date, int]
"""Expenditure in pence, of a line or an award by its application's identity, recorded up to a day."""


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
        return (today - self.period.ends_on).days


@part
def period_reminders(session: Session, round_id: int, today: date) -> tuple[PeriodReminder, ...]:
    """Return what waits of the fund of a round, the oldest first; a period without money or returns never."""
    row = row_at(session, round_table, round_id)
    fund = None if row is None else fund_value(session, row.fund_id)
    if fund is None or fund.rules.reports_every is None:
        return ()
    every, at = fund.rules.reports_every, submitted_on(session, fund)
    awards, came = fund_reporting(session, fund).awards, defaultdict[Period, list[date | None]](list)
    for told in (told for award in awards for told in award.terms.returns):
        received_on = None if told.said is None else told.said.received_on
        came[reported_in(told.plan.tells_to, every, at)].append(received_on)
    paid = (paid.on for award in awards for paid in award.money if paid.pence > 0)
    periods = {*came, *(reported_in(day, every, at) for day in paid)}
    found = []
    for period in sorted((one for one in periods if one.ends_on < today), key=lambda one: one.ends_on):
        on, days = at.get(period), came.get(period, [])
        late = sum(1 for day in days if on is not None and day is not None and day > on)
        if on is None:
            found.append(PeriodReminder(period, missing=days.count(None), planned=len(days)))
        elif late:
            found.append(PeriodReminder(period, late=late, is_submitted=True))
    return tuple(found)


@part
def fund_reporting(session: Session, fund: Fund) -> FundReporting:
    """Return what a fund reports on: every award that is not withdrawn, and what the office gave itself.

    That is on its day, or the nearest day of the year that it is of.
    """
    found: list[ReportedAward] = []
    recorded = tuple(_recorded(session, fund.fund_id))
    for line in (line for line in rounds(session) if line.fund_code == fund.code):
        found += _awards(session, line, recorded)
    listed = ((kind, tuple(one.words for one in in_use(fund.rules.items(kind)))) for kind in LISTS)
    given = tuple(
        OfLine(_within(year, one.recorded_at.date()), one.line, one.amount_pence)
        for (of, year), lines in contributions(session).items()
        for one in (lines if of == fund.fund_id else ())
    )
    whole = tuple(OfLine(on, line, pence) for (line, _), on, pence in recorded if line)
    return FundReporting(tuple(found), given, fund.rules.counted_lists(), tuple(listed), whole)


def _awards(session: Session, line: RoundLine, recorded: Sequence[_Recorded]) -> Iterator[ReportedAward]:
    """Yield the awards of a round; one whose name is withheld has its ground in place of it.

    The Ministry asks for numbers and money by provider, and nothing of what it asks needs the name.
    """
    round_id, name = line.round_id, " ".join(filter(None, (line.name, line.year)))
    chosen, rules, of = choices(session, round_id), reporting_rules(session, round_id), application_table
    same = pairs_of(session, of.c.id, of.c.uid, round_id=round_id)
    for row, terms in monitored_rows(session, round_id):
        if row.applied.withdrawn:
            continue
        words = {one.kind: one.words for one in chosen.get(row.application, ())}
        agreed = planned_returns(terms.amount_pence, terms.start_on, terms.end_on, *rules)
        yield ReportedAward(
            terms=_agreed(row, terms),
            round_name=name,
            decided_on=row.decided_on or terms.start_on,
            money=(
                *(Paid(part.paid_on, part.amount_pence) for part in row.instalments if part.paid_on),
                *(Paid(back.on, -back.amount_pence) for back in row.returned),
            ),
            purpose=words.get(ListKind.PERMITTED, ""),
            service=words.get(ListKind.SERVICE, ""),
            recorded=tuple(Paid(on, pence) for (_, of), on, pence in recorded if of == same[row.number]),
            year=line.year,
            agreed=() if row.agreed_on is None or terms.returns else agreed,
            taken_over=_taken_over(row),
        )


def _taken_over(row: AwardRow) -> tuple[tuple[date, str], ...]:
    """Return when and by whom an award was taken over; nothing where its name is withheld."""
    return tuple((one.from_on, one.name) for one in row.successors if row.withheld is None)


def _agreed(row: AwardRow, terms: AwardMonitoring) -> AwardMonitoring:
    """Return what is known of an award, under the name and for the days that both have agreed."""
    name, (start_on, end_on) = row.awarded_to, row.as_agreed.days
    return replace(
        terms,
        organisation=name if row.withheld is None else row.withheld.printed,
        start_on=start_on or terms.start_on,
        end_on=end_on or terms.end_on,
    )


def _recorded(session: Session, fund_id: int) -> Iterator[_Recorded]:
    """Yield what was recorded as spent, with start-up money, on its day or the nearest one of its year."""
    for (of, year), ends in year_figures(session).ends.items():
        for item, end in ends.items() if of == fund_id else ():
            if end.spent is not None:
                yield item, _within(year, end.spent.as_at), end.spent.whole_pence


def _within(year: str, day: date) -> date:
    whole = Period(year, Every.YEAR, 1)
    return day if year_of(day) == year else min(max(day, whole.begins_on), whole.ends_on)


OFFICIAL, _SAID = "OFFICIAL", Sentences("given")
MOST_PERIODS = 40


class PeriodState(Struct, frozen=True):
    """A period of a fund: its return as it stands, and what was submitted, None before that."""

    period: Period
    value: MinistryReturn
    submitted: Issued | None
    changes: tuple[str, ...]
    today: date

    @property
    def is_over(self) -> bool:
        return self.period.ends_on < self.today

    @property
    def may_be_submitted(self) -> bool:
        """Whether there is a first version to submit, or a correction."""
        return self.is_over and (self.submitted is None or bool(self.changes))

    @property
    def words(self) -> str:
        """Return its state in a few words."""
        return _SAID.period(self)


def ministry_return(session: Session, order: PaperOrder) -> MinistryReturn:
    """Return a period's return: as submitted where nothing changed since, else as it stands.

    What stands after a submission is a correction: it names the version it corrects, why, and what changed.
    One of which part was submitted by other periods is a draft to compare with.
    Raises Refused where the fund does not report, or has nothing to report on.
    """
    fund = reporting_fund(session, order.fund)
    of = fund_reporting(session, fund)
    if of.first_day is None:
        raise Refused(f"Nothing of {fund.name} is awarded yet, so there is nothing to return.")
    if not order.period:
        raise Refused("Say for which period: a quarter like 2026/27-Q3, a half-year or a year.")
    period = read_period(order.period)
    head = letterhead(session, MINISTRY, order.today)
    value = _value(of, fund, period, head, _marking(session, fund), order.today)
    others = beside(period, submitted_on(session, fund))
    value = replace(value, submitted_beside=tuple(one.name for one in others))
    return _against(value, submitted(session, fund, period), order.reason)


def fund_periods(session: Session, code: str, today: date) -> tuple[PeriodState, ...]:
    """Return the state of each of a fund's periods up to today, the newest first; none of one without any.

    They begin with its first award, or with what was submitted before: a return of nothing is one too.
    """
    fund = next((one for one in fund_list(session) if one.code == code), None)
    if fund is None or fund.rules.reports_every is None:
        return ()
    every, of = fund.rules.reports_every, fund_reporting(session, fund)
    at = submitted_on(session, fund)
    begins = [*filter(None, (of.first_day,)), *(period.begins_on for period in at)]
    found = tuple(reported_between(min(begins), today, every, at)) if begins else ()
    head, marking = letterhead(session, MINISTRY, today), _marking(session, fund)
    states = []
    for period in found[-MOST_PERIODS:]:
        issued = submitted(session, fund, period)
        value = _value(of, fund, period, head, marking, today)
        states.append(PeriodState(period, value, issued, _changes(value, issued), today))
    return tuple(reversed(states))


def reporting_fund(session: Session, name: str | None) -> Fund:
    """Return the fund of a name or code, the only one that reports where None is given.

    Raises Refused where it does not report, and where it has to be said which.
    """
    report = [fund for fund in fund_list(session) if fund.rules.reports_every is not None]
    if name is not None:
        fund = fund_named(session, name)
        if fund.rules.reports_every is None:
            raise Refused(
                f"{fund.name} does not report to the Ministry. Say on Funds how often it does, if it does "
                "(reports_every)."
            )
        return fund
    if len(report) != 1:
        named = ", ".join(fund.name for fund in report)
        raise Refused(f"Say which fund with --fund. Those that report: {named or 'none yet'}.")
    return report[0]


def submitted(session: Session, fund: Fund, period: Period) -> Issued | None:
    """Return the newest version of a period's return, None before the first."""
    order = PaperOrder(MINISTRY, datetime.min, fund=fund.code, period=period.name)
    return newest_issue(session, MINISTRY, None, order.subject)


def _value(
    of: FundReporting,
    fund: Fund,
    period: Period,
    head: tuple[str, Letterhead],
    marking: str,
    today: date,
) -> MinistryReturn:
    """Return a return with what its fund has for the year in which its period ends, and the grant in it."""
    later, later_pence = starting_later(of, period)
    year = fund.year(year_of(period.ends_on))
    own = [one.amount_pence for one in year.sources if one.kind is SourceKind.MINISTRY] if year else []
    return MinistryReturn(
        office=head[0],
        letterhead=head[1],
        fund=fund.name_on(period.ends_on),
        fund_code=fund.code,
        period=period.name,
        period_words=period.words,
        begins_on=period.begins_on,
        ends_on=period.ends_on,
        marking=marking,
        people=people_in(of, period),
        spending=spending_in(of, period),
        providers=providers_in(of, period, today),
        later=later,
        later_pence=later_pence,
        grant_pence=None if year is None else year.amount_pence,
        ministry_pence=sum(own) if own else None,
    )


def _against(value: MinistryReturn, issued: Issued | None, reason: str) -> MinistryReturn:
    if issued is None:
        return value
    changes = _changes(value, issued)
    if not changes:
        return stored(issued)
    return replace(value, corrects=issued.version, reason=reason.strip(), changes=changes)


def _changes(value: MinistryReturn, issued: Issued | None) -> tuple[str, ...]:
    return () if issued is None else changed_in(stored(issued), value)


def stored(issued: Issued) -> MinistryReturn:
    """Return the values of a submitted version."""
    value = KINDS[MINISTRY].value_of(issued.content)
    assert isinstance(value, MinistryReturn), "an issue of its kind"
    return value


def _marking(session: Session, fund: Fund) -> str:
    """Return the highest marking of the fund's rounds."""
    marks = [line.marking for line in rounds(session) if line.fund_code == fund.code]
    return max((*marks, fund.rules.marking), key=len, default=OFFICIAL)
