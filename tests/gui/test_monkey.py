"""Random keys and clicks over every page: no exception and no Qt warning."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from gui.app import Window
from models.store.sqlite import lock
from tests.safety.table import Reached, Times

ROOT = Path(__file__).parent.parent.parent

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
SHUTS = ("Lock the record", "Close the record")
"""The buttons after which no record is open."""


def press(target: QWidget, random: Random) -> None:
    QTest.keyClick(target, random.choice(KEYS))


def click(window: Window, random: Random) -> None:
    top = window.controller.dialog or window.main
    buttons = [
        b for b in top.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled() and not _asks(b)
    ]
    if buttons:
        button = random.choice(buttons)
        QTest.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2)
        )


def go(window: Window, random: Random) -> None:
    if window.controller.dialog is not None:
        window.controller.dialog.reject()
    window.main.tools.go(random.choice(sorted(window.main.tools.pages)))


def _asks(button: QAbstractButton) -> bool:
    menu = getattr(button, "menu", None)
    return "…" in button.text() or button.text() in SHUTS or (callable(menu) and menu() is not None)


def play(window: Window, seed: int, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Play at random, with nothing that leaves the window."""
    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
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


OPEN = """
import sys
from pathlib import Path
from models.record import Opener, Record
Record.open(Path(sys.argv[1]), Opener("Grace Okoro", "tests"))
"""


@pytest.mark.safety(17)
@pytest.mark.painted
def test_random_steps_do_no_harm_and_keep_everybody_else_out(
    opened: Window, record_path: Path, monkeypatch: pytest.MonkeyPatch, times: Times, reached: Reached
) -> None:
    """On Linux one stray opening and closing of the file anywhere in this process drops its lock."""
    steps = times(150, 1_000)
    play(opened, 7, steps, monkeypatch)

    assert opened.workspace.facts is not None
    lock.lock_path(record_path).unlink()  # so that only the engine's own lock stands in the way
    second = subprocess.run(
        [sys.executable, "-c", OPEN, str(record_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "RecordLocked" in second.stderr
    opened.workspace.close()
    again = subprocess.run([sys.executable, "-c", OPEN, str(record_path)], cwd=ROOT, check=False)
    assert again.returncode == 0, "the second process would have been refused whatever the window did"
    reached(
        f"{steps:,} random keys and clicks in the window: a second process is refused, and not afterwards"
    )


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_five_thousand_random_steps_do_no_harm(
    opened: Window, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    play(opened, seed, 5000, monkeypatch)

    assert opened.workspace.facts is not None
