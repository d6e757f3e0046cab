"""A button that has the focus is pressed by Enter as by Space, in a dialog too."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.theme.look import Choice, Look
from gui.widgets.buttons import Button

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pressed(qapp: QApplication) -> Iterator[tuple[Button, Button, list[str]]]:
    """Cancel, and a deed that is the dialog's default; what was pressed is noted."""
    look, dialog, noted = Look(qapp, Choice.LIGHT), QDialog(), list[str]()
    cancel, deed = Button(look, "Cancel"), Button(look, "Erase", kind="primary")
    deed.setDefault(True)
    column = QVBoxLayout(dialog)
    for button in (cancel, deed):
        column.addWidget(button)
        button.clicked.connect(partial(_note, noted, button.text()))
    dialog.show()
    yield cancel, deed, noted
    dialog.close()


def _note(noted: list[str], words: str, checked: bool = False) -> None:
    noted.append(words)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_button_with_the_focus_is_pressed_not_the_default(
    pressed: tuple[Button, Button, list[str]], qtbot: QtBot, key: Qt.Key
) -> None:
    cancel, _, noted = pressed
    cancel.setFocus()

    qtbot.keyClick(cancel, key)

    assert noted == ["Cancel"]


def test_enter_of_the_numeric_pad_presses_too_and_ctrl_enter_does_not(
    pressed: tuple[Button, Button, list[str]], qtbot: QtBot
) -> None:
    cancel, _, noted = pressed
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return, CTRL)
    assert "Cancel" not in noted

    qtbot.keyClick(cancel, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)

    assert noted[-1] == "Cancel"
