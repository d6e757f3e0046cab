"""Closing the items of a meeting, opening them again, and confirming its record."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.finders import require_stage, the_application, the_area
from models.operations.operation_base import RegisteredOperation
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.meetings import require_unconfirmed
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_round
from models.queries.panel.meeting import MeetingRows, Room, meeting, present_as_items_closed
from models.schema.applications import application_table
from models.schema.panel import closed_item_table, confirmed_record_table
from models.schema.set_up import area_table
from models.session import Session
from models.values import canonical
from models.values.as_done import as_done
from models.values.rows import scored_round
from scoring.counted import counted, noun
from scoring.marks.meeting import Item, meeting_items
from scoring.refused import Refused
from scoring.scheme import Combine

_TOUCHED = frozenset({Topic.AGREED})


class AgreeMarks(RegisteredOperation, frozen=True):
    """Agree several marks of one application at once, with one undo."""

    kind: ClassVar[str] = "agree marks"
    round_id: int
    application: str
    marks: tuple[SetAgreedMark, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Agree {counted(len(self.marks), 'mark')} of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Agree them one by one; all are refused where one is."""
        if not self.marks:
            raise Refused("There is no mark to agree.")
        if any((m.round_id, m.application) != (self.round_id, self.application) for m in self.marks):
            raise Refused(f"These marks are not all of {self.application}.")
        undone = [mark.apply(session, actor, at).inverse for mark in self.marks]
        back = tuple(one for one in reversed(undone) if isinstance(one, SetAgreedMark))
        return Outcome(_TOUCHED, AgreeMarks(self.round_id, self.application, back), f"{as_done(self.label)}.")


