"""Who was at the meeting of an area, one by one or several at once."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_area, the_member
from models.operations.operation_base import RegisteredOperation, made_together, refuse_changed
from models.operations.panel.meetings import is_decided_on_paper, require_unconfirmed
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_round
from models.schema.panel import attendance_table
from models.schema.set_up import area_table
from models.session import Session
from models.values.as_done import as_done
from scoring.counted import counted
from scoring.refused import Refused

STATES = ("", "present", "absent")
"""Not said, there, and not there."""


class SetAttendance(RegisteredOperation, frozen=True):
    """Say whether a member is at an area's meeting; "" takes it back. `replacing` is what stood there."""

    kind: ClassVar[str] = "set attendance"
    round_id: int
    area: str
    member: str
    state: str
    replacing: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record {self.member} as {self.state or 'not stated'} for {self.area}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused outside the meeting, or once its record is confirmed.

        An area whose marks came in a workbook has met though it is still at intake, or decided on paper.
        """
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area)
        member_id = the_member(session, self.round_id, self.member)
        if self.state not in STATES:
            raise Refused(f"“{self.state}” is neither present nor absent.")
        stage = session.scalars(select(area_table.c.stage).where(area_table.c.id == area_id)).one()
        if stage not in ("intake", "meeting") and not is_decided_on_paper(session, area_id):
            raise Refused(f"{self.area} is at the stage “{stage}”; this belongs to “meeting”.")
        require_unconfirmed(session, area_id, self.area)
        table = attendance_table
        key = (table.c.area_id == area_id) & (table.c.member_id == member_id)
        refuse_changed(
            session.scalar(select(table.c.state).where(key)) or "",
            self.replacing,
            f"The attendance of {self.member}",
        )
        remove(session, table, key)
        row = {"area_id": area_id, "member_id": member_id, "state": self.state}
        put(session, table, [row] if self.state else [])
        return Outcome(frozenset({Topic.AGREED}), self.exchanged("state"), f"{as_done(self.label)}.")


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
