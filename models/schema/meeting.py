"""What a panel meeting leaves behind: who came, which items are closed, and that the panel confirmed it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base
from models.schema.columns import one_of


class AttendanceTable(Base):
    """Whether a member was at the meeting of an area; no row is not said."""

    __tablename__ = "attendance"
    __table_args__ = (one_of("state", "present", "absent"), STRICT)

    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    state: Mapped[str]


class ClosedItemTable(Base):
    """An application that the meeting is done with; its agreed marks hold still."""

    __tablename__ = "closed_items"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    closed_by: Mapped[str]
    closed_at: Mapped[datetime]


class ConfirmedRecordTable(Base):
    """That the panel confirmed the record of an area's meeting."""

    __tablename__ = "confirmed_records"

    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[datetime]
