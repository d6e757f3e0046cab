"""How a council's share of a fund's year is to be spent."""

from collections.abc import Container, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from models.journal import canonical
from models.operation import Actor, Outcome, Topic
from models.operations.awards.budget_rules import the_line, the_year
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import put, remove
from models.queries.awards.spending_plans import award_sums, spending_plans
from models.schema.awards.spending_plan import spending_plan_table
from models.session import Session
from scoring.budget.spending_plan import PlanLine, SpendingPlan, check_share
from scoring.refused import Refused
from scoring.written.names import is_same_text, text_key


class SetSpendingPlan(RegisteredOperation, frozen=True):
    """Record how the share of one line is to be spent, all of it anew; an empty plan takes it out."""

    kind: ClassVar[str] = "set spending plan"
    fund: str
    year: str
    line: str
    plan: SpendingPlan

    @property
    def label(self) -> str:
        """Return the change in words."""
        verb = "Remove" if self.plan.is_empty else "Record"
        return f"{verb} the spending plan of {self.line} for {self.year}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused where the year has no such line, or the share is not between 0 and 100%."""
        check_share(self.plan.frontline_percent)
        _require_lines(self.plan.lines)
        key, budget = the_year(session, self.fund, self.year)
        _require_awards(self.plan.lines, award_sums(session, key), self.year)
        plan = replace(self.plan, plan=self.plan.plan.strip(), rationale=self.plan.rationale.strip())
        stood = spending_plans(session, key)
        held = next((line for line in stood if is_same_text(line, self.line)), None)
        line = held or the_line(budget, self.line).area
        table = spending_plan_table
        is_it = (table.c.fund_id == key[0]) & (table.c.year == self.year) & (table.c.line == line)
        remove(session, table, is_it)
        if not plan.is_empty:
            put(session, table, [_row(key, line, plan, actor.name)])
        before = replace(self, line=line, plan=stood.get(line, SpendingPlan()))
        did = "removed" if plan.is_empty else "recorded"
        words = f"The spending plan of {line} for {self.year} is {did}."
        return Outcome(frozenset({Topic.AWARDS}), before, words)


def _row(key: tuple[int, str], line: str, plan: SpendingPlan, by: str) -> dict[str, object]:
    return {
        "fund_id": key[0],
        "year": key[1],
        "line": line,
        "plan": plan.plan,
        "frontline_percent": plan.frontline_percent,
        "rationale": plan.rationale,
        "pays_statutory": plan.pays_statutory,
        "recorded_by": by,
        "lines": canonical.dumps([canonical.encode(one) for one in plan.lines]),
    }


def _require_awards(lines: Sequence[PlanLine], known: Container[str], year: str) -> None:
    missing = next((line.award for line in lines if line.award and text_key(line.award) not in known), None)
    if missing is not None:
        raise Refused(f"There is no award {missing} of the fund in {year}. Correct the reference.")


def _require_lines(lines: Sequence[PlanLine]) -> None:
    names = [line.purpose.strip() for line in lines]
    if not all(names):
        raise Refused("A line of the spending plan has no purpose. Say what it is for.")
    twice = next((name for name in names if sum(is_same_text(name, other) for other in names) > 1), None)
    if twice is not None:
        raise Refused(f"“{twice}” is in the spending plan twice. Combine its amounts.")
    if any(min(line.planned_pence, line.awarded_pence, line.spent_pence) < 0 for line in lines):
        raise Refused("An amount of the spending plan is less than £0.00. Correct it.")
