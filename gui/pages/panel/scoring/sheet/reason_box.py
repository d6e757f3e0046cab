"""Why a mark was given: a box that counts its words, keeps drafts and tells when it is left."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from gui.theme.look import Look
from gui.widgets.edit_conflict import EditConflict

KEEP_AFTER_MS = 750
"""How long after a key its words are kept; with the writing, at most a second of typing can be lost."""
MOST_WORDS = 150


class ReasonBox(QPlainTextEdit):
    """A text box. It tells what is typed as it is typed, within a second of each key, and when it is left.

    `held` tells whether the keys are its own.
    """

    typed = Signal(str)
    left = Signal(str)
    counted = Signal(int)
    held = Signal(bool)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._shown = ""
        self._conflict = EditConflict(look, self)
        self.setObjectName("reason")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER_MS)
        self._pause.timeout.connect(self._tell_typed)
        self.textChanged.connect(self._note)
        look.changed.connect(self._refresh)
        self._refresh()

    @property
    def text(self) -> str:
        """Return what stands in the box."""
        return self.toPlainText()

    @property
    def is_changed(self) -> bool:
        """Whether the box holds something else than the record."""
        return self.text != self._shown

    def show_text(self, text: str) -> None:
        """Show what the record holds; what is being typed is left alone."""
        is_typing = self.hasFocus() and self.is_changed
        if is_typing:
            self._conflict.meet(self._shown, text)
        else:
            self._conflict.settle()
        self._shown = text
        if not is_typing and self.text != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self.counted.emit(words_in(self.text))

    def offer(self, text: str) -> None:
        """Put in words that were kept from before, as if they were just typed."""
        self.setPlainText(text)

    def enter(self) -> None:
        """Tell what the box holds, if the record does not hold it yet."""
        self._pause.stop()
        if self.is_changed:
            self._shown = self.text
            self._conflict.hand_on(self.text)
            self.left.emit(self.text)
            self._conflict.take()
        else:
            self._conflict.settle()

    @Slot()
    def _note(self) -> None:
        if not self._pause.isActive():  # started anew by each key it would wait for whoever types on
            self._pause.start()
        self.counted.emit(words_in(self.text))

    @Slot()
    def _tell_typed(self) -> None:
        if self.is_changed:
            self.typed.emit(self.text)

    @Slot()
    def _refresh(self) -> None:
        for part in (self, self.viewport()):  # what an empty box says is painted in the font of the latter
            part.setFont(self._look.font())
        self.document().setDocumentMargin(self._look.px(9))
        self.setFixedHeight(self._look.px(60))

    def sizeHint(self) -> QSize:
        """Ask for the least height: more is taken where there is room, and never scrolled for."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keys are its own."""
        super().focusInEvent(event)
        self.held.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Enter what was typed; a menu or another window on top is not a leaving."""
        super().focusOutEvent(event)
        self.held.emit(False)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter and Ctrl+K to the page."""
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_K):
            event.ignore()
        else:
            super().keyPressEvent(event)


def words_in(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())
