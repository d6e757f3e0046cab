"""All checks of an award with what was found, and one of them to record."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.record.clock import current_day
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.label import Label
from gui.widgets.typed import DayField, Wrong
from models.queries.awards.award_checks import CheckLine, DueDiligence
from models.values.diligence import (
    CLEAR,
    CONCERN,
    FAILED,
    NOT_CHECKED,
    NOT_NEEDED,
    PASSED,
    RESULTS,
    CheckResult,
    concern_words,
)
from scoring.written.days import short_day

TO_COME = "That day is still to come. Record a check once it is done."
NOTHING_DECIDED = (
    "What is found decides nothing: a check is settled once a person has looked and recorded the outcome."
)
NOTE_WANTED = "Say why it is not passed, or not needed here."
STATES = {
    CLEAR: (Tone.INFORMATION, "Nothing found"),
    CONCERN: (Tone.WARNING, "To look at"),
    NOT_CHECKED: (Tone.WAITING, "Not checked"),
}
"""How what the record finds is shown until a person recorded what came of it."""
TONES = {PASSED: Tone.FUND, FAILED: Tone.DANGER, NOT_NEEDED: Tone.INFORMATION}
WIDTH = 620


class ChecksDialog(Form):
    """Every check of one award: what was found, what was recorded, and a button to record it."""

    asked = Signal(str)

    def __init__(self, look: Look, one: DueDiligence, parent: QWidget, *, may_keep: bool) -> None:
        words = (f"{one.organisation}. {NOTHING_DECIDED}",)
        super().__init__(look, f"Due diligence on {one.award}", words, "", parent, WIDTH, away="Close")
        self.records: dict[str, Button] = {}
        for line in one.lines:
            self._add_line(line, may_keep=may_keep)
        undone = (self.records[line.code] for line in one.lines if may_keep and line.done is None)
        self.finish(next(undone, next(iter(self.records.values()), self.cancel)))

    def _add_line(self, line: CheckLine, *, may_keep: bool) -> None:
        look, state = self._look, ChipLabel(self._look)
        state.show_state(*_state(line))
        required = ", before the agreement" if line.is_required else ""
        row = self.row()
        row.addWidget(state)
        row.addWidget(Label(look, f"{line.words}{required}", weight=600).wrapped(), 1)
        if may_keep:
            words = "Record…" if line.done is None else "Change…"
            button = Button(look, words, kind="link")
            button.setAccessibleName(f"{line.words}: {words}")
            button.clicked.connect(partial(self._ask, line.code))
            self.records[line.code] = button
            row.addWidget(button)
        self.sentence(line.finding.words, size=12, tone="text2")
        if line.done is not None:
            self.sentence(recorded_words(line), size=12)

    def _ask(self, code: str, is_on: bool = False) -> None:
        """Tell which check is asked for; that a button says besides whether it is down means nothing here."""
        self.accept()
        self.asked.emit(code)


class CheckDialog(Form):
    """One check of an award: what was found, and what came of it."""

    recorded = Signal(object)
    taken_back = Signal()

    def __init__(self, look: Look, one: DueDiligence, line: CheckLine, parent: QWidget) -> None:
        super().__init__(look, f"{line.words}: {one.award}", (line.finding.words,), "Record", parent)
        self._line = line
        known = None if line.done is None else line.done.result
        options = [(words, code) for code, words in RESULTS.items()]
        self.came = self.choice("What came of it", options, PASSED if known is None else known.result)
        on = current_day() if known is None else known.checked_on
        self.on = self.add("Done on", DayField("Done on", on, is_past=True, to_come=TO_COME))
        self.words = self.note("Note", 72, "" if known is None else known.note)
        self.back = Button(look, "Take back")
        self.back.setVisible(known is not None)
        self.back.clicked.connect(self._take_back)
        self.finish(self.came, (self.back,))

    def try_action(self) -> None:
        """Tell what came of it; raise `Wrong` where the note is due."""
        result, note = str(self.came.currentData()), self.words.toPlainText().strip()
        if result != PASSED and not note:
            raise Wrong(NOTE_WANTED, self.words)
        if self._line.finding.state == CONCERN and not note:
            raise Wrong(concern_words(self._line.code), self.words)
        found = CheckResult(result, self.on.that_day, note)
        self.accept()
        self.recorded.emit(found)

    @Slot()
    def _take_back(self) -> None:
        self.accept()
        self.taken_back.emit()


def recorded_words(line: CheckLine) -> str:
    """Return what was recorded of a check, by whom and when."""
    assert line.done is not None, "only what was recorded is told"
    result = line.done.result
    note = f": {result.note}" if result.note else "."
    return f"{RESULTS[result.result]}, {line.done.checked_by}, {short_day(result.checked_on)}{note}"


def _state(line: CheckLine) -> tuple[Tone, str]:
    """Return what stands beside a check: what a person recorded of it, else what was found."""
    if line.done is None:
        return STATES[line.finding.state]
    result = line.done.result.result
    return TONES[result], RESULTS[result]
