"""Where the window stood: kept as it is moved, so that it comes back there however the program ended."""

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QMainWindow

from gui.settings import Settings

SETTLES_MS = 400
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class WindowPlace(QObject):
    """Puts a window where it was last, and keeps its place a moment after it was moved or resized."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._settled = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._settled.timeout.connect(self.keep)

    def restore(self) -> None:
        """Put the window where it was, before it is shown, and watch it from now on."""
        if not self._settings.geometry.isEmpty():
            self._window.restoreGeometry(self._settings.geometry)
        self._window.installEventFilter(self)

    @Slot()
    def keep(self) -> None:
        """Keep where the window stands; one that nobody sees stands nowhere."""
        self._settled.stop()
        if self._window.isVisible() and not self._window.isMinimized():
            self._settings.geometry = self._window.saveGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place once the window has come to rest."""
        if event.type() in MOVES and self._window.isVisible():
            self._settled.start()
        return False
