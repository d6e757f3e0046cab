"""What was corrected beside an application as submitted, and which look-alikes were kept apart."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.personal import TextAbout


class CorrectionColumns(Columns):
    """One corrected field of an application: the value in force beside the one submitted, both as JSON."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    field: Named[str] = Column(primary_key=True)
    value: Named[str]
    submitted: Named[str]
    reason: Named[TextAbout]
    corrected_by: Named[str]
    corrected_at: Named[datetime]


correction_table = record_table("corrections", CorrectionColumns)


class KeptApartColumns(Columns):
    """Two applications that look alike and are both kept, the lower number first."""

    first_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    second_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True, index=True)
    reason: Named[TextAbout]
    kept_by: Named[str]
    kept_at: Named[datetime]


kept_apart_table = record_table(
    "kept_apart", KeptApartColumns, CheckConstraint("first_id < second_id", name="in_order")
)
