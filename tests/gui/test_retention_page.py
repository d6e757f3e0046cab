"""Kept until: the clock on show, holds, erasure with its ground, and all that is held on one organisation."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from gui.app import Window
from gui.dialogs.reason import ReasonDialog
from gui.pages.page import Identity
from gui.pages.retention.boxes import MISSING, EraseBox, YearsBox
from gui.pages.retention.page import RetentionPage
from gui.pages.retention.rows import state, until
from models.queries.retention import Keeping, Years

FIRST = "W-003"


@pytest.fixture
def page(opened: Window) -> RetentionPage:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("retention")
    page = opened.main.pages.page("retention")
    assert isinstance(page, RetentionPage)
    page.show_reference(FIRST)
    return page


def line(page: RetentionPage) -> Keeping:
    return next(one for one in page.table.rows if one.reference == FIRST)


def test_what_is_not_decided_has_no_day_and_nothing_is_due(page: RetentionPage) -> None:
    assert (until(line(page)), line(page).why, state(line(page))) == ("–", "not decided", "Kept")
    assert not page.due.isEnabled()
    assert "0 due to go" in page.summary.text()


def test_a_hold_is_put_down_with_its_reason_and_taken_off(opened: Window, page: RetentionPage) -> None:
    page.hold.click()
    box = opened.desk.dialog
    assert isinstance(box, ReasonDialog)
    box.reason.setPlainText("an audit")
    box.do.click()
    held = state(line(page))

    assert held == "On hold: an audit"
    assert not page.erase.isEnabled()
    assert page.hold.text() == "Take the hold off"

    page.hold.click()

    assert state(line(page)) == "Kept"


def test_nothing_is_erased_without_ground_and_person(opened: Window, page: RetentionPage) -> None:
    page.erase.click()
    box = opened.desk.dialog
    assert isinstance(box, EraseBox)
    box.do.click()

    assert box.problem.text() == MISSING
    assert not line(page).erased


def test_an_erasure_is_made_and_said(opened: Window, page: RetentionPage) -> None:
    page.erase.click()
    box = opened.desk.dialog
    assert isinstance(box, EraseBox)
    box.ground.setText("asked for")
    box.person.setText("Ida Protect, data protection officer")
    box.do.click()

    assert line(page).erased.endswith("asked for")
    assert not page.erase.isEnabled()


def test_the_years_of_a_round_are_set(opened: Window, page: RetentionPage) -> None:
    page.years.click()
    box = opened.desk.dialog
    assert isinstance(box, YearsBox)
    box.awarded.setValue(7)
    box.do.click()

    assert page._kept is not None
    assert page._kept.years == Years(7, 2)


def test_all_that_is_held_is_written(page: RetentionPage, tmp_path: Path) -> None:
    page.desk.export(line(page), tmp_path / "held.xlsx")

    book = CalamineWorkbook.from_path(str(tmp_path / "held.xlsx"))
    assert {"Applications", "Journal"} <= set(book.sheet_names)


@pytest.mark.parametrize("role", ["finance", "chair", "member"])
def test_who_is_no_officer_has_no_such_page(opened: Window, page: RetentionPage, role: str) -> None:
    opened.main.tools.use_as(Identity("Una Test", role))

    assert "retention" not in opened.main.tools.pages
