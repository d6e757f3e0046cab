"""One gate of an application: what it asks, what the applicant answered, what it came to, and the choice."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from exchange.applications.gate_answers import GateAnswer
from gui.tables.outcome_chip import Chip
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.flow import in_flow
from gui.widgets.label import ChipLabel, Label, small
from gui.widgets.nesting import column_of, nest, row_of
from gui.widgets.tips import let_press
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


class GateRow(QWidget):
    """A gate with its chip and what the applicant answered; with `may_set` also the four results."""

    asked = Signal(str, str)

    def __init__(self, standing: GateStanding, answers: Sequence[GateAnswer], *, may_set: bool) -> None:
        super().__init__()
        self.standing, self._answers = standing, answers
        self._column = column_of(spacing=4, edges=(0, 6, 0, 6), inside=self)
        self.buttons: dict[str, Button] = {}
        self._show_standing()
        if may_set:
            self._offer()

    def _show_standing(self) -> None:
        standing = self.standing
        chip = ChipLabel()
        state = RESULT_CHIPS[standing.result]
        chip.show_state(state.tone, state.word)
        nest(
            self._column,
            row_of(
                (Label(standing.gate.question, weight=600).wrapped(), 1),
                (chip, 0, Qt.AlignmentFlag.AlignTop),
                spacing=8,
            ),
        )
        if answered := " · ".join(one.line for one in self._answers):
            self._column.addWidget(Label(f"Applicant: {answered}", size=12).wrapped())
        notes = [without_noughts(standing.reason)] if standing.reason else []
        notes += [f"by {standing.set_by}"] if standing.set_by and standing.result != "to check" else []
        if standing.set_by == BY_RULE and standing.result == "pass":
            notes = [BY_PROGRAM[standing.gate.is_time]]
        notes += ["advisory only"] if standing.gate.is_advisory else []
        if notes:
            self._column.addWidget(small(" · ".join(notes)))
        if words := against_figures(standing):
            self._column.addWidget(small(words, tone="warning"))

    def _offer(self) -> None:
        for result, words in CHOICES.items():
            button = Button(words)
            button.setAccessibleName(f"{words.rstrip('…')}: {self.standing.gate.question}")
            button.clicked.connect(partial(self._ask, result))
            self.buttons[result] = button
        if self.standing.over:
            let_press(self.buttons["pass"], LATE if self.standing.gate.is_time else OVER)
        self._column.addWidget(in_flow(self.buttons.values()))

    def _ask(self, result: str, _is_on: bool = False) -> None:
        self.asked.emit(self.standing.gate.code, result)
