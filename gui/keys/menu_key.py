"""Shift+F10, the menu of what has the focus, where Qt leaves that key alone."""

import sys

from PySide6.QtCore import QCoreApplication, QPoint, Slot
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

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
