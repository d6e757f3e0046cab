"""Several changes to the applications of a round as one: made together, refused together, undone together."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import CorrectApplication, KeepApart, SetWithdrawn
from models.operations.applications.removal import BringBackApplications, RemoveApplications
from models.operations.operation_base import RegisteredOperation, label_of, made_together
from models.session import Session
from models.values.as_done import as_done
from scoring.refused import Refused

Part = (
    ImportApplications
    | RemoveApplications
    | BringBackApplications
    | CorrectApplication
    | SetWithdrawn
    | KeepApart
)


class ChangeApplications(RegisteredOperation, frozen=True):
    """Make changes in their order, or none of them; `words` say what they come to, without personal data.

    The first refusal refuses all.
    """

    kind: ClassVar[str] = "change applications"
    words: str
    parts: tuple[Part, ...]
    is_back: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return label_of(self.words, is_back=self.is_back)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Make them all; each checks its own rules."""
        touched, back = made_together(self.parts, session, actor, at, nothing="There is nothing to change.")
        if not all(isinstance(undoing, Part) for undoing in back):
            raise Refused("The round is no longer in the record. Set it up first.")
        inverse = replace(self, parts=back, is_back=not self.is_back)
        return Outcome(touched, inverse, f"{as_done(self.label)}.")
