"""The buttons of a notice, and what is said of it."""

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.theme.tokens import Tone
from gui.widgets.frame import notice_bar
from gui.widgets.frame.notice_bar import Notice, NoticeBar, Remedy
from gui.widgets.speech import announcing
from tests.gui.announcing import hear
from tests.gui.looks import look_of

DONE: list[str] = []
ONWARD = Remedy("Next step", lambda: DONE.append("onward"))
BACK = Remedy("Step back", lambda: DONE.append("back"))


@pytest.fixture
def bar(qapp: QApplication, qtbot: QtBot) -> NoticeBar:
    DONE.clear()
    bar = NoticeBar(look_of(qapp))
    qtbot.addWidget(bar)
    return bar


def test_the_last_remedy_keeps_its_button_where_another_comes_before_it(bar: NoticeBar) -> None:
    bar.show_notice(Notice("tour", Tone.INFORMATION, "Step 1", (ONWARD,)))
    onward = bar.remedies[-1]
    bar.show_notice(Notice("tour", Tone.INFORMATION, "Step 2", (BACK, ONWARD)))

    assert bar.remedies[-1] is onward
    assert [button.text() for button in bar.remedies] == ["Step back", "Next step"]
    for button in bar.remedies:
        button.click()
    assert DONE == ["back", "onward"]
    bar.show_notice(Notice("tour", Tone.INFORMATION, "Step 1", (ONWARD,)))
    assert bar.remedies == (onward,)
    onward.click()
    assert DONE == ["back", "onward", "onward"]


def test_what_says_itself_aloud_is_said_once_by_its_last_button_and_with_the_notice(
    bar: NoticeBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, notice_bar, announcing)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    monkeypatch.setattr(announcing, "SETTLED_MS", 1)
    bar.show_notice(Notice("tour", Tone.INFORMATION, "Step 1", (ONWARD,), is_said=False))
    button = bar.remedies[-1]

    bar.say("tour", "Step 1, and where")
    bar.say("another", "Never on show")
    qtbot.waitUntil(lambda: button.accessibleDescription() == "Step 1, and where")
    assert heard == []
    bar.show_notice(Notice("copy", Tone.INFORMATION, "A copy is saved.", (BACK,)))
    assert (heard, button.accessibleDescription()) == (["A copy is saved."], "")

    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    bar.say("copy", "Saved, and where")
    assert heard == ["A copy is saved.", "Saved, and where"]
