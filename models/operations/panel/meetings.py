"""Meetings of areas: when and where, who was there, and what holds their items still."""

from msgspec.structs import asdict, replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.operation_base import (
    InRound,
    RegisteredOperation,
    in_open_round,
    made_together,
    require_published,
    the_area,
    the_member,
)
from models.queries.panel.area_panels import ABSENT, OBSERVER, PRESENT, panels_as_signed
from models.queries.panel.meeting import items_left, items_left_words, left_open, meetings_held
from models.schema.applications import application_table
from models.schema.deciding import decision_table, sign_off_table
from models.schema.panel import attendance_table, closed_item_table, confirmed_record_table, meeting_table
from models.schema.set_up import area_table
from models.session import Session, count, replace_row, row_at, selection, where
from models.store.locks.signing_on import with_figures
from models.values.rounds import MeetingHeld
from scoring.written.text import Refused, Unreadable, counted, listed, one_line
from scoring.written.zones import read_time

LONGEST_PLACE = 200


def require_open_item(session: Session, application_id: int, reference: str) -> None:
    """Refuse where the meeting has closed the item."""
    if row_at(session, closed_item_table, application_id) is not None:
        raise Refused(f"The item {reference} is closed. Open it again first.")


def require_unconfirmed(session: Session, area_id: int | None) -> None:
    if row_at(session, confirmed_record_table, area_id) is not None:
        (area,) = session.scalars(selection(area_table.c.name, id=area_id))
        raise Refused(f"The panel has confirmed the minutes of {area}. The chair can open them again.")


def is_decided_on_paper(session: Session, area_id: int) -> bool:
    """Whether what was decided in an area is recorded from paper, as of a panel that met elsewhere."""
    of_area = selection(application_table.c.id, area_id=area_id)
    on_paper = selection(sign_off_table.c.id, is_from_paper=True)
    return bool(count(session, decision_table, application_id=of_area, sign_off_id=on_paper))


def require_undecided(session: Session, round_id: int, reference: str) -> None:
    """Refuse while the round is being set up, and once the application's area is before its deciders."""
    require_published(session, round_id)
    columns = select(area_table.c.name, area_table.c.stage).join(application_table)
    it = where(application_table, round_id=round_id, reference=reference)
    found = session.execute(columns.where(it)).one_or_none()
    if found is not None and found.stage in ("deciding", "done"):
        raise Refused(
            f"{found.name} is at the stage “{found.stage}”: what the panel settled can no longer be changed."
        )


def has_meeting(session: Session, round_id: int) -> bool:
    """Whether a meeting of the round has put anything down."""
    areas = selection(area_table.c.id, round_id=round_id)
    items = selection(application_table.c.id, round_id=round_id)
    return bool(
        count(session, attendance_table, area_id=areas)
        or count(session, closed_item_table, application_id=items)
        or count(session, meeting_table, area_id=areas)
    )


def areas_met(session: Session, round_id: int) -> tuple[str, ...]:
    """Return the areas of which the minutes say when they met, or why they left items open."""
    here = selection(area_table.c.name, round_id=round_id, id=select(meeting_table.c.area_id))
    return tuple(session.scalars(here.order_by(area_table.c.position)))


def leave_open(session: Session, round_id: int, area: str, reason: str) -> None:
    """Write why an area leaves its meeting with items open, nothing where none is.

    Raises Refused where items are open and no reason is given.
    """
    with with_figures(session, round_id):
        references = items_left(session, round_id, area)
    why = " ".join(reason.split()) if references else ""
    if references and not why:
        raise Refused(
            f"{items_left_words(area, references)} Close them, or say why the area moves on without."
        )
    held = meetings_held(session, round_id).get(area)
    write_meeting(session, the_area(session, round_id, area), held, why)


