"""When and where the meeting of an area was held, as its minutes say."""

from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_area
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.meeting_state import require_unconfirmed
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_round
from models.queries.panel.meeting import left_open, meetings_held
from models.schema.panel.meeting import meeting_table
from models.session import Session
from models.values.as_done import as_done
from models.values.meeting_held import MeetingHeld
from scoring.refused import Refused
from scoring.written.text import Unreadable, one_line
from scoring.written.zones import read_time

LONGEST_PLACE = 200


class SetMeetingHeld(RegisteredOperation, frozen=True):
    """Say when and where an area's meeting was held; None takes it back. `replacing` is what stood there."""

    kind: ClassVar[str] = "set meeting held"
    round_id: int
    area: str
    held: MeetingHeld | None
    replacing: MeetingHeld | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        if self.held is None:
            return f"Take back when the meeting of {self.area} was held"
        return f"Record when the meeting of {self.area} was held"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused once the minutes are confirmed, or where something else stands by now."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area)
        require_unconfirmed(session, area_id, self.area)
        if self.held is not None:
            _check(self.held)
        refuse_changed(
            meetings_held(session, self.round_id).get(self.area),
            self.replacing,
            f"The meeting of {self.area}",
        )
        reason = left_open(session, self.round_id).get(self.area, "")
        write_meeting(session, area_id, self.held, reason)
        return Outcome(frozenset({Topic.AGREED}), self.exchanged("held"), f"{as_done(self.label)}.")


def write_meeting(session: Session, area_id: int, held: MeetingHeld | None, reason: str) -> None:
    """Write when and where an area's meeting was held, and why it moved on with items open, "" for none."""
    remove(session, meeting_table, meeting_table.c.area_id == area_id)
    row = {
        "area_id": area_id,
        "held_on": None if held is None else held.held_on,
        "begins": "" if held is None else held.begins,
        "ends": "" if held is None else held.ends,
        "place": "" if held is None else held.place,
        "left_open": reason,
    }
    put(session, meeting_table, [row] if held is not None or reason else [])


def _check(held: MeetingHeld) -> None:
    """Refuse what is no time of day, an end before the beginning, and a place that is no single line."""
    try:
        is_written = (read_time(held.begins), read_time(held.ends)) == (held.begins, held.ends)
    except Unreadable as error:
        raise Refused(str(error)) from error
    if not is_written:
        raise Refused("Write the times of a meeting as hours and minutes, such as 09:30.")
    if held.begins and held.ends and held.ends <= held.begins:
        raise Refused(
            f"The meeting ends at {held.ends}, which is not after {held.begins}. Correct the times."
        )
    if held.place != one_line(held.place) or len(held.place) > LONGEST_PLACE:
        raise Refused(f"Write the place of the meeting on one line of at most {LONGEST_PLACE} characters.")
