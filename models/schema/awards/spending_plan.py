"""How the share of a council, or of another body that spends for the office, is to be spent in a year."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table


class SpendingPlanColumns(Columns):
    """The plan for one line of a fund's year; what is not stated yet is "" or None.

    `frontline_percent` is the share for frontline delivery, 0 to 100; `pays_statutory` says whether it pays
    for services or posts that a partner must provide by law. `lines` is a JSON list of its purposes.
    """

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    year: Named[str] = Column(primary_key=True)
    line: Named[str] = Column(primary_key=True)
    plan: Named[str]
    frontline_percent: Named[Decimal | None]
    rationale: Named[str]
    pays_statutory: Named[bool | None]
    recorded_by: Named[str]
    lines: Named[str] = Column(server_default="[]")


spending_plan_table = record_table(
    "spending_plans", SpendingPlanColumns, CheckConstraint("trim(line) <> ''", name="is_of_a_line")
)
