"""Build what is long in slices, so that keys and clicks come in between."""

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QObject

from gui.performance.turns import Turns

SLICE_SECONDS = 0.008


class TimeSlicing:
    """Take the steps of one long action: the first of them at once, the others in turns."""

    def __init__(self, parent: QObject) -> None:
        self._steps: Iterator[None] = iter(())
        self._turns = Turns(parent)

    def begin(self, steps: Iterator[None]) -> None:
        """Take the first steps; those of an earlier action that are left are not taken any more."""
        self._steps = steps
        self._take()

    def finish(self) -> None:
        """Take what is left at once, for whoever needs it whole."""
        for _ in self._steps:
            pass

    def _take(self) -> None:
        end = monotonic() + SLICE_SECONDS
        for _ in self._steps:
            if monotonic() >= end:
                self._turns.put(self._take)
                return
