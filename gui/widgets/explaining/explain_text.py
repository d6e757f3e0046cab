"""An explanation as sentences for the panel and as text for the clipboard."""

from collections.abc import Iterator

from gui.text import sentence
from scoring import money
from scoring.allocating.causes import note_words
from scoring.explaining.steps import Explanation
from scoring.explaining.words import Step
from scoring.ranking import Status
from scoring.scheme import Scheme

TOLD = ("equal score", "tie-break ", "floor ", "price", "place")
"""The rules that the panel tells in words; the rest stand in its table and under *Every step*."""


def sentences(explanation: Explanation, scheme: Scheme) -> tuple[str, ...]:
    """Return what the table of points cannot say: why not ranked, or ties, floors, place and money."""
    if explanation.standing.status is not Status.RANKED:
        return tuple(sentence(reason) for reason in explanation.standing.reasons)
    told = [step for step in explanation.steps if step.rule.startswith(TOLD) and not _passes(step)]
    words = [f"{_subject(step.rule)}{step.words}" for step in told]
    note = note_words(explanation.standing, scheme)
    return tuple(map(sentence, (*words, money.without_noughts(note))))


def as_text(explanation: Explanation, scheme: Scheme) -> str:
    """Return the whole explanation, a line for each step."""
    standing = explanation.standing
    head = f"{standing.reference} {standing.organisation}, requested {money.pounds(standing.requested_pence)}"
    return "\n".join((head, *_lines(explanation, scheme)))


def _lines(explanation: Explanation, scheme: Scheme) -> Iterator[str]:
    quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
    yield f"Scheme: quality {quality} : cost {cost}, marks 0 to {scheme.scale_maximum}"
    for step in explanation.steps:
        exact = f" (exactly {step.exact})" if step.exact not in (step.shown, "–") else ""
        yield f"{step.rule}: {step.read} = {step.shown}{exact}"


def _passes(step: Step) -> bool:
    """Whether a floor is met: with seven floors, those met would hide what matters."""
    return step.rule.startswith("floor ") and step.shown == "passes"


def _subject(rule: str) -> str:
    if rule.startswith("tie-break "):
        return f"{rule.removeprefix('tie-break ')}: "
    if rule.startswith("floor "):
        return f"floor on {rule.removeprefix('floor ')}: "
    return "place: " if rule == "place" else ""
