"""What the panel recommends."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


class RecommendationColumns(Columns):
    """The panel's recommendation on one application, with a copy of the figures it was taken on.

    `reason` is a person's, "" while nobody gave one; `conditions` are all that go with the award.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    outcome: Named[str]
    amount_pence: Named[int | None]
    reason: Named[str]
    code: Named[str]
    conditions: Named[str]
    is_exception: Named[bool]
    quality_1e2: Named[int | None]
    cost_1e2: Named[int | None]
    total_1e2: Named[int | None]
    place: Named[int | None]
    tied: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


recommendation_table = record_table(
    "recommendations",
    RecommendationColumns,
    one_of("outcome", "fund", "part_fund", "reserve", "decline", "defer", "refer"),
    at_least("amount_pence", 1),
    CheckConstraint(
        "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))", name="money_only_when_funded"
    ),
)
