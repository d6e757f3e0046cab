"""Several changes as one: made in their order, refused together, undone together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.operation import Actor, Operation, Outcome, Topic
from models.session import Session
from scoring.refused import Refused


def made_together(
    parts: Sequence[Operation], session: Session, actor: Actor, at: datetime, *, nothing: str
) -> tuple[frozenset[Topic], tuple[Any, ...]]:
    """Make changes and return what they touch, and what takes each back, the last first.

    Each checks its own rules, and the first refusal refuses all; `nothing` is said where there is none.
    """
    if not parts:
        raise Refused(nothing)
    outcomes: list[Outcome] = [part.apply(session, actor, at) for part in parts]
    touched: frozenset[Topic] = frozenset().union(*(outcome.touched for outcome in outcomes))
    return touched, tuple(outcome.inverse for outcome in reversed(outcomes))


def label_of(words: str, *, is_back: bool) -> str:
    """Return what changes come to, or that they are undone."""
    return f"{words} (undone)" if is_back else words
