"""What the page asks the record: the funds with their years, and one fund's year at its end."""

from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from models.papers.year.year_end_lines import YearEnd
from models.papers.year.year_facts import YearLine
from models.queries.awards.year_facts import YearChoice, year_choices, year_end, year_lines
from models.reference.reporting import year_of


class EndAnswer(Struct, frozen=True):
    """The funds with their years, and the year asked for with its lines of its own."""

    choices: tuple[YearChoice, ...]
    found: YearEnd | None
    own: tuple[YearLine, ...]


def ask_end(session: Any, fund: str, year: str, today: date) -> EndAnswer:
    """Ask for a fund's year, else for the one that runs; the window may not name the session's type."""
    runs = year_of(today)
    choices = tuple(_with(choice, runs) for choice in year_choices(session))
    choice = next((one for one in choices if one.fund == fund), choices[0] if choices else None)
    if choice is None:
        return EndAnswer(choices, None, ())
    wanted = year if year in choice.years else runs
    return EndAnswer(
        choices, year_end(session, choice.fund, wanted), year_lines(session, choice.fund, wanted)
    )


def _with(choice: YearChoice, year: str) -> YearChoice:
    return replace(choice, years=tuple(sorted({*choice.years, year}, reverse=True)))
