"""What subsidy control asks of an award: what it is, what the recipient declared, and what was confirmed."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of
from models.schema.personal import TextAbout


class AwardSubsidyColumns(Columns):
    """Whether an award is a subsidy, and the steps of minimal financial assistance.

    `declared_pence` is what the recipient says it had from other public bodies in the period.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    kind: Named[str]
    reason: Named[TextAbout]
    declared_pence: Named[int | None]
    declared_on: Named[date | None]
    notified_on: Named[date | None]
    confirmed_on: Named[date | None]
    confirmed_by: Named[TextAbout]


award_subsidy_table = record_table(
    "award_subsidies",
    AwardSubsidyColumns,
    one_of("kind", "none", "minimal", "subsidy"),
    at_least("declared_pence", 0),
)
