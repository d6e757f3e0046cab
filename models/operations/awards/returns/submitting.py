"""What a return to the Ministry keeps to when it is submitted: the period is over, a correction says why."""

from datetime import datetime

from models.journal import canonical
from models.papers.ministry.values import MinistryReturn
from models.queries.set_up.funds import fund_list
from models.reference.reporting import read_period
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
    every = next((one.rules.reports_every for one in fund_list(session) if one.code == value.fund_code), None)
    if version == 1 and read_period(value.period).every != every:
        raise Refused(
            f"{value.fund} reports every {every}, so {value.period} is written as a draft and not submitted."
        )
    if value.corrects != version - 1:
        raise Refused(f"{named} was submitted in the meantime. Look again.")
    if version > 1 and not value.reason:
        raise Refused(f"{named} is submitted. Say why it is corrected.")
