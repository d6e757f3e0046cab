"""What was corrected beside an application as submitted, and which look-alikes were kept apart."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class CorrectionTable(Base):
    """One corrected field of an application: the value in force beside the one submitted, both as JSON."""

    __tablename__ = "corrections"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    submitted: Mapped[str]
    reason: Mapped[str]
    corrected_by: Mapped[str]
    corrected_at: Mapped[datetime]


class KeptApartTable(Base):
    """Two applications that look alike and are both kept, the lower number first."""

    __tablename__ = "kept_apart"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"), STRICT)

    first_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True, index=True)
    reason: Mapped[str]
    kept_by: Mapped[str]
    kept_at: Mapped[datetime]
