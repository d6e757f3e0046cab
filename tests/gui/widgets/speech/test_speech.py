"""What is said to a screen reader: announced, left in a list, stopped at and read part by part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.nesting import ScrollPane, show_in
from gui.widgets.speech import announcing
from gui.widgets.speech.announcing import LeftInList, Spoken, announce, left_words, speak
from gui.widgets.speech.reader_stops import MOST, parts_of
from tests.gui.announcing import Heard, hear
from tests.gui.walking import name_of, role_of

Events = list[QAccessibleEvent]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def field(window: QWidget) -> QLineEdit:
    field = QLineEdit(window)
    QVBoxLayout(window).addWidget(field)
    window.show()
    return field


def test_a_notice_comes_into_sight_for_orca_each_time_by_the_words_that_are_new(
    field: QLineEdit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")

    speak(field, "Instalment 1 is paid.", is_urgent=False)
    first = [one for one in field.window().findChildren(Spoken) if one.isVisible()]
    speak(field, "Instalment 2 is paid.", is_urgent=False)
    second = [one for one in field.window().findChildren(Spoken) if one.isVisible() and one not in first]

    assert [name_of(one) for one in (*first, *second)] == ["Instalment 1 is paid.", "Instalment 2 is paid."]
    assert {role_of(one) for one in (*first, *second)} == {QAccessible.Role.Notification}


@pytest.mark.parametrize("is_urgent", [False, True])
def test_elsewhere_it_is_the_systems_own_event(
    field: QLineEdit, monkeypatch: pytest.MonkeyPatch, is_urgent: bool
) -> None:
    sent: Events = []
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    monkeypatch.setattr(QAccessible, "updateAccessibility", sent.append)

    speak(field, "Type an amount.", is_urgent=is_urgent)

    event = sent[0]
    politeness = QAccessible.AnnouncementPoliteness
    assert isinstance(event, QAccessibleAnnouncementEvent)
    assert event.message() == "Type an amount."
    assert event.politeness() is (politeness.Assertive if is_urgent else politeness.Polite)
    assert not field.window().findChildren(Spoken)


def test_what_is_gone_before_the_window_has_settled_says_nothing(
    field: QLineEdit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(announcing, "SETTLED_MS", 1)
    monkeypatch.setattr(announcing, "speak", lambda source, words, *, is_urgent: said.append(words))
    gone = QWidget(field.window())

    announce(gone, "Gone")
    announce(field, "")
    gone.deleteLater()
    announce(field, "Stays")
    qtbot.waitUntil(lambda: bool(said))

    assert said == ["Stays"]


def test_what_a_change_did_is_said_to_orca_after_what_it_made_anew(
    field: QLineEdit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    monkeypatch.setattr(announcing, "SETTLED_MS", 1)
    monkeypatch.setattr(announcing, "MADE_ANEW_MS", 20)
    monkeypatch.setattr(announcing, "speak", lambda source, words, *, is_urgent: said.append(words))

    announce(field, "Instalment 1 is paid.", is_of_change=True)
    announce(field, "Ticked")
    qtbot.waitUntil(lambda: len(said) == 2)

    assert said == ["Ticked", "Instalment 1 is paid."]


LINES = ("boxing", "boxes", "", "tenants")
"""What the list holds; a row without words is a heading."""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(announcing, "FILTERED_MS", 1)
    return hear(monkeypatch, announcing)


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


def test_what_is_left_is_said_once_of_all_that_was_typed_or_chosen_and_not_of_what_was_left(
    filters: tuple[QLineEdit, QComboBox, QDateEdit], heard: Heard, qtbot: QtBot
) -> None:
    words, purpose, day = filters
    teller = _tell(filters)
    teller.setInterval(50)
    words.setFocus()
    qtbot.keyClicks(words, "box")
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.keyClicks(words, "zz")
    qtbot.waitUntil(lambda: len(heard) > 1)
    words.clear()
    qtbot.waitUntil(lambda: len(heard) > 2)
    purpose.setFocus()
    purpose.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(heard) > 3)
    day.setFocus()
    day.setDate(day.date().addDays(1))
    qtbot.waitUntil(lambda: len(heard) > 4)
    assert heard == ["2 of 3 shown", "None of 3 shown", *["All 3 shown"] * 3]

    words.setFocus()
    words.setText("box")
    with qtbot.waitSignal(teller.timeout):
        words.clearFocus()
    assert len(heard) == 5, "nothing is said of a filter that was left"


@given(of=st.integers(0, 10_000), left=st.integers(0, 10_000))
def test_the_words_name_every_number_that_is_not_none(of: int, left: int) -> None:
    left = min(left, of)
    words = left_words(left, of)

    assert f"{of:,} shown" in words
    assert ("None" in words) is (left == 0)
    assert ("All" in words) is (left == of > 0)


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
    monkeypatch.setattr("gui.widgets.nesting.SETTLED_MS", 0)
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
