"""How secure? on the ranked list: worked out beside it, kept while nothing changes, closed where it must."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from gui.app import Window
from gui.pages.deciding.ranking.page import RankingPage
from gui.record.runner import InlineRunner, Job, Ticket
from gui.tables.column_widths import needs, widths_by_name
from gui.tables.head_font import brief_width
from gui.tables.ranking.columns import APPLICANT, EXTRA_NAMES, HOLDS, RUNNING, TURNS, chosen_columns
from scoring.sensitivity import list_sensitivity
from scoring.sensitivity.figures import figures_of
from scoring.sensitivity.split import split_test
from tests.gui.conftest import Opens
from tests.gui.ranking_rounds import CLOSED, interested_round, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def page(window: Window, tmp_path: Path) -> RankingPage:
    return show(window, tmp_path / "holds.panel", two_member_round()).main.ranking


def badge(page: RankingPage, reference: str) -> tuple[str, str]:
    row = next(row for row in page.table.rows if row.name == reference)
    return (row.badge.word, row.badge.tip) if row.badge else ("", "")


def an_award_far_from_the_line_holds_and_the_one_at_it_moves(page: RankingPage) -> None:
    word, tip = badge(page, "W-014")
    assert word == "Secure"
    assert tip.endswith("fund it in every draw.")

    word, tip = badge(page, "W-019")
    assert word == "Marginal"
    assert tip.startswith("Marginal: with quality at")


def the_row_is_read_out_with_it(page: RankingPage) -> None:
    row = next(row for row in page.table.rows if row.name == "W-014")

    assert row.spoken.endswith("running total £4,800 of £30,000, secure")


def the_splits_that_keep_the_list_stand_above_the_slider(window: Window, page: RankingPage) -> None:
    figures = page.figures
    assert figures is not None
    test = split_test(figures_of(figures.round, figures.ranking), "Wolverhampton")
    assert test is not None
    low, high = test.same_set.low_1e4, test.same_set.high_1e4

    window.main.tools.choose_area("Wolverhampton")

    assert page.what_if.range.text() == f"same list {low / 10_000:g}–{high / 10_000:g}"
    assert page.what_if.split.accessibleDescription() == page.what_if.range.text()


def test_nothing_is_said_of_what_is_closed(window: Window, tmp_path: Path) -> None:
    page = show(window, tmp_path / "closed.panel", interested_round()).main.ranking

    assert badge(page, CLOSED) == ("", "")
    assert badge(page, "W-014") == ("", ""), "how the others hold would tell of it"


def it_is_worked_out_once_while_the_ranking_is_the_same(
    page: RankingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    real = list_sensitivity.round_sensitivity

    def counting(*given: object) -> object:
        calls.append(1)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(list_sensitivity, "round_sensitivity", counting)
    page.refresh()
    page.filters.changed.emit()
    assert not calls

    figures = page.figures
    assert figures is not None
    scheme = replace(figures.round.scheme, quorum=2)
    rows = replace(figures.rows, scheme=scheme)
    changed = replace(
        figures, found=replace(figures.found, rows=rows), round=replace(figures.round, scheme=scheme)
    )
    page.sure.follow(changed, None, frozenset())
    assert calls == [1]


def the_badges_stay_when_the_round_is_read_again_with_nothing_new(window: Window, page: RankingPage) -> None:
    before = badge(page, "W-019")
    held = page.figures

    window.main.tools.choose_area("Wolverhampton")
    window.main.tools.choose_area(None)
    page.refresh()

    assert held is not None
    assert page.figures is not held
    assert badge(page, "W-019") == before


def test_badges_and_splits_are_told_and_worked_out_once(
    page: RankingPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_award_far_from_the_line_holds_and_the_one_at_it_moves(page)
    the_row_is_read_out_with_it(page)
    the_splits_that_keep_the_list_stand_above_the_slider(window, page)
    the_badges_stay_when_the_round_is_read_again_with_nothing_new(window, page)
    it_is_worked_out_once_while_the_ranking_is_the_same(page, monkeypatch)


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


def test_a_page_made_beforehand_works_nothing_out_until_it_is_seen(opens: Opens, tmp_path: Path) -> None:
    runner = RestingRunner()
    window = opens(runner)
    page = show(window, tmp_path / "holds.panel", two_member_round()).main.ranking
    window.main.tools.go("overview")
    assert [ticket.is_cancelled for ticket in runner.resting] == [True], "it had not begun"

    page.show_place(None)
    page.show_place(window.controller.rounds.place)
    runner.run_resting()
    assert page.table.rows
    assert not runner.resting
    assert badge(page, "W-014") == ("", "")

    window.main.tools.go("ranking")
    runner.run_resting()
    assert badge(page, "W-014")[0] == "Secure"


def test_what_began_is_brought_to_its_end_unseen(opens: Opens, tmp_path: Path) -> None:
    runner = RestingRunner()
    window = opens(runner)
    page = show(window, tmp_path / "holds.panel", two_member_round()).main.ranking
    runner.run_resting()
    assert badge(page, "W-014")[0] == "Secure"

    window.main.tools.go("overview")
    window.main.tools.go("ranking")

    assert not runner.resting
    assert badge(page, "W-014")[0] == "Secure"


class StoppingRunner(InlineRunner):
    """A runner whose labelled sums are cancelled before they begin."""

    def start(self, job: Job) -> Ticket:
        if not job.label.startswith("How secure each place is"):
            return super().start(job)
        ticket = Ticket(job.label, self, job=job)
        ticket.cancel()
        ticket.run()
        ticket.deleteLater()
        return ticket


def test_stopped_it_shows_no_badge_and_no_fault(opens: Opens, tmp_path: Path) -> None:
    window = opens(StoppingRunner())
    page = show(window, tmp_path / "stopped.panel", two_member_round()).main.ranking

    assert badge(page, "W-014") == ("", "")
    assert page.table.rows
    assert not window.main.notices.isVisible()


@pytest.mark.parametrize(("room", "hidden", "holds"), [(1100, set(), 80), (640, {RUNNING}, 55)])
def test_the_word_gives_way_after_the_running_total(
    window: Window, room: int, hidden: set[str], holds: int
) -> None:
    columns = chosen_columns(())
    found = widths_by_name(window.look, needs(window.look, columns, ()), 200, room, turns=TURNS)

    assert {name for name, width in found.items() if not width} == hidden
    brief = brief_width(window.look, "Secure")
    assert found[HOLDS] >= holds if holds == 80 else found[HOLDS] == brief
    assert found[APPLICANT] >= 200


def test_chosen_columns_give_way_before_the_shape(window: Window) -> None:
    columns = chosen_columns(EXTRA_NAMES)
    found = widths_by_name(window.look, needs(window.look, columns, ()), 200, 600, turns=TURNS)

    assert found[HOLDS] == brief_width(window.look, "Secure") > 50, "its brief head is whole"
    assert not any(found[name] for name in EXTRA_NAMES)
