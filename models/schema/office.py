"""The office whose record this is: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class OfficeTable(Base):
    """The office, and the record's own identity, from which everything that travels gets its."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    set_up_at: Mapped[datetime]
