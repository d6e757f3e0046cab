"""The chair who does not score says so once, for the whole round."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select

from models.operation import Actor, Outcome
from models.operations.applications.lookup import the_member
from models.operations.operation_base import RegisteredOperation
from models.operations.panel.declarations import Declare
from models.operations.set_up.round_state import require_round
from models.queries.panel.areas_served import stood_down
from models.queries.panel.panel import interests
from models.queries.panel.sheet_lines import OTHERS_OPENED
from models.schema.panel.panel import member_table
from models.schema.panel.sheet import mark_table, sheet_table
from models.session import Session
from models.values.rows import InterestRow
from scoring.refused import Refused
from scoring.round import InterestKind


class SetChairScores(RegisteredOperation, frozen=True):
    """Say that the chair does not score in a round, or does after all; the chair's own word.

    It stands with the chair's declaration, as an abstention on the whole round: no sheet is waited for, and
    the chair decides at the meeting all the same. It is no way to see others' marks first: who has given a
    mark cannot say so, and it is not taken back once a sheet is handed in.
    """

    kind: ClassVar[str] = "set chair scores"
    round_id: int
    member: str
    scores: bool

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record that {self.member} {'scores' if self.scores else 'does not score'}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused before the declaration, or where marks stand against it."""
        require_round(session, self.round_id)
        the_member(session, self.round_id, self.member)
        before = tuple(row for row in interests(session, self.round_id) if row.member == self.member)
        if not before:
            raise Refused("Declare your interests first; then say that you do not score.")
        if (self.member in stood_down(before)) is not self.scores:
            raise Refused(f"It is recorded already that {self.member} {self._does}.")
        self._check_sheets(session)
        rest = tuple(row for row in before if row.member not in stood_down((row,)))
        own = () if self.scores else (InterestRow(self.member, None, InterestKind.ABSTAINED),)
        done = Declare(self.round_id, self.member, (*rest, *own)).apply(session, actor, at)
        inverse = SetChairScores(self.round_id, self.member, not self.scores)
        return Outcome(done.touched, inverse, f"It is recorded that {self.member} {self._does}.")

    @property
    def _does(self) -> str:
        return "scores" if self.scores else "does not score in this round"

    def _check_sheets(self, session: Session) -> None:
        of_round = member_table.c.round_id == self.round_id
        is_own = member_table.c.code == self.member
        joined = select(func.count()).select_from(sheet_table).join(member_table)
        if self.scores:
            if session.scalar(joined.where(of_round, ~is_own, sheet_table.c.is_submitted.is_(True))):
                raise Refused(OTHERS_OPENED)
        elif session.scalar(joined.join(mark_table).where(of_round, is_own, mark_table.c.mark.is_not(None))):
            raise Refused(
                "You have given marks in this round. Clear them first, or abstain where you need to."
            )
