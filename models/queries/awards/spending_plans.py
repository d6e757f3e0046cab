"""How the shares of a fund's year are to be spent."""

import json
from collections.abc import Mapping

from sqlalchemy import select

from models.journal import canonical
from models.queries.awards.year_end_figures import Key
from models.schema.awards.spending_plan import spending_plan_table
from models.session import Session
from scoring.budget.spending_plan import PlanLine, SpendingPlan


def spending_plans(session: Session, key: Key) -> Mapping[str, SpendingPlan]:
    """Return the plans of a fund's year by line, in the order of their names."""
    table = spending_plan_table
    shown = table.c
    columns = select(
        shown.line, shown.plan, shown.frontline_percent, shown.rationale, shown.pays_statutory, shown.lines
    )
    of_year = columns.where(table.c.fund_id == key[0], table.c.year == key[1]).order_by(table.c.line)
    return {row.line: SpendingPlan(*row[1:5], _lines(row.lines)) for row in session.execute(of_year)}


def _lines(text: str) -> tuple[PlanLine, ...]:
    return tuple(canonical.decode(PlanLine, line) for line in json.loads(text))
