"""Who was at the meeting of an area, of several at once: made together, refused together, undone together."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.operation_base import RegisteredOperation, made_together
from models.operations.panel.attendance import SetAttendance
from models.session import Session
from models.values.as_done import as_done
from scoring.counted import counted


class SetAttendances(RegisteredOperation, frozen=True):
    """Say of several whether they are at an area's meeting, or of none; `area` is only for the words."""

    kind: ClassVar[str] = "set attendances"
    area: str
    parts: tuple[SetAttendance, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        states = {part.state for part in self.parts}
        said = states.pop() if len(states) == 1 else None
        return f"Record {counted(len(self.parts), 'member')} as {said or 'not stated'} for {self.area}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record them all; each checks its own rules, and the first refusal refuses all."""
        touched, back = made_together(
            self.parts, session, actor, at, nothing="The attendance of all is stated already."
        )
        inverse = replace(self, parts=back)
        return Outcome(touched, inverse, f"{as_done(self.label)}.")
