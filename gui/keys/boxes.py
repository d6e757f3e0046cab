"""The box that has the focus: undo in one in which nothing was typed, and its beginning as keys enter it."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
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


class FieldStart(QObject):
    """Put the cursor before what is selected; what is typed takes the place of all of it as ever."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit) and now.text():
            QTimer.singleShot(0, now, partial(_show_start, now))  # Qt selects it after it says this


def _show_start(field: QLineEdit) -> None:
    if field.selectionLength() == len(field.text()) == field.cursorPosition():
        field.setSelection(len(field.text()), -len(field.text()))
