"""Look for unused objects on the event loop alone: one that belongs to the window must go in its thread."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

BEGINS_AFTER_MS = 1500
"""Nothing of what is loaded at the start goes away."""
EVERY_MS, SOON_MS = 60, 15
"""Look whether there is something to do; sooner while work beside the window makes very many objects.

A look goes through all that are new by then: with 100 ms the longest took twice as long.
"""
NEW, OLD = 8_000, 100
"""Look once there are so many new objects; through the older ones, too, each so many times."""
FEW = 1_000
"""So few come in a while in which nothing is worked out."""


class GarbageCollection(QObject):
    """Look for unused objects now and then, among those that were made since the window stood."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = self._known = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        QTimer.singleShot(BEGINS_AFTER_MS, self, self._begin)

    @Slot()
    def look(self) -> None:
        """Look through the new objects, if there are many; now and then through all."""
        count = gc.get_count()[0]
        self._timer.setInterval(EVERY_MS if count - self._known < FEW else SOON_MS)
        if count >= NEW:
            self._looks += 1
            gc.collect(0 if self._looks % OLD else 2)
        self._known = gc.get_count()[0]

    @Slot()
    def _begin(self) -> None:
        gc.freeze()
        self._timer.start()
