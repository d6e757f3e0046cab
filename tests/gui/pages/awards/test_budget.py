"""Budget: allocated, given, moved, planned, closed, each by its words."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.listed.view import ListedView
from gui.pages.awards.budget import COLUMNS, NOT_REFUSED, PAGE
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.page import Identity
from scoring.budget.figures import Purses, RoundDraw
from scoring.money import short_pounds
from tests.gui.listed.page_user import OFFICER, PageUser, Uses
from tests.gui.pressing import page_of

BY = "Cora Chief, Chief Executive"


def allocated(at: Uses, pence: str = "115,000") -> PageUser:
    return at(PAGE).press("Allocate…").fill(pence=pence, start_up="500", who=BY).agree()


def test_an_allocation_is_recorded_changed_and_undone(at: Uses) -> None:
    user = allocated(at)
    assert user.row.allocation == Purses(11_500_000, 50_000)
    user.press("Allocate…").fill(pence="116,000").agree()
    assert user.row.allocation == Purses(11_600_000, 50_000)
    assert user.undo().row.allocation == Purses(11_500_000, 50_000)
    assert user.press("Allocate…").press("Remove").row.allocation is None


def test_all_allocations_are_typed_at_once(at: Uses) -> None:
    user = at(PAGE).press("Allocations…")
    assert "\nCoventry; \nDudley; \n" in user.form["areas"].toPlainText(), (
        "the fund's own areas, to be filled in"
    )
    user.fill(areas="Force-wide; 90,000; 1,000\nSports; 5,000\nOthers;").agree()
    assert user.has_form, "nobody is named yet"
    user.fill(who=BY).agree()
    assert _allocated(user) == {"Force-wide": Purses(9_000_000, 100_000), "Sports": Purses(500_000)}
    assert "Sports; 5,000" in user.press("Allocations…").form["areas"].toPlainText()
    user.fill(areas="Force-wide; 90,000; 1,000").agree()
    assert list(_allocated(user)) == ["Force-wide"]


def _allocated(user: PageUser) -> dict[str, Purses | None]:
    return {one.area: one.allocation for one in user.view.answer.page.budget.with_allocation}


def test_a_line_that_cannot_be_read_is_said_at_the_field(at: Uses) -> None:
    user = at(PAGE).press("Allocations…").fill(areas="Sports; 4,50", who=BY).agree()
    assert user.has_form
    assert user.faults
    assert not _allocated(user)


def test_money_is_carried_given_and_allowed(at: Uses) -> None:
    user = allocated(at)
    user.press("Carry forward into the year…").fill(pence="2,000", reason="a late start").agree()
    user.press("Record a contribution…").fill(pence="1,842", reason="a late start").agree()
    user.press("Name who allows more…").fill(pence="300", who=BY, reason="a late start").agree()
    row = user.row
    assert (row.carried, row.contributed_pence, row.allowed_pence) == (Purses(200_000), 184_200, 30_000)
    assert "Carry forward into the year…" not in user.offered
    assert user.press("Name who allows more…").press("Remove").row.allowed_pence == 0


def test_money_is_moved(at: Uses) -> None:
    user = allocated(at).press("Allocations…")
    user.fill(areas=f"{user.form['areas'].toPlainText()}\nSports; 5,000").agree()
    user.press("Move to another area…").fill(pence="99,999,999", reason="short", authority=BY).agree()
    assert user.has_form
    assert user.fill(pence="100").agree().row.moved_out_pence == 10_000
    assert user.view.answer.page.budget.of("Sports").allocated_pence == 510_000


def test_a_spending_plan_is_checked_and_undone(at: Uses) -> None:
    user = allocated(at, "1,000").press("Spending plan…").fill(lines="Wardens; lots").agree()
    assert "Line 1, planned" in user.faults
    user.fill(lines="Wardens; 900; 900; 400\nOutreach; 700", share="most").agree()
    assert "a percentage" in user.faults
    said = user.fill(share="70 %").agree().spoken()
    assert "Wardens: £900 planned, £900 awarded, £400 spent, £500 left" in said
    assert "£1,600.00 is planned, more than the £1,500.00 that it has." in said
    assert "Wardens" not in user.undo().spoken()


def test_a_round_is_closed_and_reopened(at: Uses) -> None:
    user = at(PAGE)
    (one,) = user.row.rounds
    committed = user.row.committed_pence
    assert (
        user.press(f"Close {one.name}…").press("Close the round").row.committed_pence
        == committed - one.held_pence
    )
    assert user.press(f"Reopen {one.name}…").row.committed_pence == committed


def test_who_may_not_close_a_round_is_told_so_and_asked_nothing(at: Uses) -> None:
    user = at(PAGE, as_=Identity("Finn Pays", "finance"))
    (one,) = user.row.rounds
    user.press(f"Close {one.name}…")
    assert not user.has_form
    assert user.told


def test_without_an_allocation_it_says_that_nothing_is_refused(at: Uses) -> None:
    user = at(PAGE)
    assert NOT_REFUSED in user.spoken()
    assert user.view.summary.text().endswith("nothing allocated")
    assert "Paid less returned" in [one.head for one in COLUMNS], "not what Awards & payments calls paid"


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (
            RoundDraw("Awards without a competition", is_open=True, pot_pence=0, decided_pence=1_000_00),
            "Awards without a competition: £1,000 decided",
        ),
        (
            RoundDraw("Spring", is_open=False, pot_pence=5_000_00, is_set_up=True),
            "Spring: budget £5,000, held once its criteria are published",
        ),
    ],
)
def test_a_round_that_holds_nothing_is_told_as_what_it_is(at: Uses, draw: RoundDraw, words: str) -> None:
    user = at(PAGE)
    user.view.detail.show_at(user.view.at(replace(user.row, rounds=(draw,))), user.row.area)
    assert words in user.spoken()
    assert f"Reopen {draw.name}…" not in user.offered


def test_a_fund_without_rounds_says_what_comes_here(at: Uses) -> None:
    view = at(PAGE).view
    view.boxes["fund"].setCurrentIndex(view.boxes["fund"].count() - 1)
    assert view.is_empty


def test_pages_that_spend_say_the_figures_of_the_year(at: Uses, window: Window, tmp_path: Path) -> None:
    left = short_pounds(allocated(at, "100,000").row.left_pence or 0)
    window.controller.open(Path(shutil.copy(tmp_path / "office.panel", tmp_path / "again.panel")))
    window.main.tools.use_as(OFFICER)
    for key in ("awards", "ranking"):
        window.main.tools.go(key)
        shown = window.main.pages.currentWidget()
        year = shown.foot if isinstance(shown, ListedView) else page_of(window, RankingPage).year
        assert year is not None
        assert f"{left} left" in year.text()
    window.main.tools.go("decisions")
    decisions = window.main.pages.currentWidget()
    assert isinstance(decisions, DecisionsPage)
    assert any(f"{left} left" in label.text() for label in decisions.findChildren(QLabel))
