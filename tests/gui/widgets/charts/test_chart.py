"""A painted chart is a picture with a name, a sentence and marks to go along by key."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QPainter
from pytestqt.qtbot import QtBot

from gui.widgets.charts.bars import Chart
from tests.gui.walking import name_of, role_of


class Bars(Chart):
    """Three bars."""

    def slot(self, number: int) -> QRectF:
        return QRectF(number * 20, 0, 20, self.height())

    def paint_marks(self, painter: QPainter) -> None:
        for number in range(3):
            painter.drawRect(self.slot(number))


@pytest.fixture
def bars(dressed: None, qtbot: QtBot) -> Bars:
    chart = Bars("Bars", "bars")
    qtbot.addWidget(chart)
    chart.show_marks(("bar 1", "bar 2", "bar 3"), "Three bars.")
    chart.resize(90, 40)
    chart.show()
    return chart


def test_a_chart_says_itself_and_its_marks_by_key_and_t_asks_for_the_table(bars: Bars, qtbot: QtBot) -> None:
    assert role_of(bars) is QAccessible.Role.Graphic
    assert bars.accessibleName() == "Bars, chart. bar 1, 1 of 3"
    assert bars.accessibleDescription().startswith("Three bars. ")

    seen = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        qtbot.keyClick(bars, key)
        seen.append(bars.at)

    qtbot.keyClick(bars, Qt.Key.Key_Right)

    assert seen == [0, 1, 2, 2, 0]
    assert name_of(bars) == "Bars, chart. bar 2, 2 of 3"

    with qtbot.waitSignal(bars.table_asked):
        qtbot.keyClick(bars, Qt.Key.Key_T)
