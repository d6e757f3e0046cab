"""How the shares of a fund's year are to be spent."""

import json
from collections.abc import Mapping

from msgspec.structs import replace
from sqlalchemy import select

from models.journal import canonical
from models.queries.awards.year_end_figures import Key
from models.queries.awards.year_spending import paid_by_award, recovered_by_award
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.schema.set_up import financial_year_table, round_table
from models.schema.year_end import spending_plan_table
from models.session import Session
from scoring.budget.spending_plan import PlanLine, SpendingPlan
from scoring.written.names import text_key


def spending_plans(session: Session, key: Key) -> Mapping[str, SpendingPlan]:
    """Return the plans of a fund's year by line, in the order of their names."""
    table = spending_plan_table
    shown = table.c
    columns = select(
        shown.line, shown.plan, shown.frontline_percent, shown.rationale, shown.pays_statutory, shown.lines
    )
    of_year = columns.where(table.c.fund_id == key[0], table.c.year == key[1]).order_by(table.c.line)
    return {row.line: SpendingPlan(*row[1:5], _lines(row.lines)) for row in session.execute(of_year)}


def drawn_plans(session: Session, key: Key) -> Mapping[str, SpendingPlan]:
    """Return the plans with what is awarded and spent as it stands, where a line names an award."""
    plans = spending_plans(session, key)
    if not any(line.award for plan in plans.values() for line in plan.lines):
        return plans
    sums = award_sums(session, key)
    return {
        of: replace(plan, lines=tuple(_drawn(line, sums) if line.award else line for line in plan.lines))
        for of, plan in plans.items()
    }


def award_sums(session: Session, key: Key) -> Mapping[str, tuple[int, int]]:
    """Return what each award of a fund's year stands at and what is paid of it, in pence.

    An award is found by its own reference and by its application's, in any case; one that was withdrawn
    stands at nothing.
    """
    award, of = award_table, application_table
    rows = session.execute(
        select(of.c.id, award.c.reference, of.c.reference, award.c.amount_pence, of.c.withdrawn)
        .join(of, of.c.id == award.c.application_id)
        .join(round_table, round_table.c.id == of.c.round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .where(round_table.c.fund_id == key[0], financial_year_table.c.label == key[1])
        .order_by(of.c.id)
    )
    paid, back = paid_by_award(session), recovered_by_award(session)
    found: dict[str, tuple[int, int]] = {}
    for number, reference, application, pence, is_withdrawn in rows:
        returned = sum(back.get(number, {}).values())
        sums = (0 if is_withdrawn else pence - returned, paid.get(number, 0) - returned)
        found |= {text_key(reference): sums, text_key(application): sums}
    return found


def _drawn(line: PlanLine, sums: Mapping[str, tuple[int, int]]) -> PlanLine:
    awarded, spent = sums.get(text_key(line.award), (0, 0))
    return replace(line, awarded_pence=awarded, spent_pence=spent)


def _lines(text: str) -> tuple[PlanLine, ...]:
    return tuple(canonical.decode(PlanLine, line) for line in json.loads(text))
