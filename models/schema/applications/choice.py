"""What applications are for, as lines of their fund's lists."""

from sqlalchemy import Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import one_of


class ChoiceColumns(Columns):
    """The line of a fund's list that was chosen for an application, with its words of that day.

    One that `is_suggested` was read from what the applicant wrote, and nobody confirmed it yet.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    kind: Named[str] = Column(primary_key=True)
    code: Named[str]
    words: Named[str]
    is_suggested: Named[bool]


choice_table = record_table(
    "application_choices",
    ChoiceColumns,
    one_of(
        "kind",
        "purpose",
        "permitted_purpose",
        "service_area",
        "crime_type",
        "priority",
        "kind_of_organisation",
        "way_of_running",
    ),
)
