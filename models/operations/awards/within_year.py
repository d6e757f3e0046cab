"""Refusing a step that takes more of a year's money than is left, whatever it is that takes it."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.queries.awards.budget import budget_key, fund_budget, has_allocation
from models.queries.awards.year_end_figures import Key
from models.session import Session
from scoring.budget.limits import spending_refusals
from scoring.refused import Refused


@contextmanager
def within_year(session: Session, key: Key, told: str) -> Iterator[None]:
    """Make a change of a fund's year within its money; refused whole where it takes more than is left.

    `told` says what was not done. Nothing is refused in an area without an allocation, nor a change that
    commits no more than was committed before.
    """
    if not has_allocation(session, key):
        yield
        return
    before = fund_budget(session, key)
    yield
    words = spending_refusals(before, fund_budget(session, key))
    if words:
        raise Refused(f"{words} {told}")


@contextmanager
def within_year_of(session: Session, round_id: int, told: str) -> Iterator[None]:
    """Make a change of a round within the money of its fund's year."""
    with within_year(session, budget_key(session, round_id), told):
        yield
