"""What a return to the Ministry keeps to when it is submitted: the period is over, a correction says why."""

from datetime import datetime

from models.operations.operation_base import refuse_changed
from models.papers.ministry.values import MinistryReturn
from models.queries.awards.reminders import beside, reported_between, reported_in, submitted_on
from models.queries.set_up.funds import fund_list
from models.reference.reporting import read_period
from models.session import Session
from models.values import canonical
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.days import full_day


def check_submission(session: Session, content: str, version: int, at: datetime) -> None:
    """Refuse a return before its period is over, or of a period that is not the fund's own.

    A correction is refused without a reason, and of another version than the newest.
    """
    value = canonical.from_text(MinistryReturn, content)
    named = f"The return of {value.fund} for {value.period}"
    if at.date() <= value.ends_on:
        raise Refused(
            f"{named} can be submitted once the period is over, after {full_day(value.ends_on)}. "
            "Until then write a draft."
        )
    if version == 1:
        _check_due(session, value)
    refuse_changed(value.corrects, version - 1, named, "was submitted")
    if version > 1 and not value.reason:
        raise Refused(f"{named} is submitted. Say why it is corrected.")


def _check_due(session: Session, value: MinistryReturn) -> None:
    """Refuse a period by which its fund does not report, unless others that it submitted leave just that.

    One of which part was submitted by others is refused too: it would return that money twice.
    """
    fund = next(one for one in fund_list(session) if one.code == value.fund_code)
    period, every = read_period(value.period), fund.rules.reports_every
    if every is None:
        raise Refused(f"{value.fund} no longer reports to the Ministry. See its reporting period on Funds.")
    at = submitted_on(session, fund)
    if others := beside(period, at):
        due = [one for one in reported_between(period.begins_on, period.ends_on, every, at) if one not in at]
        instead = f" Submit {listed([one.name for one in due])} instead." if due else ""
        raise Refused(
            f"{value.fund} submitted {listed([one.name for one in others])}, and {value.period} would report "
            f"that money again, so it is written as a draft and not submitted.{instead}"
        )
    if period.every != every and reported_in(period.begins_on, every, at) != period:
        raise Refused(
            f"{value.fund} reports every {every}, so {value.period} is written as a draft and not submitted."
        )
