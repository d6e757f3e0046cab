"""What if: nothing of it reaches the record, the list or the papers."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.deciding.ranking.comparing import CompareDialog
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.what_if import HIDDEN
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.round_list import Mark
from models.store import chain as journal
from models.values.recommending import recommendation
from tests.gui.pressing import answer_to, box_of, told
from tests.gui.ranking_rounds import interested_round, line, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PART = "W-019"


@pytest.fixture
def chair(window: Window, tmp_path: Path) -> Window:
    return show(window, tmp_path / "what-if.panel", two_member_round())


@pytest.fixture
def page(chair: Window) -> RankingPage:
    return chair.main.ranking


def head(window: Window) -> int:
    """The number of the journal's last row: it grows with everything that is recorded."""
    return answer_to(window, lambda session: journal.head(session).seq)


def test_nothing_is_tried_by_who_declared_an_interest_before_the_decision(
    window: Window, tmp_path: Path
) -> None:
    panel = show(window, tmp_path / "closed.panel", interested_round()).main.ranking.what_if

    assert not panel.isEnabled()
    assert panel.toolTip() == HIDDEN


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
    chair: Window, page: RankingPage, tmp_path: Path
) -> None:
    page.what_if.split.setValue(70)
    show(chair, tmp_path / "a-third.panel", two_member_round())
    assert (page.what_if.is_on, page.what_if.split.value()) == (False, 80)
