"""What if: nothing of it reaches the record, the list or the papers until amounts are recorded on purpose."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.ranking.comparing import CompareDialog
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.what_if import HIDDEN
from gui.tables.ranking.rows import Kind
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.round_list import Mark
from models.store import chain as journal
from models.values.recommending import recommendation
from tests.gui.pressing import answer_to, box_of, told
from tests.gui.ranking_rounds import CLOSED, interested_round, line, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PART = "W-019"


def head(window: Window) -> int:
    """The number of the journal's last row: it grows with everything that is recorded."""
    return answer_to(window, lambda session: journal.head(session).seq)


def test_nothing_is_tried_by_who_declared_an_interest_before_the_decision(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(window, tmp_path / "closed.panel", interested_round()).main.ranking
    panel = page.what_if

    assert not panel.isEnabled()
    assert panel.toolTip() == HIDDEN
    panel.amounts.click()
    page.table.select(CLOSED)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert page.table.editor is None


def try_amount(page: RankingPage, qtbot: QtBot, reference: str, typed: str) -> None:
    page.table.select(reference)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert page.table.editor is not None
    qtbot.keyClicks(page.table.editor, typed)
    qtbot.keyClick(page.table.editor, Qt.Key.Key_Return)


def test_tried_amounts_show_in_the_list_and_are_recorded_after_how_many_and_which_in_one_undo(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    before, rows = head(chair), page.table.rows
    page.what_if.amounts.click()
    try_amount(page, qtbot, PART, "0")
    try_amount(page, qtbot, "W-008", "1870")
    shown = {row.name: row for row in page.table.rows if row.kind is Kind.LINE}
    assert (shown[PART].amount, shown[PART].asked) == ("–", "was £1,870")
    assert (shown["W-008"].amount, shown["W-008"].asked) == ("£1,870", "was –")
    assert page.what_if.changes.text() == "2 recommendations would change"
    assert page.what_if.named.text() == (
        "Pendeford Parents' Group £1,870 to £0; Blakenhall Interfaith Forum £0 to £1,870."
    )
    assert page.pots.pots[0].figures.words == "Fully used"
    assert chair.controller.dialog is None
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert (head(chair), page.table.rows) == (before, rows)

    page.what_if.amounts.click()
    try_amount(page, qtbot, PART, "1000")
    try_amount(page, qtbot, "W-014", "4000")
    page.what_if.apply.click()
    dialog = box_of(chair, DataForm)
    assert dialog.form.sentences == (
        "2 amounts are recorded: W-014 £4,000 (was £4,800); W-019 £1,000 (was £1,870).",
        "Nothing says yet what W-014, W-019 would pay for.",
    )
    assert dialog.do.text() == "Record 2 amounts"
    assert dialog.focusWidget() is dialog["scope"]
    dialog.do.click()
    assert dialog.problem.text().startswith("Say what the parts pay for")
    dialog["scope"].setText("Half of the sessions")
    dialog["reason"].setPlainText("So that two more can be funded.")
    assert head(chair) == before
    dialog.do.click()
    assert head(chair) == before + 1
    found = line(chair, PART)
    assert (found.mark, found.amount_pence, found.reason) == (
        *(Mark.PART, 100_000),
        "So that two more can be funded.",
    )
    assert not page.what_if.is_on
    chair.workspace.undo_stack.undo()
    assert not line(chair, PART).is_recorded
    assert not line(chair, "W-014").is_recorded


def test_amounts_over_the_pot_are_tried_but_not_recorded(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    page.record.click()
    box_of(chair, ConfirmDialog).do.click()
    page.what_if.amounts.click()
    try_amount(page, qtbot, "W-008", "3600")
    assert page.pots.pots[0].figures.is_over

    page.what_if.apply.click()

    assert chair.controller.dialog is None
    assert told(chair).startswith("This takes Wolverhampton £3,600 over its £30,000 pot.")


def test_a_trial_is_compared_with_what_is_recorded_not_with_the_rule(
    chair: Window, page: RankingPage
) -> None:
    figures = page.figures
    row = recommendation(line(chair, PART).standing, "decline", None, "The panel was not convinced.")
    chair.workspace.perform(RecordRecommendations(figures.line.round_id, (row,)))
    assert line(chair, PART).mark is Mark.DECLINE

    page.what_if.rule.setCurrentIndex(page.what_if.rule.findData("stop"))

    # the rule says part-fund £1,870 now and reserve when it stops at the first; the panel said decline
    assert page.what_if.named.text() == "Pendeford Parents' Group decline to reserve."
    page.what_if.compare.click()
    dialog = box_of(chair, CompareDialog)
    before = {side.reference: side.line.mark for side in dialog.before.rows}
    after = {side.reference: (side.line.mark, side.change) for side in dialog.after.rows}
    assert (before[PART], after[PART][0]) == (Mark.DECLINE, Mark.RESERVE)
    assert before["W-014"] is Mark.OPEN


def test_what_is_tried_is_compared_put_back_and_recorded_by_nobody(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    before, rows, tried = head(chair), page.table.rows, page.what_if
    tried.split.setValue(70)
    tried.compare.click()
    box_of(chair, CompareDialog).cancel.click()
    assert tried.back.text() == "Reset to 80 : 20"
    for key in (Qt.Key.Key_F, Qt.Key.Key_R, Qt.Key.Key_F2):
        chair.main.notices.move_on()
        page.table.select("W-014")
        qtbot.keyClick(page.table, key)
        assert page.table.editor is None
        assert told(chair) == "Not available during a what-if: press Esc to leave it."
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not tried.is_on
    assert (head(chair), page.table.rows) == (before, rows)

    offered = [tried.without.itemText(n) for n in range(tried.without.count())]
    assert offered == ["Everybody", "Without Priya Nair", "Without Grace Okoro"]  # Hale marked nothing
    tried.without.setCurrentIndex(1)
    assert tried.state.isVisible()
    assert tried.changes.text() == "Nothing would change"  # both gave the same marks
    assert tried.named.text().startswith("Agreed marks are nobody’s own")
    tried.put_back()
    tried.rule.setCurrentIndex(tried.rule.findData("stop"))
    tried.compare.click()
    dialog = box_of(chair, CompareDialog)
    stood = {side.reference: side for side in dialog.before.rows}
    after = {side.reference: side for side in dialog.after.rows}
    assert (stood[PART].line.amount_pence, after[PART].line.amount_pence) == (187_000, None)  # no part
    assert after[PART].change.word == "Loses £1,870"
    assert dialog.count.text() == "1 application marked as changed"
    assert [side.reference for side in dialog.before.rows][:2] == ["W-014", "W-003"]


def test_in_a_low_window_it_is_folded_and_papers_wait_also_after_the_header_switched(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    chair.main.resize(1366, 700)
    assert not page.what_if.split.isVisible()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert page.what_if.split.hasFocus()
    page.what_if.split.setValue(70)
    tried = (page.what_if.quality, page.what_if.split, page.what_if.combine, page.what_if.rule)
    qtbot.waitUntil(lambda: bool(page.what_if.named.text()))
    qtbot.waitUntil(lambda: all(one.height() >= one.minimumSizeHint().height() for one in tried))
    page.what_if.more.click()
    assert page.what_if.split.isVisible(), "what is tried is never out of sight"
    page.what_if.put_back()
    assert not page.what_if.split.isVisible()
    chair.main.resize(1366, 800)
    assert page.what_if.split.isVisible()

    page.what_if.split.setValue(70)
    chair.controller.rounds.choose_area("Wolverhampton")
    for name in ("export", "record_recommendations"):
        chair.main.actions_by_name[name].setEnabled(True)
        chair.main.actions_by_name[name].trigger()
    assert chair.controller.dialog is None


def test_what_is_tried_goes_with_the_record_that_it_was_tried_on(
    chair: Window, page: RankingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.what_if.amounts.click()
    try_amount(page, qtbot, PART, "0")
    show(chair, tmp_path / "another.panel", two_member_round())
    assert not page.what_if.is_on
    assert next(row for row in page.table.rows if row.name == PART).amount == "£1,870"
    page.what_if.split.setValue(70)
    show(chair, tmp_path / "a-third.panel", two_member_round())
    assert (page.what_if.is_on, page.what_if.split.value()) == (False, 80)
