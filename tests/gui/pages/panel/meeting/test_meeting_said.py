"""An item is heard once as it comes on show, and its rows without a word that another cell says."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.panel.meeting import item
from gui.pages.panel.meeting.matrix import MARKS
from gui.pages.panel.meeting.page import MeetingPage
from gui.tables.rows_model import RowsModel
from tests.gui.announcing import hear

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier


def test_an_item_is_announced_only_to_who_is_at_the_marks_already(
    window: Window, page: MeetingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, item)
    page.sheet.focus_marks()
    assert heard == [], "the name of the marks says it as the focus comes there"

    qtbot.keyClick(page.matrix, Qt.Key.Key_PageDown, CTRL)
    assert len(heard) == 1

    window.controller.navigation.go_to("overview")
    window.controller.navigation.go_to("meeting")
    page.sheet.focus_marks()
    assert len(heard) == 1
    qtbot.keyClick(page.matrix, Qt.Key.Key_PageUp, CTRL)
    assert len(heard) == 2


def test_no_cell_of_a_row_says_what_another_says_where_all_are_said(
    page: MeetingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.tables.rows_model.is_for_orca", lambda: True)
    model = page.matrix.model()
    assert isinstance(model, RowsModel)

    for number, row in enumerate(page.matrix.rows):
        cells = [
            model.index(number, column).data(Qt.ItemDataRole.AccessibleTextRole)
            for column, what in enumerate(model.columns)
            if what.name != MARKS  # a drawing, said as the marks that it shows
        ]
        said = ", ".join(cells)
        assert said.count(row.line.title) == 1
        assert said.count("spread") == 1
        assert all(cells)
