"""Buttons in sight on the ranking page: buttons, rows that open, the way to a tie, missing reasons."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.page import Identity
from gui.tables.ranking.rows import Kind
from models.operations.deciding.signing import SignRecommendations
from models.queries.deciding.round_list import Mark
from tests.gui.deciding import CHAIR, DAY, at_page, make_recommended
from tests.gui.pressing import answer, box_of, double_click
from tests.gui.ranking_rounds import line, show, two_member_round, use_as

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def tied_at_the_line(window: Window, folder: Path) -> RankingPage:
    """Show a round of which two, equal fourth, share a place where £2,970 is left."""
    rows = two_member_round()
    # 13,000 − (4,800 + 3,250 + 1,980); W-009 asks 2,400 and W-021 asks 4,950
    return show(
        window, folder / "acts.panel", replace(rows, areas=(replace(rows.areas[0], pot_pence=1_300_000),))
    ).main.ranking


def double_click_on(page: RankingPage, reference: str) -> None:
    page.table.select(reference)
    double_click(page.table.viewport(), page.table.visualRect(page.table.currentIndex()).center())


def closed_box(window: Window) -> DataForm:
    dialog = box_of(window, DataForm)
    dialog.reject()
    return dialog


def test_the_tie_that_stops_the_list_leads_to_where_the_chair_rules(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    page = tied_at_the_line(window, tmp_path)
    use_as(window, "Grace Okoro")
    assert page.tie.isHidden()
    use_as(window, "Priya Nair")
    assert (page.tie.isHidden(), page.tie.text()) == (False, "Decide the tie…")

    page.table.select("W-002")  # waits behind the tie
    assert page.row_buttons.tie.isVisible()
    page.record.click()
    box = box_of(window, ConfirmDialog)
    assert any("for the chair to decide a tie: W-009, W-021" in words for words in box.sentences)
    box.reject()
    page.table.select("W-009")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert closed_box(window).windowTitle() == "Decide the tie"
    page.tie.click()
    answer(window, reason="Nearer to the priority wards.")

    assert line(window, "W-009").standing.place == 4
    assert page.tie.isHidden()
    assert page.row_buttons.tie.isHidden()


def test_acts_stand_beside_the_explanation_and_rows_open(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(window, tmp_path / "acts.panel", two_member_round()).main.ranking
    buttons = page.row_buttons
    below = next(x.standing for x in page.figures.listed.lines if x.standing.below_threshold)  # type: ignore[union-attr]

    page.table.select("W-014")
    assert buttons.exception.isHidden(), "it is not below a minimum"
    buttons.part.click()
    part = box_of(window, DataForm)
    assert (part.focusWidget(), part["amount"].text()) == (part["amount"], ""), "a part is never the whole"
    assert closed_box(window)["outcome"].value is Mark.PART
    buttons.decline.click()
    assert closed_box(window)["outcome"].value is Mark.DECLINE
    double_click_on(page, "W-014")
    assert closed_box(window)["outcome"].value is Mark.FUND
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    closed_box(window)
    buttons.amount.click()
    page.table.editor.leave()
    buttons.fund.click()
    assert (line(window, "W-014").mark, line(window, "W-014").is_recorded) == (Mark.FUND, True)
    page.table.select(below.reference)
    buttons.decline.click()
    asks = closed_box(window)
    assert (asks["outcome"].value, line(window, below.reference).is_recorded) == (Mark.DECLINE, False)
    buttons.exception.click()
    asked = box_of(window, DataForm)
    asked.reject()

    row = next(row for row in page.table.rows if row.name == "W-014")
    assert row.missing is not None
    assert "no reason yet" in row.spoken
    pill = next(pill for pill in page.filters.outcomes.pills if pill.value is Mark.UNREASONED)
    assert pill.accessibleName() == "No reason 1"
    pill.click()
    assert [row.name for row in page.table.rows if row.kind is Kind.LINE] == ["W-014"]
    page.filters.outcomes.pills[0].click()

    use_as(window, "Grace Okoro")
    assert buttons.isHidden()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.controller.dialog is None
    assert page.explain.focusable().hasFocus()


def test_no_amount_is_typed_on_a_signed_recommendation(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    at_page(window, make_recommended(tmp_path / "signed.panel"), Identity(CHAIR.name, CHAIR.role), "ranking")
    page = window.main.ranking
    window.workspace.perform(SignRecommendations(1, "", DAY))
    page.table.select("W-014")

    assert not page.record.isEnabled()
    assert not page.row_buttons.part.isEnabled()
    assert not page.row_buttons.menu("W-014").actions()
    assert not page.acts.open("W-014")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_P):
        qtbot.keyClick(page.table, key)
        assert page.table.editor is None
        assert window.controller.dialog is None
    page.what_if.amounts.click()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert page.table.editor is None, "nor is it tried"
    page.what_if.put_back()

    said = window.main.notices.current
    assert said.words == (
        "The recommendation on W-014 is signed. Only the deciding office changes it now, on Decisions."
    )
    (way_out,) = said.remedies
    way_out.do()
    assert window.main.pages.key == "decisions"
