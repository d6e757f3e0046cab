"""Recording as paid what finance's ledger says was paid: all of it, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Operation, Outcome
from models.operations.awards.paying import PayInstalment
from models.operations.together import made_together
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused


@dataclass(frozen=True, slots=True)
class RecordPayments:
    """Record the days on which instalments were paid, of any awards; `source` is the ledger's file name."""

    kind: ClassVar[str] = "record payments"
    is_barrier: ClassVar[bool] = False
    source: str
    parts: tuple[PayInstalment, ...]
    is_back: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        many = counted(len(self.parts), "payment")
        return f"{'Take back' if self.is_back else 'Record'} {many} from {self.source}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record them; each is refused as it would be by itself, and then none is recorded."""
        if not self.parts:
            raise Refused(f"{self.source} says nothing of payments that is new. Nothing was changed.")
        touched, undoing = made_together(self.parts, session, actor, at)
        back = tuple(map(_payment, undoing))
        many = counted(len(self.parts), "payment")
        words = f"{many} of {self.source} {'taken back' if self.is_back else 'recorded'}."
        return Outcome(touched, RecordPayments(self.source, back, not self.is_back), words)


def _payment(undoing: Operation | None) -> PayInstalment:
    assert isinstance(undoing, PayInstalment), "a payment is undone by a payment"
    return undoing
