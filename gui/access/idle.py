"""Tell when nobody has used the window for some minutes."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from gui.settings import Settings

LOOK_EVERY_MS = 5_000
USED = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class IdleWatch(QObject):
    """Watch the pointer, and the keys of whatever has the focus.

    A filter on the whole application would cost something at every event of the window. The clock on the
    wall is read, so that the hours of a laptop that was shut count.
    """

    idle = Signal()

    def __init__(self, app: QApplication, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._pointer = QCursor.pos()
        self._used_at = time.time()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.focusChanged.connect(self._follow)

    @Slot()
    def look(self) -> None:
        """Tell when the minutes are over; 0 minutes are never over."""
        now, pointer = time.time(), QCursor.pos()
        if pointer != self._pointer or now < self._used_at:
            self._pointer = pointer
            self._used_at = now
        minutes = self._settings.idle_lock
        if minutes and now - self._used_at >= minutes * 60:
            self._used_at = now
            self.idle.emit()

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Listen to the keys of what has the focus now."""
        self._used_at = time.time()
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the window is used; stop nothing."""
        if event.type() in USED:
            self._used_at = time.time()
        return False
