"""Asking for money of an award back; what comes of it is recorded under its number."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import delete

from models.operation import Actor, Outcome
from models.operations.awards.budget_rules import check_pounds, check_stated
from models.operations.awards.payment_terms import refuse_asked_early
from models.operations.awards.variations.vary import TOUCHED
from models.operations.finders import the_application, the_award
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put
from models.schema.awards import recovery_table
from models.schema.base import TextAbout
from models.session import Session
from scoring.money import pounds
from scoring.refused import Refused


class AskBack(RegisteredOperation, frozen=True):
    """Ask for money of an award back, with a reason; `number` is the request's own, one more than there were.

    The year's money is what it was until the money comes.
    """

    kind: ClassVar[str] = "ask back"
    round_id: int
    application: str
    number: int
    amount_pence: int
    on: date
    reason: TextAbout

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Ask for {pounds(self.amount_pence)} of {self.application} back"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a day before the money was paid."""
        refuse_asked_early(the_award(session, self.round_id, self.application), self.amount_pence, self.on)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Ask for it; refused without a reason, and for more than is paid and not asked back yet."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(self.number, len(award.asked_back) + 1, f"What is asked back of {self.application}")
        check_pounds(self.amount_pence, "What is asked back")
        check_stated(self.reason, "Say why the money is asked back: the letter gives the reason.")
        left = award.may_be_asked_pence
        if self.amount_pence > left:
            raise Refused(
                f"{pounds(left)} of {award.reference} is paid and neither returned nor asked back, so "
                f"{pounds(self.amount_pence)} cannot be asked back."
            )
        row = {
            "application_id": the_application(session, self.round_id, self.application),
            "number": self.number,
            "amount_pence": self.amount_pence,
            "asked_on": self.on,
            "reason": self.reason.strip(),
            "asked_by": actor.name,
        }
        put(session, recovery_table, [row])
        words = f"{pounds(self.amount_pence)} of {award.reference} is asked back."
        return Outcome(TOUCHED, TakeBackRequest(self), words)


class TakeBackRequest(RegisteredOperation, frozen=True):
    """Take back the newest request for money of an award, of which nothing has come."""

    kind: ClassVar[str] = "take back request"
    asked: AskBack

    @property
    def round_id(self) -> int:
        """Return the round that it is about."""
        return self.asked.round_id

    @property
    def application(self) -> str:
        """Return the application whose award it is about."""
        return self.asked.application

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Take back the request for {pounds(self.asked.amount_pence)} of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it back; refused once money of it has come, or another request was made since."""
        award = the_award(session, self.round_id, self.application)
        last_number = [one.number for one in award.asked_back[-1:]]
        refuse_changed(last_number, [self.asked.number], f"What is asked back of {self.application}")
        last = award.asked_back[-1]
        if last.received(award.returned):
            raise Refused(f"Money of {award.reference} came back for this request, so it stays.")
        table = recovery_table
        number = the_application(session, self.round_id, self.application)
        mine = (table.c.application_id == number) & (table.c.number == last.number)
        session.execute(delete(table).where(mine))
        words = f"{pounds(last.amount_pence)} of {award.reference} is not asked back any more."
        return Outcome(TOUCHED, self.asked, words)
