"""What the office itself gives to an area or service line in a year: a line below nothing."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.awards.budget_rules import check_pounds, check_stated, the_line, the_year
from models.operations.awards.within_year import within_year
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import next_id, put, remove
from models.schema.awards.budget import budget_contribution_table
from models.session import Session
from scoring.money import pounds
from scoring.refused import Refused


class Contribute(RegisteredOperation, frozen=True):
    """Record money that the office gives to an area: it lowers what is committed, decided and paid there."""

    kind: ClassVar[str] = "contribute"
    fund: str
    year: str
    line: str
    amount_pence: int
    reason: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record a contribution of {pounds(self.amount_pence)} to {self.line} in {self.year}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without an amount or a reason, or for an area that the year does not have."""
        key, budget = the_year(session, self.fund, self.year)
        check_pounds(self.amount_pence, "What the office gives")
        check_stated(self.reason, "Say what the contribution is for: papers print it.")
        line = the_line(budget, self.line)
        row = {
            "id": next_id(session, budget_contribution_table.c.id),
            "fund_id": key[0],
            "year": self.year,
            "line": line.area,
            "amount_pence": self.amount_pence,
            "reason": self.reason.strip(),
            "recorded_by": actor.name,
            "recorded_at": at,
        }
        put(session, budget_contribution_table, [row])
        words = f"The office gives {line.area} {pounds(self.amount_pence)} in {self.year}."
        return Outcome(frozenset({Topic.AWARDS}), TakeBackContribution(self), words)


class TakeBackContribution(RegisteredOperation, frozen=True):
    """Take back the newest contribution that says the same."""

    kind: ClassVar[str] = "take back contribution"
    given: Contribute

    @property
    def label(self) -> str:
        """Return the change in words."""
        given = self.given
        return f"Take back a contribution of {pounds(given.amount_pence)} to {given.line} in {given.year}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it back; refused where it is not there any more, or the area's money is spent on it."""
        given, table = self.given, budget_contribution_table
        key, budget = the_year(session, given.fund, given.year)
        says_this = (
            (table.c.fund_id == key[0])
            & (table.c.year == given.year)
            & (table.c.line == the_line(budget, given.line).area)
            & (table.c.amount_pence == given.amount_pence)
            & (table.c.reason == given.reason.strip())
        )
        newest = session.scalar(select(table.c.id).where(says_this).order_by(table.c.id.desc()).limit(1))
        if newest is None:
            raise Refused("That contribution is no longer recorded. Look again.")
        with within_year(session, key, "The contribution stays."):
            remove(session, table, table.c.id == newest)
        words = f"The contribution of {pounds(given.amount_pence)} to {given.line} was taken back."
        return Outcome(frozenset({Topic.AWARDS}), given, words)
