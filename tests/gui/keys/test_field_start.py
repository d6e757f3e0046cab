"""A field entered by Tab shows the beginning of its words, all of them selected."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.keys.boxes import FieldStart


def test_tab_selects_all_of_a_field_from_its_end_to_its_beginning(qapp: QApplication, qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    start = FieldStart(qapp, box)
    column = QVBoxLayout(box)
    first, second = QLineEdit(), QLineEdit("Fewer calls, counted each quarter with the team")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    QTest.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: second.hasFocus() and second.cursorPosition() == 0)
    assert second.selectedText() == second.text()

    QTest.keyClicks(second, "More")
    assert second.text() == "More"
    assert start.parent() is box
