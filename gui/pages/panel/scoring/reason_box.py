"""Where a reason is typed, and words offered back that were being typed when the program stopped."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.edit_conflict import EditConflict
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest, row_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip

KEEP_AFTER_MS = 750
"""How long after a key its words are kept; with the writing, at most a second of typing can be lost."""
MOST_WORDS = 150
FOR_PANEL = "Panel only"
"""So short that what stands beside it has room in a narrow window."""
TOLD, KEPT = "The applicant may see this", "For the panel only"
NO_DRAFT = "P on the marks. No draft for an applicant tells this reason; the panel reads it."


def is_bare(event: QKeyEvent, key: Qt.Key) -> bool:
    """Whether a key is pressed by itself, with Shift at most."""
    others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.key() == key and not event.modifiers() & others


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
        stands = self.toPlainText()
        if text == stands == self._shown and not self._conflict.who:
            return
        is_typing = self.hasFocus() and stands != self._shown
        if is_typing:
            self._conflict.meet(self._shown, text)
        else:
            self._conflict.settle()
        self._shown = text
        if not is_typing and stands != text:
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._count()

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
        self._count()

    def _count(self) -> None:
        """Tell how many words it has."""
        self.counted.emit(len(self.text.split()))

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


class PanelTick(QCheckBox):
    """The tick of whoever writes a reason that it is for the panel only.

    It is offered while there is a reason, and where one that is gone was ticked.
    """

    kept = Signal(bool)

    def __init__(self, reason: ReasonBox, tip: str = NO_DRAFT) -> None:
        super().__init__(FOR_PANEL)
        self._reason, self._may_keep, self._what = reason, False, ""
        set_tip(self, tip)
        reason.textChanged.connect(self._offer)
        self.clicked.connect(self._tell)

    def show_tick(self, what: str, *, is_ticked: bool, may_keep: bool) -> None:
        """Show whether the reason that is shown, named by `what`, is for the panel only."""
        self.setChecked(is_ticked)
        self.setAccessibleName(f"{FOR_PANEL}: {what}")
        self._may_keep, self._what = may_keep, what
        self._offer()

    def takes(self, event: QKeyEvent) -> bool:
        """Turn the tick with P, say so, and return whether the key was that."""
        if is_taken := is_bare(event, Qt.Key.Key_P) and self.isEnabled():
            self.click()
            announce(self, f"{KEPT if self.isChecked() else TOLD}: {self._what}.")
        return is_taken

    @Slot()
    def _offer(self) -> None:
        self.setEnabled(self._may_keep and (self.isChecked() or bool(self._reason.text.strip())))

    @Slot(bool)
    def _tell(self, is_kept: bool) -> None:
        self._reason.enter()
        self.kept.emit(is_kept)


class DraftsBar(Card):
    """One kept reason at a time, with what can be done about it."""

    used = Signal(str, str, str)
    dropped = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(14, 4), parent=parent)
        self._draft = ("", "", "")
        self.words = ElidedLabel(look)
        self.use = Button(look, "Restore them")
        self.drop = Button(look, "Discard them")
        row = row_of((self.words, 1), self.use, self.drop, spacing=look.px(8))
        nest(self.body, row)
        self.setAccessibleName("Text saved earlier")
        self.use.clicked.connect(lambda: self.used.emit(*self._draft))
        self.drop.clicked.connect(lambda: self.dropped.emit(*self._draft[:2]))
        self.hide()

    def show_drafts(self, reference: str, drafts: Mapping[str, str]) -> None:
        """Offer what was kept of one application's reasons, by criterion; nothing hides the bar."""
        self.setVisible(bool(drafts))
        for code, text in sorted(drafts.items())[:1]:
            self._draft = (reference, code, text)
            self.words.setText(f"Typed on {code} and not saved: “{text}”")
