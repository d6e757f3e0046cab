"""The window's frame: sidebar, search box, strips at the foot, notices and messages."""

import pytest
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.record.runner import Ticket
from gui.shell.navigation import NavigationHistory
from gui.theme.look import Choice
from gui.theme.tokens import Tone
from gui.widgets import message_area
from gui.widgets.frame import notice_bar
from gui.widgets.frame.header import SearchBox
from gui.widgets.frame.notice_bar import Notice, NoticeBar, Remedy
from gui.widgets.frame.sidebar import Badge, PageName, Sidebar
from gui.widgets.frame.status_strip import STAYS_MS, StatusStrip
from gui.widgets.message_area import MessageArea, ProgressStrip
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


@pytest.fixture
def sidebar(dressed: None, qtbot: QtBot) -> Sidebar:
    made = Sidebar(NAMES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_new_turn_forgets_what_lay_ahead() -> None:
    trail = NavigationHistory()
    for key in ("a", "b", "b", "c"):
        trail.follow(key)

    assert (trail.step(-1), trail.step(-1), trail.step(-1)) == ("b", "a", None)
    trail.follow("d")
    assert (trail.step(1), trail.step(-1)) == (None, "a")


def test_the_foot_stands_last_whatever_the_order_of_the_list(sidebar: Sidebar) -> None:
    tops = {
        key: sidebar.link(key).mapTo(sidebar, sidebar.link(key).rect().topLeft()).y()
        for key in ("help", "score", "awards")
    }

    assert sorted(tops, key=lambda key: tops[key]) == ["score", "awards", "help"]


def test_a_badge_is_read_out_with_whom_it_is_for(sidebar: Sidebar) -> None:
    sidebar.show_badges({"score": Badge(7, is_mine=True), "awards": Badge(0)})

    assert sidebar.link("score").accessibleName() == "Scoring, 7 for you"
    assert sidebar.link("awards").accessibleName() == "Awards"


def test_pages_stand_as_they_are_needed_and_beside_their_neighbour(sidebar: Sidebar) -> None:
    near = PageName("budget", "Budget", "money", "After", within="awards")
    made = Sidebar((*NAMES, near))
    made.show()
    made.offer({"help", "score"}, {"budget"}, {"score": "Marks"})
    before = [made.link(key).isVisible() for key in ("score", "awards", "budget")]
    made.show_page("awards")

    assert before == [True, False, False]
    assert [made.link(key).isVisible() for key in ("score", "awards", "budget")] == [True, True, True]
    assert made.link("score").accessibleName() == "Marks"
    made.deleteLater()


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


def test_a_name_is_whole_beside_its_count(sidebar: Sidebar) -> None:
    wide = "Awards & payments & all that belongs to them"
    made = Sidebar((PageName("awards", wide, "awards"),))
    before = made.width()

    made.show_badges({"awards": Badge(128, is_mine=True)})

    assert made.width() > before
    made.deleteLater()


def test_the_search_says_its_word_and_key_where_there_is_room(dressed: None) -> None:
    box = SearchBox()
    box.show_key("Ctrl+K")
    assert box.text() == "Search   Ctrl K"

    box.fit(has_words=False)

    assert (box.text(), box.accessibleName()) == ("", "Search or command")


LONG = "Superintendent Anneliese Marchetti-Featherstonehaugh, note-taker"


@pytest.fixture
def strip(qtbot: QtBot, dressed: None) -> StatusStrip:
    made = StatusStrip()
    qtbot.addWidget(made)
    made.show_record("A record of the grants office with a long name.panel")
    made.show_saved("All saved")
    made.show_encryption(is_encrypted=False)
    made.show_marking("OFFICIAL-SENSITIVE")
    made.show_person(LONG)
    made.fit(is_narrow=True)
    return made


def test_names_are_whole_or_left_to_their_glyphs_in_turn_and_no_other_part_is_cut(
    strip: StatusStrip,
) -> None:
    strip.show()
    parts = (strip.person, strip.encryption, strip.record)
    shown = []
    for width in range(1600, 400, -20):
        strip.resize(width, strip.height())
        QApplication.processEvents()
        shown.append([bool(part.text()) for part in parts])
        for part in (strip.saved, strip.marking, *parts):
            assert part.width() >= part.sizeHint().width() or width < 500, part.text()

    assert [sum(one) for one in shown] == sorted(map(sum, shown), reverse=True)
    assert [[True] * n + [False] * (3 - n) for n in (3, 2, 1, 0)] == [
        one for at, one in enumerate(shown) if one not in shown[:at]
    ]
    assert (strip.marking.text(), strip.person.toolTip()) == ("OFFICIAL-SENSITIVE", LONG)
    assert strip.person.accessibleName().startswith(LONG)
    strip.resize(1600, strip.height())
    QApplication.processEvents()
    assert (strip.person.text(), strip.person.toolTip()) == (LONG, "")


def test_the_strip_counts_until_it_is_stopped(qapp: QApplication) -> None:
    look_of(qapp, Choice.LIGHT, 100)
    strip = ProgressStrip()
    ticket = Ticket("How secure each place is", strip)
    strip.follow(ticket)
    assert strip.isHidden()
    strip._wait.timeout.emit()
    assert not strip.isHidden()
    ticket.progressed.emit(1, 4)
    assert (strip._count.text(), strip._bar.maximum()) == ("25%", 4)
    strip._cancel.click()
    ticket.progressed.emit(2, 4)
    assert strip._words.text() == "Stopping…"
    assert (strip._count.text(), strip._bar.maximum()) == ("", 0), "no count goes on while it stops"
    strip.hide()


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


MESSAGE_AREA_LONG = (
    "A message of many words that stands on more than one line, as a good many of them do. " * 3
)


class Counting(MessageArea):
    """Counts how often it looks what room it needs."""

    looks = 0

    @Slot()
    def update_height(self) -> None:
        self.looks += 1
        super().update_height()


def test_a_message_on_show_is_not_measured_again_and_again(qapp: QApplication, qtbot: QtBot) -> None:
    look_of(qapp)
    window, bar = QWidget(), NoticeBar()
    qtbot.addWidget(window)
    area = Counting(bar)
    QVBoxLayout(window).addWidget(area)
    window.resize(500, 300)
    window.show()

    bar.show_notice(Notice("a subject", Tone.INFORMATION, MESSAGE_AREA_LONG))
    for _ in range(60):
        qapp.processEvents()
    at_rest = area.looks
    for _ in range(60):
        qapp.processEvents()

    assert (area.looks, area.height() > 40) == (at_rest, True)
