"""Budget: allocated, given, moved, planned, closed, each by its words."""

from msgspec.structs import replace

from gui.pages.awards.budget import PAGE
from gui.pages.page import Identity
from models.operations.set_up.areas import SetPot
from scoring.budget.figures import Purses
from scoring.round import Area
from tests.gui.listed.page_user import PageUser, Uses

BY = "Cora Chief, Chief Executive"


def allocated(at: Uses, pence: str = "115,000") -> PageUser:
    user = at(PAGE)
    return user.press("Allocations…").fill(areas=f"{user.row.area}; {pence}; 500", who=BY).agree()


def test_an_allocation_is_recorded_changed_undone_and_added_to(at: Uses) -> None:
    user = allocated(at)
    assert user.row.allocation == Purses(11_500_000, 50_000)
    user.press("Allocations…").fill(areas=f"{user.row.area}; 116,000; 500").agree()
    assert user.row.allocation == Purses(11_600_000, 50_000)
    assert user.undo().row.allocation == Purses(11_500_000, 50_000)
    user.press("Allocations…").fill(areas="").agree()
    assert user.row.allocation is None
    user.undo()
    user.press("Carry forward into the year…").fill(pence="2,000", reason="a late start").agree()
    user.press("Record a contribution…").fill(pence="1,842", reason="a late start").agree()
    user.press("Name who allows more…").fill(pence="300", who=BY, reason="a late start").agree()
    row = user.row
    assert (row.carried, row.contributed_pence, row.allowed_pence) == (Purses(200_000), 184_200, 30_000)
    assert "Carry forward into the year…" not in user.offered
    assert user.press("Name who allows more…").press("Remove").row.allowed_pence == 0


def test_all_allocations_are_typed_at_once(at: Uses) -> None:
    user = at(PAGE).press("Allocations…")
    assert "\nCoventry; \nDudley; \n" in user.form["areas"].toPlainText(), (
        "the fund's own areas, to be filled in"
    )
    user.fill(areas="Sports; 4,50", who=BY).agree()
    assert user.has_form
    assert user.faults
    assert not _allocated(user)
    user.fill(areas="Force-wide; 90,000; 1,000\nSports; 5,000\nOthers;", who="").agree()
    assert user.has_form, "nobody is named yet"
    user.fill(who=BY).agree()
    assert _allocated(user) == {"Force-wide": Purses(9_000_000, 100_000), "Sports": Purses(500_000)}
    assert "Sports; 5,000" in user.press("Allocations…").form["areas"].toPlainText()
    user.fill(areas="Force-wide; 90,000; 1,000").agree()
    assert list(_allocated(user)) == ["Force-wide"]


def _allocated(user: PageUser) -> dict[str, Purses | None]:
    return {one.area: one.allocation for one in user.view.answer.page.budget.with_allocation}


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
        == committed - one.reserved_pence
    )
    assert user.press(f"Reopen {one.name}…").row.committed_pence == committed

    user.be(Identity("Finn Pays", "finance")).press(f"Close {one.name}…")
    assert not user.has_form, "who may not is told so, and asked nothing"
    assert user.told


def test_a_round_whose_awards_are_above_its_pot_says_by_how_much(at: Uses) -> None:
    user = at(PAGE)
    assert "Round 2: budget £30,000, £29,480 decided, £520 held" in user.spoken()
    held = Area(user.row.area, 3_000_000)

    user.tools.perform(SetPot(1, replace(held, pot_pence=2_900_000), held))

    assert "Round 2: budget £29,000, £29,480 decided, £480 over" in user.spoken()
