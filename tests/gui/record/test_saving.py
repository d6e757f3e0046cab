"""What the strip at the foot answers, and how long a notice stays."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.record.saving import KEPT, NOT_SAVED, SAVING
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar
from models.operations.set_up.areas import MoveArea
from models.record import Record
from models.trouble import Trouble

FULL = "The disk is full. Make room, then do it again."
COVENTRY = MoveArea(1, "Coventry", "scoring")


def told(window: Window) -> str:
    notice = window.main.notices.current
    return notice.words if notice is not None else ""


def buttons(window: Window) -> list[str]:
    return [button.text() for button in window.main.notices.remedies]


@pytest.fixture
def full_disk(opened: Window, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let a change fail; what is returned makes room again."""
    stands = Record.perform

    def fail(*_: object, **named: object) -> None:
        raise Trouble(FULL)

    monkeypatch.setattr(Record, "perform", fail)
    opened.workspace.perform(COVENTRY)
    return lambda: monkeypatch.setattr(Record, "perform", stands)


def test_ctrl_s_says_that_all_is_saved_and_offers_a_copy(opened: Window, qtbot: QtBot) -> None:
    opened.workspace.perform(COVENTRY)
    saved = opened.main.status.saved.text()
    qtbot.keyClick(opened.main, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert saved.startswith("Saved ")
    assert told(opened) == f"Everything is saved as you work. {saved}."
    assert buttons(opened) == ["Save a copy…"]


def test_a_change_that_is_not_saved_says_so_until_one_is(
    opened: Window, full_disk: Callable[[], None]
) -> None:
    strip, notices = opened.main.status, opened.main.notices
    words = f"Not saved yet: {COVENTRY.label}. {KEPT} {FULL}"
    assert (strip.saved.text(), told(opened)) == (NOT_SAVED, words)
    assert len(notices._notices) == 1, "it is told once"

    opened.main.tools.go("history")
    assert told(opened) == words, "danger stays until it is solved"
    notices.show_notice(Notice("other", Tone.DANGER, "Something else"))
    strip.saved.click()
    assert told(opened) == words
    notices.settle("other")

    full_disk()
    opened.workspace.perform(COVENTRY)
    assert strip.saved.text().startswith("Saved ")
    assert told(opened) == ""


def test_a_rule_s_no_leaves_what_is_saved_as_it_was(opened: Window) -> None:
    before = opened.main.status.saved.text()
    opened.workspace.perform(MoveArea(1, "Coventry", "deciding"))

    assert opened.main.status.saved.text() == before
    notice = opened.main.notices.current
    assert notice is not None
    assert notice.subject == "refused"


def test_a_save_that_takes_long_is_said(opened: Window, qtbot: QtBot) -> None:
    opened.workspace.saving.emit()
    at_once = opened.main.status.saved.text()
    qtbot.waitUntil(lambda: opened.main.status.saved.text() == SAVING)

    assert at_once != SAVING
    opened.workspace.perform(COVENTRY)
    opened.workspace.closed.emit()


def test_each_part_of_the_strip_is_a_button_with_its_answer(opened: Window) -> None:
    strip = opened.main.status
    strip.work.click()
    assert "checked copy" in told(opened)
    assert buttons(opened) == ["Save a copy…"]

    strip.encryption.click()
    assert [one.subject for one in opened.main.notices._notices] == ["encryption", "background"]

    assert strip.marking.text() == "OFFICIAL"
    strip.marking.click()
    assert opened.main.pages.key == "settings"


def test_danger_cannot_be_closed_and_all_else_can(window: Window) -> None:
    notices: NoticeBar = window.main.notices
    shown = []
    for tone in (Tone.FUND, Tone.INFORMATION, Tone.WARNING, Tone.DANGER):
        notices.show_notice(Notice(tone, tone, "Words"))
        shown.append(notices._close.isVisible())

    assert shown == [True, True, True, False]


def test_what_tells_of_one_attempt_goes_as_the_person_goes_on(opened: Window) -> None:
    notices = opened.main.notices
    notices.show_notice(Notice("over", Tone.DANGER, "Over the pot"))
    notices.show_notice(Notice("trouble", Tone.DANGER, "Excel has it open", stays=True))
    notices.show_notice(Notice("refused", Tone.WARNING, "Jo is on the panel already", passes=True))
    notices.show_notice(Notice("diverged", Tone.WARNING, "Two copies have diverged", lasts=Lasts.RECORD))
    opened.main.tools.go("history")
    assert [one.subject for one in notices._notices] == ["diverged", "trouble"]

    notices.settle("diverged")
    opened.workspace.work(lambda ticket: None, lambda answer: None, label="Writing it again")
    assert notices.current is None
