"""How secure? on the ranked list and beside it: badges, words, charts, the challenger, what stays closed."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.deciding.ranking.comparing import CompareDialog
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.sensitivity import (
    EXPLAIN,
    SURE,
    WITHHELD,
    WORKING_BADGES,
)
from gui.record.runner import InlineRunner, Job, Ticket
from scoring.sensitivity import list_sensitivity
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.split import split_test
from tests.gui.conftest import Opens
from tests.gui.pressing import box_of
from tests.gui.ranking_rounds import CLOSED, interested_round, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def ranked(window: Window, tmp_path: Path) -> RankingPage:
    return show(window, tmp_path / "sure.panel", two_member_round()).main.ranking


def test_how_sure_the_list_is_is_not_told_to_who_declared_an_interest(window: Window, tmp_path: Path) -> None:
    page = show(window, tmp_path / "closed.panel", interested_round()).main.ranking
    page.sure.turns.choose(SURE)

    assert page.sure.found is None
    assert page.sure.state.text() == WITHHELD
    assert badge(page, CLOSED) == ("", "")
    assert badge(page, "W-014") == ("", ""), "how the others hold would tell of it"


class StoppingRunner(InlineRunner):
    """A runner whose sums of a label are cancelled before they begin, until it is told otherwise."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.stops = label

    def start(self, job: Job) -> Ticket:
        if job.label != self.stops:
            return super().start(job)
        ticket = Ticket(job.label, self, job=job)
        ticket.cancel()
        ticket.run()
        ticket.deleteLater()
        return ticket


def badge(ranked: RankingPage, reference: str) -> tuple[str, str]:
    row = next(row for row in ranked.table.rows if row.name == reference)
    return row.badge.word, row.badge.tip


def how_sure_the_list_is_is_told_beside_it(window: Window, page: RankingPage, qtbot: QtBot) -> None:
    panel, rows = page.sure, page.table.rows
    assert panel.isVisible()
    assert panel.split.text().startswith("Same list from ")
    assert len(panel.lines.marks) == len(panel.found.lines)
    assert panel.lines.sentence.endswith(panel.split.text())
    # W-014: cost 85, quality 88.75
    assert "W-014 Bilston Boxing Futures, 88.00 at 80, 85.00 on cost alone" in panel.lines.marks[0]
    assert panel.agreement.text().startswith(
        "The members read the criteria alike. Agreement by Krippendorff’s alpha: 1.00"
    )
    assert len(panel.strip.marks) == 2
    assert "marks as the others do" in panel.strip.marks[0]
    assert panel.severity.text() == "None of this changes a mark."

    either = panel.lines_or_table
    either.chart.setFocus()
    qtbot.keyClick(either.chart, Qt.Key.Key_Down)
    assert either.chart.at == 1
    qtbot.keyClick(either.chart, Qt.Key.Key_T)
    assert either.is_table
    qtbot.keyClick(either.table, Qt.Key.Key_T)
    assert not either.is_table
    panel.compare.click()
    dialog = box_of(window, CompareDialog)
    assert panel.challenger.text() in dialog.notes.text()
    assert "so it favours large applications" in dialog.notes.text()
    assert {side.reference for side in dialog.after.rows} == {side.reference for side in dialog.before.rows}
    dialog.reject()
    assert page.table.rows == rows, "the challenger fills nothing in"


def test_how_sure_the_list_is_is_told_in_badges_words_charts_and_tables(
    ranked: RankingPage, qtbot: QtBot, window: Window
) -> None:
    word, tip = badge(ranked, "W-014")
    assert word == "Secure"
    assert tip.endswith("fund it in every draw.")
    word, tip = badge(ranked, "W-019")
    assert word == "Marginal"
    assert tip.startswith("Marginal: with quality at")
    row = next(row for row in ranked.table.rows if row.name == "W-014")
    assert row.spoken.endswith("running total £4,800 of £30,000, secure")
    ranked.sure.turns.choose(SURE)
    how_sure_the_list_is_is_told_beside_it(window, ranked, qtbot)
    assert not ranked.explain.isVisible()
    ranked.sure.turns.choose(EXPLAIN)
    assert ranked.explain.isVisible()
    assert ranked.what_if.isVisible()
    assert not ranked.sure.isVisible()

    window.main.resize(800, 700)
    assert not ranked.sure.turns.isVisible()
    ranked.tabs.choose(2)
    parts = (ranked.sure, ranked.explain, ranked.table)
    assert [part.isVisible() for part in parts] == [True, False, False]
    ranked.tabs.choose(1)
    assert [part.isVisible() for part in parts] == [False, True, False]
    window.main.resize(1366, 768)
    assert ranked.sure.turns.isVisible()
    assert ranked.table.isVisible()


def test_it_is_worked_out_once_and_stands_above_the_slider(
    ranked: RankingPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures, before = ranked.figures, badge(ranked, "W-019")
    test = split_test(figures_of(figures.round, figures.ranking), "Wolverhampton")
    low, high = test.same_set.low_1e4, test.same_set.high_1e4
    window.main.tools.choose_area("Wolverhampton")
    assert ranked.what_if.range.text() == f"same list {low / 10_000:g}–{high / 10_000:g}"
    assert ranked.what_if.split.accessibleDescription() == ranked.what_if.range.text()
    window.main.tools.choose_area(None)
    ranked.refresh()
    assert ranked.figures is not figures
    assert badge(ranked, "W-019") == before, "the round was read again with nothing new"

    calls: list[int] = []
    real = list_sensitivity.round_sensitivity

    def counting(*given: object) -> object:
        calls.append(1)
        return real(*given)

    monkeypatch.setattr(list_sensitivity, "round_sensitivity", counting)
    ranked.refresh()
    ranked.filters.changed.emit()
    assert not calls
    figures = ranked.figures
    scheme = replace(figures.round.scheme, quorum=2)
    found = replace(figures.found, rows=replace(figures.rows, scheme=scheme))
    changed = replace(figures, found=found, round=replace(figures.round, scheme=scheme))
    ranked.sure.follow(changed, None, frozenset())
    assert calls == [1]


class RestingRunner(InlineRunner):
    """A runner that lets work on show that may wait rest until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.resting: list[Ticket] = []

    def start(self, job: Job) -> Ticket:
        if not (job.wait_ms and job.label):
            return super().start(job)
        ticket = Ticket(job.label, self, job=job)
        self.resting.append(ticket)
        return ticket

    def run_resting(self) -> None:
        resting, self.resting = self.resting, []
        for ticket in resting:
            ticket.run()


def test_a_page_works_it_out_only_while_it_is_seen(opens: Opens, tmp_path: Path) -> None:
    runner = RestingRunner()
    window = opens(runner)
    page = show(window, tmp_path / "holds.panel", two_member_round()).main.ranking
    window.main.tools.go("overview")
    assert [ticket.is_cancelled for ticket in runner.resting] == [True]

    page.show_place(None)
    page.show_place(window.controller.rounds.place)
    runner.run_resting()
    assert page.table.rows
    assert badge(page, "W-014") == ("", "")

    window.main.tools.go("ranking")
    runner.run_resting()
    assert badge(page, "W-014")[0] == "Secure"


def test_stopped_it_shows_no_badge_and_no_fault(opens: Opens, tmp_path: Path) -> None:
    window = opens(StoppingRunner(WORKING_BADGES))
    page = show(window, tmp_path / "stopped.panel", two_member_round()).main.ranking

    assert badge(page, "W-014") == ("", "")
    assert page.table.rows
    assert not window.main.notices.isVisible()
