"""Keys where Qt does otherwise: in boxes, of what is greyed, of one character, and the key of menus."""

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QShortcut
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
from shiboken6 import isValid

from gui.settings import Settings

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


NOT_NOW = "There is nothing to do it on now"
"""What is said of an action that is greyed and tells no reason of its own."""


def why_greyed(action: QAction) -> str:
    """Return why an action cannot be done now, "" when it can."""
    return "" if action.isEnabled() else action.statusTip() or NOT_NOW


class GreyedKey(QObject):
    """Take the keys of an action while it is greyed and on show, and tell why it is."""

    def __init__(self, action: QAction, window: QWidget, tell: Callable[[str], object]) -> None:
        super().__init__(action)
        self._action, self._tell = action, tell
        self._key = QShortcut(window)
        self._key.activated.connect(self._say)
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        action, key = self._action, self._key
        if key.keys() != action.shortcuts():
            key.setKeys(action.shortcuts())
        key.setEnabled(action.isVisible() and not action.isEnabled())

    @Slot()
    def _say(self) -> None:
        self._tell(why_greyed(self._action))


MENU_KEY = "Shift+F10"


class MenuKey(QShortcut):
    """Lets Shift+F10 do in a window what the menu key does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(QKeySequence(MENU_KEY), window)
        self.activated.connect(self._ask)
        self._window = window

    @Slot()
    def _ask(self) -> None:
        """Send the window what Qt sends it for the menu key: it goes to what has the focus, at its caret."""
        handle = self._window.windowHandle()
        if handle is not None:
            event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
            QCoreApplication.sendEvent(handle, event)


def add_menu_key(window: QWidget) -> None:
    """Give a window the key where Qt does not: on Windows it does, and a Mac has no such key."""
    if sys.platform not in ("win32", "darwin"):
        MenuKey(window)


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
