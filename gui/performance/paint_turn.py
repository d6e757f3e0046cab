"""Paint what an answer or another page changed in a turn of its own: keys and clicks come in between."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from gui.performance.turns import Turns


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
