"""The ranking page through the real window: what is shown, switched, filtered, folded and explained."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.tables import line_view
from gui.tables.ranking.rows import Kind
from models.queries.deciding.round_list import Answer, work_out
from models.queries.permissions.reading import SeenRound
from tests.gui.announcing import hear
from tests.gui.builders import WOLVERHAMPTON


def references(window: Window) -> list[str]:
    return [row.name for row in window.main.ranking.table.rows if row.kind is Kind.LINE]


@pytest.fixture
def wolverhampton(opened: Window, qtbot: QtBot) -> Window:
    pot = next(one for one in opened.main.ranking.pots.pots if one.figures.name == WOLVERHAMPTON)
    qtbot.mouseClick(pot, Qt.MouseButton.LeftButton)
    return opened


def test_the_budget_line_is_in_sight_passed_over_and_read_out_and_letters_do_not_jump(
    wolverhampton: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wolverhampton.main.resize(1366, 688)
    table = wolverhampton.main.ranking.table
    number = next(n for n, row in enumerate(table.rows) if row.kind is Kind.BUDGET)
    table.scrollToTop()
    assert table.sticky.isVisible()
    assert table.sticky.text() == "Budget line · £30,000 pot · £0 left   below ∨"
    table.scrollToBottom()
    assert not table.sticky.isVisible()  # the line itself is on show
    table.scrollToTop()
    qtbot.mouseClick(table.sticky, Qt.MouseButton.LeftButton)
    assert table.currentIndex().row() == number - 1, "the last above it, and the line is brought into sight"
    assert not table.sticky.isVisible()

    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == number + 1
    line = table.visualRect(table.model().index(number, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert table.currentIndex().row() == number + 1
    assert not table.selectionModel().isRowSelected(number)
    table.select(table.rows[number - 2].name)
    heard = hear(monkeypatch, line_view)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard == []
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard == [table.rows[number].spoken]
    qtbot.keyClicks(table, "1fj")
    assert table.currentIndex().row() == number + 1


def test_the_list_is_spoken_explained_and_walked_by_keys(wolverhampton: Window, qtbot: QtBot) -> None:
    main, page, table = wolverhampton.main, wolverhampton.main.ranking, wolverhampton.main.ranking.table
    model = table.model()
    said = [model.index(8, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(7)]
    assert said[0] == (
        "Place 9, W-019, Pendeford Parents' Group, total 67.00, part-fund £1,870 of £3,700, "
        "running total £30,000 of £30,000, marginal"
    )
    assert said[3].startswith("Marginal: with quality at 72.7 it would be a reserve")
    assert said[2:3] + said[4:] == ["total 67.00", "£1,870 of £3,700", "running total £30,000", "Part-fund"]

    table.setFocus()
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    text = page.explain.text
    assert text.startswith("W-009 Low Hill Community Larder, requested £2,400.00")
    assert "total: " in text
    assert "= 82.00" in text
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(main, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == text
    assert "equal score" in text
    steps = page.explain.steps
    steps.setFocus()
    qtbot.keyClick(steps, Qt.Key.Key_Space)
    assert steps.text() == "Hide the steps"
    assert steps.hasFocus()
    table.setFocus()
    table.select("W-011")
    qtbot.keyClick(main, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert table.hasFocus(), "working the round out again keeps the row and the focus"
    assert table.rows[table.currentIndex().row()].name == "W-011"


def test_the_list_is_folded_and_filtered_by_keys(wolverhampton: Window, qtbot: QtBot) -> None:
    page, table = wolverhampton.main.ranking, wolverhampton.main.ranking.table
    tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.rows[table.currentIndex().row()].kind is Kind.NOT_RANKED
    for key, unranked in ((Qt.Key.Key_Return, ["W-013"]), (Qt.Key.Key_Space, [])):
        qtbot.keyClick(table, key)
        assert [row.name for row in table.rows if row.kind is Kind.UNRANKED] == unranked

    qtbot.keyClick(wolverhampton.main, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.words.hasFocus()
    qtbot.keyClicks(page.filters.words, "tenants")
    assert references(wolverhampton) == ["W-011"]
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Escape)
    assert len(references(wolverhampton)) == 13
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Escape)
    assert table.hasFocus()
    pills = [pill for pill in page.filters.outcomes.pills if pill.isVisible()]
    assert [pill.text() for pill in pills] == ["All 13", "Fund 8", "Part-fund 1", "Reserve 4"]
    qtbot.mouseClick(pills[2], Qt.MouseButton.LeftButton)
    assert references(wolverhampton) == ["W-019"]
    page.filters.outcomes.pills[0].click()
    wolverhampton.controller.rounds.choose_area(None)
    table.fold_asked.emit()
    assert table.model().rowCount() > 33
    del tester


def test_a_list_without_applications_leads_to_where_they_are_imported(opened: Window) -> None:
    page = opened.main.ranking
    assert page.figures is not None
    rows = replace(page.figures.rows, applications=(), sheets=(), agreed=(), chair_decisions=())
    page._take_figures(work_out(page.figures.line, Answer(SeenRound(rows, page.figures.sight), ())))

    assert page.empty.button.isVisible()
    page.empty.button.click()
    assert opened.main.pages.currentWidget() is opened.main.pages.page("applications")
