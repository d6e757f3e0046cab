"""Several changes to the money of a fund's year as one: made together, refused together, undone together."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Operation, Outcome
from models.operations.awards.budget_moves import MoveMoney, TakeBackMove
from models.operations.awards.contributions import Contribute, TakeBackContribution
from models.operations.awards.year_end_decisions import DecideYearEnd
from models.operations.together import made_together
from models.session import Session
from models.values.as_done import as_done
from scoring.refused import Refused

Part = DecideYearEnd | MoveMoney | TakeBackMove | Contribute | TakeBackContribution


@dataclass(frozen=True, slots=True)
class ChangeBudget:
    """Make changes to a year's money in their order, or none of them; `words` say what they come to."""

    kind: ClassVar[str] = "change budget"
    is_barrier: ClassVar[bool] = False
    words: str
    parts: tuple[Part, ...]
    is_back: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"{self.words} (taken back)" if self.is_back else self.words

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Make them all; each checks its own rules."""
        if not self.parts:
            raise Refused("There is nothing to change.")
        touched, undoing = made_together(self.parts, session, actor, at)
        back = tuple(map(_part, undoing))
        inverse = ChangeBudget(self.words, back, not self.is_back)
        return Outcome(touched, inverse, f"{as_done(self.label)}.")


def _part(undoing: Operation | None) -> Part:
    assert isinstance(undoing, Part), "each of these changes can be undone"
    return undoing
