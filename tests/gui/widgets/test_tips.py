"""A tooltip that begins with a button's name is read without it: the reader has said the name."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.tips import set_tip


@pytest.mark.parametrize(
    ("tip", "beyond"),
    [
        ("Search or command (Ctrl+K)", "Ctrl+K"),
        ("Search or command. Finds pages", "Finds pages"),
        ("Finds pages", ""),  # Qt takes the tooltip itself
        ("Search or command among pages", ""),
        ("", ""),
    ],
)
def test_a_name_is_not_said_twice(qtbot: QtBot, tip: str, beyond: str) -> None:
    button = QPushButton("Search or command…")
    qtbot.addWidget(button)
    set_tip(button, "Search or command (F3)")

    set_tip(button, tip)

    assert button.toolTip() == tip
    assert button.accessibleDescription() == beyond


def test_what_is_described_otherwise_stays_so(qtbot: QtBot) -> None:
    button = QPushButton("Search")
    qtbot.addWidget(button)
    button.setAccessibleDescription("Not open yet")

    set_tip(button, "Search (Ctrl+K)")

    assert button.accessibleDescription() == "Not open yet"