class SetMeetingHeld(InRound, frozen=True):
    """Say when and where an area's meeting was held; None takes it back. `replacing` is what stood there."""

    kind = "set meeting held"
    titled = "{0.held:Record|Take back} when the meeting of {0.area} was held"
    area: str
    held: MeetingHeld | None
    replacing: MeetingHeld | None

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused once the minutes are confirmed, or where something else stands by now."""
        area_id = the_area(session, self.round_id, self.area)
        require_unconfirmed(session, area_id)
        if self.held is not None:
            _check(self.held)
        self.refuse_stale(meetings_held(session, self.round_id).get(self.area), f"The meeting of {self.area}")
        write_meeting(session, area_id, self.held, left_open(session, self.round_id).get(self.area, ""))
        return self.done_exchanging("held")


def write_meeting(session: Session, area_id: int, held: MeetingHeld | None, reason: str) -> None:
    """Write when and where an area's meeting was held, and why it moved on with items open, "" for none."""
    said = {"held_on": None, "begins": "", "ends": "", "place": ""} if held is None else asdict(held)
    row = {**said, "left_open": reason} if held is not None or reason else None
    replace_row(session, meeting_table, {"area_id": area_id}, row)


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


STATES = ("", PRESENT, ABSENT, OBSERVER)
"""Not said, there, not there, and there as somebody of another area's panel, who decides nothing."""


class SetAttendance(InRound, frozen=True):
    """Say whether a member is at an area's meeting; "" takes it back. `replacing` is what stood there.

    Members of other areas' panels are let in as observers.
    """

    kind = "set attendance"
    titled = "Record {0.member} as {0.state:or not stated} for {0.area}"
    area: str
    member: str
    state: str
    replacing: str

    def check_at_entry(self, session: Session) -> None:
        """Refuse somebody of another panel as present or absent, and one of the own panel as observer."""
        panels = panels_as_signed(session, self.round_id)
        found = [one for one in panels.members if one.code == self.member]
        belongs, is_observer = panels.belongs(self.member, self.area), self.state == OBSERVER
        if not found or not self.state or belongs != is_observer:
            return
        (one,) = found
        raise Refused(
            f"{one.name} is on the panel of {self.area}. Record them as present or absent."
            if belongs
            else f"{one.name} sits on the panel for {listed(one.areas)}, not for {self.area}. You can let "
            "them in as an observer."
        )

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused outside the meeting, or once its record is confirmed.

        An area whose marks came in a workbook has met though it is still at intake, or decided on paper.
        """
        area_id = the_area(session, self.round_id, self.area)
        member_id = the_member(session, self.round_id, self.member)
        if self.state not in STATES:
            raise Refused(f"“{self.state}” is neither present nor absent, nor an observer.")
        stage = session.scalars(selection(area_table.c.stage, id=area_id)).one()
        if stage not in ("intake", "meeting") and not is_decided_on_paper(session, area_id):
            raise Refused(f"{self.area} is at the stage “{stage}”; this belongs to “meeting”.")
        require_unconfirmed(session, area_id)
        table, key = attendance_table, {"area_id": area_id, "member_id": member_id}
        stands = session.scalar(selection(table.c.state, **key)) or ""
        self.refuse_stale(stands, f"The attendance of {self.member}")
        replace_row(session, table, key, {"state": self.state} if self.state else None)
        return self.done_exchanging("state")


class SetAttendances(RegisteredOperation, frozen=True):
    """Say of several whether they are at an area's meeting, or of none; `area` is only for the words."""

    kind = "set attendances"
    area: str
    parts: tuple[SetAttendance, ...]

    def check_at_entry(self, session: Session) -> None:
        """Refuse what a part of it does."""
        for part in self.parts:
            part.check_at_entry(session)

    @property
    def label(self) -> str:
        said = listed(sorted({part.state or "not stated" for part in self.parts}), "or")
        return f"Record {counted(len(self.parts), 'member')} as {said} for {self.area}"

    def apply(self, session: Session) -> Outcome:
        """Record them all; each checks its own rules, and the first refusal refuses all."""
        back = made_together(self.parts, session, nothing="The attendance of all is stated already.")
        return self.done(replace(self, parts=back))
