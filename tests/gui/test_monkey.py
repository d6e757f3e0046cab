"""Random keys and clicks over every page: no exception and no Qt warning."""

from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from gui.app import Window

KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
    Qt.Key.Key_F6,
    Qt.Key.Key_F1,
    Qt.Key.Key_3,
    Qt.Key.Key_J,
    Qt.Key.Key_Delete,
)
LEFT_ALONE = ("open", "close", "quit", "copy_record")
"""What would ask for a file or end the window."""


def press(target: QWidget, random: Random) -> None:
    QTest.keyClick(target, random.choice(KEYS))


def click(window: Window, random: Random) -> None:
    top = window.desk.dialog or window.main
    buttons = [
        b for b in top.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled() and not _asks(b)
    ]
    if buttons:
        button = random.choice(buttons)
        QTest.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2)
        )


def go(window: Window, random: Random) -> None:
    if window.desk.dialog is not None:
        window.desk.dialog.reject()
    window.main.tools.go(random.choice(sorted(window.main.tools.pages)))


def _asks(button: QAbstractButton) -> bool:
    menu = getattr(button, "menu", None)
    return "…" in button.text() or (callable(menu) and menu() is not None)


def play(window: Window, seed: int, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Play at random, with nothing that leaves the window."""
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    for name in LEFT_ALONE:
        window.main.actions_by_name[name].setEnabled(False)
    random = Random(seed)
    for _ in range(steps):
        chance = random.random()
        if chance < 0.1:
            go(window, random)
        elif chance < 0.4:
            click(window, random)
        else:
            press(QApplication.focusWidget() or window.main, random)
        QApplication.processEvents()


def test_three_hundred_random_steps_do_no_harm(opened: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    play(opened, 7, 300, monkeypatch)

    assert opened.workspace.facts is not None


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_five_thousand_random_steps_do_no_harm(
    opened: Window, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    play(opened, seed, 5000, monkeypatch)

    assert opened.workspace.facts is not None
