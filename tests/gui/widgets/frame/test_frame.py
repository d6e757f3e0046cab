"""The window's frame: sidebar, search box, strips at the foot, notices and messages."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.record.runner import Ticket
from gui.shell.navigation import NavigationHistory
from gui.theme.look import Choice, Tone
from gui.widgets import message_area
from gui.widgets.frame.sidebar import Badge, PageName, Sidebar
from gui.widgets.frame.status_strip import STAYS_MS
from gui.widgets.message_area import Notice, NoticeBar, ProgressStrip, Remedy
from gui.widgets.speech import announcing
from tests.gui.announcing import hear
from tests.gui.looks import look_of
from tests.gui.walking import settle

ALT = Qt.KeyboardModifier.AltModifier
NAMES = (
    PageName("help", "Help", "help"),
    PageName("score", "Scoring", "scoring", "Assess"),
    PageName("awards", "Awards", "awards", "After"),
)


def test_a_new_turn_forgets_what_lay_ahead() -> None:
    trail = NavigationHistory()
    for key in ("a", "b", "b", "c"):
        trail.follow(key)

    assert (trail.step(-1), trail.step(-1), trail.step(-1)) == ("b", "a", None)
    trail.follow("d")
    assert (trail.step(1), trail.step(-1)) == (None, "a")


def test_a_badge_is_read_out_with_whom_it_is_for(dressed: None, qtbot: QtBot) -> None:
    sidebar = Sidebar(NAMES)
    qtbot.addWidget(sidebar)
    sidebar.show_badges({"score": Badge(7, is_mine=True), "awards": Badge(0)})

    assert sidebar.link("score").accessibleName() == "Scoring, 7 for you"
    assert sidebar.link("awards").accessibleName() == "Awards"


def test_the_toast_says_what_was_done_stays_while_it_is_used_follows_the_window_and_has_room(
    opened: Window,
) -> None:
    main, toast = opened.main, opened.main.toast
    main.tools.toast("W-014 is now at part-fund.")
    assert toast.words == "W-014 is now at part-fund."
    assert not toast.undo.isVisible(), "nothing can be undone"
    assert toast._gone.interval() == STAYS_MS == 8000
    toast._gone.timeout.emit()
    assert toast.words == ""

    toast.show_words("Done.", can_undo=True)
    toast.undo.setFocus()
    toast._gone.timeout.emit()
    assert toast.words == "Done.", "its button has the focus"
    main.ranking.table.setFocus()
    toast._gone.timeout.emit()
    assert toast.words == ""

    toast.show_words("Done.", can_undo=False)
    before = toast.mapTo(main, QPoint(0, 0)).y()
    main.resize(main.width(), main.height() - 100)
    QApplication.processEvents()
    assert toast.mapTo(main, QPoint(0, 0)).y() == before - 100

    toast.settle()
    main.resize(960, 700)
    settle()
    name = main.status.record.text()
    toast.show_words(
        "The agreement of A-031-03 is signed and its instalments are due, as agreed.", can_undo=True
    )
    settle()
    assert toast._words.shown.startswith("The agreement of A-031-03 is signed and its instalments are due")
    assert main.status.record.text() != name, "the names in the strip give way"
    toast.settle()
    settle()
    assert main.status.record.text() == name

    warned = "£2,500 of spend is evidenced on A-031-01, £200 more than the £2,300 that was paid. See why."
    toast.show_words(f"{warned} {warned}", can_undo=True)
    settle()
    assert toast._words.shown.endswith("…"), "that there is more is seen"
    assert toast._words.toolTip() == toast.accessibleName() == f"{warned} {warned}"


def test_pages_are_gone_through_with_alt_and_the_rows_of_every_role_are_on_show_at_the_usual_size(
    opened: Window, qtbot: QtBot
) -> None:
    main = opened.main
    first = main.pages.key
    main.tools.go("help")
    seen = [main.pages.key]
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(main, key, ALT)
        seen.append(main.pages.key)
    assert seen == ["help", first, "help"]

    main.tools.use_as(Identity("Grace Okoro", "officer"))  # the role with the most pages
    main.resize(1366, 688)  # what a maximised window has of 1366 x 768
    QApplication.processEvents()
    assert main.sidebar.findChildren(QScrollArea)[0].verticalScrollBar().maximum() == 0


def test_what_takes_long_is_said_as_it_comes_into_sight_and_as_it_is_stopped(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, message_area)
    look_of(qapp, Choice.LIGHT, 100)
    strip = ProgressStrip()

    strip.follow(Ticket("Making the sample", strip))
    strip._wait.timeout.emit()
    assert heard == [], "what is done in a moment says itself what was done"
    strip._say.timeout.emit()
    strip._cancel.click()

    assert heard == ["Making the sample…", "Stopping…"]
    assert strip._say.interval() > strip._wait.interval()
    strip._ticket.settled.emit()  # type: ignore[union-attr]
    assert not strip._say.isActive()
    strip.hide()


DONE: list[str] = []
ONWARD = Remedy("Next step", lambda: DONE.append("onward"))
BACK = Remedy("Step back", lambda: DONE.append("back"))


@pytest.fixture
def bar(qapp: QApplication, qtbot: QtBot) -> NoticeBar:
    DONE.clear()
    look_of(qapp)
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def test_what_says_itself_aloud_is_said_once_by_its_last_button_and_with_the_notice(
    bar: NoticeBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, message_area, announcing)
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
