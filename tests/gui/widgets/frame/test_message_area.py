"""The place of messages takes the room that they need, and rests."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, NoticeBar
from gui.widgets.message_area import MessageArea
from tests.gui.looks import look_of

LONG = "A message of many words that stands on more than one line, as a good many of them do. " * 3


class Counting(MessageArea):
    """Counts how often it looks what room it needs."""

    looks = 0

    @Slot()
    def update_height(self) -> None:
        self.looks += 1
        super().update_height()


def test_a_message_on_show_is_not_measured_again_and_again(qapp: QApplication, qtbot: QtBot) -> None:
    window, bar = QWidget(), NoticeBar(look_of(qapp))
    qtbot.addWidget(window)
    area = Counting(bar)
    QVBoxLayout(window).addWidget(area)
    window.resize(500, 300)
    window.show()

    bar.show_notice(Notice("a subject", Tone.INFORMATION, LONG))
    for _ in range(60):
        qapp.processEvents()
    at_rest = area.looks
    for _ in range(60):
        qapp.processEvents()

    assert (area.looks, area.height() > 40) == (at_rest, True)
