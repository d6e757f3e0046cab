"""The panel's agreed marks, dissent, criteria set aside, and the items of a meeting closed and confirmed."""

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.deciding.chair_decisions import with_ruler
from models.operations.operation_base import (
    DECIDING,
    Barrier,
    InRound,
    OnApplication,
    RuledInPlace,
    check_stated,
    in_open_round,
    made_together,
    refuse_changed,
    require_stage,
    the_area,
)
from models.operations.panel.meetings import require_open_item, require_unconfirmed
from models.queries.panel.meeting import MeetingRows, Room, meeting, present_as_items_closed
from models.queries.set_up.rounds import scheme
from models.schema.applications import application_table
from models.schema.panel import (
    agreed_mark_table,
    agreement_table,
    closed_item_table,
    confirmed_record_table,
    mark_table,
    not_applicable_table,
    panel_only_table,
    sheet_table,
)
from models.schema.personal import TextAbout
from models.schema.set_up import area_table
from models.session import (
    Session,
    count,
    put,
    remove,
    replace_row,
    row_at,
    selection,
    set_values,
    stamp,
    where,
)
from models.trouble import refuse, required
from models.values import canonical
from models.values.as_done import as_done
from models.values.rounds import AFTER_MEETING
from scoring.marks.meeting import Item
from scoring.written.text import Refused, noun

STAGES = ("scoring", "meeting")
"""When the chair sets aside: while members mark, so that it holds up no sheet, and at the meeting."""


class SetAgreedMark(OnApplication, frozen=True):
    """Set the panel's agreed mark on one criterion with its reason; None takes the mark back.

    `replacing` and `replacing_reason` are what stood there. Members' own marks are never overwritten.
    """

    kind = "set agreed mark"
    titled = "Agree a mark on {0.criterion} of {0.application}"
    criterion: str
    value: int | None
    reason: TextAbout
    replacing: int | None
    replacing_reason: TextAbout

    def apply(self, session: Session) -> Outcome:
        """Set it; refused off the scale, outside the meeting, or where something else stands by now."""
        application_id = _number_at_meeting(session, self)
        require_open_item(session, application_id, self.application)
        self._check(session)
        table, key = agreed_mark_table, {"application_id": application_id, "criterion": self.criterion}
        found = session.execute(select(table.c.mark, table.c.reason).where(where(table, **key))).one_or_none()
        stands = (None, "") if found is None else (found.mark, found.reason)
        stood, what = (self.replacing, self.replacing_reason), f"{self.criterion} of {self.application}"
        refuse_changed(stands, stood, what, "was agreed")
        _ensure(session, application_id)
        says_something = self.value is not None or self.reason
        row = {"mark": self.value, "reason": self.reason} if says_something else None
        replace_row(session, table, key, row)
        _tidy(session, application_id)
        back = {"reason": self.replacing_reason, "replacing_reason": self.reason}
        return self.done_exchanging("value", **back)

    def _check(self, session: Session) -> None:
        published = scheme(session, self.round_id)
        if self.criterion not in published.judged_codes:
            raise Refused(f"{self.criterion} is not a criterion that is marked.")
        if self.value is not None and not 0 <= self.value <= published.scale_maximum:
            raise Refused(f"{self.value} is not on the scale from 0 to {published.scale_maximum}.")


class SetDissent(OnApplication, frozen=True):
    """Write down who of the panel disagrees, and with what; `replacing` is what stood there."""

    kind = "set dissent"
    titled = "Record dissent on {0.application}"
    text: TextAbout
    replacing: TextAbout

    def apply(self, session: Session) -> Outcome:
        """Write it; refused outside the meeting, or where something else stands by now."""
        application_id = _number_at_meeting(session, self)
        require_open_item(session, application_id, self.application)
        stands = session.scalar(selection(agreement_table.c.dissent, application_id=application_id)) or ""
        self.refuse_stale(stands, f"The dissent on {self.application}")
        _ensure(session, application_id)
        set_values(session, agreement_table, {"application_id": application_id}, dissent=self.text)
        _tidy(session, application_id)
        return self.done_exchanging("text")


class KeepForPanel(OnApplication, frozen=True):
    """Keep the reason of an agreed mark for the panel, whose letters leave it out, or let it be told.

    It may be said until the letters go, long after the meeting: no mark and no word is changed.
    """

    kind = "keep for panel"
    titled = (
        "{0.is_kept:Keep|Let} the reason on {0.criterion} of {0.application} "
        "{0.is_kept:for the panel|be told}"
    )
    criterion: str
    is_kept: bool

    def apply(self, session: Session) -> Outcome:
        """Say it; refused where there is no such reason, or where it is said already."""
        key = {"application_id": self.its_number(session), "criterion": self.criterion}
        is_kept = bool(count(session, panel_only_table, **key))
        if is_kept == self.is_kept:
            how = "kept for the panel" if is_kept else "told to the applicant"
            raise Refused(f"The reason on {self.criterion} of {self.application} is {how} already.")
        if self.is_kept and not session.scalar(selection(agreed_mark_table.c.reason, **key)):
            raise Refused(f"{self.application} has no agreed reason on {self.criterion} to keep.")
        replace_row(session, panel_only_table, key, {} if self.is_kept else None)
        return self.done_turning("is_kept")


