"""The smallest window grows with the text, and what a screen is too small for is scrolled to."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.settings import Settings
from gui.shell.page_list import PAGES
from gui.shell.page_scroll import LEAST_PAGE, SMALLEST, PageScroll
from gui.tables.list_view import ListView
from gui.tables.ranking.view import RankingView
from gui.theme.look import BASE_PX
from tests.gui.lettering import OURS, WIDE, draw_with


def test_the_smallest_window_grows_with_the_text_as_far_as_the_screen_goes(window: Window) -> None:
    main, look = window.main, window.look
    screen = main.screen().availableSize() - (main.frameSize() - main.size())
    assert main.minimumSize() == SMALLEST

    look.set_percent(200)
    assert main.minimumSize() == (SMALLEST * 2).boundedTo(screen)
    main.resize(560, 400)
    QApplication.processEvents()
    assert main.size() == main.minimumSize()

    look.set_percent(100)
    assert main.minimumSize() == SMALLEST


@pytest.mark.overview
@pytest.mark.parametrize(("width", "height", "is_scrolled"), [(900, 600, False), (450, 250, True)])
def test_pages_scroll_where_the_window_is_too_small_for_them(
    opened: Window, width: int, height: int, is_scrolled: bool
) -> None:
    (scroll,) = opened.main.findChildren(PageScroll)
    scroll.setMinimumSize(width, height)
    scroll.setMaximumSize(width, height)
    QApplication.processEvents()

    bars = (scroll.horizontalScrollBar(), scroll.verticalScrollBar())
    assert [bar.maximum() > 0 for bar in bars] == [is_scrolled, is_scrolled]  # three rows stay in sight
    assert opened.main.pages.width() == max(width, LEAST_PAGE.width())


def test_what_tab_comes_to_is_scrolled_into_sight(opened: Window, qtbot: QtBot) -> None:
    (scroll,) = opened.main.findChildren(PageScroll)
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


@pytest.mark.parametrize("family", [OURS, WIDE])
def test_at_twice_the_text_size_every_page_keeps_its_title_and_three_rows(
    family: str,
    qapp: QApplication,
    settings: Settings,
    made_sample: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """On a laptop of 1366 × 768 with a title bar and the system's own bar 688 are left for the window."""
    draw_with(family, qapp, settings)
    letters = qapp.font()
    letters.setPixelSize(BASE_PX)
    qapp.setFont(letters)
    window: Window = request.getfixturevalue("window")
    window.look.set_percent(200)
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
    return [view for view in page.findChildren(ListView) if view.isVisibleTo(page)]


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
