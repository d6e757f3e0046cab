"""What is read by scrolling is said part by part as Up and Down go through it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.scrolled import ScrollPane, show_in
from gui.widgets.speech import announcing
from gui.widgets.speech.reading import MOST, parts_of
from tests.gui.walking import name_of

SENTENCE = "They asked the people whom it is for, and say what each of them answered. "
KEYS = Qt.Key


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A title, a sum of two lines, a long text, and a line that does not show."""
    page = QWidget()
    qtbot.addWidget(page)
    column, grid = QVBoxLayout(page), QGridLayout()
    column.addWidget(QLabel("Ropewalk Gym"))
    column.addLayout(grid)
    for row, cells in enumerate((("A1 Need", "5", "25.00"), ("A2 Proof", "4", "12.00"))):
        for at, words in enumerate(cells):
            grid.addWidget(QLabel(words), row, at)
    long = QLabel(SENTENCE * 6 + "\n\nThe end.", wordWrap=True)
    column.addWidget(long)
    hidden = QLabel("Not shown")
    column.addWidget(hidden)
    hidden.hide()
    return page


@pytest.fixture
def pane(qtbot: QtBot, page: QWidget, monkeypatch: pytest.MonkeyPatch) -> ScrollPane:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr("gui.widgets.scrolled.SETTLED_MS", 0)
    pane = ScrollPane("The award")
    qtbot.addWidget(pane)
    show_in(pane, page)
    pane.resize(300, 90)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.setFocus()
    return pane


def test_a_line_of_labels_is_one_part_and_a_long_text_is_cut_between_sentences(pane: ScrollPane) -> None:
    parts = [words for _, words in parts_of(pane.widget())]

    assert parts[:3] == ["Ropewalk Gym", "A1 Need, 5, 25.00", "A2 Proof, 4, 12.00"]
    assert all(len(words) <= MOST and words[-1] == "." for words in parts[3:])
    assert " ".join(parts[3:]) == f"{SENTENCE * 6}The end."


def test_down_up_home_and_end_are_heard_by_orca_and_the_pane_is_itself_again(
    pane: ScrollPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    heard = []

    for key in (KEYS.Key_Down, KEYS.Key_Down, KEYS.Key_Up, KEYS.Key_Up, KEYS.Key_End):
        qtbot.keyClick(pane, key)
        heard.append(name_of(pane))
    at_end = pane.verticalScrollBar().value()
    pane.clearFocus()
    qtbot.waitUntil(lambda: name_of(pane) == "The award")
    pane.setFocus()
    qtbot.keyClick(pane, KEYS.Key_Down)

    first, second = "Ropewalk Gym", "A1 Need, 5, 25.00"
    assert heard[:4] == [first, second, first, first]
    assert heard[4].endswith("The end.")
    assert at_end > 0
    assert name_of(pane) == "Ropewalk Gym"


def test_other_readers_are_told_and_without_one_the_pane_scrolls(
    pane: ScrollPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(announcing, "speak", lambda pane, words, *, is_urgent: said.append(words))
    qtbot.keyClick(pane, KEYS.Key_Down)

    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    qtbot.keyClick(pane, KEYS.Key_End)
    qtbot.keyClick(pane, KEYS.Key_Down)

    assert said == ["Ropewalk Gym"]
    assert name_of(pane) == "The award"
    assert pane.verticalScrollBar().value() > 0
