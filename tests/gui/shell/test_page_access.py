"""The pages in the bar: for whom, from when, with which counts, in English and on a small screen."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window, window_icon
from gui.help.search_controller import SearchDialog
from gui.pages.overview.page import OverviewPage
from gui.pages.page import Identity, Place
from gui.record import clock
from gui.record.runner import Done
from gui.settings import Settings
from gui.shell.badge_counts import badges
from gui.shell.main_window import RECORD, ROUND
from gui.shell.page_list import PAGES
from gui.shell.page_stack import LEAST_PAGE, PageScroll
from gui.tables.line_view import LineView
from gui.tables.ranking.view import RankingView
from gui.theme.look import BASE_PX, look
from gui.widgets.frame.sidebar import Badge, PageLink
from models.operations.set_up.rounds import StartRound
from models.values.rounds import AreaDates, AreaLine, RoundKey, RoundLine
from scoring.round import Area
from tests.gui.builders import WOLVERHAMPTON, whole_round
from tests.gui.deciding import COMMANDER, DECIDER
from tests.gui.lettering import WIDE, draw_with
from tests.gui.pressing import box_of, page_of

BARS = {
    "member": "Overview, Applications, Interests, Scoring, Meeting",
    "adviser": "Overview, Applications, Interests, Meeting",
    "note-taker": "Overview, Applications, Scoring, Meeting",
    "chair": "Overview, History, Applications, Panel & interests, Scoring, Meeting, Ranking & budget, "
    "Decisions, Papers",
    "commander": "Overview, Decisions, Papers",
    "decider": "Overview, Decisions, Papers",
    "finance": "Overview, History, Papers, Awards & payments",
    "reader": "Overview, History, Applications, Criteria & scale, Ranking & budget, Decisions, Reports",
    "officer": "Overview, History, Applications, Criteria & scale, Panel & interests, Scoring, Meeting, "
    "Ranking & budget, Decisions, Papers, Awards & payments, Budget, Office",
}
"""What stands before Settings and Help on Overview, in a round that has come to its decisions."""
PEOPLE = {
    "member": Identity("Tom Hale", "member", "HALE"),
    "adviser": Identity("Tom Hale", "adviser", "HALE"),
    "chair": Identity("Priya Nair", "chair", "NAIR"),
    "commander": Identity(COMMANDER.name, "commander"),
    "decider": Identity(DECIDER.name, "decider"),
}
"""Those who have to declare before anything opens to them, and did."""


@pytest.fixture
def office(window: Window, decided: Path, tmp_path: Path) -> Window:
    window.controller.open(Path(shutil.copy(decided, tmp_path / "office.panel")))
    return window


def in_the_bar(window: Window) -> list[PageLink]:
    return [one for one in window.main.sidebar.findChildren(PageLink) if one.isVisible()]


def be(window: Window, role: str) -> None:
    window.main.tools.use_as(PEOPLE.get(role, Identity("Robin Example", role)))


def test_a_role_has_its_own_bar_and_a_member_little_beside_the_task(office: Window) -> None:
    main = office.main
    for role, bar in BARS.items():
        be(office, role)
        main.tools.go("overview")
        links = in_the_bar(office)
        assert ", ".join(link.name.words for link in links) == f"{bar}, Settings, Help", role
        assert all(link.is_open for link in links), role
        if role == "member":
            parts = (main.sidebar, main.header, main.status)
            buttons = [one for part in parts for one in part.findChildren(QAbstractButton) if one.isVisible()]
            menus = [action for action in main.menuBar().actions() if action.isVisible()]
            assert len(buttons) + len(menus) <= 15
            record = [one.objectName() for one in main.menus.menus[RECORD].actions() if one.objectName()]
            assert record == ["find", "lock", "close", "quit"]
    # before the declaration no page in the bar is greyed
    main.tools.use_as(Identity("Jo Newcomer", "member", "JO"))
    main.tools.go("panel")
    links = in_the_bar(office)
    shown = "Overview, Applications, Interests, Scoring, Settings, Help"
    assert ", ".join(link.name.words for link in links) == shown
    assert all(link.is_open for link in links)
    # where there is nothing to choose no drop-down stands
    be(office, "note-taker")
    switches = (main.header.fund, main.header.round, main.header.area)
    assert [one for one in switches if one.isVisible()] == [one for one in switches if one.has_choice]
    # but who has a part in one of several rounds is told which it is, and the fund
    be(office, "officer")
    line = office.controller.rounds.place.line
    key = RoundKey(line.fund_code, line.year, "Another round")
    office.workspace.perform(StartRound(key, (Area("Dudley", 100),), 1, AreaDates()))
    be(office, "commander")
    assert [(one.isVisible(), one.count()) for one in switches[:2]] == [(True, 1), (True, 1)]
    assert main.header.fund.currentText() == line.fund


@pytest.mark.parametrize("role", BARS)
def test_what_stands_in_the_bar_keeps_its_place_on_every_page(office: Window, role: str) -> None:
    be(office, role)
    main = office.main
    main.tools.go("overview")
    QApplication.processEvents()
    entries = {entry.key: entry for entry in PAGES}
    standing = [one for one in in_the_bar(office) if entries[one.name.key].is_needed(role)]
    before = [one.pos() for one in standing]

    for key in sorted(main.tools.pages):
        main.tools.go(key)
        QApplication.processEvents()
        (on_show,) = (one for one in in_the_bar(office) if one.isChecked())
        related = [one for one in in_the_bar(office) if one not in standing]
        assert on_show.name.key == key
        assert [one.pos() for one in standing] == before, key
        above = max(one.y() for one in standing if one.name.group)
        assert all(above < one.y() for one in related), key


ROUND_MENU = {
    "officer": "start_round direct_award round_files record_recommendations export",
    "finance": "round_files export",
    "commander": "",
    "decider": "",
    "member": "",
    "reader": "",
}


def test_of_what_is_done_with_a_round_a_menu_holds_what_the_role_may_do(office: Window) -> None:
    menu = office.main.menus.menus[ROUND]
    for role, left in ROUND_MENU.items():
        be(office, role)
        shown = [one.objectName() for one in menu.actions() if one.isVisible() and one.objectName()]
        assert shown == [*left.split(), "refresh"], role
        assert menu.menuAction().isVisible() is bool(left), role
        office.controller.search()
        dialog = box_of(office, SearchDialog)
        dialog.typed.setText("Schedules")
        assert ("Schedules" in {one.words for one in dialog.shown()}) is ("export" in left), role
        dialog.reject()


@pytest.mark.overview
def test_pages_scroll_where_the_window_is_too_small_and_what_tab_comes_to_is_scrolled_into_sight(
    opened: Window, qtbot: QtBot
) -> None:
    opened.main.tools.go("ranking")
    (scroll,) = opened.main.findChildren(PageScroll)
    bars = (scroll.horizontalScrollBar(), scroll.verticalScrollBar())
    for width, height, is_scrolled in ((900, 600, False), (450, 250, True)):
        scroll.setFixedSize(width, height)
        QApplication.processEvents()
        assert [bar.maximum() > 0 for bar in bars] == [is_scrolled, is_scrolled]  # three rows stay in sight
        assert opened.main.pages.width() == max(width, LEAST_PAGE.width())
    scroll.setFixedSize(300, 400)
    QApplication.processEvents()
    record = opened.main.ranking.record
    assert not _is_in_sight(record, scroll)

    for _ in range(60):
        if record.hasFocus():
            break
        qtbot.keyClick(opened.main.focusWidget(), Qt.Key.Key_Tab)

    assert record.hasFocus()
    assert _is_in_sight(record, scroll)


def _is_in_sight(widget: QWidget, scroll: PageScroll) -> bool:
    at = widget.mapTo(scroll.viewport(), QPoint())
    return scroll.viewport().rect().contains(QRect(at, widget.size()))


def test_at_twice_the_text_size_every_page_keeps_its_title_and_three_rows(
    qapp: QApplication, settings: Settings, made_sample: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """On a laptop of 1366 × 768 with a title bar and the system's own bar 688 are left for the window."""
    draw_with(WIDE, qapp, settings)
    letters = qapp.font()
    letters.setPixelSize(BASE_PX)
    qapp.setFont(letters)
    window: Window = request.getfixturevalue("window")
    look.set_percent(200)
    window.main.resize(1366, 688)
    window.controller.open(Path(shutil.copy(made_sample, tmp_path / "sample.panel")))
    listed = set()

    for key in (page.key for page in PAGES):
        window.main.tools.go(key)
        for _ in range(3):
            QApplication.processEvents()
        page = window.main.pages.currentWidget()
        assert isinstance(page, QWidget), "a page is a widget"
        for view in _lists(page):
            assert _whole_rows(view) >= min(_applications(view), 3), key
            assert _is_in_sight(page.title, window.main.findChildren(PageScroll)[0]), key
            assert page.title.fontMetrics().horizontalAdvance(page.title.text()) <= page.title.width(), key
            listed.add(key)

    assert {"applications", "ranking", "decisions", "retention", "year-end", "history"} <= listed


