"""The office whose record this is: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.base import STRICT, Base


class OfficeTable(Base):
    """The office that keeps the record, by name."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    set_up_at: Mapped[datetime]
