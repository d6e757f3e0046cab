"""By when a challenge is acknowledged and answered: so many working days, as the office says."""

from datetime import date
from typing import NamedTuple

from models.queries.set_up.office import office_on
from models.session import Session
from scoring.written.working_days import working_day_after


class AnswerDays(NamedTuple):
    """The days by which a challenge is acknowledged and answered."""

    acknowledge_by: date
    answer_by: date


def answer_days(session: Session, received_on: date) -> AnswerDays:
    """Return the days for a challenge that was received on a day, by the office's rules of that day."""
    office = office_on(session, received_on)
    acknowledge, answer = (
        working_day_after(received_on, office.working_days(key), office.closed_days)
        for key in ("acknowledge_days", "answer_days")
    )
    return AnswerDays(acknowledge, answer)
