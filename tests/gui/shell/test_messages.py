"""Messages push nothing under the pointer, come newest first, and go with what they are of."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs import files
from gui.dialogs.files import tell_written
from gui.pages.page import Identity
from gui.theme.look import Tone
from gui.widgets.message_area import Lasts, Notice, Remedy
from models.operations.set_up.areas import MoveAreas
from tests.gui.builders import WOLVERHAMPTON

WORDS = "Nothing was imported: the workbook has no column that looks like an amount."


def in_window(part: QWidget) -> QRect:
    """Where a part of the window stands in it."""
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def at_foot(window: Window) -> QPushButton:
    """A button at the foot of the page, and the pointer on it."""
    window.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"))
    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    window.controller.rounds.choose_area(WOLVERHAMPTON)
    window.main.tools.go("scoring")
    QApplication.processEvents()
    button: QPushButton = window.main.pages.page("scoring").form.footer.next  # type: ignore[attr-defined]
    QCursor.setPos(button.mapToGlobal(button.rect().center()))
    return button


def test_a_message_waits_until_it_moves_nothing_under_the_pointer_and_is_said_at_the_foot_meanwhile(
    opened: Window, qtbot: QtBot
) -> None:
    main, button = opened.main, at_foot(opened)
    stood = in_window(button)

    main.notices.show_notice(Notice("refused", Tone.WARNING, WORDS))
    qtbot.waitUntil(lambda: main.toast.words == WORDS)  # said at the foot meanwhile
    main.notices.show_notice(Notice("another", Tone.WARNING, "Nothing was read."))
    assert main.toast.words == "Nothing was read.", "not the one before"
    main.notices.settle("another")
    assert (in_window(button), main.messages.height()) == (stood, 0)

    QCursor.setPos(main.header.mapToGlobal(QPoint(5, 5)))
    qtbot.waitUntil(lambda: main.messages.height() > 0)
    assert main.toast.words == ""
    assert main.notices.height() == main.messages.height()
    assert not in_window(main.notices).intersects(in_window(main.pages.parentWidget()))

    QCursor.setPos(button.mapToGlobal(button.rect().center()))
    stood = in_window(button)
    main.notices.settle("refused")
    QApplication.processEvents()
    assert in_window(button) == stood, "nor does the page grow under the pointer"
    QCursor.setPos(main.header.mapToGlobal(QPoint(5, 5)))
    qtbot.waitUntil(lambda: main.messages.height() == 0)
    # what failed is said at the foot where its progress had no room either
    QCursor.setPos(button.mapToGlobal(button.rect().center()))
    with qtbot.waitSignal(main.messages.waits):
        main.progress.show()
    main.progress.hide()
    main.notices.show_notice(Notice("trouble", Tone.DANGER, WORDS, stays=True))
    qtbot.waitUntil(lambda: main.toast.words == WORDS)
    QCursor.setPos(main.header.mapToGlobal(QPoint(5, 5)))


def test_a_longer_message_is_not_cut_under_the_pointer_and_its_room_closes_once_it_is_closed(
    opened: Window, qtbot: QtBot
) -> None:
    main, onward = opened.main, (Remedy("Next step", lambda: None),)
    main.resize(1024, 688)
    main.notices.show_notice(Notice("tour", Tone.INFORMATION, WORDS, onward))
    qtbot.waitUntil(lambda: main.messages.height() > 0)
    button, low = main.notices.remedies[-1], main.messages.height()
    QCursor.setPos(button.mapToGlobal(button.rect().center()))
    stood = in_window(button)

    main.notices.show_notice(Notice("tour", Tone.INFORMATION, f"{WORDS} " * 5, onward))
    qtbot.waitUntil(lambda: main.messages.height() > low)
    assert (in_window(button), main.toast.words) == (stood, "")
    main.notices.show_notice(Notice("tour", Tone.INFORMATION, WORDS, onward))
    qtbot.waitUntil(lambda: main.messages.height() == low)
    assert in_window(button) == stood
    # the pointer rests where it was closed
    close = next(one for one in main.notices.findChildren(QPushButton) if "Close" in one.accessibleName())
    QCursor.setPos(close.mapToGlobal(close.rect().center()))
    high = main.messages.height()

    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    at_once = main.messages.height()
    qtbot.waitUntil(lambda: main.messages.height() == 0)

    assert at_once == high, "a second click meets nothing of the page"
    QCursor.setPos(main.header.mapToGlobal(QPoint(5, 5)))


def test_undo_goes_once_something_else_is_saved_and_each_message_with_what_it_is_of(opened: Window) -> None:
    main, notices = opened.main, opened.main.notices
    main.toast.show_words("Recommended on W-014.", can_undo=True)
    opened.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"))
    assert main.toast.words == ""

    main.tools.hint("W-014 has marks to give.")
    opened.workspace.perform(MoveAreas(1, ("Dudley",), "scoring"))
    assert main.toast.words == "W-014 has marks to give."
    main.tools.go("history")
    assert main.toast.words == ""
    # the newest comes first
    main.tools.go("overview")
    told = (
        Notice("page", Tone.DANGER, "Sandwell is over its pot."),
        Notice("person", Tone.WARNING, "What was typed waits.", lasts=Lasts.PERSON),
        Notice("record", Tone.INFORMATION, "This is a copy.", lasts=Lasts.RECORD),
        Notice("window", Tone.FUND, "The window closes soon.", lasts=Lasts.SETTLED),
    )
    for notice in told:
        notices.show_notice(notice)
        assert notices.current is notice

    left = []
    opened.main.tools.go("criteria")
    left.append([one.subject for one in notices._notices])
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    left.append([one.subject for one in notices._notices])
    opened.workspace.close()
    left.append([one.subject for one in notices._notices])
    assert left == [["window", "record", "person"], ["window", "record"], ["window"]]


def test_one_message_says_what_is_written_and_opens_it_or_says_where_it_is(
    opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices, shown = opened.main.notices, []
    monkeypatch.setattr(files, "_shown", lambda path: shown.append(path) or True)

    tell_written(notices, "The pack is written.", (tmp_path / "M1.gpack",))
    assert [button.text() for button in notices.remedies] == ["Open folder"]
    tell_written(notices, "The minutes are written.", (tmp_path / "minutes.pdf",))
    assert [button.text() for button in notices.remedies] == ["Open", "Open folder"]
    for button in notices.remedies:
        button.click()

    assert shown == [tmp_path / "minutes.pdf", tmp_path]
    assert [one.words for one in notices._notices] == ["The minutes are written."]
    # what the computer cannot show is said with where it is
    monkeypatch.setattr(files, "_shown", lambda _: False)
    tell_written(notices, "The minutes are written.", (tmp_path / "minutes.pdf",))
    for button in tuple(notices.remedies):
        button.click()
    opened.main.status.record.click()

    said = [one.words for one in notices._notices if one.subject == files.SHOWN]
    assert said == [f"This computer could not show the folder. It is {opened.workspace.facts.folder}."]
