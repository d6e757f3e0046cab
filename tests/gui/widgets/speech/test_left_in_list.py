"""How many lines a filter leaves is said once nothing more is typed, to whoever is at the filter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.speech import left_in_list
from gui.widgets.speech.left_in_list import LeftInList, left_words
from tests.gui.announcing import Heard, hear

LINES = ("boxing", "boxes", "", "tenants")
"""What the list holds; a row without words is a heading."""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(left_in_list, "SETTLED_MS", 1)
    return hear(monkeypatch, left_in_list)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def filters(window: QWidget, qtbot: QtBot) -> tuple[QLineEdit, QComboBox, QDateEdit]:
    words, purpose, day = QLineEdit(), QComboBox(), QDateEdit()
    purpose.addItems(["Everyone", "Ada"])
    column = QVBoxLayout(window)
    for one in (words, purpose, day):
        column.addWidget(one)
    window.show()
    qtbot.waitUntil(lambda: words.isVisible())
    return words, purpose, day


def _tell(filters: tuple[QLineEdit, QComboBox, QDateEdit]) -> LeftInList:
    words = filters[0]

    class Table:
        @property
        def rows(self) -> list[str]:
            return [line for line in LINES if words.text() in line]

    return LeftInList(filters, Table(), lambda: 3)


def test_what_is_left_is_said_once_of_all_that_was_typed(
    filters: tuple[QLineEdit, QComboBox, QDateEdit], heard: Heard, qtbot: QtBot
) -> None:
    _tell(filters).setInterval(50)
    filters[0].setFocus()
    qtbot.keyClicks(filters[0], "box")
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.keyClicks(filters[0], "zz")
    qtbot.waitUntil(lambda: len(heard) > 1)
    filters[0].clear()
    qtbot.waitUntil(lambda: len(heard) > 2)

    assert heard == ["2 of 3 shown", "None of 3 shown", "All 3 shown"]


@pytest.mark.parametrize("at", [1, 2])
def test_a_choice_and_a_day_say_it_too(
    filters: tuple[QLineEdit, QComboBox, QDateEdit], heard: Heard, qtbot: QtBot, at: int
) -> None:
    _tell(filters)
    filters[at].setFocus()
    filters[1].setCurrentIndex(1) if at == 1 else filters[2].setDate(filters[2].date().addDays(1))

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["All 3 shown"]


def test_nothing_is_said_of_a_filter_that_was_left_or_set_by_the_program(
    filters: tuple[QLineEdit, QComboBox, QDateEdit], heard: Heard, qtbot: QtBot
) -> None:
    teller = _tell(filters)
    filters[0].setText("box")
    with qtbot.waitSignal(teller.timeout):
        filters[0].clearFocus()

    assert heard == []


@given(of=st.integers(0, 10_000), left=st.integers(0, 10_000))
def test_the_words_name_every_number_that_is_not_none(of: int, left: int) -> None:
    left = min(left, of)
    words = left_words(left, of)

    assert f"{of:,} shown" in words
    assert ("None" in words) is (left == 0)
    assert ("All" in words) is (left == of > 0)
