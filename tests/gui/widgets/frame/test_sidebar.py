"""Going from page to page: the sidebar's groups and badges, back and forward, and the toast."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.shell.navigation_history import NavigationHistory
from gui.widgets.frame.page_link import Badge, PageName
from gui.widgets.frame.sidebar import Sidebar
from gui.widgets.frame.toast import STAYS_MS

ALT = Qt.KeyboardModifier.AltModifier
NAMES = (
    PageName("help", "Help", "help"),
    PageName("score", "Scoring", "scoring", "Assess"),
    PageName("awards", "Awards", "awards", "After"),
)


@pytest.fixture
def sidebar(window: Window, qtbot: QtBot) -> Sidebar:
    made = Sidebar(window.look, NAMES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_alt_left_goes_back_and_alt_right_forward(opened: Window, qtbot: QtBot) -> None:
    main = opened.main
    first = main.pages.key
    main.tools.go("help")
    seen = [main.pages.key]
    qtbot.keyClick(main, Qt.Key.Key_Left, ALT)
    seen.append(main.pages.key)
    qtbot.keyClick(main, Qt.Key.Key_Right, ALT)
    seen.append(main.pages.key)

    assert seen == ["help", first, "help"]


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
    made = Sidebar(sidebar._look, (*NAMES, near))
    made.show()
    made.offer({"help", "score"}, {"budget"}, {"score": "Marks"})
    before = [made.link(key).isVisible() for key in ("score", "awards", "budget")]
    made.show_page("awards")

    assert before == [True, False, False]
    assert [made.link(key).isVisible() for key in ("score", "awards", "budget")] == [True, True, True]
    assert made.link("score").accessibleName() == "Marks"
    made.deleteLater()


def test_the_toast_says_what_was_done_and_goes(opened: Window) -> None:
    toast = opened.main.toast
    opened.main.tools.toast("W-014 is now at part-fund.")

    assert toast.words == "W-014 is now at part-fund."
    assert not toast.undo.isVisible(), "nothing can be undone"
    assert toast._gone.interval() == STAYS_MS == 8000
    toast._gone.timeout.emit()
    assert toast.words == ""


def test_the_toast_stays_while_its_button_has_the_focus(opened: Window) -> None:
    toast = opened.main.toast
    toast.show_words("Done.", can_undo=True)
    toast.undo.setFocus()
    toast._gone.timeout.emit()
    held = toast.words
    opened.main.ranking.table.setFocus()
    toast._gone.timeout.emit()

    assert (held, toast.words) == ("Done.", "")


def test_the_toast_follows_the_window(opened: Window) -> None:
    toast = opened.main.toast
    toast.show_words("Done.", can_undo=False)
    before = toast.mapTo(opened.main, QPoint(0, 0)).y()
    opened.main.resize(opened.main.width(), opened.main.height() - 100)
    QApplication.processEvents()

    assert toast.mapTo(opened.main, QPoint(0, 0)).y() == before - 100


def test_a_toast_of_one_clause_is_whole_where_the_parts_of_the_strip_leave_too_little(opened: Window) -> None:
    toast, words = opened.main.toast, "The agreement of A-031-03 is signed and its instalments are due " * 2

    toast.show_words(words, can_undo=True)

    assert toast._words.sizeHint().width() <= toast.width()
    assert not opened.main.status.isVisible()
    toast.settle()
    assert opened.main.status.isVisible()


def test_the_rows_of_every_role_are_all_on_show_at_the_usual_size(opened: Window) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))  # the role with the most pages
    opened.main.resize(1366, 688)  # what a maximised window has of 1366 x 768
    QApplication.processEvents()

    area = opened.main.sidebar.findChildren(QScrollArea)[0]
    assert area.verticalScrollBar().maximum() == 0


def test_a_name_is_whole_beside_its_count(sidebar: Sidebar) -> None:
    wide = "Awards & payments & all that belongs to them"
    made = Sidebar(sidebar._look, (PageName("awards", wide, "awards"),))
    before = made.width()

    made.show_badges({"awards": Badge(128, is_mine=True)})

    assert made.width() > before
    made.deleteLater()
