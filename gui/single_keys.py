"""Keys of one character, which can be switched off: they then reach nothing but boxes that take text."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from gui.settings import Settings

TAKE_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox, QMenu)
PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


class SingleKeys(QObject):
    """An application-wide filter that is asked for every key, and stops single characters when told to."""

    def __init__(self, app: QApplication, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop a single character on its way to anything but text; Space still presses buttons."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        text = event.text()
        is_single = len(text) == 1 and text.isprintable() and text != " " and event.modifiers() in PLAIN
        is_at_widget = isinstance(watched, QWidget) and not isinstance(watched, TAKE_TEXT)
        return is_single and is_at_widget and not self._settings.single_keys
