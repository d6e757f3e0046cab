"""Turns of the event loop: short steps, slices of long work, paintings held back, parts made ahead."""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from time import monotonic
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

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


class PaintTurn(QObject):
    """Hold a window's next painting back for one of the turns where much went before it.

    Qt lays out and paints in the turn in which a worker's answer is shown. Widgets that change while the
    painting waits are painted with it; of the turns that wait it is the first. `heavy` are the signals of
    what takes long.
    """

    painted = Signal()
    """What was held back is painted."""

    def __init__(self, window: QWidget, turns: Turns, *heavy: SignalInstance) -> None:
        super().__init__(window)
        self._window = window
        self._turns = turns
        self._is_due = True
        for signal in heavy:
            signal.connect(self.hold)
        window.installEventFilter(self)

    @Slot()
    def hold(self) -> None:
        """Hold the next painting back once."""
        self._is_due = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the request to paint that is due for a turn of its own; Qt sends no other until it is met."""
        if event.type() is not QEvent.Type.UpdateRequest or not self._is_due:
            return False
        self._is_due = False
        self._turns.put_first(self._paint)
        return True

    def _paint(self) -> None:
        self._is_due = False  # what came while it waited is painted now
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        self.painted.emit()


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


Part = TypeVar("Part", bound=QWidget)
Kind = Callable[..., QWidget]


class PartsAhead:
    """Make parts before anybody wants them, and hand each over once; what was not made ahead is made then.

    A part is made of what is `given`.
    """

    def __init__(self) -> None:
        self._made: dict[object, QWidget] = {}

    def prepare(self, kind: Kind, *given: object) -> None:
        """Make a part, unless one of its kind still waits."""
        if kind not in self._made:
            self._made[kind] = kind(*given)

    def take(self, kind: Callable[..., Part], *given: object) -> Part:
        """Return a part that nobody else has."""
        return cast("Part", self._made.pop(kind, None) or kind(*given))


def parts_ahead(page: object, tools: object) -> Iterator[tuple[Kind, tuple[object, ...]]]:
    """Yield what the class of a page takes from `PartsAhead`, with what each is made of.

    These are what it names as `parts_ahead`, of nothing, and as `parts_of_tools`, of its tools.
    """
    for name, given in (("parts_ahead", ()), ("parts_of_tools", (tools,))):
        yield from ((part, given) for part in getattr(page, name, ()))
