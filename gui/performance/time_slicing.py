"""Build what is long in slices, so that keys and clicks come in between."""

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Slot

SLICE_SECONDS = 0.02


class TimeSlicing(QObject):
    """Take the steps of one long action: the first of them at once, the others as the window has time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._take)

    def begin(self, steps: Iterator[None]) -> None:
        """Take the first steps; those of an earlier action that are left are not taken any more."""
        self._timer.stop()
        self._steps = steps
        self._take()

    def finish(self) -> None:
        """Take what is left at once, for whoever needs it whole."""
        self._timer.stop()
        for _ in self._steps:
            pass

    @Slot()
    def _take(self) -> None:
        end = monotonic() + SLICE_SECONDS
        for _ in self._steps:
            if monotonic() >= end:
                self._timer.start(0)
                return
