"""What waits of a fund's returns to the Ministry: periods to submit, and those to correct."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.queries.panel.to_do import Harm, ToDo, What
from scoring.counted import counted

if TYPE_CHECKING:
    from models.queries.awards.returns.reminders import PeriodReminder

LONG = 28
"""From so many days after its end on, a period that is not submitted is a danger."""
FEW = 2
"""So many periods are named at once, the oldest first."""


def period_tasks(waiting: "Sequence[PeriodReminder]", today: date) -> Iterator[ToDo]:
    """Yield the periods of the fund that are over and not submitted, or that returns came in for since."""
    for one in waiting[:FEW]:
        name = one.period.name
        harm = Harm.DANGER if one.days(today) > LONG and not one.is_submitted else Harm.WARNING
        if one.is_submitted:
            words = f"{counted(one.late, 'return')} came in after {name} was submitted"
            note = "Submit a correction to the Ministry with its reason"
        else:
            words = f"The return to the Ministry for {name} is not submitted"
            missing = counted(one.missing, "return of it is", "returns of it are")
            all_in = (
                "Every return of it has come in" if one.planned else "No return is planned that tells of it"
            )
            note = f"{missing} missing" if one.missing else all_in
        yield ToDo(What.SUBMIT_RETURN, harm, words, note, one.period.ends_on, name)
