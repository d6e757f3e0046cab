"""Sentences of a page are stops of the Tab key while a screen reader listens, and only then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.theme.look import Tone
from gui.widgets.label import ChipLabel, Label
from gui.widgets.nesting import ScrollPane, show_in
from gui.widgets.speech.reader_stops import HOW_READ, TAB, ReaderStops, give_stops

SUMS = "13 to fund £39,930 · 1 reserve · 5 decline"
LONG = " ".join(f"Area {number} has £{number},000 of its pot left." for number in range(1, 30))


class Page(QWidget):
    """A page of a button, sentences, a chip, a heading, a field's label and a pane that is read."""

    def __init__(self) -> None:
        super().__init__()
        self.press = QPushButton("Sign")
        self.sums, self.long = Label(SUMS), Label(LONG).wrapped()
        self.heading, self.hint = (
            Label("What the panel recommends"),
            Label("1 a   ·   2 b   ·   3 c"),
        )
        self.chip = ChipLabel()
        self.chip.show_state(Tone.WARNING, "5 left")
        self.pane, self.inner = (
            ScrollPane("Read"),
            Label("What is read by scrolling says its own parts"),
        )
        show_in(self.pane, self.inner)
        column = QVBoxLayout(self)
        for part in (self.press, self.sums, self.long, self.heading, self.hint, self.chip, self.pane):
            column.addWidget(part)

    def stops(self) -> list[QWidget]:
        """Return the labels that Tab comes to."""
        every = (self.sums, self.long, self.heading, self.hint, self.chip, self.inner)
        return [one for one in every if one.focusPolicy() & TAB]


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    return made


def test_sentences_and_chips_are_stops_while_they_are_on_show_and_no_control_says_them(page: Page) -> None:
    give_stops(page)
    assert page.stops() == [page.sums, page.long, page.chip]

    page.press.setAccessibleDescription(f"It signs: {SUMS}")
    page.chip.hide()
    give_stops(page)

    assert page.stops() == [page.long]


def test_long_words_are_read_in_parts_by_up_and_down(
    page: Page, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("gui.widgets.speech.reader_stops.read_out", lambda label, words: said.append(words))
    give_stops(page)
    page.activateWindow()
    page.long.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(page.long.hasFocus)

    first = page.long.accessibleName()
    assert LONG.startswith(first)
    assert len(first) < len(LONG) / 2
    assert page.long.accessibleDescription() == HOW_READ
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_A):
        qtbot.keyClick(page.long, key)
    assert said[1] == first
    assert len(said) == 3, "at either end nothing is said again"
    assert LONG.endswith(said[2])

    page.sums.setFocus(Qt.FocusReason.TabFocusReason)
    assert (page.sums.accessibleName(), page.sums.accessibleDescription()) == (SUMS, "")
    assert page.long.accessibleName() == "", "it is called by its words again"


@pytest.mark.parametrize("is_heard", [True, False])
def test_a_page_has_stops_only_while_somebody_listens(
    window: Window, page: Page, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, is_heard: bool
) -> None:
    assert isinstance(window.reader_stops, ReaderStops)
    monkeypatch.setattr(QAccessible, "isActive", lambda: is_heard)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    ReaderStops(app, page)
    page.activateWindow()
    page.pane.setFocus()
    page.press.setFocus()
    qtbot.waitUntil(page.press.hasFocus)

    assert bool(page.stops()) == is_heard
