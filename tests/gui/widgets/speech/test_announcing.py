"""What is announced is said once the window has settled, by the way that the system's reader knows."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.speech import announcing
from gui.widgets.speech.announcing import Spoken, announce, speak
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
