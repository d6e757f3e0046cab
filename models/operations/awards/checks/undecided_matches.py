"""Matches on the sanctions list that wait for a person, and what is not done with an award until then."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from models.queries.awards.checks.due_diligence import undecided_matches
from models.session import Session
from scoring.refused import Refused


class OnAward(Protocol):
    """A change to an award that holds good from a day; None takes it back."""

    @property
    def round_id(self) -> int:
        """Return the number of its round."""
        ...

    @property
    def application(self) -> str:
        """Return the reference of its application."""
        ...

    @property
    def on(self) -> date | None:
        """Return its day."""
        ...


def refuse_matches(session: Session, parts: Iterable[OnAward], today: date, done: str) -> None:
    """Refuse while a match on the sanctions list waits for a person; what is taken back is always done."""
    of: dict[int, set[str]] = {}
    for part in parts:
        if part.on is not None:
            of.setdefault(part.round_id, set()).add(part.application)
    for round_id, applications in of.items():
        for words in undecided_matches(session, round_id, applications, today).values():
            raise Refused(f"{words}. Record the result of that check; nothing is {done} before.")
