"""The conditions of a schedule's lines by number: each stands in full once, and lines name the numbers."""

from collections.abc import Iterable, Mapping, Sequence

from models.values.recommending import scope_of
from scoring.counted import listed
from scoring.schedule.lines import Line
from scoring.schedule.pots import stands_pence


def numbered(lists: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return every condition of some lines with its number from 1, in the order in which they come up."""
    texts = dict.fromkeys(text for conditions in lists for text in conditions)
    return {text: number for number, text in enumerate(texts, start=1)}


def without_conditions(lines: Iterable[Line]) -> str:
    """Return which lines with money have no condition recorded, "" where each has some."""
    bare = [one.reference for one in lines if stands_pence(one) and not one.conditions]
    return f"No condition is recorded for {listed(bare)}." if bare else ""


def without_scope(lines: Iterable[Line]) -> str:
    """Return which lines have less than was asked and do not say what is left out, "" where all say it."""
    bare = [
        one.reference
        for one in lines
        if 0 < stands_pence(one) < one.requested_pence and not scope_of(one.conditions)
    ]
    return f"Less than was asked, and what is left out is not stated: {listed(bare)}." if bare else ""


def in_one_cell(conditions: Iterable[str]) -> str:
    """Return conditions as sentences one after the other, each with one full stop.

    >>> in_one_cell(("Keep receipts.", "Return any money not spent"))
    'Keep receipts. Return any money not spent.'
    """
    sentences = (text.strip() for text in conditions)
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in sentences if text)


def numbers_in_words(conditions: Sequence[str], numbers: Mapping[str, int]) -> str:
    """Return the numbers of conditions, those that follow one another as a run.

    >>> numbers_in_words(("a", "b", "c", "e"), {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    '1 to 3, 5'
    """
    runs: list[list[int]] = []
    for number in sorted({numbers[text] for text in conditions}):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
