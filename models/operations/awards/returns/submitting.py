"""What a return to the Ministry keeps to when it is submitted: the period is over, a correction says why."""

from datetime import datetime

from models.journal import canonical
from models.papers.ministry.values import MinistryReturn
from scoring.refused import Refused
from scoring.written.days import full_day


def check_submission(content: str, version: int, at: datetime) -> None:
    """Refuse a return before its period is over, and a correction without a reason or of another version."""
    value = canonical.from_text(MinistryReturn, content)
    named = f"The return of {value.fund} for {value.period}"
    if at.date() <= value.ends_on:
        raise Refused(
            f"{named} is submitted once the period is over, after {full_day(value.ends_on)}. "
            "Until then write a draft."
        )
    if value.corrects != version - 1:
        raise Refused(f"{named} was submitted in the meantime. Look again.")
    if version > 1 and not value.reason:
        raise Refused(f"{named} is submitted. Say why it is corrected.")
