"""What somebody who signed disclosed of interests beside the words that everybody states."""

from collections.abc import Callable
from datetime import date
from functools import cache

from models.papers.notice import is_disclosed
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.settled import disclosed_beside, interests_to_state
from models.session import Session
from scoring.written.text import one_line


def disclosed_with(session: Session, *, nothing: str = "") -> Callable[[DecisionRow], str]:
    """Return how to read what was disclosed with a signature, "" where nothing was said.

    `nothing` is returned where whoever signed stated that there was nothing to disclose.
    """

    @cache
    def standing(day: date) -> str:
        return interests_to_state(session, day)

    def disclosed(row: DecisionRow) -> str:
        said = disclosed_beside(row.interests, standing(row.signed_on))
        if not said:
            return ""
        return one_line(said) if is_disclosed(said) else nothing

    return disclosed
