"""The words of a line that is ticked are whole, whatever the width of the list."""

from PySide6.QtWidgets import QApplication, QStyle
from pytestqt.qtbot import QtBot

from gui.widgets.tick_list import TickList
from tests.gui.looks import look_of

WORDS = "Does it contribute to preventing crime or to community safety? (8 to check)"


def test_a_line_that_does_not_fit_goes_over_two(qtbot: QtBot, qapp: QApplication) -> None:
    box = TickList(look_of(qapp), "Gates")
    qtbot.addWidget(box)
    box.put("short", "Yes")
    box.put("long", WORDS)
    box.show()
    tick = box.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
    air = box.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    needed = box.fontMetrics().horizontalAdvance(WORDS) + tick + 4 * air + 2 * box.spacing()

    for width in range(needed - 20, needed + 80, 4):
        box.resize(width, 200)
        box.doItemsLayout()
        one, long = (box.visualItemRect(box.item(row)).height() for row in range(2))
        assert long > one or box.viewport().width() >= needed, width
    assert long == one