class CloseItem(RegisteredOperation, frozen=True):
    """Close an item of the meeting: what was agreed holds still until it is opened again.

    Those decide who are marked present, have declared and have no interest, and the item keeps who they
    were; `room` puts it back with those of before.
    """

    kind: ClassVar[str] = "close item"
    round_id: int
    application: str
    room: Room | None = None

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Close the item {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Close it; refused while a mark is to be settled, or where too few of the panel decide."""
        application_id = the_application(session, self.round_id, self.application)
        require_stage(session, self.round_id, self.application, "meeting")
        before = meeting(session, self.round_id)
        if self.application in before.closed:
            raise Refused(f"The item {self.application} is closed already.")
        item = self._check(before)
        room = self.room or self._room(before, item)
        row = {
            "application_id": application_id,
            "closed_by": actor.name,
            "closed_at": at,
            "present": canonical.dumps(list(room.present)),
            "decided": canonical.dumps(list(room.decided)),
        }
        put(session, closed_item_table, [row])
        inverse = OpenItem(self.round_id, self.application)
        return Outcome(_TOUCHED, inverse, f"The item {self.application} is closed.")

    def _room(self, before: MeetingRows, item: Item) -> Room:
        """Return who is in the room; refused where too few of them decide."""
        there, deciding = before.present(item.area), before.deciding(item)
        quorum = before.rows.scheme.quorum
        if not there:
            raise Refused(
                f"Nobody is marked present in {item.area}. Attendance comes first: say who is here."
            )
        if len(deciding) < quorum:
            raise Refused(
                f"{len(deciding)} of those present have declared and have no interest in "
                f"{self.application}; quorum is {quorum}. Say who is here, have them declare, or take the "
                "item when more are present."
            )
        return Room(tuple(m.code for m in before.rows.members if m.code in there), deciding)

    def _check(self, before: MeetingRows) -> Item:
        item = _item(before, self.application)
        if item is None:
            raise Refused(f"{self.application} is withdrawn or failed a gate, so it is not an item.")
        self._check_settled(before, item)
        return item

    def _check_settled(self, before: MeetingRows, item: Item) -> None:
        """Refuse while a mark is to be agreed or explained, or a discussion to be noted."""
        left = before.left(item)
        if not left:
            return
        if before.rows.scheme.combine is not Combine.CONSENSUS:
            raise Refused(f"{self.application}: note what was said of {', '.join(left)} first.")
        missing = [line.code for line in item.lines if line.code in left and line.agreed is None]
        if missing:
            marks = "an agreed mark" if len(missing) == 1 else "agreed marks"
            raise Refused(f"{self.application} still needs {marks} on {', '.join(missing)}.")
        outside = [line.code for line in item.lines if line.code in left and line.is_outside]
        if outside:
            raise Refused(
                f"The agreed mark on {', '.join(outside)} of {self.application} is outside every member's "
                "mark. Say why."
            )
        raise Refused(
            f"Members’ marks on {', '.join(left)} of {self.application} are two or more apart. Say why "
            "the panel agreed on its mark."
        )


class OpenItem(RegisteredOperation, frozen=True):
    """Open a closed item of the meeting again."""

    kind: ClassVar[str] = "open item"
    round_id: int
    application: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Open the item {self.application} again"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Open it; refused where it is open, or once the record is confirmed."""
        application_id = the_application(session, self.round_id, self.application)
        require_stage(session, self.round_id, self.application, "meeting")
        key = closed_item_table.c.application_id == application_id
        if not session.scalar(select(func.count()).where(key)):
            raise Refused(f"The item {self.application} is open.")
        area = session.execute(
            select(area_table.c.id, area_table.c.name)
            .join(application_table)
            .where(application_table.c.id == application_id)
        ).one()
        require_unconfirmed(session, area.id, area.name)
        room = present_as_items_closed(session, self.round_id).get(self.application)
        remove(session, closed_item_table, key)
        inverse = CloseItem(self.round_id, self.application, room)
        return Outcome(_TOUCHED, inverse, f"The item {self.application} is open again.")


class ConfirmRecord(RegisteredOperation, frozen=True):
    """Record that the panel confirmed the record of an area's meeting. A barrier."""

    kind: ClassVar[str] = "confirm record"
    is_barrier: ClassVar[bool] = True
    round_id: int
    area: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Confirm the minutes of {self.area}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Confirm it; refused while an item is open, and for anyone but the chair or note-taker."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area)
        require_unconfirmed(session, area_id, self.area)
        before = meeting(session, self.round_id)
        items = [item for item in meeting_items(scored_round(before.rows), ()) if item.area == self.area]
        left = [item.reference for item in items if item.reference not in before.closed]
        if left or not items:
            are = noun(len(left), "is", "are")
            words = f"{len(left)} of {len(items)} items {are} still open" if items else "There is no item"
            raise Refused(f"{words} in {self.area}. The minutes are confirmed at the end.")
        put(
            session,
            confirmed_record_table,
            [{"area_id": area_id, "confirmed_by": actor.name, "confirmed_at": at}],
        )
        return Outcome(_TOUCHED, None, f"The panel confirmed the minutes of {self.area}.")


class OpenRecord(RegisteredOperation, frozen=True):
    """Open the confirmed record of an area's meeting again, with a reason. A barrier; the chair's."""

    kind: ClassVar[str] = "open record"
    is_barrier: ClassVar[bool] = True
    round_id: int
    area: str
    reason: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Open the minutes of {self.area} again"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Open it; refused without a reason, and where it is not confirmed."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area)
        if not self.reason.strip():
            raise Refused(f"Say why the minutes of {self.area} are opened again.")
        key = confirmed_record_table.c.area_id == area_id
        if not session.scalar(select(func.count()).where(key)):
            raise Refused(f"The minutes of {self.area} are not confirmed yet.")
        remove(session, confirmed_record_table, key)
        return Outcome(_TOUCHED, None, f"The minutes of {self.area} are open again.")


def _item(before: MeetingRows, reference: str) -> Item | None:
    items = meeting_items(scored_round(before.rows), before.members)
    return next((item for item in items if item.reference == reference), None)
