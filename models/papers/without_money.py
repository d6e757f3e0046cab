"""Applications that got no money, each said by its own outcome: one put off is not one that was refused."""

from collections import Counter
from collections.abc import Iterable, Sequence

from scoring.counted import counted, listed, noun
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome

Counts = tuple[tuple[str, int], ...]
"""How many applications have an outcome, by its code."""


def count_without_money(outcomes: Iterable[str]) -> Counts:
    """Return how many have each outcome that gives no money."""
    found = Counter(outcomes)
    return tuple((outcome.value, found[outcome.value]) for outcome in WITHOUT_MONEY if found[outcome.value])


def without_money_words(counts: Sequence[tuple[str, int]], one: str = "was", several: str = "were") -> str:
    """Return it as a sentence, "" for none: "4 applications were not funded and 1 was deferred."."""
    parts = [_part(*each, one, several, is_first=number == 0) for number, each in enumerate(counts)]
    return f"{listed(parts)}." if parts else ""


def _part(outcome: str, many: int, one: str, several: str, *, is_first: bool) -> str:
    who = counted(many, "application") if is_first else f"{many:,}"
    return f"{who} {noun(many, one, several)} {FORMS[PanelOutcome(outcome)].was}"
