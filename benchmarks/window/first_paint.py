"""Say on standard output when a window has painted what is waited for, and end."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.window.first_paint_word import SHOWN


class _Teller(QObject):
    def __init__(self, window: QMainWindow, is_there: Callable[[], bool]) -> None:
        super().__init__(window)
        self._is_there = is_there
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Note the window's own painting; the word is said when it is over."""
        if event.type() is QEvent.Type.UpdateRequest and self._is_there():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)
        return False

    @Slot()
    def _tell(self) -> None:
        print(SHOWN, flush=True)
        for window in QApplication.topLevelWidgets():
            window.close()
        QTimer.singleShot(0, QApplication.quit)


def tell_first_paint(window: QMainWindow, is_there: Callable[[], bool]) -> QObject:
    """Say `SHOWN` after the first painting for which `is_there`, and close the window."""
    return _Teller(window, is_there)
