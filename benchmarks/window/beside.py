"""A key beside sums: how long it takes to be painted while the work queue computes."""

import sys
import threading
from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.table import Row
from gui.app import SWITCH_SECONDS, application

LIMIT_MS = 16
KEYS, EVERY_MS, THREADS = 60, 40, 2
DEFAULT_SECONDS = 0.005


class Field(QWidget):
    """A widget that paints itself after each key, and notes how many milliseconds that took."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []
        self._began = 0.0

    def press(self) -> None:
        """Press a key."""
        self._began = perf_counter()
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.postEvent(self, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Paint again."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint a letter."""
        with QPainter(self) as painter:
            painter.drawText(5, 15, "a")
        if self._began:
            self.taken.append((perf_counter() - self._began) * 1000)
            self._began = 0.0


def measure() -> Iterator[Row]:
    """Yield the time within which nine keys of ten are painted, with the program's interval and without."""
    application()
    field, is_done = Field(), threading.Event()
    field.show()
    sums = [threading.Thread(target=_compute, args=(is_done,)) for _ in range(THREADS)]
    for each in sums:
        each.start()
    ours, default = (_ninth_of_ten(field, seconds) for seconds in (SWITCH_SECONDS, DEFAULT_SECONDS))
    is_done.set()
    for each in sums:
        each.join()
    yield Row("A key beside sums", ours, LIMIT_MS, "ms", f"by Python's own interval {default:.1f} ms")


def _ninth_of_ten(field: Field, seconds: float) -> float:
    sys.setswitchinterval(seconds)
    field.taken.clear()
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(field.press)
    timer.start(EVERY_MS)
    QTimer.singleShot(KEYS * EVERY_MS, loop.quit)
    loop.exec()
    timer.stop()
    return sorted(field.taken)[len(field.taken) * 9 // 10]


def _compute(is_done: threading.Event) -> None:
    while not is_done.is_set():
        sum(number * number for number in range(200))
