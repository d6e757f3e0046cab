"""How the shares of a fund's year are to be spent."""

from collections.abc import Mapping

from sqlalchemy import select

from models.queries.awards.year_end_figures import Key
from models.schema.awards.spending_plan import spending_plan_table
from models.session import Session
from scoring.budget.spending_plan import SpendingPlan


def spending_plans(session: Session, key: Key) -> Mapping[str, SpendingPlan]:
    """Return the plans of a fund's year by line, in the order of their names."""
    table = spending_plan_table
    columns = select(
        table.c.line, table.c.plan, table.c.frontline_percent, table.c.rationale, table.c.pays_statutory
    )
    of_year = columns.where(table.c.fund_id == key[0], table.c.year == key[1]).order_by(table.c.line)
    return {row.line: SpendingPlan(*row[1:]) for row in session.execute(of_year)}
