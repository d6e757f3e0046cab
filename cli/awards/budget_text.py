"""The money of a fund's year as the command prints it: a table for people, JSON for scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.output import table
from scoring.money import decimal_text, plain_pounds, plain_pounds_if_any, pounds

if TYPE_CHECKING:
    from models.queries.awards.budget import BudgetPage
    from scoring.budget.figures import AreaBudget, Figures
    from scoring.budget.spending_plan import PlanLine, SpendingPlan
    from scoring.written.area_label import AreaLabel

Json = dict[str, object]
_FIGURES = ("allocated", "committed", "decided", "paid", "left")
_HEADS = ("Allocated", "Committed or held", "Decided", "Paid less returned", "Left")


def budget_json(page: "BudgetPage") -> Json:
    """Return the five figures of the fund and of each area, with what they are made of; null is not known."""
    budget = page.budget
    return {
        "fund": budget.fund,
        "year": budget.year,
        "amount": plain_pounds_if_any(budget.amount_pence),
        **_figures(budget.figures),
        "areas": [_area(area) for area in budget.areas],
        "moves": [
            {
                "from": one.source,
                "to": one.target,
                "amount": plain_pounds(one.amount_pence),
                "reason": one.reason,
                "by": one.authority,
            }
            for one in page.moves
        ],
        "contributions": [
            {"area": one.line, "amount": plain_pounds(-one.amount_pence), "reason": one.reason}
            for one in page.contributions
        ],
        "spending_plans": [_plan(page, area, plan) for area, plan in page.plans.items()],
    }


def _plan(page: "BudgetPage", area: str, plan: "SpendingPlan") -> Json:
    share = plan.frontline_percent
    return {
        "area": area,
        "plan": plan.plan,
        "frontline_percent": None if share is None else decimal_text(share),
        "rationale": plan.rationale,
        "pays_statutory": plan.pays_statutory,
        "lines": list(map(_plan_line, plan.lines)),
        "to_settle": list(page.plan_faults(area)),
    }


def _plan_line(line: "PlanLine") -> Json:
    """Return a line of a plan; `award` is there where its figures are drawn from one."""
    figures = {name: plain_pounds_if_any(pence) for name, pence in _of_line(line)}
    return {"purpose": line.purpose, **figures, **({"award": line.award} if line.award else {})}


def budget_lines(page: "BudgetPage", label: "AreaLabel") -> Iterator[str]:
    """Yield the figures as a table in the office's word for an area, and what is to be said beside it."""
    budget = page.budget
    amount = "no amount recorded" if budget.amount_pence is None else pounds(budget.amount_pence)
    yield f"{budget.fund} {budget.year}: {amount}"
    if not budget.areas:
        yield "There are no rounds and no allocations in this year yet."
        return
    rows = [(area.area, *_shown(area.figures)) for area in budget.areas]
    rows.append((label.said("Areas with an allocation"), *_shown(budget.figures)))
    yield from table((label.heading, *_HEADS), rows, right=(1, 2, 3, 4, 5))
    for given in page.contributions:
        yield (
            f"{given.line}: {pounds(given.amount_pence)} that the office itself gave is taken off what is "
            "committed, decided and paid; the year's papers show it as a line of its own."
        )
    without = [area.area for area in budget.areas if area.allocation is None]
    if without:
        yield f"No allocation is recorded for {', '.join(without)}: nothing is refused there."
    for area in budget.areas:
        if area.allowed_pence:
            yield f"{area.area} may commit {pounds(area.allowed_pence)} above its project money."
    for name, plan in page.plans.items():
        yield f"{name}, spending plan: {' '.join(page.plan_faults(name)) or 'as the fund asks.'}"
        for line in plan.lines:
            said = ", ".join(f"{what} {pounds(pence)}" for what, pence in _of_line(line))
            yield f"{name}, {line.purpose}: {said}."


def _of_line(line: "PlanLine") -> tuple[tuple[str, int], ...]:
    return (
        ("planned", line.planned_pence),
        ("awarded", line.awarded_pence),
        ("spent", line.spent_pence),
        ("left", line.left_pence),
    )


def _area(area: "AreaBudget") -> Json:
    return {
        "area": area.area,
        **_figures(area.figures),
        "project": plain_pounds_if_any(area.project_pence),
        "start_up": plain_pounds_if_any(area.start_up_pence),
        "carried_forward": plain_pounds(area.carried.whole_pence),
        "moved_in": plain_pounds(area.moved_in_pence),
        "moved_out": plain_pounds(area.moved_out_pence),
        "contributed": plain_pounds(area.contributed_pence),
        "allowed_over": plain_pounds(area.allowed_pence),
        "rounds": [
            {
                "round": one.name,
                "open": one.is_open,
                "pot": plain_pounds(one.pot_pence),
                "committed": plain_pounds(one.committed_pence),
                "decided": plain_pounds(one.decided_pence),
                "paid": plain_pounds(one.paid_pence),
            }
            for one in area.rounds
        ],
    }


def _figures(figures: "Figures") -> Json:
    return {name: plain_pounds_if_any(getattr(figures, f"{name}_pence")) for name in _FIGURES}


def _shown(figures: "Figures") -> tuple[str, ...]:
    values = (getattr(figures, f"{name}_pence") for name in _FIGURES)
    return tuple("–" if pence is None else pounds(pence) for pence in values)
