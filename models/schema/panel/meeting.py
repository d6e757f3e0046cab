"""What a panel meeting leaves behind: who came, which items are closed, and that the panel confirmed it."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import one_of


class AttendanceColumns(Columns):
    """Whether a member was at the meeting of an area; no row is not said."""

    area_id: Named[int] = Column(ForeignKey("areas.id"), primary_key=True)
    member_id: Named[int] = Column(ForeignKey("members.id"), primary_key=True)
    state: Named[str]


attendance_table = record_table("attendance", AttendanceColumns, one_of("state", "present", "absent"))


class MeetingColumns(Columns):
    """When and where an area's meeting was held, and why it was left with items open ("" if it was not)."""

    area_id: Named[int] = Column(ForeignKey("areas.id"), primary_key=True)
    held_on: Named[date | None]
    begins: Named[str]
    ends: Named[str]
    place: Named[str]
    left_open: Named[str]


meeting_table = record_table("meetings", MeetingColumns)


class ClosedItemColumns(Columns):
    """An application that the meeting is done with; its agreed marks hold still.

    `present` and `decided` are JSON lists of members' codes, as it was when the item closed: who was at the
    meeting, and who of them had declared and had no interest.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    closed_by: Named[str]
    closed_at: Named[datetime]
    present: Named[str]
    decided: Named[str]


closed_item_table = record_table("closed_items", ClosedItemColumns)


class ConfirmedRecordColumns(Columns):
    """That the panel confirmed the record of an area's meeting."""

    area_id: Named[int] = Column(ForeignKey("areas.id"), primary_key=True)
    confirmed_by: Named[str]
    confirmed_at: Named[datetime]


confirmed_record_table = record_table("confirmed_records", ConfirmedRecordColumns)
