"""The smallest window grows with the text, and what a screen is too small for is scrolled to."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.shell.page_scroll import LEAST_PAGE, SMALLEST, PageScroll


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
    record = opened.main.ranking.head.record
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


def test_at_twice_the_text_size_a_page_keeps_its_title_and_three_rows(opened: Window) -> None:
    """On a laptop of 1366 × 768 about 728 are left for the window."""
    opened.look.set_percent(200)
    opened.main.resize(1366, 728)
    looked_at = []
    for key in ("applications", "panel", "ranking", "decisions", "history"):
        opened.main.tools.go(key)
        for _ in range(3):
            QApplication.processEvents()
        page = opened.main.pages.currentWidget()
        title = page.title
        for view in page.findChildren(QTableView):
            if view.isVisibleTo(page) and view.model().rowCount() >= 3:
                three = 3 * view.verticalHeader().defaultSectionSize()
                assert view.viewport().height() >= three, key
                looked_at.append(key)
        assert title.isVisible(), key
        assert title.fontMetrics().horizontalAdvance(title.text()) <= title.width(), key

    assert {"applications", "ranking"} <= set(looked_at)
