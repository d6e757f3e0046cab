"""A watch on the event loop: every block is noted, a long one fails the journey."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot

BEAT_MS = 5
NOTED_OVER_MS = 50
FAILS_OVER_MS = 500
WAITED = Path("/proc/thread-self/schedstat")
"""Where Linux says, in its second figure, for how many nanoseconds the thread waited for a processor."""


@dataclass(frozen=True, slots=True)
class Block:
    """A time in which the window answered nobody, and what it was busy with."""

    during: str
    milliseconds: float


class Watchdog(QObject):
    """Note how long each key, click and answer keeps the event loop.

    Time in which the thread was ready and another process had the processor is no block of ours.
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
        """Watch one deed that is done on the event loop."""
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
        return "\n".join(f"{block.milliseconds:5.0f} ms  {block.during}" for block in longest)

    @property
    def too_long(self) -> list[Block]:
        """Return the blocks that no journey may have."""
        return [block for block in self.blocks if block.milliseconds > FAILS_OVER_MS]

    @Slot()
    def _tick(self) -> None:
        self._note()
        self._since = _now()

    def _note(self) -> None:
        wall, waited = (now - then for now, then in zip(_now(), self._since, strict=True))
        blocked = (wall - waited) * 1000
        if blocked > NOTED_OVER_MS:
            self.blocks.append(Block(self._during, blocked))


def _length(block: Block) -> float:
    return block.milliseconds


def _now() -> tuple[float, float]:
    """Return the time, and how long the thread has waited for a processor, in seconds."""
    try:
        waited = int(WAITED.read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        waited = 0.0
    return perf_counter(), waited
