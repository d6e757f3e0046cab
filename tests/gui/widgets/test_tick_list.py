"""The words of a line that is ticked are whole, whatever the width of the list."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets import tick_list
from gui.widgets.tick_list import TickList
from tests.gui.announcing import hear
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


def test_a_line_is_as_high_as_its_words_beside_the_tick_and_the_scroll_bar(
    qtbot: QtBot, qapp: QApplication
) -> None:
    box = TickList(look_of(qapp), "Gates")
    qtbot.addWidget(box)
    for number in range(9):
        box.put(str(number), f"{WORDS} {WORDS} {WORDS}")
    box.show()
    tick = box.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
    air = box.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1

    for width in range(300, 500, 20):
        box.resize(width, 200)
        box.doItemsLayout()
        room = QRect(0, 0, box.visualItemRect(box.item(0)).width() - tick - 4 * air, 9999)
        words = box.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, box.item(0).text())
        assert box.visualItemRect(box.item(0)).height() >= words.height(), width


@pytest.mark.parametrize("is_ticked", [False, True])
@pytest.mark.parametrize("is_orca", [False, True])
def test_the_line_at_hand_is_said_once_with_its_tick_as_the_focus_comes(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, is_ticked: bool, is_orca: bool
) -> None:
    monkeypatch.setattr(tick_list, "COME_MS", 20)
    monkeypatch.setattr(tick_list, "is_for_orca", lambda: is_orca)
    heard = hear(monkeypatch, tick_list)
    holder, before, box = QWidget(), QPushButton(), TickList(look_of(qapp), "Gates")
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for part in (before, box):
        column.addWidget(part)
    box.put("a", WORDS, is_ticked=is_ticked)
    holder.show()

    for part in (box, before, box):
        part.setFocus()
    qtbot.wait(100)

    assert heard == [f"{WORDS}, {'ticked' if is_ticked else 'not ticked'}"] * is_orca


def test_nothing_is_said_of_a_list_that_is_empty_or_left(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tick_list, "COME_MS", 20)
    monkeypatch.setattr(tick_list, "is_for_orca", lambda: True)
    heard = hear(monkeypatch, tick_list)
    holder, other, box = QWidget(), QPushButton(), TickList(look_of(qapp), "Gates")
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for part in (other, box):
        column.addWidget(part)
    holder.show()
    box.setFocus()
    qtbot.wait(60)
    box.put("a", WORDS)
    for part in (other, box, other):
        part.setFocus()
    qtbot.wait(60)

    assert heard == []
