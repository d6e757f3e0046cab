"""The ranked list on the projector: larger, view only, and without the panel's names."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.deciding.ranking.frame import RankingProjector
from tests.gui.ranking_rounds import CLOSED, interested_round, line, show

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def project(window: Window, qtbot: QtBot) -> RankingProjector:
    page = window.main.ranking
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F5)
    assert page.projecting.projector.isVisible()
    return page.projecting.projector


def title_room(projector: RankingProjector) -> QRect:
    """Where the words of the title are drawn: half as large again as they stand."""
    words = QRect(projector.title.pos(), projector.title.size())
    words.setWidth(projector.title.fontMetrics().horizontalAdvance(projector.title.text()))
    return QRect(words.topLeft() * 1.5, words.size() * 1.5)


def last_ink(picture: QImage, room: QRect) -> int:
    ground = picture.pixel(0, 0)
    columns = range(picture.width() - 1, -1, -1)
    return next(
        x for x in columns if any(picture.pixel(x, y) != ground for y in range(room.y(), room.bottom()))
    )


def test_the_projector_shows_the_list_large_without_names_and_changes_nothing(
    chair: Window, qtbot: QtBot
) -> None:
    for key in (Qt.Key.Key_F5, Qt.Key.Key_Escape):
        projector = project(chair, qtbot)
        qtbot.keyClick(projector.table, key)
        assert not projector.isVisible()
    projector = project(chair, qtbot)
    shown_rows, rows = projector.table.rows, chair.main.ranking.table.rows
    assert [(row.key, row.amount, row.chip) for row in shown_rows] == [
        (row.key, row.amount, row.chip) for row in rows
    ]
    assert {row.badge.tip for row in shown_rows if row.badge} == {""}
    room = title_room(projector)
    assert room.width() > 300
    assert abs(last_ink(projector.grab().toImage(), room) - room.right()) <= 3
    shown = " ".join(label.text() for label in projector.findChildren(QLabel))
    assert not [name for name in ("Nair", "Okoro", "Hale") if name in shown]

    for key in (Qt.Key.Key_F, Qt.Key.Key_D, Qt.Key.Key_F2):
        projector.table.select("W-014")
        qtbot.keyClick(projector.table, key)
        assert projector.table.editor is None
        assert chair.controller.dialog is None
        assert not line(chair, "W-014").is_recorded
    before = projector.table.rows
    chair.main.ranking.what_if.split.setValue(70)
    assert projector.table.rows == before, "another split stays off it"
    tried = chair.main.ranking.what_if
    tried.amounts.click()
    tried.set_amount("W-014", 0)
    assert projector.title.text().startswith("Not saved · ")
    assert [row.amount for row in projector.table.rows] == [
        row.amount for row in chair.main.ranking.table.rows
    ]
    tried.put_back()
    assert not projector.title.text().startswith("Not saved")
    assert projector.table.rows == before
    projector.close()


def test_the_wheel_turns_the_list_and_all_of_it_is_drawn_anew(chair: Window, qtbot: QtBot) -> None:
    projector = project(chair, qtbot)
    projector.resize(900, 400)
    at, down = QPointF(800, 350), QPoint(0, -120)
    buttons, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(at, at, QPoint(), down, buttons, plain, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.processEvents()

    QApplication.sendEvent(projector, turned)
    QApplication.processEvents()

    assert projector.table.verticalScrollBar().value() > 0
    on_screen = projector.screen().grabWindow(projector.winId()).toImage()
    assert on_screen == projector.grab().toImage().convertToFormat(on_screen.format())
    projector.close()


def test_what_is_closed_to_the_person_is_closed_on_it(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    shown = show(window, tmp_path / "closed.panel", interested_round())
    projector = project(shown, qtbot)

    row = next(row for row in projector.table.rows if row.name == CLOSED)

    assert (row.total, row.under) == ("–", CLOSED)
    projector.close()
