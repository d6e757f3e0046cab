"""Payments through the Awards page: shares in per cent, proof, a hold, and money that comes back."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from gui.app import Window
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.awards.instalments import instalment_words
from gui.pages.awards.lines import AWARD_COLUMNS, award_name
from gui.pages.page import Identity
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from models.queries.awards.award_rows import AwardRow
from tests.gui.deciding import make_payable, mark_paid, payable

FINANCE = Identity("Finn Pays", "finance")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which everything is decided and the first award may be paid; never opened by a test."""
    return make_payable(tmp_path_factory.mktemp("terms") / "office.panel", "halves")


@pytest.fixture
def page(window: Window, template: Path, tmp_path: Path) -> ListedView:
    """The Awards page used by finance; the first award, of £4,800, is in halves and agreed."""
    window.controller.open(Path(shutil.copy(template, tmp_path / "office.panel")))
    window.main.tools.use_as(FINANCE)
    window.main.actions_by_name["awards"].trigger()
    found = window.main.pages.current
    assert isinstance(found, ListedView)
    assert "Set my own instalments…" not in found.detail.buttons  # the signed agreement says how it is paid
    return found


def first(page: ListedView) -> AwardRow:
    return page.table.rows[0]


def said(page: ListedView) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def hold_back(window: Window, words: str, amount: str = "") -> DataForm:
    asked = window.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)
    asked["words"].setText(words)
    if "pence" in asked.fields:
        asked["pence"].setText(amount)
    asked.do.click()
    return asked


def test_the_second_half_is_paid_after_its_proof(page: ListedView, window: Window) -> None:
    assert payable(page.detail) == [1]
    of_part(page, 2, "record proof…").click()
    asked = hold_back(window, " ")
    assert asked["on"].accessibleName() == "On what day"  # heard alone, the label "On" says nothing
    assert asked.problem.text().startswith("What came in")
    assert isinstance(asked.problem, FieldError)
    assert asked["words"].accessibleDescription() == asked.problem.text()
    asked["on"].setText("soon")
    hold_back(window, "receipts 1 to 4")
    assert (
        asked.problem.text() == "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    )
    assert (asked["words"].accessibleDescription(), asked["on"].accessibleDescription()) == (
        "",
        asked.problem.text(),
    )
    asked["on"].setText("09/12/2199")
    asked.do.click()
    assert asked.problem.text() == "That day is still to come. Record it once it has come in."
    asked["on"].setText("09/12/2024")
    asked.do.click()
    assert "came in 9 Dec 2024: receipts 1 to 4" in said(page)

    mark_paid(window, page.detail, 2)

    assert first(page).paid_pence == 240_000
    assert first(page).outstanding_pence == 240_000


def test_what_is_said_of_an_instalment_has_its_line_to_itself(page: ListedView, window: Window) -> None:
    window.main.resize(1366, 768)
    of_part(page, 2, "record proof…").click()
    hold_back(window, "Invoice 17 of the printers in Wednesbury")
    QApplication.processEvents()

    words = next(one for one in page.detail.findChildren(QLabel) if "Invoice 17" in one.text())

    assert words.width() > page.detail.width() / 2, "not squeezed beside what is done with it"
    buttons = [of_part(page, 2, one) for one in ("remove the proof", "mark as paid today", "set due date…")]
    assert all(one.mapTo(page.detail, one.rect().topLeft()).y() > _bottom(words, page) for one in buttons)
    mark_paid(window, page.detail)
    QApplication.processEvents()
    paid = next(one for one in page.detail.findChildren(QLabel) if one.text().startswith("paid "))
    buttons = [of_part(page, 1, one) for one in ("take back", "the bank sent it back…")]
    assert all(one.mapTo(page.detail, one.rect().topLeft()).y() > _bottom(paid, page) for one in buttons)


def of_part(page: ListedView, number: int, words: str) -> Button:
    return page.detail.buttons[f"Instalment {number}: {words}"]


def _bottom(words: QLabel, page: ListedView) -> int:
    return words.mapTo(page.detail, words.rect().bottomLeft()).y()


def test_a_proof_is_taken_back(page: ListedView, window: Window) -> None:
    of_part(page, 2, "record proof…").click()
    hold_back(window, "receipts 1 to 4")

    of_part(page, 2, "remove the proof").click()

    assert first(page).instalments[1].proof_on is None


def test_nothing_is_paid_on_hold_until_it_is_lifted(page: ListedView, window: Window) -> None:
    page.detail.buttons["Hold payments…"].click()
    asked = window.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)
    asked["reason"].setPlainText("no report yet")
    asked.do.click()
    assert payable(page.detail) == []
    assert "On hold: No report yet." in said(page)
    assert [instalment_words(first(page), part)[-9:] for part in first(page).instalments] == [", on hold"] * 2

    page.detail.buttons["Lift the hold"].click()

    assert payable(page.detail) == [1]
    assert "on hold" not in said(page)


def test_what_was_not_spent_comes_back(page: ListedView, window: Window) -> None:
    assert "Record money returned unasked…" not in page.detail.buttons
    mark_paid(window, page.detail)
    page.detail.buttons["Record money returned unasked…"].click()
    asked = hold_back(window, "one session fewer", "2,400.01")
    assert asked.problem.text() == "Type an amount up to the £2,400 that may still come back."
    hold_back(window, "one session fewer", "20.50")

    assert first(page).returned_pence == 2_050
    assert "£20.50 was returned on" in said(page)
    assert page.summary.text().endswith("paid £2,400 · returned £20.50")
    paid = next(column for column in AWARD_COLUMNS if column.name == "paid")
    assert paid.under is not None
    assert (paid.text(first(page)), paid.under(first(page))) == ("£2,400", "£20.50 returned")
    assert award_name(first(page)).endswith("paid £2,400, £20.50 returned, stands at £4,779.50")
    window.workspace.undo_stack.undo()
    assert first(page).returned_pence == 0


def test_an_award_shows_its_notice_and_conditions(page: ListedView) -> None:
    assert "Notice 031/2026, 2 Dec 2024" in said(page)
    decision = first(page).decision
    assert decision is not None
    for condition in decision.conditions:
        assert f"• {condition}" in said(page)


def test_what_the_bank_sent_back_is_held_with_its_day_and_reason(page: ListedView, window: Window) -> None:
    mark_paid(window, page.detail)
    of_part(page, 1, "the bank sent it back…").click()
    asked = window.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)
    asked["on"].setText("02/12/2020")
    hold_back(window, "account closed")
    assert asked.problem.text().startswith("2 December 2020 is more than five years from today")
    hold_back(window, "account closed")
    assert asked.problem.text().startswith("That is before it was paid")
    asked["on"].setText("today")
    hold_back(window, "account closed")

    assert "account closed" in first(page).held_for
    assert (first(page).paid_pence, payable(page.detail)) == (0, [])
    page.detail.buttons["Lift the hold"].click()
    assert payable(page.detail) == [1]
