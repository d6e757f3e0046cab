"""The office whose record this is: that it is set up, its facts from their days on, and its logos."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Named

from models.schema.base import Columns, record_table


class OfficeColumns(Columns):
    """That the office is set up: one row."""

    id: Named[int] = Column(primary_key=True)
    set_up_at: Named[datetime]


class OfficeFactColumns(Columns):
    """A fact of the office and the day from which it holds; the logo's is the SHA-256 of its picture."""

    key: Named[str] = Column(primary_key=True)
    from_on: Named[date] = Column(primary_key=True)
    value: Named[str]


class OfficeLogoColumns(Columns):
    """A picture that was the office's logo; none is taken out, since papers that were issued show it."""

    sha256: Named[str] = Column(primary_key=True)
    png: Named[bytes]


office_table = record_table("office", OfficeColumns, CheckConstraint("id = 1", name="one_row"))
office_fact_table = record_table("office_fact", OfficeFactColumns)
office_logo_table = record_table(
    "office_logo", OfficeLogoColumns, CheckConstraint("length(png) > 0", name="png_is_there")
)
