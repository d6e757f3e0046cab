"""The end of a fund's year: what was spent, and what was decided about what is left."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.columns import at_least, one_of


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