def _ensure(session: Session, application_id: int) -> None:
    if row_at(session, agreement_table, application_id) is None:
        put(session, agreement_table, [{"application_id": application_id, "dissent": ""}])


def _tidy(session: Session, application_id: int) -> None:
    """Take an empty moderation record out again, since one that is there bars handing sheets in."""
    if not count(session, agreed_mark_table, application_id=application_id):
        remove(session, agreement_table, application_id=application_id, dissent="")


class SetNotApplicable(RuledInPlace, OnApplication, frozen=True):
    """Set a criterion aside for one application, with the reason; "" counts it again. The chair's.

    The other criteria on its side share its weight. `replacing` is the reason that stood there, `in_place`
    the code of the member who ruled in the chair's place, which the reason then says.
    """

    kind = "set not applicable"
    titled = "{0.reason:Set|Count} {0.criterion} {0.reason:aside for|of} {0.application}{0.reason:| again}"
    criterion: str
    reason: TextAbout
    replacing: TextAbout
    in_place: str = ""

    def apply(self, session: Session) -> Outcome:
        """Set it aside; refused where the scheme does not allow it, and once the meeting is over."""
        application_id = self.its_number(session)
        require_stage(session, self.round_id, self.application, *STAGES)
        require_open_item(session, application_id, self.application)
        self._check(session)
        table, key = not_applicable_table, {"application_id": application_id, "criterion": self.criterion}
        stands = session.scalar(selection(table.c.reason, **key)) or ""
        self.refuse_stale(stands, f"{self.criterion} of {self.application}")
        if not self.reason:
            self._require_marks(session, application_id)
        reason = with_ruler(session, self.round_id, self.application, self.in_place, self.reason)
        replace_row(session, table, key, {"reason": reason} if reason else None)
        inverse = replace(self, reason=self.replacing, replacing=reason)
        return Outcome(inverse, f"{self.label if reason else as_done(self.label)}.")

    def _require_marks(self, session: Session, application_id: int) -> None:
        """Refuse to count it again while sheets without a mark on it are handed in and could be reopened."""
        area = selection(application_table.c.area_id, id=application_id)
        if session.scalar(selection(area_table.c.stage, id=area)) != "scoring":
            return
        marked = selection(mark_table.c.sheet_id, criterion=self.criterion)
        marked = marked.where(mark_table.c.mark.is_not(None))
        unmarked = sheet_table.c.is_submitted & sheet_table.c.id.not_in(marked)
        without = count(session, sheet_table, unmarked, application_id=application_id)
        if without and self.criterion in scheme(session, self.round_id).judged_codes:
            words = "sheet is handed in" if without == 1 else "sheets are handed in"
            raise Refused(
                f"{without} {words} without a mark on {self.criterion} of {self.application}. "
                "Reopen them first."
            )

    def _check(self, session: Session) -> None:
        published = scheme(session, self.round_id)
        if self.criterion not in {c.code for c in published.criteria}:
            raise Refused(f"{self.criterion} is not a criterion of the round.")
        if self.reason and not published.not_applicable_allowed:
            raise Refused("The published scheme does not allow a criterion to be set aside.")
        if self.reason:
            check_stated(self.reason, f"Say why {self.criterion} does not apply to {self.application}.")


class AgreeMarks(OnApplication, frozen=True):
    """Agree several marks of one application at once, with one undo."""

    kind = "agree marks"
    titled = "Agree {0.marks:mark} of {0.application}"
    marks: tuple[SetAgreedMark, ...]

    def apply(self, session: Session) -> Outcome:
        """Agree them one by one; all are refused where one is."""
        if any((m.round_id, m.application) != (self.round_id, self.application) for m in self.marks):
            raise Refused(f"These marks are not all of {self.application}.")
        back = made_together(self.marks, session, nothing="There is no mark to agree.")
        return self.done(AgreeMarks(self.round_id, self.application, back))


