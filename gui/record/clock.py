"""The window's one clock: which day it is, by the clock of records and where the laptop stands."""

from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from models.clock import utc_now

MINUTE_MS = 60_000


def local_now() -> datetime:
    """Return the moment where the laptop stands."""
    return utc_now().astimezone()


def current_day() -> date:
    """Return the day where the laptop stands: no other part of the window reads it."""
    return local_now().date()


class DayWatch(QObject):
    """Tell once a new day has begun; looked at each minute, since a laptop sleeps past midnight."""

    turned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._day = current_day()
        self._timer = QTimer(self, interval=MINUTE_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Tell if the day is another than at the last look."""
        if current_day() != self._day:
            self._day = current_day()
            self.turned.emit()
