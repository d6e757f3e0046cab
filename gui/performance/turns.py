"""Take what is short in turns of the event loop, so that the window paints and answers in between."""

from collections import deque
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Slot

WAIT_MS = 1
"""Not 0: what waits for an idle moment would come in the same turn."""
TURN_SECONDS = 0.004
"""Steps that take less are taken together, and what they change is painted once."""


class Turns(QObject):
    """Take steps in their order, as the window has time; more than one at a turn while they are short.

    What a worker posts would come in one turn with painting and with all else that was posted.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._due = 0.0
        self._gave_way = False
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._take)

    def put(self, step: Callable[[], object]) -> None:
        """Take a step when those before it are taken."""
        self._waiting.append(step)
        if not self._timer.isActive():
            self._wait()

    def put_first(self, step: Callable[[], object]) -> None:
        """Take a step before those that wait, once all else that is due by now was done."""
        self._waiting.appendleft(step)
        self._wait()

    def _wait(self) -> None:
        self._due = monotonic() + TURN_SECONDS
        self._timer.start()

    @Slot()
    def _take(self) -> None:
        if monotonic() > self._due and not self._gave_way:  # behind something long: others are due as well
            self._gave_way = True
            self._wait()
            return
        self._gave_way = False
        end = monotonic() + TURN_SECONDS
        try:
            for _ in range(len(self._waiting)):  # what these put waits, and what they changed is painted
                self._waiting.popleft()()
                if monotonic() >= end:
                    return
        finally:
            if self._waiting:
                self._wait()  # from here on: what came due meanwhile is done before
