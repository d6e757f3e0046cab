"""Money that somebody allows over the pot of one area."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least


class AreaAllowanceColumns(Columns):
    """How much may be given over an area's pot and tolerance, in pence; who allows it, why, and when.

    An area may have several, one after the other: they add up.
    """

    id: Named[int] = Column(primary_key=True)
    area_id: Named[int] = Column(ForeignKey("areas.id"))
    amount_pence: Named[int]
    name: Named[str]
    post: Named[str]
    reason: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]
    allowed_on: Named[date | None]


area_allowance_table = record_table(
    "area_allowances",
    AreaAllowanceColumns,
    at_least("amount_pence", 1),
    CheckConstraint("trim(name) <> ''", name="has_a_name"),
    CheckConstraint("trim(post) <> ''", name="has_a_post"),
    CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
)
