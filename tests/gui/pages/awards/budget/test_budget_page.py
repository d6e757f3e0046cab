"""Budget: allocations typed and changed, money moved and given, authority named, rounds closed."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.breakpoints import Breakpoints
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.awards.budget.detail import NOT_REFUSED
from gui.pages.awards.budget.dialogs import AllocationsDialog, MoveDialog, SpendingPlanDialog
from gui.pages.awards.budget.page import BudgetView
from gui.pages.awards.budget.rows import COLUMNS
from gui.pages.awards.page import AwardsPage
from gui.pages.awards.year_end.end_dialog import EndDialog
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.page import Identity
from scoring.budget.figures import AreaBudget, Purses, RoundDraw
from scoring.money import short_pounds
from tests.gui.deciding import make_decided

BY = "Cora Chief, Chief Executive"


@pytest.fixture(scope="module")
def made_decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with awards; never opened by a test."""
    return make_decided(tmp_path_factory.mktemp("decided") / "office.panel")


@pytest.fixture
def decided_window(window: Window, made_decided: Path, tmp_path: Path) -> Window:
    """A window on a record of the test's own, as an officer uses it."""
    window.controller.open(Path(shutil.copy(made_decided, tmp_path / "office.panel")))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    return window


@pytest.fixture
def page(decided_window: Window) -> BudgetView:
    """The page with the area that has awards in hand; nothing is allocated."""
    decided_window.main.tools.go("budget")
    page = decided_window.main.pages.currentWidget()
    assert isinstance(page, BudgetView)
    assert page.found is not None
    name = next(area.area for area in page.found.budget.areas if area.decided_pence)
    page._switch(name)
    return page


def press(page: BudgetView, words: str) -> None:
    page.detail.buttons[words].click()


def end_dialog(window: Window) -> EndDialog:
    assert isinstance(window.controller.dialog, EndDialog)
    return window.controller.dialog


def allocate(page: BudgetView, window: Window, amount: str = "115,000", start_up: str = "500") -> None:
    press(page, "Allocate…")
    dialog = end_dialog(window)
    dialog.amount.setText(amount)
    dialog.start_up.setText(start_up)
    dialog.who.setText(BY)
    dialog.do.click()


def row(page: BudgetView) -> AreaBudget:
    assert page.detail.row is not None
    return page.detail.row


def test_without_an_allocation_it_says_that_nothing_is_refused(page: BudgetView) -> None:
    assert row(page).left_pence is None
    assert NOT_REFUSED.startswith("No allocation is recorded")
    assert page.summary.text().endswith("nothing allocated")
    assert len(page.bars.pots) == len(page.table.rows)
    assert "Paid less returned" in [column.head for column in COLUMNS], (
        "not what Awards & payments calls paid"
    )
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_an_allocation_is_recorded_changed_and_undone(page: BudgetView, decided_window: Window) -> None:
    allocate(page, decided_window)

    assert row(page).allocation == Purses(11_500_000, 50_000)
    allocate(page, decided_window, "116,000")
    assert row(page).allocation == Purses(11_600_000, 50_000)
    decided_window.workspace.undo_stack.undo()
    assert row(page).allocation == Purses(11_500_000, 50_000)
    press(page, "Allocate…")
    end_dialog(decided_window).take_out.click()
    assert row(page).allocation is None


def test_all_allocations_are_typed_at_once(page: BudgetView, decided_window: Window) -> None:
    page.allocate.click()
    dialog = decided_window.controller.dialog
    assert isinstance(dialog, AllocationsDialog)
    name = row(page).area
    assert "\nCoventry; \nDudley; \n" in dialog.text.toPlainText()  # the fund's own areas, to be filled in
    dialog.text.setPlainText(f"{name}; 90,000; 1,000\nSports; 5,000\nOthers;")
    dialog.do.click()
    assert dialog.isVisible()  # nobody is named yet
    dialog.who.setText(BY)
    dialog.do.click()

    assert row(page).allocation == Purses(9_000_000, 100_000)
    assert page.found is not None
    assert [area.area for area in page.found.budget.with_allocation] == [name, "Sports"]
    page.allocate.click()
    again = decided_window.controller.dialog
    assert isinstance(again, AllocationsDialog)
    assert "Sports; 5,000" in again.text.toPlainText()
    again.text.setPlainText(f"{name}; 90,000; 1,000")
    again.do.click()
    assert page.found is not None
    assert [area.area for area in page.found.budget.with_allocation] == [name]


def test_a_line_that_cannot_be_read_is_said_at_the_field(page: BudgetView, decided_window: Window) -> None:
    page.allocate.click()
    dialog = decided_window.controller.dialog
    assert isinstance(dialog, AllocationsDialog)
    dialog.text.setPlainText("Sports; 4,50")
    dialog.who.setText(BY)

    dialog.do.click()

    assert dialog.isVisible()
    assert page.found is not None
    assert not page.found.budget.is_recorded


def test_carry_forward_contribution_and_authority(page: BudgetView, decided_window: Window) -> None:
    allocate(page, decided_window)
    for words, amount in (
        ("Carry forward into the year…", "2,000"),
        ("Record a contribution…", "1,842"),
        ("Name who allows more…", "300"),
    ):
        press(page, words)
        dialog = end_dialog(decided_window)
        dialog.amount.setText(amount)
        dialog.who.setText(BY)
        dialog.reason.setText("a late start")
        dialog.do.click()

    found = row(page)
    assert (found.carried, found.contributed_pence, found.allowed_pence) == (Purses(200_000), 184_200, 30_000)
    assert "Carry forward into the year…" not in page.detail.buttons
    press(page, "Name who allows more…")
    end_dialog(decided_window).take_out.click()
    assert row(page).allowed_pence == 0