class CloseItem(OnApplication, frozen=True):
    """Close an item of the meeting: what was agreed holds still until it is opened again.

    Those decide who are marked present, have declared and have no interest, and the item keeps who they
    were; `room` puts it back with those of before.
    """

    kind = "close item"
    titled = "Close the item {0.application}"
    told = "The item {0.application} is closed."
    room: Room | None = None

    def apply(self, session: Session) -> Outcome:
        """Close it; refused while a mark is to be settled, or where too few of the panel decide."""
        application_id = _number_at_meeting(session, self)
        before = meeting(session, self.round_id)
        if self.application in before.closed:
            raise Refused(f"The item {self.application} is closed already.")
        item = self._check(before)
        room = self.room or self._room(before, item)
        row = {
            "application_id": application_id,
            **stamp(session, "closed"),
            "present": canonical.dumps(list(room.present)),
            "decided": canonical.dumps(list(room.decided)),
        }
        put(session, closed_item_table, [row])
        return self.done(OpenItem(self.round_id, self.application))

    def _room(self, before: MeetingRows, item: Item) -> Room:
        """Return who is in the room; refused where too few of them decide."""
        there, deciding, quorum = before.present(item.area), before.deciding(item), before.quorum(item)
        if not quorum.counted:
            raise Refused(
                f"Nobody is marked present in {item.area}. Attendance comes first: say who is here."
            )
        if not quorum.holds:
            raise Refused(
                f"{len(deciding)} of those present have declared and have no interest in "
                f"{self.application}; quorum is {quorum.needed}. Say who is here, have them declare, or take "
                "the item when more are present."
            )
        return Room(tuple(m.code for m in before.rows.members if m.code in there), deciding)

    def _check(self, before: MeetingRows) -> Item:
        """Return the item; refused while a mark is to be agreed or explained, or a discussion to be noted."""
        item = required(
            _item(before, self.application),
            f"{self.application} is withdrawn or failed a gate, so it is not an item.",
        )
        left = before.left(item)
        lines = [line for line in item.lines if line.code in left]
        bare = [line.code for line in lines if line.agreed is None]
        outside = [line.code for line in lines if line.is_outside]
        is_noted = not before.rows.scheme.is_agreed
        refuse(DECIDING.settled(item.reference, is_noted, left, bare, outside))
        return item


class OpenItem(OnApplication, frozen=True):
    """Open a closed item of the meeting again."""

    kind = "open item"
    titled = "Open the item {0.application} again"
    told = "The item {0.application} is open again."

    def apply(self, session: Session) -> Outcome:
        """Open it; refused where it is open, or once the record is confirmed."""
        application_id = _number_at_meeting(session, self)
        if row_at(session, closed_item_table, application_id) is None:
            raise Refused(f"The item {self.application} is open.")
        room = present_as_items_closed(session, self.round_id).get(self.application)
        remove(session, closed_item_table, application_id=application_id)
        return self.done(CloseItem(self.round_id, self.application, room))


class ConfirmRecord(Barrier, InRound, frozen=True):
    """Record that the panel confirmed the record of an area's meeting. A barrier."""

    kind = "confirm record"
    titled = "Confirm the minutes of {0.area}"
    told = "The panel confirmed the minutes of {0.area}."
    area: str

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Confirm it; refused while an item is open at the meeting, which the area may leave with some."""
        area_id = the_area(session, self.round_id, self.area)
        require_unconfirmed(session, area_id)
        before = meeting(session, self.round_id)
        items = {item.reference for item in before.items if item.area == self.area}
        left = len(items - before.closed)
        if not items or (left and before.line.stages[self.area] not in AFTER_MEETING):
            words = f"{left} of {len(items)} items {noun(left, 'is', 'are')} still open"
            raise Refused(
                f"{words if items else 'There is no item'} in {self.area}. "
                "The minutes are confirmed at the end."
            )
        put(session, confirmed_record_table, [{"area_id": area_id, **stamp(session, "confirmed")}])
        return self.done()


class OpenRecord(Barrier, InRound, frozen=True):
    """Open the confirmed record of an area's meeting again, with a reason. A barrier; the chair's."""

    kind = "open record"
    titled = "Open the minutes of {0.area} again"
    told = "The minutes of {0.area} are open again."
    area: str
    reason: str

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Open it; refused without a reason, and where it is not confirmed."""
        area_id = the_area(session, self.round_id, self.area)
        check_stated(self.reason, f"Say why the minutes of {self.area} are opened again.")
        if row_at(session, confirmed_record_table, area_id) is None:
            raise Refused(f"The minutes of {self.area} are not confirmed yet.")
        remove(session, confirmed_record_table, area_id=area_id)
        return self.done()


def _item(before: MeetingRows, reference: str) -> Item | None:
    return next((item for item in before.items if item.reference == reference), None)


def _number_at_meeting(session: Session, operation: OnApplication) -> int:
    """Return an application's number; refused outside the meeting of its area, and once that is confirmed."""
    number = operation.its_number(session)
    require_stage(session, operation.round_id, operation.application, "meeting")
    require_unconfirmed(session, session.scalar(selection(application_table.c.area_id, id=number)))
    return number
