"""One gate of an application: what it asks, what the applicant answered, what it came to, and the choice."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget

from exchange.applications.gate_answers import GateAnswer
from gui.tables.outcome_chip import Chip
from gui.theme.tokens import Tone
from gui.widgets.buttons import ENTER, Button
from gui.widgets.flow import in_flow
from gui.widgets.label import ChipLabel, Label, small
from gui.widgets.nesting import column_of, nest, row_of
from gui.widgets.pill import Pill
from gui.widgets.typed import TextLine
from models.queries.applications.gates import BY_RULE
from models.queries.applications.reading import GateStanding
from scoring.money import without_noughts

RESULT_CHIPS = {
    "pass": Chip(Tone.FUND, "Passed"),
    "fail": Chip(Tone.DANGER, "Failed"),
    "waived": Chip(Tone.INFORMATION, "Waived"),
    "to check": Chip(Tone.WARNING, "To check"),
}
CHOICES = (("pass", "Pass"), ("fail", "Fail"), ("waived", "Waive"), ("to check", "To check"))
OVER = "The amount is over the cap. Waive the gate with a reason, or correct the amount."
LATE = "It came after the closing date. Waive the gate with a reason, or correct the received date."
BY_PROGRAM = {
    True: "received in time: judged by the program from the closing date",
    False: "over no cap: judged by the program from the amount",
}
"""What the program judged, by whether the gate is that of the closing date."""
NEEDS_REASON = ("fail", "waived")


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


_LEAVING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason)


class ReasonBox(TextLine):
    """A box for a reason: Enter records it, Esc gives up, and a person who goes elsewhere has it recorded."""

    given = Signal()
    left = Signal()
    gone_from = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell where a person goes elsewhere; what others change beside it is not that."""
        super().focusOutEvent(event)
        if event.reason() in _LEAVING:
            self.gone_from.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record with Enter, give up with Esc."""
        if event.key() in ENTER:
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Asking(NamedTuple):
    """A result that is being given its reason: the words that stand in the box, and where the cursor is."""

    result: str
    words: str
    cursor: int


class GateRow(QWidget):
    """A gate with its chip and what the applicant answered; with `may_set` also the four results."""

    asked = Signal(str, str, str)
    reason_asked = Signal(object)

    def __init__(self, standing: GateStanding, answers: Sequence[GateAnswer], *, may_set: bool) -> None:
        super().__init__()
        self.standing, self._answers = standing, answers
        self._column = column_of(spacing=4, edges=(0, 6, 0, 6), inside=self)
        self._group = QButtonGroup(self)
        self.pills: dict[str, Pill] = {}
        self.reason = ReasonBox()
        self.record = Button("Record")
        self._problem = small(tone="danger")
        self._asking = QWidget()
        self._given: Asking | None = None
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
        for result, words in CHOICES:
            pill = Pill(words, result)
            pill.setAccessibleName(f"{words}: {self.standing.gate.question}")
            pill.setChecked(result == self.standing.result)
            if result == "pass" and self.standing.over:
                pill.setEnabled(result == self.standing.result)
                pill.setAccessibleDescription(LATE if self.standing.gate.is_time else OVER)
            self.pills[result] = pill
            self._group.addButton(pill)
        self._column.addWidget(in_flow(self.pills.values()))
        self._group.buttonClicked.connect(self._choose)
        self._lay_reason()

    def _lay_reason(self) -> None:
        self.reason.setPlaceholderText("Reason, saved in the record")
        self.reason.setAccessibleName(f"Reason: {self.standing.gate.question}")
        column_of(
            row_of((self.reason, 1), self.record, spacing=8),
            self._problem,
            inside=self._asking,
            spacing=3,
        )
        self._problem.hide()
        self._column.addWidget(self._asking)
        self._asking.hide()
        self.record.clicked.connect(self._give)
        self.reason.given.connect(self._give)
        self.reason.left.connect(self._give_up)
        self.reason.gone_from.connect(self._give_on_leaving)

    @property
    def problem(self) -> str:
        """Return what is missing, "" when nothing is."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    @property
    def asking(self) -> Asking | None:
        """Return what is being given a reason, None while none is."""
        pill = self._group.checkedButton()
        if self._asking.isHidden() or not isinstance(pill, Pill):
            return None
        return Asking(str(pill.value), self.reason.text(), self.reason.cursorPosition())

    def let_go(self) -> Asking | None:
        """Return what is being given a reason: it is drawn anew, and nothing is given as its box goes."""
        self._given = self.asking
        return self._given

    def ask_on(self, asking: Asking) -> None:
        """Go on asking for a reason while others change what is beside it, unless it is held by now."""
        is_held = (asking.result, asking.words.strip()) == (self.standing.result, self.standing.reason)
        if self.pills and not is_held:
            self.pills[asking.result].setChecked(True)
            self.reason.setText(asking.words)
            self._asking.show()

    @Slot(object)
    def _choose(self, pill: Pill) -> None:
        result = str(pill.value)
        self._asking.setVisible(result in NEEDS_REASON)
        if result in NEEDS_REASON:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reason_asked.emit(self._asking)
        elif result != self.standing.result:
            self.asked.emit(self.standing.gate.code, result, "")

    @Slot()
    def _give(self) -> None:
        reason = self.reason.text().strip()
        pill = self._group.checkedButton()
        if not reason:
            self._problem.setText("Say why: the applicant may be told.")
            self._problem.show()
            self.reason_asked.emit(self._asking)
            self.reason.setAccessibleDescription(self._problem.text())
            self.reason.setFocus()
        elif isinstance(pill, Pill):
            self._given = self.asking
            self.asked.emit(self.standing.gate.code, str(pill.value), reason)

    @Slot()
    def _give_on_leaving(self) -> None:
        """Record a reason that was typed and left, unless the gate itself is gone on with.

        The box is also left as it goes, once what was given is recorded.
        """
        focused = QApplication.focusWidget()
        if self._given == self.asking:
            return
        if self.reason.text().strip() and not (focused is not None and self.isAncestorOf(focused)):
            self._give()

    def put_back(self) -> None:
        """Show again what the record holds; a reason that was typed stays to be sent once more."""
        if self.pills and not self._asking.isVisibleTo(self):
            self.pills[self.standing.result].setChecked(True)

    @Slot()
    def _give_up(self) -> None:
        self._asking.hide()
        self.put_back()
        self.pills[self.standing.result].setFocus()
