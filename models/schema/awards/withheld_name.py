"""The recipients whose names lists for the public do not give."""

from sqlalchemy import Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import one_of
from models.schema.personal import TextAbout


class WithheldNameColumns(Columns):
    """On what ground an award's recipient is not named, why, and who decided it; `words` are one a line."""

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    ground: Named[str]
    reason: Named[TextAbout]
    decided_by: Named[str]
    decided_post: Named[str]
    words: Named[TextAbout]


withheld_name_table = record_table(
    "withheld_names",
    WithheldNameColumns,
    one_of("ground", "personal", "safety", "policing", "commercial", "barred"),
)
