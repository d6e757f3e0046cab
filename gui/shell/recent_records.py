"""The records opened of late, on the welcome page: shown, opened again, and forgotten."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from gui.folders import forget_visited
from gui.record.clock import current_day
from gui.record.recent import forget, recent
from gui.settings import Settings
from gui.shell.main_window import MainWindow


class RecentRecords(QObject):
    """Show on the window's welcome page what was opened of late, and forget it when that is asked."""

    def __init__(self, window: MainWindow, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._settings = window, settings

    def show(self) -> None:
        """Show them as they are today."""
        today = current_day()
        self._window.welcome.show_recent(recent(self._settings), today)

    @Slot()
    def forget(self) -> None:
        """Forget them all, and the folders that were visited."""
        forget(self._settings)
        forget_visited()
        app = QApplication.instance()
        assert app is not None, "there is an application before there is a window"
        app.aboutToQuit.connect(forget_visited)  # until then Qt holds the last folder, and may write it again
        self.show()
        self._window.welcome.open.setFocus()
