"""The options of `grant-panel budget` that record how a council's share is to be spent."""

import argparse
from typing import TYPE_CHECKING

from msgspec.structs import replace

from scoring.refused import Refused

if TYPE_CHECKING:
    from models.operations.awards.budget import SetSpendingPlan
    from models.session import Session
    from scoring.budget.spending_plan import PlanLine

YES_NO = {"yes": True, "no": False}


def add_plan(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    words = "the area or council whose spending plan is recorded, with the options below"
    parser.add_argument("--plan-of", metavar="AREA", help=words)
    parser.add_argument("--plan", metavar="TEXT", help="what its share is spent on")
    parser.add_argument(
        "--plan-line",
        metavar="PURPOSE=PLANNED[;AWARDED[;SPENT]|;AWARD]",
        action="append",
        help="a purpose with its money; an award's reference takes what is awarded and spent from it; those "
        'given replace all there were, and "" removes them all',
    )
    parser.add_argument("--frontline", metavar="PERCENT", help="how much of it is for frontline delivery")
    parser.add_argument("--rationale", metavar="TEXT", help="why most of it is not, where it is not")
    parser.add_argument("--statutory", choices=YES_NO, help="whether it pays for statutory services or posts")


def is_of_plan(options: argparse.Namespace) -> bool:
    """Whether a spending plan is to be recorded; refused where the area or what to record is missing."""
    given = [options.plan, options.plan_line, options.frontline, options.rationale, options.statutory]
    is_given = any(value is not None for value in given)
    if is_given != bool(options.plan_of):
        raise Refused(
            "Name the area with --plan-of AREA, and give what to record of its plan with --plan TEXT, "
            "--plan-line, --frontline PERCENT, --rationale TEXT or --statutory yes or no."
        )
    return is_given


def asked_plan(session: "Session", options: argparse.Namespace, fund: str, year: str) -> "SetSpendingPlan":
    """Return the change that is asked for: what is not given stays as it is."""
    from models.operations.awards.budget import SetSpendingPlan
    from models.queries.awards.spending_plans import spending_plans
    from models.queries.awards.year_end import fund_number
    from scoring.budget.spending_plan import SpendingPlan, read_share
    from scoring.written.names import is_same_text

    stood = spending_plans(session, (fund_number(session, fund), year))
    plan = next((one for of, one in stood.items() if is_same_text(of, options.plan_of)), SpendingPlan())
    if options.plan is not None:
        plan = replace(plan, plan=options.plan)
    if options.frontline is not None:
        plan = replace(plan, frontline_percent=read_share(options.frontline))
    if options.rationale is not None:
        plan = replace(plan, rationale=options.rationale)
    if options.statutory is not None:
        plan = replace(plan, pays_statutory=YES_NO[options.statutory])
    if options.plan_line is not None:
        plan = replace(plan, lines=tuple(map(_line, filter(None, options.plan_line))))
    return SetSpendingPlan(fund, year, options.plan_of, plan)


def _line(text: str) -> "PlanLine":
    from exchange.reading.pasted_areas import read_plan

    purpose, sign, amounts = text.rpartition("=")
    if not sign:
        raise Refused(
            f"“{text[:60]}” is not a line of a plan. Write PURPOSE=PLANNED;AWARDED;SPENT, "
            "or with the reference of an award PURPOSE=PLANNED;AWARD."
        )
    return read_plan(f"{purpose.strip()};{amounts}")[0]
