"""Keys of what cannot be done now: they say why, where Qt would swallow them without a sign."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

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
