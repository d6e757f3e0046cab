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
    """An application-wide filter that stops single characters, there only while they are switched off.

    Every event of the window goes through such a filter: one that has nothing to do is felt.
    """

    def __init__(self, app: QApplication, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._settings = settings
        settings.single_keys_turned.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Be there, or not, as the settings say."""
        self._app.removeEventFilter(self)
        if not self._settings.single_keys:
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop a single character on its way to anything but text; Space still presses buttons."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        text = event.text()
        is_single = len(text) == 1 and text.isprintable() and text != " " and event.modifiers() in PLAIN
        return is_single and isinstance(watched, QWidget) and not isinstance(watched, TAKE_TEXT)
