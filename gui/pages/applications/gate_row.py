"""One gate of an application: what it asks, what the applicant answered, what it came to, and the choice."""

from collections.abc import Iterator, Sequence
from functools import partial

from exchange.applications.gate_answers import GateAnswer
from gui.listed.acts import Act
from gui.listed.side import InRow, Offers, Says, Told
from gui.pages.applications.acts import Here, set_gate
from gui.pages.applications.lines import WORK, ApplicationLine, ApplicationList
from gui.theme.tokens import Tone
from gui.widgets.label import Chip
from models.queries.applications.gates import BY_RULE
from models.queries.applications.reading import GateStanding
from scoring.money import without_noughts

RESULT_CHIPS = {
    "pass": Chip(Tone.FUND, "Passed"),
    "fail": Chip(Tone.DANGER, "Failed"),
    "waived": Chip(Tone.INFORMATION, "Waived"),
    "to check": Chip(Tone.WARNING, "To check"),
}
CHOICES = {"pass": "Pass", "fail": "Fail…", "waived": "Waive…", "to check": "To check"}
OVER = "The amount is over the cap. Waive the gate with a reason, or correct the amount."
LATE = "It came after the closing date. Waive the gate with a reason, or correct the received date."
BY_PROGRAM = {
    True: "received in time: judged by the program from the closing date",
    False: "over no cap: judged by the program from the amount",
}
"""What the program judged, by whether the gate is that of the closing date."""


def against_figures(standing: GateStanding) -> str:
    """Say where a gate of figures stands against those of now; "" where it does not."""
    if standing.gate.is_time:
        is_against = bool(standing.over) and standing.result == "pass"
        return f"The dates say otherwise: {standing.over}." if is_against else ""
    if standing.over and standing.result == "pass":
        return f"The figures say otherwise: {standing.over}."
    if standing.over and standing.result == "to check":
        return f"The request {standing.over}. Waive the gate with a reason, or correct the amount."
    if standing.is_overtaken:
        return "The figures now differ: the request is within the cap."
    return ""


def tell_gate(standing: GateStanding, answers: Sequence[GateAnswer]) -> Iterator[Told]:
    """Tell a gate with what it came to, what the applicant answered, and the four results."""
    yield InRow(standing.gate.question, (), standing, RESULT_CHIPS[standing.result], is_strong=True)
    if answered := " · ".join(one.line for one in answers):
        yield Says(f"Applicant: {answered}")
    notes = [without_noughts(standing.reason)] if standing.reason else []
    notes += [f"by {standing.set_by}"] if standing.set_by and standing.result != "to check" else []
    if standing.set_by == BY_RULE and standing.result == "pass":
        notes = [BY_PROGRAM[standing.gate.is_time]]
    notes += ["advisory only"] if standing.gate.is_advisory else []
    yield Says(" · ".join(notes), "text2")
    yield Says(against_figures(standing), "warning")
    yield Offers(RESULTS, standing, is_row=True)


def _named(words: str, at: Here) -> str:
    question: str = at.part.gate.question
    return f"{words.rstrip('…')}: {question}"


def _waits(result: str, at: Here) -> str:
    """Say why a gate of figures that are over is not just passed."""
    if result != "pass" or not at.part.over:
        return ""
    return LATE if at.part.gate.is_time else OVER


RESULTS: tuple[Act[ApplicationList, ApplicationLine], ...] = tuple(
    Act(
        words=words,
        name=partial(_named, words),
        kind=WORK,
        parts=lambda at: at.row.of.gates,
        why_not=partial(_waits, result),
        look="plain",
        does=partial(set_gate, result=result),
    )
    for result, words in CHOICES.items()
)
"""What a gate of an application may come to."""
