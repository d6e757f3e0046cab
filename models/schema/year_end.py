"""The year's money beside its allocations, plans for it, and the end of a fund's year."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, at_least, one_of, record_table


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


class YearLineColumns(Columns):
    """A line of a fund's year that is kept without a round: a grant, or an area, with its money."""

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    year: Named[str] = Column(primary_key=True)
    name: Named[str] = Column(primary_key=True)
    position: Named[int]
    pot_pence: Named[int]
    start_up_pence: Named[int]
    committed_pence: Named[int]


year_line_table = record_table(
    "year_lines",
    YearLineColumns,
    at_least("pot_pence", 0),
    at_least("start_up_pence", 0),
    at_least("committed_pence", 0),
    CheckConstraint("trim(name) <> ''", name="is_named"),
)


class YearSpentColumns(Columns):
    """What was spent in a year of a line, or of one award: its application's identity, and no line.

    `as_at` is the day up to which the figure counts, `source` where it is from.
    """

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    year: Named[str] = Column(primary_key=True)
    line: Named[str] = Column(primary_key=True)
    award: Named[str] = Column(primary_key=True)
    amount_pence: Named[int]
    start_up_pence: Named[int]
    as_at: Named[date]
    source: Named[str]


year_spent_table = record_table(
    "year_spent",
    YearSpentColumns,
    at_least("amount_pence", 0),
    at_least("start_up_pence", 0),
    CheckConstraint("(line = '') <> (award = '')", name="of_a_line_or_an_award"),
    CheckConstraint("trim(source) <> ''", name="has_a_source"),
)


class YearDecisionColumns(Columns):
    """What was decided about a line of a year, or about one award of it, and by whom.

    A carry forward and an allocation are of the money of the year after: the year's money reads them there.
    `left_pence` is what was left of the money by subtraction when a carry forward was decided.
    """

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    year: Named[str] = Column(primary_key=True)
    line: Named[str] = Column(primary_key=True)
    award: Named[str] = Column(primary_key=True)
    deed: Named[str] = Column(primary_key=True)
    amount_pence: Named[int]
    start_up_pence: Named[int]
    reason: Named[str]
    decided_by: Named[str]
    decided_on: Named[date]
    left_pence: Named[int | None]
    recorded_by: Named[str]


year_decision_table = record_table(
    "year_decisions",
    YearDecisionColumns,
    one_of("deed", "carry forward", "allocation", "over-commitment"),
    CheckConstraint("(line = '') <> (award = '')", name="of_a_line_or_an_award"),
    CheckConstraint("trim(decided_by) <> ''", name="has_a_decider"),
    CheckConstraint("deed = 'allocation' OR trim(reason) <> ''", name="has_a_reason"),
)