def _lists(page: QWidget) -> list[QTableView]:
    """Return the lists that a page shows first."""
    return [view for view in page.findChildren(LineView) if view.isVisibleTo(page)]


def _is_line(view: QTableView, row: int) -> bool:
    """Whether a row is one of what is listed, and no head or budget line between."""
    return view.columnSpan(row, 0) == 1


def _applications(view: QTableView) -> int:
    return sum(_is_line(view, row) for row in range(view.model().rowCount()))


def _whole_rows(view: QTableView) -> int:
    """Return how many lines are seen whole, above the budget line that stays in sight."""
    room = view.viewport().visibleRegion().boundingRect()
    rects = [
        view.visualRect(view.model().index(row, 0))
        for row in range(view.model().rowCount())
        if _is_line(view, row)
    ]
    sticky = view.sticky.geometry() if isinstance(view, RankingView) and view.sticky.isVisible() else QRect()
    return sum(room.contains(rect) and not sticky.intersects(rect) for rect in rects if rect.height())


AREAS = (AreaLine(WOLVERHAMPTON, "scoring", 0, 0, 0),)
PLACE = Place(RoundLine(1, "u", "Fund", "F", "2026/27", "R", "open", "OFFICIAL", AREAS, 42), WOLVERHAMPTON)


def test_a_member_is_told_of_own_sheets_and_not_of_others_nor_of_areas_not_served() -> None:
    found = badges(PLACE, whole_round(), Identity("Tom Hale", "member", "HALE"), {})

    # fourteen applications, an interest in one of them
    assert found["scoring"] == Badge(13, is_mine=True)
    assert found["panel"].number == 0
    assert found["applications"] == Badge(14)

    hale = Identity("Tom Hale", "member", "HALE")
    elsewhere = badges(PLACE, whole_round(), hale, {"HALE": ("Coventry",)})
    there = badges(PLACE, whole_round(), hale, {"HALE": ("Coventry", WOLVERHAMPTON)})

    assert (elsewhere["scoring"].number, there["scoring"].number) == (0, 13)
    over = badges(replace(PLACE, line=replace(PLACE.line, stage="closed")), whole_round(), hale, {})
    assert [over[page].number for page in ("scoring", "panel", "meeting", "applications")] == [0, 0, 0, 14]


