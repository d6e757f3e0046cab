"""What an answer changed is painted in a turn of its own, once, before other turns; nothing else waits."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.performance.paint_turn import PaintTurn
from gui.performance.turns import Turns


class Source(QObject):
    landed = Signal(object)


class Painted(QWidget):
    """A window that counts how often it is painted."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        self.times += 1


def test_only_the_painting_after_what_takes_long_waits_for_a_turn_of_its_own(qtbot: QtBot) -> None:
    source, window = Source(), Painted()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.times > 0)
    turns, others = Turns(window), list[int]()
    painted = list[int]()
    PaintTurn(window, turns, source.landed).painted.connect(lambda: painted.append(window.times))
    window.update()
    qtbot.waitUntil(lambda: window.times > 1)  # the first of all is held as well
    window.times = 0

    source.landed.emit(None)
    turns.put(lambda: others.append(window.times))
    window.update()
    QCoreApplication.sendPostedEvents()
    assert window.times == 0
    source.landed.emit(None)  # another answer while it waits is painted with it, and holds it up no longer
    window.update()
    qtbot.waitUntil(lambda: others == [1])
    window.update()
    QCoreApplication.sendPostedEvents()

    assert (window.times, painted[-1]) == (2, 1)
