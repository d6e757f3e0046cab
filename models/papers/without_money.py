"""Applications that got no money, each said by its own outcome: one put off is not one that was refused."""

from collections import Counter
from collections.abc import Iterable

from scoring.schedule.lines import WITHOUT_MONEY

Counts = tuple[tuple[str, int], ...]
"""How many applications have an outcome, by its code."""


def count_without_money(outcomes: Iterable[str]) -> Counts:
    """Return how many have each outcome that gives no money."""
    found = Counter(outcomes)
    return tuple((outcome.value, found[outcome.value]) for outcome in WITHOUT_MONEY if found[outcome.value])
