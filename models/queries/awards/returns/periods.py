"""By which periods a fund reports: its own, and others where some were submitted before it changed them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from models.papers.kinds import MINISTRY
from models.papers.order import BETWEEN
from models.queries.set_up.funds import Fund
from models.reference.reporting import Every, Period, period_of, read_period
from models.schema.papers.paper_issue import paper_issue_table
from models.session import Session


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
