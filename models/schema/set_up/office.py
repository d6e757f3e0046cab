"""The office whose record this is: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Named

from models.schema.base import Columns, record_table


class OfficeColumns(Columns):
    """The office that keeps the record, by name."""

    id: Named[int] = Column(primary_key=True)
    name: Named[str]
    set_up_at: Named[datetime]


office_table = record_table("office", OfficeColumns, CheckConstraint("id = 1", name="one_row"))
