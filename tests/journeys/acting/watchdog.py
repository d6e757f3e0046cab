"""A watch on the event loop: every block is noted, a long one fails the journey."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, thread_time

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Slot

BEAT_MS = 5
NOTED_OVER_MS = 50
FAILS_OVER_MS = 500
FAILS_IN_THE_SUITE_OVER_MS = 5 * FAILS_OVER_MS
"""The suite passes on a computer that is so much slower; the soak wants it of one like the offices'."""


class Block(Struct, frozen=True):
    """A time in which the window answered nobody, during what, and how much of it was its own work."""

    during: str
    milliseconds: float
    worked_ms: float


class Watchdog(QObject):
    """Note how long each key, click and answer keeps the event loop.

    A journey fails by the time that the window's own thread worked: on a busy machine, time in which
    another process had the processor is no block of ours.
    """

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._during = ""
        self._since = (0.0, 0.0)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tick)

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """Watch one action that is done on the event loop."""
        self._during, self._since = what, _now()
        yield
        self._note()

    @contextmanager
    def while_waiting(self) -> Iterator[None]:
        """Watch the loop while answers come in."""
        self._since = _now()
        self._beat.start()
        yield
        self._beat.stop()
        self._note()

    def words(self) -> str:
        """Return the blocks over 50 ms, longest first, as lines."""
        longest = sorted(self.blocks, key=_length, reverse=True)
        return "\n".join(
            f"{block.milliseconds:5.0f} ms, {block.worked_ms:5.0f} of work  {block.during}"
            for block in longest
        )

    def over(self, milliseconds: int) -> list[Block]:
        """Return the blocks that were longer: no journey may have one."""
        return [block for block in self.blocks if block.worked_ms > milliseconds]

    @Slot()
    def _tick(self) -> None:
        self._note()
        self._since = _now()

    def _note(self) -> None:
        blocked, worked = ((now - then) * 1000 for now, then in zip(_now(), self._since, strict=True))
        if blocked > NOTED_OVER_MS:
            self.blocks.append(Block(self._during, blocked, worked))


def _length(block: Block) -> float:
    return block.milliseconds


def _now() -> tuple[float, float]:
    """Return the time, and how long this thread has worked, in seconds."""
    return perf_counter(), thread_time()
