"""What the page asks the record: the funds with their years, and the money of one fund's year."""

from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from models.queries.awards.budget import BudgetPage, budget_page
from models.queries.awards.year_facts import YearChoice, fund_number, year_choices
from models.reference.reporting import year_of


class BudgetAnswer(Struct, frozen=True):
    """The funds with their years, and the year asked for."""

    choices: tuple[YearChoice, ...]
    found: BudgetPage | None


def ask_budget(session: Any, fund: str, year: str, today: date) -> BudgetAnswer:
    """Ask for a fund's year, else for the one that runs; the window may not name the session's type."""
    runs = year_of(today)
    choices = tuple(_with(choice, runs) for choice in year_choices(session))
    choice = next((one for one in choices if one.fund == fund), choices[0] if choices else None)
    if choice is None:
        return BudgetAnswer(choices, None)
    wanted = year if year in choice.years else runs
    return BudgetAnswer(choices, budget_page(session, (fund_number(session, choice.fund), wanted)))


def _with(choice: YearChoice, year: str) -> YearChoice:
    return replace(choice, years=tuple(sorted({*choice.years, year}, reverse=True)))
