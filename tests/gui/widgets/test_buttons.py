"""A button that shows its ring is pressed by Enter as by Space; in a dialog Enter else does the action."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.dialogs.dialog import Dialog
from gui.theme.look import Choice
from gui.widgets.buttons import Button
from gui.widgets.ring import FocusRing
from tests.gui.looks import look_of

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pressed(qapp: QApplication) -> Iterator[tuple[Button, Button, list[str]]]:
    """Cancel, and the action of a dialog; what was pressed is noted."""
    look, dialog, noted = look_of(qapp, Choice.LIGHT), Dialog(), list[str]()
    ring = FocusRing(qapp, dialog)
    cancel, action = Button(look, "Cancel"), Button(look, "Erase", kind="primary")
    column = QVBoxLayout(dialog)
    for button in (cancel, action):
        column.addWidget(button)
        button.clicked.connect(partial(_note, noted, button.text()))
    dialog.show()
    dialog.activateWindow()
    assert ring.parent() is dialog
    yield cancel, action, noted
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


def test_a_button_that_was_clicked_is_not_pressed_again_unseen(
    pressed: tuple[Button, Button, list[str]], qtbot: QtBot
) -> None:
    cancel, action, noted = pressed
    action.setFocus()
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert cancel.hasFocus()

    qtbot.keyClick(cancel, Qt.Key.Key_Return)

    assert noted == ["Cancel", "Erase"]


def test_the_focus_stays_on_nothing_that_would_take_back_what_was_just_done(
    qtbot: QtBot, qapp: QApplication
) -> None:
    window, ring, look = QWidget(), FocusRing(qapp, qapp), look_of(qapp)
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, second, hold, other = (Button(look, words) for words in ("Remove", "Remove", "Hold…", "Export"))
    for button in (first, second, hold, other):
        column.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    hold.setFocus()
    hold.show_words("Remove the hold")
    assert other.hasFocus(), "the button that was pressed changed its meaning"

    first.setFocus()
    assert first.hasFocus(), "whoever goes there is there"
    first.hide()
    assert other.hasFocus(), "Qt goes on to the next, which would remove another"
    ring.deleteLater()


def test_an_ampersand_in_a_name_is_shown_and_takes_no_key(qtbot: QtBot, qapp: QApplication) -> None:
    look = look_of(qapp)
    button = Button(look, "Continue as R&D <12 Coding Club")
    lettered = Button(look, "")
    lettered.show_words("A&bstain", name="Abstain", has_letter=True)
    for one in (button, lettered):
        qtbot.addWidget(one)

    assert button.text() == "Continue as R&D <12 Coding Club"
    assert QPushButton.text(button) == "Continue as R&&D <12 Coding Club"
    assert button.shortcut().isEmpty()
    assert lettered.shortcut().toString() == "Alt+B"
