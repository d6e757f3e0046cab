"""What the meetings of a round put down: attendance, closed items and confirmed records."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.queries.people import panel_role
from models.queries.round_rows import round_rows
from models.queries.rounds import RoundLine, round_line
from models.rows import RoundRows
from models.schema.application import application_table
from models.schema.meeting import attendance_table, closed_item_table, confirmed_record_table
from models.schema.office import office_table
from models.schema.panel import member_table
from models.schema.round import area_table
from models.session import Session

ADVISER = "adviser"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That the panel confirmed the record of an area's meeting: who put it down, and when (UTC)."""

    area: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingRows:
    """A round as its meeting needs it.

    `attendance` is (area, member code, present or absent); who is not listed was not asked yet.
    """

    line: RoundLine
    rows: RoundRows
    attendance: tuple[tuple[str, str, str], ...]
    closed: frozenset[str]
    confirmed: tuple[Confirmed, ...]
    office: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        """Return the codes of those who mark and count toward quorum: all but advisers."""
        return tuple(member.code for member in self.rows.members if panel_role(member.role) != ADVISER)

    def absent(self, area: str | None) -> frozenset[str]:
        """Return the members who are not at an area's meeting."""
        return frozenset(code for of, code, state in self.attendance if of == area and state == "absent")


def meeting(session: Session, round_id: int) -> MeetingRows:
    """Return a round with what its meetings put down."""
    return MeetingRows(
        line=round_line(session, round_id),
        rows=round_rows(session, round_id),
        attendance=attendance(session, round_id),
        closed=closed_items(session, round_id),
        confirmed=confirmed_records(session, round_id),
        office=session.scalar(select(office_table.c.name)) or "",
    )


def attendance(session: Session, round_id: int) -> tuple[tuple[str, str, str], ...]:
    """Return who was there, by area and in the order of the panel."""
    rows = session.execute(
        select(area_table.c.name, member_table.c.code, attendance_table.c.state)
        .join(area_table, area_table.c.id == attendance_table.c.area_id)
        .join(member_table, member_table.c.id == attendance_table.c.member_id)
        .where(area_table.c.round_id == round_id)
        .order_by(area_table.c.position, member_table.c.position)
    )
    return tuple((area, code, state) for area, code, state in rows)


def closed_items(session: Session, round_id: int) -> frozenset[str]:
    """Return the references of the items that the meeting is done with."""
    columns = select(application_table.c.reference).join(closed_item_table)
    return frozenset(session.scalars(columns.where(application_table.c.round_id == round_id)))


def confirmed_records(session: Session, round_id: int) -> tuple[Confirmed, ...]:
    """Return the areas whose record the panel confirmed, in their order."""
    table = confirmed_record_table
    rows = session.execute(
        select(area_table.c.name, table.c.confirmed_by, table.c.confirmed_at)
        .join(table, table.c.area_id == area_table.c.id)
        .where(area_table.c.round_id == round_id)
        .order_by(area_table.c.position)
    )
    return tuple(Confirmed(*row) for row in rows)
