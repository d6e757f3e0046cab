"""The areas of a round: added, named, their money and their dates, what was copied, and what is allowed."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel

from gui.pages.page import Identity, Place
from gui.pages.set_up.criteria.areas import NOTHING_ALLOWED
from gui.pages.set_up.criteria.page import AREAS, CriteriaPage
from gui.record.clock import current_day
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.rounds import area_dates, rounds
from models.values.rounds import AreaDates, RoundKey
from scoring.written.days import full_day
from tests.gui.deciding import make_decided
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pages.set_up.criteria.test_criteria import START, draft_path  # noqa: F401  a fixture
from tests.gui.pressing import answer_to


def listed(at: Uses, on: Path) -> PageUser:
    """Look at the areas of a round, as an officer."""
    user = at(CriteriaPage, on=on)
    user.view.tabs.choose(AREAS)
    return user


def test_an_area_is_added_taken_out_and_given_a_name_a_pot_and_dates_and_each_is_undone(
    at: Uses,
    draft_path: Path,  # noqa: F811
) -> None:
    user = listed(at, draft_path)
    assert "Record authority…" not in user.offered, "a draft has a tolerance"
    assert user.view.summary.text() == "2 areas, £86,000 in the pots, £0 start-up money separate"
    user.press("Add an area…").fill(name="Dudley", start_up_pence="£900").agree()
    assert user.row.name == "Dudley"
    assert "£900 start-up money separate" in user.view.summary.text()
    user.press("Remove the area")
    assert [row.name for row in user.view.table.rows] == ["Coventry", "Sandwell"]

    user.pick("Sandwell").press("Change…")
    user.fill(name="West Sandwell", pot_pence="£50,000.50", shared_pot="Joint", closes_on="6 November 2026")
    user.fill(closes_time="9.30").agree()
    assert not user.has_form, user.faults
    assert user.row.area.pot_pence == 5_000_050
    assert (user.row.dates.closes_on, user.row.dates.closes_time) == (date(2026, 11, 6), "09:30")
    assert user.row.named == "West Sandwell · in the pot Joint"
    assert "Applications close: 6 Nov 2026 at 09:30" in user.said
    user.undo().undo()
    assert user.row.area.pot_pence == 3_800_000
    assert [row.name for row in user.view.table.rows] == ["Coventry", "West Sandwell"]

    user.press("Change…").form["is_allocated"].click()
    user.agree()
    assert user.row.state == "Fully allocated"
    user.press("Change…").fill(closes_on="").agree()
    found = answer_to(user, lambda session: area_dates(session, 1))
    assert found["West Sandwell"].allocated_on is not None


def test_dates_out_of_order_and_a_name_one_letter_off_are_told_before_anything_is_changed(
    at: Uses,
    draft_path: Path,  # noqa: F811
) -> None:
    user = listed(at, draft_path).press("Change…").fill(meets_on="1 October 2026").agree()
    assert user.faults == "The panel meets before marks close. Correct one of the dates."
    user.fill(meets_on="2 December 2026", name="Sandwel").agree()
    (slip,) = user.form.slips
    assert slip.is_asking
    slip.keep.click()
    user.agree()
    assert [row.name for row in user.view.table.rows] == ["Sandwel", "Sandwell"]
    assert user.row.name == "Sandwel", "it stays at hand under its new name"


def test_an_authority_is_recorded_for_one_area_once_published_and_taken_back(
    at: Uses, record_path: Path
) -> None:
    user = listed(at, record_path).pick("Coventry")
    assert NOTHING_ALLOWED in user.said
    user.press("Record authority…").fill(name="A. Example", post="Commissioner", amount="870")
    user.fill(reason="One project").agree()

    told = f"£870 allowed by A. Example, Commissioner, on {full_day(current_day())}: One project."
    assert told in user.said
    assert told not in user.pick("Dudley").said
    user.pick("Coventry").press("Take back…").agree()
    assert NOTHING_ALLOWED in user.said
    assert user.be(Identity("Tom Hale", "member", "HALE")).offered == (), "a member reads"


def test_a_pot_below_what_is_decided_is_named_in_the_box_before_it_is_saved_and_beside_the_area(
    at: Uses, tmp_path: Path
) -> None:
    user = listed(at, make_decided(tmp_path / "decided.panel"))
    user.pick(user.view.table.rows[0].name)
    assert "over the £" not in user.said
    user.press("Change…").fill(pot_pence="£10")
    labels = [label.text() for label in user.form.findChildren(QLabel)]
    passed = "Wolverhampton: £29,470 over the pot, not allowed by anybody yet."
    assert passed in labels
    user.agree()

    assert passed in user.said


def test_what_was_copied_is_told_until_it_is_confirmed(at: Uses, draft_path: Path) -> None:  # noqa: F811
    user = listed(at, draft_path)
    copy = RoundKey(START.round.fund, "2027/28", "Round 1")
    user.workspace.perform(StartRound(copy, START.areas, 3, AreaDates(), copied_from=1))
    user.workspace.ask(rounds, partial(setattr, user, "lines"))
    user.view.show_place(Place(user.lines[1], "Sandwell"))
    assert user.row.named == "Sandwell · to check", "the header's area is at hand"
    assert "To check: Sandwell: pot, copied from “Round 2” 2026/27." in user.said
    user.press("What was copied is right")
    assert user.row.named == "Sandwell"
    assert "What was copied is right" not in user.offered
