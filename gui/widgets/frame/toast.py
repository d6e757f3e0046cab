"""A few words in the strip at the foot on what was just done, with Undo; gone after eight seconds."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gui.text import ended
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import row_of
from gui.widgets.speech.announcing import announce
from scoring import money

STAYS_MS = 8000


class Toast(QWidget):
    """Stays while the pointer is over it or the focus is in it; it never takes the focus itself.

    Where the strip has too little room for all its words, it says as many whole clauses as have room, and the
    rest in its tooltip and aloud.
    """

    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting = ""
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = ElidedLabel(size=12)
        self._words.give_way_by_clauses()
        self.undo = Button("Undo", kind="link")
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where one works
        self.undo.clicked.connect(self._ask_undo)
        row_of((self._words, 1), self.undo, spacing=10, edges=(12, 0, 6, 0), inside=self)
        self._gone = QTimer(self, interval=STAYS_MS)
        self._gone.timeout.connect(self._leave)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is said, "" while nothing is."""
        return self._words.text() if self.isVisible() else ""

    @property
    def may_lose(self) -> int:
        """Return how much narrower it can be and say its first clause whole."""
        return self._words.sizeHint().width() - self._words.first_clause

    def show_words(self, words: str, *, can_undo: bool) -> None:
        """Say what was done, money as screens show it; Undo is there when it can be undone."""
        self._say(words, can_undo=can_undo)
        announce(self, self._words.text(), is_of_change=True)

    @Slot(str)
    def take_back(self, words: str) -> None:
        """Go where these words are what is said."""
        if self.words == _said(words):
            self.settle()

    def hold(self, words: str) -> None:
        """Say a message that has no room yet, until it has; "" is that it has."""
        if words:
            self._say(words, can_undo=False)
        elif self._waiting and self._waiting == self._words.text():
            self.settle()
        self._waiting = self._words.text() if words else ""

    @Slot(bool)
    def offer_undo(self, can_undo: bool) -> None:
        """Leave Undo out once nothing can be undone any more; what was done stays said."""
        if not can_undo and self.undo.isVisibleTo(self):
            self.undo.hide()

    @Slot()
    def give_way(self) -> None:
        """Go where Undo is offered: something else was saved, and Undo would take that back."""
        if self.isVisible() and self.undo.isVisibleTo(self):
            self.settle()

    @Slot()
    def settle(self) -> None:
        """Go at once: something else was done or undone, or what it tells of is gone."""
        self._gone.stop()
        self.hide()

    def _say(self, words: str, *, can_undo: bool) -> None:
        words = _said(words)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(can_undo)
        self.show()
        self._gone.start()

    @Slot()
    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        is_held = focused is not None and self.isAncestorOf(focused)
        is_waiting = bool(self._waiting) and self._waiting == self._words.text()
        if not (is_held or is_waiting or self.underMouse()):
            self.settle()

    @Slot()
    def _ask_undo(self) -> None:
        self.settle()
        self.undo_asked.emit()


def _said(words: str) -> str:
    return ended(ours(money.without_noughts(words)))
