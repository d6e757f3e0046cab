"""What a return to the Ministry keeps to when it is submitted: the period is over, a correction says why."""

from datetime import datetime

from models.journal import canonical
from models.papers.ministry.values import MinistryReturn
from models.queries.awards.returns.periods import reported_in, submitted_on
from models.queries.set_up.funds import Fund, fund_list
from models.reference.reporting import Period, read_period
from models.session import Session
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
            f"{named} is submitted once the period is over, after {full_day(value.ends_on)}. "
            "Until then write a draft."
        )
    fund = next((one for one in fund_list(session) if one.code == value.fund_code), None)
    every = None if fund is None else fund.rules.reports_every
    if version == 1 and not _is_due(session, fund, read_period(value.period)):
        raise Refused(
            f"{value.fund} reports every {every}, so {value.period} is written as a draft and not submitted."
        )
    if value.corrects != version - 1:
        raise Refused(f"{named} was submitted in the meantime. Look again.")
    if version > 1 and not value.reason:
        raise Refused(f"{named} is submitted. Say why it is corrected.")


def _is_due(session: Session, fund: Fund | None, period: Period) -> bool:
    """Whether a fund reports by a period: its own, or what is left of others that it submitted before."""
    if fund is None or fund.rules.reports_every is None:
        return False
    every = fund.rules.reports_every
    if period.every == every:
        return True
    return reported_in(period.begins_on, every, submitted_on(session, fund)) == period
