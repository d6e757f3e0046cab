"""What a variation changes of an award: amount, dates, outcomes, payments, returns, recipient's name."""

from datetime import date

from msgspec import Struct

from models.papers.monitoring.award_monitoring import PlannedReturn
from models.schema.personal import TextAbout


class Part(Struct, frozen=True):
    """A part of an award that is still to be paid, in pence: what it waits for, and when it is due."""

    amount_pence: int
    trigger: str
    due_on: date | None = None


class Terms(Struct, frozen=True):
    """Terms of an award; None is not said, and so stays as it is.

    `amount_pence` is the award before anything that was recovered of it. `profile` is the code of a payment
    profile, by which what is not paid yet is shared anew, and `parts` are those parts where they are its own.
    `returns` are all that the award reports, those that came in among them.
    """

    amount_pence: int | None = None
    start_on: date | None = None
    end_on: date | None = None
    outcomes: TextAbout | None = None
    profile: str | None = None
    parts: tuple[Part, ...] | None = None
    conditions: tuple[str, ...] | None = None
    recipient: str | None = None
    returns: tuple[PlannedReturn, ...] | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """Return the names of what is said, in the order of the fields."""
        return tuple(name for name in self.__struct_fields__ if getattr(self, name) is not None)
