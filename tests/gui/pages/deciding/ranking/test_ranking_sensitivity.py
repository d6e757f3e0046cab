"""How sure, beside the list: words, charts with tables, the challenger, and what stays closed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.deciding.ranking.comparing import CompareDialog
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.sensitivity import EXPLAIN, STOPPED, SURE, WITHHELD, SensitivityPanel
from gui.record.runner import InlineRunner, Job, Ticket
from tests.gui.conftest import Opens
from tests.gui.pressing import box_of
from tests.gui.ranking_rounds import interested_round, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def page(window: Window, tmp_path: Path) -> RankingPage:
    page = show(window, tmp_path / "sure", two_member_round()).main.ranking
    page.sure.turns.choose(SURE)
    return page


def words(panel: SensitivityPanel) -> str:
    labels = (panel.split, panel.without, panel.otherwise, panel.agreement, panel.severity)
    return "\n".join(label.text() for label in (*labels, panel.challenger, panel.proof))


def it_says_from_where_to_where_the_list_is_the_same(page: RankingPage) -> None:
    panel = page.sure
    found = page.sure.found

    assert panel.isVisible()
    assert found is not None
    assert panel.split.text().startswith("Same list from ")
    assert panel.lines.count() == len(found.lines)
    assert panel.lines.sentence().endswith(panel.split.text())
    # W-014: cost 85, quality 88.75
    assert "W-014 Bilston Boxing Futures, 88.00 at 80, 85.00 on cost alone" in panel.lines.mark_words(0)


def random_weights_are_a_row_for_each_in_order_of_place(page: RankingPage) -> None:
    rows = page.sure.drawn.rows

    assert rows[0][1] == ("W-014", "every draw", "1 to 2")


def two_members_who_mark_alike_agree_fully(page: RankingPage) -> None:
    panel = page.sure

    assert panel.agreement.text().startswith(
        "The members read the criteria alike. Agreement by Krippendorff’s alpha: 1.00"
    )
    assert panel.strip.count() == 2
    assert "marks as the others do" in panel.strip.mark_words(0)
    assert panel.severity.text() == "None of this changes a mark."


def t_shows_the_lines_as_a_table_and_back(page: RankingPage, qtbot: QtBot) -> None:
    either = page.sure.lines_or_table
    either.chart.setFocus()

    qtbot.keyClick(either.chart, Qt.Key.Key_Down)
    assert either.chart.at == 1
    qtbot.keyClick(either.chart, Qt.Key.Key_T)
    assert either.is_table
    qtbot.keyClick(either.table, Qt.Key.Key_T)
    assert not either.is_table


def the_challenger_is_compared_with_its_reasons_and_fills_nothing_in(
    window: Window, page: RankingPage
) -> None:
    before = page.table.rows

    page.sure.compare.click()

    dialog = box_of(window, CompareDialog)
    assert page.sure.challenger.text() in dialog.notes.text()
    assert "so it favours large applications" in dialog.notes.text()
    assert {side.reference for side in dialog.after.rows} == {side.reference for side in dialog.before.rows}
    dialog.reject()
    assert page.table.rows == before


def test_how_sure_the_list_is_is_not_told_to_who_declared_an_interest(window: Window, tmp_path: Path) -> None:
    page = show(window, tmp_path / "closed.panel", interested_round()).main.ranking
    page.sure.turns.choose(SURE)

    assert page.sure.found is None
    assert page.sure.state.text() == WITHHELD


def explain_and_what_if_come_back(page: RankingPage) -> None:
    assert not page.explain.isVisible()

    page.sure.turns.choose(EXPLAIN)

    assert page.explain.isVisible()
    assert page.what_if.isVisible()
    assert not page.sure.isVisible()


class StoppingRunner(InlineRunner):
    """A runner whose labelled sums are cancelled before they begin, until it is told otherwise."""

    stops = True

    def start(self, job: Job) -> Ticket:
        if not (self.stops and job.label == "How sure the list is"):
            return super().start(job)
        ticket = Ticket(job.label, self, job=job)
        ticket.cancel()
        ticket.run()
        ticket.deleteLater()
        return ticket


def test_stopped_it_can_be_begun_again(opens: Opens, tmp_path: Path) -> None:
    runner = StoppingRunner()
    page = show(opens(runner), tmp_path / "stopped.panel", two_member_round()).main.ranking
    page.sure.turns.choose(SURE)
    panel = page.sure

    assert panel.state.text() == STOPPED
    assert panel.again.isVisible()
    assert not panel.split.isVisible()

    runner.stops = False
    panel.again.click()

    assert panel.split.isVisible()
    assert not panel.again.isVisible()


def in_a_narrow_window_list_explanation_and_how_sure_take_turns(window: Window, page: RankingPage) -> None:
    window.main.resize(800, 700)
    assert not page.sure.turns.isVisible()

    page.tabs.choose(2)
    assert page.sure.isVisible()
    assert not page.explain.isVisible()
    assert not page.table.isVisible()

    page.tabs.choose(1)
    assert page.explain.isVisible()
    assert not page.sure.isVisible()

    window.main.resize(1366, 768)
    assert page.sure.turns.isVisible()
    assert page.table.isVisible()


def test_how_sure_the_list_is_is_told_in_words_charts_and_tables(
    page: RankingPage, qtbot: QtBot, window: Window
) -> None:
    it_says_from_where_to_where_the_list_is_the_same(page)
    random_weights_are_a_row_for_each_in_order_of_place(page)
    two_members_who_mark_alike_agree_fully(page)
    t_shows_the_lines_as_a_table_and_back(page, qtbot)
    the_challenger_is_compared_with_its_reasons_and_fills_nothing_in(window, page)
    explain_and_what_if_come_back(page)
    in_a_narrow_window_list_explanation_and_how_sure_take_turns(window, page)
