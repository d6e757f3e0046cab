"""A fund's return to the Ministry for a period, as submitted or as it stands, and each period's state."""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from models.papers.issued import Issued
from models.papers.kinds import KINDS, MINISTRY
from models.papers.ministry.changes import changed_in
from models.papers.ministry.summing import FundReporting, people_in, providers_in, spending_in, starting_later
from models.papers.ministry.values import MinistryReturn
from models.papers.order import PaperOrder
from models.queries.awards.reminders import beside, fund_reporting, reported_between, submitted_on
from models.queries.papers.issues import newest_issue
from models.queries.papers.paper_texts import letterhead
from models.queries.set_up.funds import Fund, fund_list, fund_named
from models.queries.set_up.rounds import rounds
from models.reference.defaults import SourceKind
from models.reference.reporting import Every, Period, read_period, year_of
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused
from scoring.schedule.values import Letterhead
from scoring.written.days import short_day

OFFICIAL = "OFFICIAL"
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
        """Whether its last day is past, and so whether it can be submitted."""
        return self.period.ends_on < self.today

    @property
    def may_be_submitted(self) -> bool:
        """Whether there is a first version to submit, or a correction."""
        return self.is_over and (self.submitted is None or bool(self.changes))

    @property
    def words(self) -> str:
        """Return its state in a few words."""
        if self.submitted is not None:
            on = short_day(self.submitted.issued_at.date())
            if self.changes:
                return f"{counted(len(self.changes), 'change')} since {on}"
            return f"Submitted {on}"
        if not self.is_over:
            return f"Open until {short_day(self.period.ends_on)}"
        silent = len(self.value.silent)
        return f"{counted(silent, 'award')} missing" if silent else "Ready"


class FundPeriods(Struct, frozen=True):
    """A fund's periods, the newest first; none where nothing of it is awarded yet."""

    fund: Fund
    every: Every
    periods: tuple[PeriodState, ...]


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


def fund_periods(session: Session, code: str, today: date) -> FundPeriods | None:
    """Return the state of each of a fund's periods up to today; None where the fund does not report.

    They begin with its first award, or with what was submitted before: a return of nothing is one too.
    """
    fund = next((one for one in fund_list(session) if one.code == code), None)
    if fund is None or fund.rules.reports_every is None:
        return None
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
    return FundPeriods(fund, every, tuple(reversed(states)))


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
    """Return the newest version of a period's return that was submitted, None where there is none."""
    return newest_issue(session, MINISTRY, None, subject_of(fund.code, period.name))


def subject_of(code: str, period: str) -> str:
    """Return what the versions of a period's return are counted by."""
    return PaperOrder(MINISTRY, datetime.min, fund=code, period=period).subject


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
    year = next((one for one in fund.years if one.year == year_of(period.ends_on)), None)
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
