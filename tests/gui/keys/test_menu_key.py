"""Shift+F10 opens the menu of what has the focus, in the window and in its dialogs."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.dialogs.dialog import Dialog
from gui.keys import menu_key
from gui.record.runner import InlineRunner
from gui.shell.actions import OTHER_KEYS
from tests.gui.conftest import Opens


class Asked(QLineEdit):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.reasons: list[QContextMenuEvent.Reason] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            self.reasons.append(event.reason())
            return True
        return super().event(event)


def press(qtbot: QtBot, window: QWidget, field: QWidget) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


def test_the_menu_is_asked_of_the_field_with_the_focus_alone(qtbot: QtBot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    first, second = Asked("first"), Asked("second")
    column = QVBoxLayout(dialog)
    column.addWidget(first)
    column.addWidget(second)

    press(qtbot, dialog, second)

    assert second.reasons == [QContextMenuEvent.Reason.Keyboard]
    assert first.reasons == []


def test_the_key_that_the_sheet_of_keys_names_is_the_windows_too(opens: Opens, qtbot: QtBot) -> None:
    main = opens(InlineRunner()).main
    field = Asked("field")
    main.statusBar().addWidget(field)

    press(qtbot, main, field)

    assert field.reasons == [QContextMenuEvent.Reason.Keyboard]
    assert menu_key.MENU_KEY in {key for key, _ in OTHER_KEYS}


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_qt_knows_the_key_it_is_not_pressed_twice(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(menu_key.sys, "platform", system)
    window = QWidget()
    qtbot.addWidget(window)

    menu_key.add_menu_key(window)

    assert window.findChildren(menu_key.MenuKey) == []
