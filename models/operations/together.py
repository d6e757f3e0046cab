"""Several changes as one: made in their order, refused together, undone together."""

from collections.abc import Iterable
from datetime import datetime

from models.operation import Actor, Operation, Outcome, Topic
from models.session import Session


def made_together(
    parts: Iterable[Operation], session: Session, actor: Actor, at: datetime
) -> tuple[frozenset[Topic], tuple[Operation | None, ...]]:
    """Make changes and return what they touch, and what takes each back, the last first.

    Each checks its own rules, and the first refusal refuses all.
    """
    outcomes: list[Outcome] = [part.apply(session, actor, at) for part in parts]
    touched: frozenset[Topic] = frozenset().union(*(outcome.touched for outcome in outcomes))
    return touched, tuple(outcome.inverse for outcome in reversed(outcomes))
