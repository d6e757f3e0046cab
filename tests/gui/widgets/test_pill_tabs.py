"""The row of pills over the parts of a page."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.widgets.pill_tabs import PillTabs


def test_the_focus_of_the_row_is_that_of_the_part_on_show(window: Window, qtbot: QtBot) -> None:
    tabs = PillTabs(window.look, ("Items", "This item"))
    qtbot.addWidget(tabs)
    tabs.show()
    tabs.activateWindow()
    tabs.choose(1)

    tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(tabs.last.hasFocus)
    qtbot.keyClick(tabs.last, Qt.Key.Key_Left)

    assert tabs.current == 0
