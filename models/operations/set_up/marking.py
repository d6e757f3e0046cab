"""The protective marking of a round, which every paper of it prints."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select, update

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.set_up.round_state import require_round
from models.queries.papers.issues import has_issues
from models.reference.markings import MARKINGS
from models.schema.set_up.round import round_table
from models.session import Session
from scoring.counted import listed
from scoring.refused import Refused


class SetMarking(RegisteredOperation, frozen=True):
    """Set how the papers of a round are marked; `replacing` is the marking that stood there."""

    kind: ClassVar[str] = "set marking"
    round_id: int
    marking: str
    replacing: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Mark the round {self.marking}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused once a paper was issued under the marking that stands."""
        require_round(session, self.round_id)
        if self.marking not in MARKINGS:
            raise Refused(f"“{self.marking}” is not a marking. Choose {listed(MARKINGS, 'or')}.")
        if is_marked_for_good(session, self.round_id):
            raise Refused(
                "A paper of this round was issued under its marking, so the marking stays. "
                "A new round can be marked differently."
            )
        stands = session.scalar(select(round_table.c.marking).where(round_table.c.id == self.round_id))
        refuse_changed(stands, self.replacing, "The marking", then="set it")
        table = round_table
        session.execute(update(table).where(table.c.id == self.round_id).values(marking=self.marking))
        inverse = self.exchanged("marking")
        return Outcome(frozenset({Topic.ROUNDS}), inverse, f"Papers of this round are marked {self.marking}.")


def is_marked_for_good(session: Session, round_id: int) -> bool:
    """Whether a paper of a round was issued, so that its marking no longer changes."""
    return has_issues(session, round_id)
