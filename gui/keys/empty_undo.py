"""Undo and redo in a box in which nothing was typed: they go to the record, as anywhere else."""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

Standard = QKeySequence.StandardKey


class EmptyUndo(QObject):
    """Let a box take the keys of undo and redo only while it has something to undo or redo of its own.

    Qt gives them to every box that has the focus, and an empty one swallows them without a sign.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        app.focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Look at the keys of the box that has the focus now, and at no other's."""
        before, self._watched = self._watched, None
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
            focused.installEventFilter(self)
            self._watched = focused

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys to the window where the box has nothing for them to do."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        has_undo, has_redo = _has(watched)
        if (event.matches(Standard.Undo) and not has_undo) or (event.matches(Standard.Redo) and not has_redo):
            event.ignore()
            return True
        return False


def _has(box: QObject) -> tuple[bool, bool]:
    """Return whether a box can undo and redo what was typed in it."""
    if isinstance(box, QPlainTextEdit):
        return box.document().isUndoAvailable(), box.document().isRedoAvailable()
    line = box.lineEdit() if isinstance(box, QAbstractSpinBox) else box
    assert isinstance(line, QLineEdit), "no other box is looked at"
    return line.isUndoAvailable(), line.isRedoAvailable()
