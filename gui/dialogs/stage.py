"""Say where an area stands, what is allowed there, what is still open, and move it on or back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.tips import set_tip
from gui.widgets.words import Words

BARRIER = "Moving it on closes this stage: earlier changes can then no longer be undone."

WAITS = "The area can move on once that is decided, because totals depend on it."
DECIDE = "Decide it on Packs"


@dataclass(frozen=True, slots=True)
class StageWords:
    """What the box says: a title, sentences, what opens the next stage and the name of the one before, or "".

    `refusal` says why the person may not move the area, "" when they may; `disputes` what is to be decided
    on Packs before it may go on; `done` and `still_open` are the checklist of the next stage.
    """

    title: str
    sentences: tuple[str, ...]
    still_open: tuple[str, ...]
    onward: str
    back: str
    refusal: str
    disputes: str = ""
    done: tuple[str, ...] = ()


class StageDialog(Dialog):
    """Sentences; Move on for the chair, and back with a reason."""

    is_final = True
    moved_on = Signal()
    moved_back = Signal(str)
    packs_asked = Signal()

    def __init__(self, look: Look, words: StageWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.words = words
        self.setWindowTitle(words.title)
        said = (*words.sentences, *words.done, *words.still_open, words.disputes)
        self.setAccessibleDescription(" ".join(said).strip())
        self.on = Button(look, words.onward, kind="primary")
        self.back = Button(look, f"Move back to {words.back}")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(f"Why it goes back to {words.back}")
        self.reason.setPlaceholderText(f"To go back to {words.back}, say why")
        self.decide = Button(look, DECIDE, kind="link")
        self.decide.setVisible(bool(words.disputes))
        self.on.setEnabled(not words.disputes)
        set_tip(self.on, words.disputes)
        self.close_it = Button(look, "Close")
        may = not words.refusal
        self.on.setVisible(may and bool(words.onward))
        self.back.setVisible(may and bool(words.back))
        self.reason.setVisible(may and bool(words.back))
        self.back.setEnabled(False)
        self._lay_out()
        self.on.clicked.connect(self._move_on)
        self.back.clicked.connect(self._move_back)
        self.decide.clicked.connect(self._ask_packs)
        self.reason.textChanged.connect(self._weigh)
        self.close_it.clicked.connect(self.reject)
        self.close_it.setFocus()

    def press_enter(self) -> None:
        """Give the ring to the way back where its reason was typed, else to the way on."""
        if self.reason.hasFocus() and self.back.isEnabled():
            self.back.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.reason.hasFocus():
            super().press_enter()

    def _lay_out(self) -> None:
        look, px, words = self._look, self._look.px, self.words
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(Words(look, words.title, size=15, weight=600))
        self._say(column, words.sentences, "text2")
        if words.done:
            column.addWidget(Words(look, "Done", weight=600))
            self._say(column, words.done, "text2")
        if words.still_open:
            column.addWidget(Words(look, "Still open", weight=600))
            self._say(column, words.still_open, "warning")
        if words.disputes:
            self._say(column, (words.disputes, WAITS), "danger")
            column.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)
        if words.refusal:
            self._say(column, (words.refusal,), "text")
        elif words.onward:
            self._say(column, (BARRIER,), "muted")
        back = QHBoxLayout()
        back.addWidget(self.reason, 1)
        back.addWidget(self.back)
        column.addLayout(back)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_it)
        row.addWidget(self.on)
        column.addLayout(row)
        self.setMinimumWidth(px(480))

    def _say(self, column: QVBoxLayout, sentences: Sequence[str], tone: str) -> None:
        for sentence in sentences:
            column.addWidget(Words(self._look, sentence, tone=tone).wrapped())

    @Slot(str)
    def _weigh(self, text: str) -> None:
        self.back.setEnabled(bool(text.strip()))

    @Slot()
    def _ask_packs(self) -> None:
        self.accept()
        self.packs_asked.emit()

    @Slot()
    def _move_on(self) -> None:
        self.accept()
        self.moved_on.emit()

    @Slot()
    def _move_back(self) -> None:
        self.accept()
        self.moved_back.emit(self.reason.text().strip())