def test_counts_come_to_the_sidebar_and_go_with_the_person_and_with_the_record(
    opened: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, asked = opened.main.sidebar.link("applications"), list[Done]()
    qtbot.waitUntil(lambda: link.badge is not None)
    assert link.accessibleName() == "Applications, 42"
    with monkeypatch.context() as held_up:
        held_up.setattr(opened.workspace, "ask", lambda query, take, failed: asked.append(take))
        opened.controller.badges.count()

    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert link.badge is None
    asked[0](None)  # what was asked for the one before comes now; its counts would be made of it
    qtbot.waitUntil(lambda: link.badge is not None)
    opened.workspace.close()
    assert link.badge is None


@pytest.mark.overview
def test_a_record_that_is_open_over_midnight_shows_the_new_day(
    opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.main.tools.go("overview")
    page = page_of(opened, OverviewPage)
    monkeypatch.setattr(clock, "utc_now", lambda: datetime(2031, 3, 9, 12, tzinfo=UTC))

    opened.main.pages.days.look()

    assert page.summary.text().startswith("Sun 9 March 2031.")


ROOT = Path(__file__).parents[3]
SAYS = """
from datetime import date
from gui.app import application
app = application()
from PySide6.QtWidgets import QDateEdit
from PySide6.QtCore import QDate
from scoring.written.days import long_day
from scoring.written.days import short_day
box = QDateEdit(QDate(2026, 12, 2))
box.setDisplayFormat("ddd d MMMM yyyy")
print(long_day(date(2026, 12, 2)), short_day(date(2026, 12, 2)), box.text(), f"{1234.5:n}", sep="|")
"""


@pytest.mark.parametrize("language", ["pl_PL.UTF-8"])
def test_days_and_figures_are_english_in_any_language(language: str) -> None:
    environment = {**os.environ, "LANG": language, "LC_ALL": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", SAYS]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "Wed 2 December 2026|2 Dec 2026|Wed 2 December 2026|1234.5"


def test_the_mark_is_drawn_for_every_size_in_two_colours(dressed: None) -> None:
    icon = window_icon()

    assert icon.availableSizes() == [QSize(16, 16), QSize(32, 32), QSize(64, 64)]
    drawn = icon.pixmap(64, 64).toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(64) for y in range(64)}
    assert {look.theme.accent.lower(), look.theme.on_accent.lower()} <= colours
