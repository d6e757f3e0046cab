"""Moving a year's project money from one area or service line of a fund to another (virement)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.awards.budget_rules import check_pounds, check_stated, the_line, the_year
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import next_id, put, remove
from models.schema.awards.budget import budget_move_table
from models.session import Session
from scoring.budget.limits import move_refusal, purse_of
from scoring.money import pounds
from scoring.refused import Refused


class MoveMoney(RegisteredOperation, frozen=True):
    """Move project money of a fund's year between two areas, with a reason and by a named authority."""

    kind: ClassVar[str] = "move budget"
    fund: str
    year: str
    source: str
    target: str
    amount_pence: int
    reason: str
    authority: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Move {pounds(self.amount_pence)} from {self.source} to {self.target} in {self.year}"

    @property
    def detail(self) -> str:
        """Return by whose authority, for History."""
        return self.authority

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Move it; refused for more than is left, within one area, or to one without an allocation."""
        key, budget = the_year(session, self.fund, self.year)
        check_pounds(self.amount_pence, "What is moved")
        check_stated(self.reason, "Say why the money is moved: papers print the reason.")
        check_stated(self.authority, "Name by whose authority the money is moved: name and post.")
        source, target = the_line(budget, self.source), the_line(budget, self.target)
        if source.area == target.area:
            raise Refused(f"{source.area} has this money already. Name another area to move it to.")
        purse = purse_of(budget, source.area, target.area)
        if words := move_refusal(purse, self.amount_pence, self.year):
            raise Refused(f"{words} Nothing was moved.")
        if target.allocation is None:
            raise Refused(
                f"{target.area} has no allocation for {self.year}. Record one first, even if it is £0.00."
            )
        row = {
            "id": next_id(session, budget_move_table.c.id),
            "fund_id": key[0],
            "year": self.year,
            "source": source.area,
            "target": target.area,
            "amount_pence": self.amount_pence,
            "reason": self.reason.strip(),
            "authority": self.authority.strip(),
            "recorded_by": actor.name,
            "recorded_at": at,
        }
        put(session, budget_move_table, [row])
        amount = pounds(self.amount_pence)
        words = f"{amount} moved from {source.area} to {target.area} in {self.year}."
        return Outcome(frozenset({Topic.AWARDS}), TakeBackMove(self), words)


class TakeBackMove(RegisteredOperation, frozen=True):
    """Take back the newest move that says the same."""

    kind: ClassVar[str] = "take back move"
    moved: MoveMoney

    @property
    def label(self) -> str:
        """Return the change in words."""
        moved = self.moved
        amount = pounds(moved.amount_pence)
        return f"Take back {amount} moved from {moved.source} to {moved.target} in {moved.year}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it back; refused where it is not there any more."""
        moved, table = self.moved, budget_move_table
        key, budget = the_year(session, moved.fund, moved.year)
        says_this = (
            (table.c.fund_id == key[0])
            & (table.c.year == moved.year)
            & (table.c.source == the_line(budget, moved.source).area)
            & (table.c.target == the_line(budget, moved.target).area)
            & (table.c.amount_pence == moved.amount_pence)
            & (table.c.reason == moved.reason.strip())
            & (table.c.authority == moved.authority.strip())
        )
        newest = session.scalar(select(table.c.id).where(says_this).order_by(table.c.id.desc()).limit(1))
        if newest is None:
            raise Refused("That move is no longer recorded. Look again.")
        remove(session, table, table.c.id == newest)
        words = f"{pounds(moved.amount_pence)} is back at {moved.source}."
        return Outcome(frozenset({Topic.AWARDS}), moved, words)
