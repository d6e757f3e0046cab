"""What the page asks the record: the funds with their years, and one fund's year at its end."""

from dataclasses import dataclass
from typing import Any

from models.papers.year_end import YearLine
from models.papers.year_end_lines import YearEnd
from models.queries.year_end import YearChoice, year_choices, year_end, year_lines


@dataclass(frozen=True, slots=True)
class EndAnswer:
    """The funds with their years, and the year asked for with its lines of its own."""

    choices: tuple[YearChoice, ...]
    found: YearEnd | None
    own: tuple[YearLine, ...]


def ask_end(session: Any, fund: str, year: str) -> EndAnswer:
    """Ask for a fund's year, or the first there is; the window may not name the session's type."""
    choices = year_choices(session)
    choice = next((one for one in choices if one.fund == fund), choices[0] if choices else None)
    if choice is None or not choice.years:
        return EndAnswer(choices, None, ())
    wanted = year if year in choice.years else choice.years[0]
    return EndAnswer(
        choices, year_end(session, choice.fund, wanted), year_lines(session, choice.fund, wanted)
    )
