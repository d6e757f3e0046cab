"""The year's money beside its allocations: what was moved between areas, and what the office gave itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least


class BudgetMoveColumns(Columns):
    """Project money moved from one area or service line to another; `authority` is name and post."""

    id: Named[int] = Column(primary_key=True)
    fund_id: Named[int] = Column(ForeignKey("funds.id"))
    year: Named[str]
    source: Named[str]
    target: Named[str]
    amount_pence: Named[int]
    reason: Named[str]
    authority: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


budget_move_table = record_table(
    "budget_moves",
    BudgetMoveColumns,
    at_least("amount_pence", 1),
    CheckConstraint("trim(source) <> '' AND trim(target) <> '' AND source <> target", name="between_two"),
    CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
    CheckConstraint("trim(authority) <> ''", name="has_an_authority"),
)


class BudgetContributionColumns(Columns):
    """Money that the office gave to an area or service line itself; the tables print it below nothing."""

    id: Named[int] = Column(primary_key=True)
    fund_id: Named[int] = Column(ForeignKey("funds.id"))
    year: Named[str]
    line: Named[str]
    amount_pence: Named[int]
    reason: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


budget_contribution_table = record_table(
    "budget_contributions",
    BudgetContributionColumns,
    at_least("amount_pence", 1),
    CheckConstraint("trim(line) <> ''", name="is_of_a_line"),
    CheckConstraint("trim(reason) <> ''", name="has_a_reason"),
)
