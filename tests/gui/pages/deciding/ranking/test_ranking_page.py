"""The ranking page through the real window: what is shown, switched, filtered, folded and explained."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.tables import line_view
from gui.tables.ranking.rows import Kind
from gui.widgets.pot import Pot
from tests.gui.announcing import hear
from tests.gui.builders import WOLVERHAMPTON


def references(window: Window) -> list[str]:
    return [row.name for row in window.main.ranking.table.rows if row.kind is Kind.LINE]


def pot(window: Window, name: str) -> Pot:
    return next(one for one in window.main.ranking.pots.pots if one.figures.name == name)


def click_on_pot(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(pot(window, WOLVERHAMPTON), Qt.MouseButton.LeftButton)


@pytest.fixture
def wolverhampton(opened: Window, qtbot: QtBot) -> Window:
    click_on_pot(opened, qtbot)
    return opened


def the_explanation_follows_the_selection_by_key(wolverhampton: Window, qtbot: QtBot) -> None:
    table = wolverhampton.main.ranking.table
    table.setFocus()

    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down)

    text = wolverhampton.main.ranking.explain.text
    assert text.startswith("W-009 Low Hill Community Larder, requested £2,400.00")
    assert "total: " in text
    assert "= 82.00" in text


def ctrl_shift_c_copies_the_explanation(wolverhampton: Window, qtbot: QtBot) -> None:
    wolverhampton.main.ranking.table.select("W-009")

    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(wolverhampton.main, Qt.Key.Key_C, both)

    assert QGuiApplication.clipboard().text() == wolverhampton.main.ranking.explain.text
    assert "equal score" in QGuiApplication.clipboard().text()


def enter_on_not_ranked_opens_and_folds_the_group(wolverhampton: Window, qtbot: QtBot) -> None:
    table = wolverhampton.main.ranking.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.rows[table.currentIndex().row()].kind is Kind.NOT_RANKED

    qtbot.keyClick(table, Qt.Key.Key_Return)
    opened = [row.name for row in table.rows if row.kind is Kind.UNRANKED]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    folded = [row.name for row in table.rows if row.kind is Kind.UNRANKED]

    assert (opened, folded) == (["W-013"], [])


def letters_typed_in_the_table_do_not_jump(wolverhampton: Window, qtbot: QtBot) -> None:
    table = wolverhampton.main.ranking.table
    table.setFocus()
    before = table.currentIndex().row()

    qtbot.keyClicks(table, "1fj")

    assert table.currentIndex().row() == before


def ctrl_f_filters_and_escape_clears_then_leaves(wolverhampton: Window, qtbot: QtBot) -> None:
    page = wolverhampton.main.ranking
    qtbot.keyClick(wolverhampton.main, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.words.hasFocus()

    qtbot.keyClicks(page.filters.words, "tenants")
    found = references(wolverhampton)
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Escape)
    cleared = references(wolverhampton)
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Escape)

    assert found == ["W-011"]
    assert len(cleared) == 13
    assert page.table.hasFocus()


def a_pill_filters_by_outcome_and_counts(wolverhampton: Window, qtbot: QtBot) -> None:
    pills = [pill for pill in wolverhampton.main.ranking.filters.outcomes.pills if pill.isVisible()]
    assert [pill.text() for pill in pills] == ["All 13", "Fund 8", "Part-fund 1", "Reserve 4"]

    qtbot.mouseClick(pills[2], Qt.MouseButton.LeftButton)

    assert references(wolverhampton) == ["W-019"]


def the_budget_line_stays_in_sight_at_any_scroll(wolverhampton: Window, qtbot: QtBot) -> None:
    wolverhampton.main.resize(1366, 688)
    table = wolverhampton.main.ranking.table

    table.scrollToTop()
    at_top = table.sticky.isVisible(), table.sticky.text()
    table.scrollToBottom()
    at_bottom = table.sticky.isVisible()

    assert at_top == (True, "Budget line · £30,000 pot · £0 left   below ∨")
    assert not at_bottom  # the line itself is on show


def a_click_on_the_sticky_line_brings_the_line_into_sight_and_selects_the_last_above_it(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    wolverhampton.main.resize(1366, 688)
    table = wolverhampton.main.ranking.table
    table.scrollToTop()

    qtbot.mouseClick(table.sticky, Qt.MouseButton.LeftButton)

    at = table.currentIndex().row()
    assert [row.kind for row in table.rows[at : at + 2]] == [Kind.LINE, Kind.BUDGET]
    assert not table.sticky.isVisible()


def keys_and_clicks_pass_over_the_budget_line(wolverhampton: Window, qtbot: QtBot) -> None:
    wolverhampton.main.resize(1366, 688)
    table = wolverhampton.main.ranking.table
    number = next(n for n, row in enumerate(table.rows) if row.kind is Kind.BUDGET)
    table.select(table.rows[number - 1].name)
    table.setFocus()

    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == number + 1

    line = table.visualRect(table.model().index(number, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert table.currentIndex().row() == number + 1
    assert not table.selectionModel().isRowSelected(number)


def the_budget_line_that_a_step_goes_over_is_read_out(
    wolverhampton: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = wolverhampton.main.ranking.table
    number = next(n for n, row in enumerate(table.rows) if row.kind is Kind.BUDGET)
    table.select(table.rows[number - 2].name)
    table.setFocus()
    heard = hear(monkeypatch, line_view)

    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard == []

    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard == [table.rows[number].spoken]


def test_the_budget_line_is_in_sight_passed_over_and_read_out_and_letters_do_not_jump(
    wolverhampton: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_budget_line_stays_in_sight_at_any_scroll(wolverhampton, qtbot)
    a_click_on_the_sticky_line_brings_the_line_into_sight_and_selects_the_last_above_it(wolverhampton, qtbot)
    keys_and_clicks_pass_over_the_budget_line(wolverhampton, qtbot)
    the_budget_line_that_a_step_goes_over_is_read_out(wolverhampton, qtbot, monkeypatch)
    letters_typed_in_the_table_do_not_jump(wolverhampton, qtbot)


def the_model_of_the_page_passes_qts_own_tester(wolverhampton: Window) -> None:
    table = wolverhampton.main.ranking.table
    tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)

    wolverhampton.main.ranking.filters.words.setText("tenants")
    wolverhampton.main.ranking.filters.words.setText("")
    wolverhampton.controller.rounds.choose_area(None)
    table.fold_asked.emit()

    assert table.model().rowCount() > 33
    del tester


def cells_are_spoken_in_full_words(wolverhampton: Window) -> None:
    model = wolverhampton.main.ranking.table.model()

    said = [model.index(8, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(7)]

    assert said[0] == (
        "Place 9, W-019, Pendeford Parents' Group, total 67.00, part-fund £1,870 of £3,700, "
        "running total £30,000 of £30,000, marginal"
    )
    assert said[3].startswith("Marginal: with quality at 72.7 it would be a reserve")
    assert said[2:3] + said[4:] == ["total 67.00", "£1,870 of £3,700", "running total £30,000", "Part-fund"]


def working_the_round_out_again_keeps_the_row_and_the_focus(wolverhampton: Window, qtbot: QtBot) -> None:
    table = wolverhampton.main.ranking.table
    table.setFocus()
    table.select("W-011")

    qtbot.keyClick(wolverhampton.main, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    assert table.hasFocus()
    assert table.rows[table.currentIndex().row()].name == "W-011"


def every_step_unfolds_by_key_and_the_focus_stays(wolverhampton: Window, qtbot: QtBot) -> None:
    steps = wolverhampton.main.ranking.explain.steps
    steps.setFocus()

    qtbot.keyClick(steps, Qt.Key.Key_Space)

    assert steps.text() == "Hide the steps"
    assert steps.hasFocus()


def test_the_list_is_spoken_explained_and_walked_by_keys(wolverhampton: Window, qtbot: QtBot) -> None:
    cells_are_spoken_in_full_words(wolverhampton)
    the_explanation_follows_the_selection_by_key(wolverhampton, qtbot)
    ctrl_shift_c_copies_the_explanation(wolverhampton, qtbot)
    every_step_unfolds_by_key_and_the_focus_stays(wolverhampton, qtbot)
    working_the_round_out_again_keeps_the_row_and_the_focus(wolverhampton, qtbot)
    enter_on_not_ranked_opens_and_folds_the_group(wolverhampton, qtbot)
    ctrl_f_filters_and_escape_clears_then_leaves(wolverhampton, qtbot)
    a_pill_filters_by_outcome_and_counts(wolverhampton, qtbot)
    wolverhampton.main.ranking.filters.outcomes.pills[0].click()
    the_model_of_the_page_passes_qts_own_tester(wolverhampton)
