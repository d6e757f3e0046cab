"""When an instalment is due, which may change until it is paid."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.awards.lookup import the_award
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.schema.awards.award import instalment_table
from models.session import Session
from scoring.refused import Refused
from scoring.written.days import short_day


class SetDue(RegisteredOperation, frozen=True):
    """Set when an instalment, counted from 1, is due; None leaves it without a date."""

    kind: ClassVar[str] = "set due"
    round_id: int
    application: str
    number: int
    on: date | None
    replacing: date | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set when payment {self.number} of {self.application} is due"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused once the instalment is paid. Those beside it stand as they are."""
        award = the_award(session, self.round_id, self.application)
        if not 1 <= self.number <= len(award.instalments):
            raise Refused(f"{award.reference} has no instalment {self.number}.")
        part = award.instalments[self.number - 1]
        refuse_changed(part.due_on, self.replacing, f"Instalment {self.number}")
        if part.paid_on is not None:
            raise Refused(f"Instalment {self.number} of {award.reference} is paid already.")
        table = instalment_table
        number = the_application(session, self.round_id, self.application)
        session.execute(
            update(table)
            .where(table.c.application_id == number, table.c.number == self.number)
            .values(due_on=self.on)
        )
        state = "has no date yet" if self.on is None else f"is due on {short_day(self.on)}"
        words = f"Instalment {self.number} of {award.reference} {state}."
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("on"), words)
