"""What every change to a year's money asks first: which fund's year, which area, how much and why."""

from models.operations.awards.year_end_rules import the_key
from models.operations.rows.write_applications import LARGEST
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end_figures import Key
from models.session import Session
from scoring.budget.figures import AreaBudget, FundBudget
from scoring.refused import Refused
from scoring.written.names import is_same_text


def the_year(session: Session, fund: str, year: str) -> tuple[Key, FundBudget]:
    """Return a fund's year and its money; refused where there is no such fund or year."""
    key = the_key(session, fund, year)
    return key, fund_budget(session, key)


def the_line(budget: FundBudget, name: str) -> AreaBudget:
    """Return an area or service line of a fund's year by its name; refused where there is none."""
    for area in budget.areas:
        if is_same_text(area.area, name):
            return area
    known = ", ".join(area.area for area in budget.areas) or "none yet"
    raise Refused(f"{budget.fund} has no area “{name}” in {budget.year}. Its areas: {known}.")


def check_pounds(pence: int, what: str) -> None:
    """Refuse an amount that is nothing, below nothing, or too large to be saved."""
    if not 0 < pence <= LARGEST:
        raise Refused(f"{what} is an amount above £0.00. Correct the amount.")


def check_stated(text: str, words: str) -> None:
    """Refuse where a reason or a name is blank."""
    if not text.strip():
        raise Refused(words)
