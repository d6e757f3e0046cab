"""Double click and Enter open a row on every page that has a list with something beside or behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

from gui.app import Window
from gui.breakpoints import Breakpoints
from gui.listed.view import ListedView
from gui.pages.page import Identity
from tests.gui.deciding import make_decided
from tests.gui.pressing import double_click, page_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_rows_open_by_enter_and_by_double_click(window: Window, tmp_path: Path) -> None:
    window.controller.open(make_decided(tmp_path / "office.panel"))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.resize(1366, 768)
    cases: tuple[tuple[str, type[QWidget], Callable[..., QTableView], Callable[..., QWidget]], ...] = (
        ("awards", ListedView, lambda page: page.table, lambda page: page.detail.reading),
        ("monitoring", ListedView, lambda page: page.table, lambda page: page.detail.reading),
        ("year-end", ListedView, lambda page: page.table, lambda page: page.detail.reading),
    )
    for key, kind, table_of, pane_of in cases:
        for act in (_press_enter, _double_click):
            window.main.tools.go(key)
            page = page_of(window, kind)
            act(table_of(page))
            assert _has_focus(pane_of(page)), (key, act.__name__)

    window.main.tools.go("retention")
    page = page_of(window, ListedView)
    page.show_reference("W-014")
    _press_enter(page.table)
    assert window.main.pages.key == "applications"


def test_a_row_opens_where_list_and_side_take_turns(window: Window, tmp_path: Path) -> None:
    window.controller.open(make_decided(tmp_path / "office.panel"))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("awards")
    page = page_of(window, ListedView)
    page.fit(Breakpoints(860, 640))
    assert page.detail.isHidden()

    _press_enter(page.table)

    assert not page.detail.isHidden()


def _press_enter(table: QTableView) -> None:
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)


def _double_click(table: QTableView) -> None:
    at = table.visualRect(table.currentIndex()).center()
    double_click(table.viewport(), at)


def _has_focus(pane: QWidget) -> bool:
    return pane.hasFocus() or any(inner.hasFocus() for inner in pane.findChildren(QWidget))