def test_money_is_moved_with_reason_and_authority(page: BudgetView, decided_window: Window) -> None:
    allocate(page, decided_window)
    page.allocate.click()
    dialog = decided_window.controller.dialog
    assert isinstance(dialog, AllocationsDialog)
    dialog.text.setPlainText(f"{dialog.text.toPlainText()}\nSports; 5,000")
    dialog.do.click()
    press(page, "Move to another area…")
    move = decided_window.controller.dialog
    assert isinstance(move, MoveDialog)
    move.amount.setText("99,999,999")
    move.do.click()
    assert move.isVisible()
    move.amount.setText("100")
    move.reason.setText("Sports is short")
    move.authority.setText(BY)

    move.do.click()

    assert row(page).moved_out_pence == 10_000
    assert page.found is not None
    assert page.found.budget.of("Sports").allocated_pence == 510_000


def test_a_spending_plan_is_recorded_by_purpose_checked_and_undone(
    page: BudgetView, decided_window: Window
) -> None:
    allocate(page, decided_window, "1,000")
    press(page, "Spending plan…")
    dialog = decided_window.controller.dialog
    assert isinstance(dialog, SpendingPlanDialog)
    dialog.lines.setPlainText("Wardens; lots")
    dialog.do.click()
    assert "Line 1, planned" in dialog.problem.text()
    dialog.lines.setPlainText("Wardens; 900; 900; 400\nOutreach; 700")
    dialog.share.setText("most")
    dialog.do.click()
    assert "a percentage" in dialog.problem.text()
    dialog.share.setText("70 %")
    dialog.do.click()

    said = [label.text() for label in page.detail.findChildren(QLabel)]
    assert "Wardens: £900 planned, £900 awarded, £400 spent, £500 left" in said
    assert "£1,600.00 is planned, more than the £1,500.00 that it has." in said  # 1,000 and 500 to start up
    decided_window.workspace.undo_stack.undo()
    assert page.found is not None
    assert page.found.plan_of(row(page).area) is None


def test_a_round_is_closed_and_reopened(page: BudgetView, decided_window: Window) -> None:
    (name,) = (one.name for one in row(page).rounds)
    held = sum(one.held_pence for one in row(page).rounds)
    committed = row(page).committed_pence
    press(page, f"Close {name}…")
    dialog = decided_window.controller.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.windowTitle() == f"Close the round “{name}”?"
    dialog.do.click()

    assert row(page).committed_pence == committed - held
    press(page, f"Reopen {name}…")
    assert row(page).committed_pence == committed

    # awards without a competition have no pot, and nothing is said of one
    draw = RoundDraw("Awards without a competition", is_open=True, pot_pence=0, decided_pence=1_000_00)
    page.detail.show_row(page.found, replace(row(page), rounds=(draw,)))
    said = [label.text() for label in page.detail.findChildren(QLabel)]
    assert "Awards without a competition: £1,000 decided" in said
    draft = RoundDraw("Spring", is_open=False, pot_pence=5_000_00, is_set_up=True)
    page.detail.show_row(page.found, replace(row(page), rounds=(draft,)))
    said = [label.text() for label in page.detail.findChildren(QLabel)]
    assert "Spring: budget £5,000, held once its criteria are published" in said
    assert "Reopen Spring…" not in page.detail.buttons


def test_who_may_not_close_a_round_is_told_so_and_asked_nothing(
    page: BudgetView, decided_window: Window
) -> None:
    (name,) = (one.name for one in row(page).rounds)
    committed = row(page).committed_pence
    decided_window.main.tools.use_as(Identity("Finn Pays", "finance", None))
    asked = decided_window.controller.dialog

    press(page, f"Close {name}…")

    assert decided_window.controller.dialog is asked, "no question"
    assert row(page).committed_pence == committed


def test_it_stands_low_and_narrow_and_says_when_there_is_nothing(page: BudgetView) -> None:
    page.fit(Breakpoints(700, 500))
    assert not page.detail.isVisibleTo(page)
    page.table.opened.emit(page.table.current)
    assert page.detail.isVisibleTo(page)
    assert page.panes()[1] is page.table
    page.find_words()

    page.fund.setCurrentIndex(page.fund.count() - 1)

    assert page.is_empty


def test_pages_that_spend_say_the_figures_of_the_year(page: BudgetView, decided_window: Window) -> None:
    allocate(page, decided_window, "100,000", "0")
    left = short_pounds(row(page).left_pence or 0)
    said = f"{left} left"
    assert page.year.currentText() == "2026/27"

    for key in ("awards", "ranking"):
        decided_window.main.tools.go(key)
        shown = decided_window.main.pages.currentWidget()
        assert isinstance(shown, AwardsPage | RankingPage)
        assert said in shown.year.text()
    decided_window.main.tools.go("decisions")
    decisions = decided_window.main.pages.currentWidget()
    assert isinstance(decisions, DecisionsPage)
    assert any(said in label.text() for label in decisions.panel.findChildren(QLabel))
