"""Say where an area stands, what is allowed there, what is still open, and move it on or back."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine

BARRIER = "Moving it on closes this stage: earlier changes can then no longer be undone."

WAITS = "The area can move on once that is decided, because totals depend on it."
DECIDE = "Decide it on Packs"


def continue_as_chair(name: str) -> str:
    """Return the words of the way to the chair, who may do what the person may not."""
    return f"Continue as {name}, chair"


class StageWords(Struct, frozen=True):
    """What the box says: a title, sentences, what opens the next stage and the name of the one before, or "".

    `refusal` says why the person may not move the area, "" when they may; `disputes` what is to be decided
    on Packs before it may go on; `done` and `still_open` are the checklist of the next stage. `chair` is who
    may move it where the person may not, "" for nobody to go on as.
    """

    title: str
    sentences: tuple[str, ...]
    still_open: tuple[str, ...]
    onward: str
    back: str
    refusal: str
    disputes: str = ""
    done: tuple[str, ...] = ()
    chair: str = ""


class StageDialog(Form):
    """Sentences; Move on for the chair, and back with a reason."""

    is_final = True
    moved_on = Signal()
    moved_back = Signal(str)
    packs_asked = Signal()
    chair_asked = Signal()

    def __init__(self, look: Look, words: StageWords, parent: QWidget) -> None:
        onward = "" if words.refusal else words.onward
        super().__init__(look, words.title, words.sentences, onward, parent, 480, away="Close")
        self.words = words
        said = (*words.sentences, *words.done, *words.still_open, words.disputes)
        self.describe(" ".join(said).strip())
        self.on, self.close_it = self.do, self.cancel
        self.on.setEnabled(not words.disputes)
        set_tip(self.on, words.disputes)
        self.back = Button(look, f"Move back to {words.back}")
        self.back.setEnabled(False)
        self.back.clicked.connect(self._move_back)
        self.decide = Button(look, DECIDE, kind="link")
        self.decide.clicked.connect(self._ask_packs)
        self.chair = Button(look, continue_as_chair(words.chair), kind="link")
        self.chair.clicked.connect(self._ask_chair)
        self.reason = TextLine()
        self.reason.setAccessibleName(f"Why it goes back to {words.back}")
        self.reason.setPlaceholderText(f"To go back to {words.back}, say why")
        self.reason.textChanged.connect(self._update_enabled)
        self._lay_out()
        self.finish(self.close_it)

    def press_enter(self) -> None:
        """Give the ring to the way back where its reason was typed, else to the way on."""
        if self.reason.hasFocus() and self.back.isEnabled():
            self.back.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.reason.hasFocus():
            super().press_enter()

    def _lay_out(self) -> None:
        words = self.words
        self._list("Done", words.done, "text2")
        self._list("Still open", words.still_open, "warning")
        for sentence in (words.disputes, ours(WAITS)) if words.disputes else ():
            self.sentence(sentence, tone="danger")
        self.put(self.decide, is_left=True).setVisible(bool(words.disputes))
        if words.refusal:
            self.sentence(words.refusal)
            self.put(self.chair, is_left=True).setVisible(bool(words.chair))
        elif words.onward:
            self.sentence(BARRIER, tone="muted")
        back = self.row()
        back.addWidget(self.reason, 1)
        back.addWidget(self.back)
        for part in (self.reason, self.back):
            part.setVisible(bool(words.back) and not words.refusal)

    def _list(self, head: str, sentences: Sequence[str], tone: str) -> None:
        if sentences:
            self.sentence(head, weight=600)
        for sentence in sentences:
            self.sentence(sentence, tone=tone)

    @Slot(str)
    def _update_enabled(self, text: str) -> None:
        self.back.setEnabled(bool(text.strip()))

    @Slot()
    def _ask_packs(self) -> None:
        self.accept()
        self.packs_asked.emit()

    @Slot()
    def _ask_chair(self) -> None:
        self.accept()
        self.chair_asked.emit()

    def try_action(self) -> None:
        """Move the area on."""
        self.accept()
        self.moved_on.emit()

    @Slot()
    def _move_back(self) -> None:
        self.accept()
        self.moved_back.emit(self.reason.text().strip())
