"""How long a round's applications are kept, and holding one back from being disposed of."""

from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_application
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.queries.retention.retention import Years, held_for, usual_years, years
from models.schema.applications import hold_table, retention_table
from models.schema.base import TextAbout
from models.schema.set_up import round_table
from models.session import Session, row_at
from models.values.as_done import as_done
from scoring.refused import Refused

MOST_YEARS = 100
_TOUCHED = frozenset({Topic.ROUNDS})


class SetRetention(RegisteredOperation, frozen=True):
    """Set the years for which a round's awarded and declined applications are kept."""

    kind: ClassVar[str] = "set retention"
    round_id: int
    years: Years
    replacing: Years

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Keep awarded {self.years.awarded_words}, declined {self.years.declined_words}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused below one year and above a hundred."""
        if row_at(session, round_table, self.round_id) is None:
            raise Refused("There is no such round in the record.")
        refuse_changed(years(session, self.round_id), self.replacing, "How long applications are kept")
        if not all(1 <= one <= MOST_YEARS for one in (self.years.awarded, self.years.declined)):
            raise Refused(f"Applications can be kept for 1 to {MOST_YEARS} years.")
        remove(session, retention_table, retention_table.c.round_id == self.round_id)
        if self.years != usual_years(session, self.round_id):
            row = {
                "round_id": self.round_id,
                "awarded_years": self.years.awarded,
                "declined_years": self.years.declined,
            }
            put(session, retention_table, [row])
        return Outcome(_TOUCHED, self.exchanged("years"), f"{as_done(self.label)}.")


class HoldApplication(RegisteredOperation, frozen=True):
    """Hold an application back from being disposed of, or take the hold off (""); `replacing` stood there."""

    kind: ClassVar[str] = "hold application"
    round_id: int
    application: str
    reason: TextAbout
    replacing: TextAbout

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"{'Hold' if self.reason.strip() else 'Remove the hold on'} {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the hold down, or take it off; refused when it was changed in the meantime."""
        number = the_application(session, self.round_id, self.application)
        refuse_changed(held_for(session, number), self.replacing, f"The hold on {self.application}")
        remove(session, hold_table, hold_table.c.application_id == number)
        if self.reason.strip():
            row = {
                "application_id": number,
                "reason": self.reason,
                "held_by": actor.name,
                "held_at": at,
            }
            put(session, hold_table, [row])
        return Outcome(_TOUCHED, self.exchanged("reason"), f"{as_done(self.label)}.")
