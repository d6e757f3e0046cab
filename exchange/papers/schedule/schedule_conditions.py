"""The conditions of a schedule's lines by number: each stands in full once, and lines name the numbers."""

from collections.abc import Iterable, Mapping, Sequence

from models.papers.year.year_facts import year_ends_on
from models.values.recommending import scope_of
from scoring.counted import listed, noun
from scoring.ranking import Why
from scoring.schedule.lines import FUND_CAPPED, OUTCOME_WORDS, Line, PanelOutcome
from scoring.schedule.values import stands_pence
from scoring.written.days import full_day
from scoring.written.text import as_sentence

_FUND, _RESERVE = OUTCOME_WORDS[PanelOutcome.FUND], OUTCOME_WORDS[PanelOutcome.RESERVE]


def numbered(lists: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return every condition of some lines with its number from 1, in the order in which they come up."""
    texts = dict.fromkeys(text for conditions in lists for text in conditions)
    return {text: number for number, text in enumerate(texts, start=1)}


def without_conditions(lines: Iterable[Line]) -> str:
    """Return which lines with money have no condition recorded, "" where each has some."""
    bare = [one.reference for one in lines if stands_pence(one) and not one.conditions]
    return f"No condition is recorded for {listed(bare)}." if bare else ""


def without_scope(lines: Iterable[Line]) -> str:
    """Return which lines have less than was asked and nothing that is left out, "" where all have.

    Apart from them stand those that have the most that a cap allows.
    """
    less = [
        one for one in lines if 0 < stands_pence(one) < one.requested_pence and not scope_of(one.conditions)
    ]
    capped = [one.reference for one in less if _is_capped(one)]
    bare = [one.reference for one in less if one.reference not in capped]
    told = (
        f"{listed(bare)} {noun(len(bare), 'has', 'have')} less than was asked; no part of the project is "
        "recorded as left out."
        if bare
        else "",
        f"{listed(capped)} {noun(len(capped), 'has', 'have')} the most that a cap of the round allows, which "
        "is less than was asked."
        if capped
        else "",
    )
    return " ".join(filter(None, told))


def _is_capped(line: Line) -> bool:
    """Whether a line has the most that a cap allows."""
    is_so = line.outcome == _FUND and line.cause is not None and line.cause.why is Why.CAPPED
    return is_so or line.outcome == FUND_CAPPED


def on_reserve(lines: Iterable[Line], year: str, *, is_closed: bool = False) -> str:
    """Return which lines are held in reserve, and until when; nobody is once the round `is_closed`."""
    held = [one.reference for one in lines if one.outcome == _RESERVE]
    if not held:
        return ""
    ends = year_ends_on(year)
    latest = f", on {full_day(ends)} at the latest" if ends is not None else ""
    until = f"holds until the round is closed{latest}" if not is_closed else "ended when the round was closed"
    return f"On the reserve list, which {until}: {listed(held)}."


def has_moved(lines: Iterable[Line]) -> bool:
    """Whether a line that is decided stands at other money than the panel recommended."""
    return any(
        one.awarded_pence is not None and stands_pence(one) != (one.recommended_pence or 0) for one in lines
    )


def in_one_cell(conditions: Iterable[str]) -> str:
    """Return conditions as sentences one after the other, each with one full stop.

    >>> in_one_cell(("Keep receipts.", "Return any money not spent"))
    'Keep receipts. Return any money not spent.'
    """
    return " ".join(filter(None, (as_sentence(text.strip()) for text in conditions)))


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
