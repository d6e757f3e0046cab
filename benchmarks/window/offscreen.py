"""A real window on a made-up record, without a display, and a watch on its event loop."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time
from typing import NamedTuple

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Slot

from benchmarks.window.record import CHAIR
from gui.app import Window, application
from gui.performance.import_patch import load_binding
from gui.performance.preload import Preload
from gui.performance.turns import GarbageCollection, PaintTurn
from gui.record.runner import Runner, Ticket
from gui.settings import Settings
from gui.shell.main_window import START

BEAT_MS = 5
NOTED_OVER_MS = 32
PATIENCE_SECONDS = 60.0
MEGABYTE = 1 << 20
COUNTED = Path("/proc/thread-self/schedstat")
"""What Linux counts of a thread: nanoseconds at work, nanoseconds waiting for a processor, and turns."""


class Block(NamedTuple):
    """A time in which the window answered nobody, during what, and how much of it was its own work.

    Of the rest it waited so long for a processor, which others had; what is left then, for other threads of
    the program or the disk.
    """

    during: str
    milliseconds: float
    worked_ms: float
    waited_ms: float


class Shown(QObject):
    """The window, what is under way in it, when it painted last, and every block of its event loop."""

    def __init__(self, window: Window, runner: Runner) -> None:
        super().__init__()
        self.window = window
        self.runner = runner
        self.painted_at = 0.0
        self.blocks: list[Block] = []
        self._during = ""
        self._since = _now()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tick)
        self._beat.start()
        window.main.installEventFilter(self)

    def during(self, what: str) -> None:
        """Name what the window does next, for the list of blocks."""
        self._during, self._since = what, _now()

    def until(self, is_done: Callable[[], bool]) -> None:
        """Let the window work until something is done."""
        end = perf_counter() + PATIENCE_SECONDS
        loop = QEventLoop()
        while not is_done():
            assert perf_counter() < end, f"{self._during} does not end"
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        """Let the window work until nothing is under way, and all is painted."""
        self.until(self._is_idle)
        quiet_from = perf_counter()
        self.until(lambda: perf_counter() - quiet_from > 4 * BEAT_MS / 1000 and self._is_idle())

    def until_painted_after(self, is_there: Callable[[], bool]) -> float:
        """Return when the first painting was over that came after something is there."""
        self.until(is_there)
        there = perf_counter()
        self.until(lambda: self.painted_at > there)
        return self.painted_at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Note the window's own painting; what follows it in the queue comes when it is over."""
        if event.type() is QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self, self._painted)
        return False

    def _is_idle(self) -> bool:
        return not self.runner.is_busy

    @Slot()
    def _painted(self) -> None:
        self.painted_at = perf_counter()

    @Slot()
    def _tick(self) -> None:
        now = _now()
        blocked, worked, waited = ((late - soon) * 1000 for late, soon in zip(now, self._since, strict=True))
        if blocked > NOTED_OVER_MS:
            self.blocks.append(Block(self._during, blocked, worked, waited))
        self._since = now


def _now() -> tuple[float, float, float]:
    """Return the time, how long this thread has worked, and waited for a processor, in seconds."""
    return perf_counter(), thread_time(), _waited_seconds()


def _waited_seconds() -> float:
    """Return how long this thread was ready to work and others did; 0 where the system does not count it."""
    try:
        return int(COUNTED.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


@contextmanager
def shown(count: int = 1_000, without: str = "") -> Iterator[Shown]:
    """Show a window on a record of so many applications, as its chair uses it.

    `without` names work beside the window that is stopped as it begins: sums that take minutes there.
    """
    with tempfile.TemporaryDirectory() as folder:
        record = _written_elsewhere(Path(folder, "office.panel"), count)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        load_binding()
        app = application()
        settings = Settings(Path(folder))
        settings.person = CHAIR
        settings.role = "chair"
        runner = Runner()
        runner.watch(partial(_stop, without))
        window = Window(app, runner, settings)
        window.main.resize(START)  # a screen without a display is smaller than any that windows are made for
        garbage_collection = GarbageCollection(window.main)
        preload = Preload(window.main.pages, window.main.tools, window.main, runner.turns)
        made = Shown(window, runner)
        main = window.main
        heavy = (runner.started, runner.landed, main.pages.currentChanged, main.messages.moved)
        PaintTurn(main, runner.turns, *heavy).painted.connect(preload.load_figures)
        window.show()
        made.during("opening")
        window.controller.open(record)
        made.until(lambda: window.controller.rounds.place is not None)
        made.settle()
        made.during("getting pages ready")
        made.until(lambda: preload.is_done)
        yield made
        ended: list[bool] = []
        window.workspace.finish(lambda: ended.append(True))
        made.until(lambda: bool(ended))
        runner.finish()
        garbage_collection.deleteLater()


def _written_elsewhere(path: Path, count: int) -> Path:
    """Write the record in a process of its own: what making it loads is not the window's memory."""
    code = "import sys; from pathlib import Path; from benchmarks.window.record import write_record as w; "
    code += "w(Path(sys.argv[1]), int(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", code, path, str(count)], check=True)
    return path


def _stop(label: str, ticket: Ticket) -> None:
    if ticket.label == label:
        ticket.cancel()


def resident_mb() -> float:
    """Return what this process holds in memory now."""
    import psutil

    return float(psutil.Process().memory_info().rss) / MEGABYTE
