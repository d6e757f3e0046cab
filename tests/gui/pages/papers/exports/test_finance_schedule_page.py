"""The finance schedule from the Awards page: codes, supplier numbers, and accounts for a named person."""

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.dialogs.confirm import ListingDialog
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.awards.lines import late_words
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from models.operations.awards.bank_details import SetBankDetails, put_bank_details
from models.operations.awards.finance import SetPaymentLayout
from models.operations.awards.paying import SetDue
from models.record import Opener, Record
from models.values.payments import FIELDS, BankDetails, LayoutColumn, PaymentLayout
from tests.gui.deciding import OFFICER as GRACE
from tests.gui.deciding import make_decided
from tests.gui.listed.page_user import names_of
from tests.gui.pressing import answer, box_of, page_of, told
from tests.models.both_signed import both_sign

FINANCE = Identity("Finn Pays", "finance")
NUMBER = "66374958"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which everything is decided and the first award has an account; never opened by a test."""
    path = make_decided(tmp_path_factory.mktemp("finance") / "office.panel")
    details = BankDetails("Kite Club", "08-99-99", NUMBER)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        record.perform(both_sign("W-014", date(2024, 12, 5), post="Commander"), GRACE)
        beside = partial(put_bank_details, round_id=1, application="W-014", details=details)
        record.perform_beside(SetBankDetails.of(1, "W-014", details, None), beside, GRACE)
    return path


@pytest.fixture
def page(window: Window, template: Path, tmp_path: Path) -> ListedView:
    """The Awards page used by finance."""
    window.controller.open(Path(shutil.copy(template, tmp_path / "office.panel")))
    window.main.tools.use_as(FINANCE)
    window.main.actions_by_name["awards"].trigger()
    return page_of(window, ListedView)


def said(page: ListedView) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.xlsx"))


def test_codes_and_a_supplier_number_are_kept_with_their_noughts_and_undone(
    page: ListedView, window: Window
) -> None:
    page.detail.buttons["Finance codes…"].click()
    asked = box_of(window, DataForm)
    asked["code0 0"].setText(" 0042 ")
    assert asked["code0 1"].placeholderText() == "0042"
    asked["code2 1"].setText("P-007")
    asked.do.click()

    assert [row.parts for row in page.answer.codes] == [("0042", "", ""), ("", "", "P-007")]
    assert "Booked under 0042 · P-007" in said(page)

    window.workspace.undo_stack.undo()

    assert page.answer.codes == ()
    assert "No finance codes yet" in said(page)

    page.detail.buttons["Supplier number…"].click()

    answer(window, number=" 000123 ")

    assert page.table.rows[0].supplier_number == "000123"
    assert "Supplier number 000123" in said(page)
    window.workspace.undo_stack.undo()
    assert page.table.rows[0].supplier_number == ""


def test_the_schedule_is_written_with_masked_accounts_or_with_those_a_named_person_asks_for(
    page: ListedView, window: Window, tmp_path: Path
) -> None:
    page.buttons[0].click()
    asked = box_of(window, DataForm)
    stood = asked["folder"].text()
    for folder in (" ", str(tmp_path / "gone")):
        asked["folder"].setText(folder)
        asked.do.click()
        assert asked.problem.text() == "Choose a folder that exists."
    assert files(tmp_path) == []
    asked["folder"].setText(stood)
    assert "£29,480. Draft, not issued." in asked.accessibleDescription()
    asked.do.click()

    (masked,) = files(tmp_path)
    book = openpyxl.load_workbook(tmp_path / masked)
    assert masked.endswith("finance schedule.xlsx")
    assert "Accounts" not in book.sheetnames
    assert told(window).startswith(f"Written as a draft: “{masked}”")

    page.buttons[0].click()
    asked = box_of(window, DataForm)
    (restricted,) = asked.sayings
    assert restricted.isHidden()
    asked["accounts"].setChecked(True)
    asked["asked_by"].setText(" ")
    asked.do.click()
    assert asked.problem.text().startswith("Accounts are written only when a named person")
    asked["asked_by"].setText("Finn Pays")
    asked.do.click()
    assert asked.problem.text().startswith("Say why they are wanted")
    asked["reason"].setText("the payment run of 9 December")
    asked.do.click()

    (name,) = set(files(tmp_path)) - {masked}
    assert name.endswith("finance schedule with accounts.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / name)["Accounts"]
    assert sheet["G5"].value == NUMBER
    assert "Asked for by Finn Pays: the payment run of 9 December" in sheet["A2"].value
    assert "It holds 1 account; row" in told(window)
    assert not window.workspace.undo_stack.canUndo()

    window.main.tools.use_as(Identity("Dan  decides", "officer"))
    page.refresh()
    page.buttons[0].click()

    assert not box_of(window, DataForm)["accounts"].isEnabled()


def test_a_payment_is_given_the_day_it_is_due_told_when_it_is_late_and_loses_it_again(
    page: ListedView, window: Window
) -> None:
    page.detail.buttons["Instalment 1: set due date…"].click()
    asked = box_of(window, DataForm)
    asked["on"].setText("soon")
    asked.do.click()
    assert (
        asked.problem.text() == "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    )
    asked["on"].setText("01/03/2027")
    asked.do.click()
    assert page.table.rows[0].instalments[0].due_on == date(2027, 3, 1)

    page.detail.buttons["Instalment 1: set due date…"].click()
    asked = box_of(window, DataForm)
    assert asked["on"].text() == "1 March 2027"
    asked["on"].setText("")
    asked.do.click()

    assert page.table.rows[0].instalments[0].due_on is None

    window.workspace.perform(SetDue(1, "W-014", 1, date(2026, 10, 1), None), lambda outcome: None)

    assert late_words(page.table.rows[0]) == "1 late"
    assert names_of(page.table.model())[0].endswith("Paid £0, 1 late")
    assert "late since 1 Oct 2026" in said(page)


def mark_verified(page: ListedView, window: Window) -> None:
    page.detail.buttons["Mark as verified…"].click()
    asked = box_of(window, DataForm)
    asked["spoke_to"].setText("Pat Payee")
    asked["number"].setText("0121 496 0000")
    asked.do.click()


def test_a_payment_is_recorded_for_the_day_it_was_made(page: ListedView, window: Window) -> None:
    mark_verified(page, window)
    page.detail.buttons["Instalment 1: mark as paid on…"].click()
    asked = box_of(window, DataForm)
    assert any(one.text().startswith("Due diligence on ") for one in asked.findChildren(QLabel)), (
        "said before it is paid"
    )
    asked["on"].setText("01/01/2199")
    asked.do.click()
    assert asked.problem.text().startswith("That day is still to come")
    asked["on"].setText("")
    asked.do.click()
    assert asked.problem.text() == "Type a day, such as 25 Nov or 02/12/2026."
    asked["on"].setText("06/12/2025")
    asked.do.click()

    assert page.table.rows[0].instalments[0].paid_on == date(2025, 12, 6)
    assert page.table.rows[0].instalments[0].authorised_by == "Finn Pays"
    assert "Instalment 1: set due date…" not in page.detail.buttons


def layout(window: Window, page: ExportsPage, words: str) -> DataForm:
    """Go on to a layout, or to a new one."""
    page.choices.options.buttons["layouts"].click()
    which = box_of(window, DataForm)
    which["layout"].setCurrentIndex(which["layout"].findText(words))
    which.do.click()
    return box_of(window, DataForm)


def test_a_payment_layout_is_saved_seen_and_written_beside_the_workbook(
    page: ListedView, window: Window, tmp_path: Path
) -> None:
    window.main.tools.go("exports")
    exports = page_of(window, ExportsPage)
    exports.show_reference("finance")
    asked = layout(window, exports, "Standard")
    assert asked["name"].text() == "Standard"
    assert asked.says[0].startswith("Payee,Supplier no.,Reference,Award,Part,Amount,Due,")
    asked.reject()

    asked = layout(window, exports, "A new layout")
    asked.do.click()
    assert asked.problem.text() == "Give the layout a name."
    asked["name"].setText("Ledger load")
    asked["separator"].setCurrentIndex(1)
    for number in range(1, 5):
        asked[f"holds_{number}"].setCurrentIndex(0)
    asked["place_0"].setValue(6)
    asked["place_5"].setValue(1)
    holds = asked["holds_12"]
    assert not asked["words_12"].isEnabled()
    holds.setCurrentIndex(holds.findText(FIELDS["words"]))
    holds.activated.emit(holds.currentIndex())
    asked["heading_12"].setText("Type")
    asked["words_12"].setText("GRANT")
    assert asked.says[0].startswith("Amount;Payee;Due;Cost centre;Nominal code;Project code;On ")
    asked.do.click()

    layouts = exports.choices.options.lists["layout"]
    layouts.choose("Ledger load")
    layouts.activated.emit(layouts.currentIndex())
    exports.write.click()

    (written,) = tmp_path.glob("*.csv")
    lines = written.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Amount;Payee;Due;Cost centre;Nominal code;Project code;On hold;Look at first;Type"
    assert all(line.endswith(";GRANT") for line in lines[1:])
    assert f"“{written.name}”" in told(window)

    assert layout(window, exports, "Standard").take_out.isHidden()
    window.main.tools.dialogs.drop()
    layout(window, exports, "Ledger load").take_out.click()
    window.workspace.undo_stack.undo()
    assert exports._answer.layouts == ("Standard", "Ledger load")


def test_accounts_in_a_payment_file_are_asked_for(page: ListedView, window: Window, tmp_path: Path) -> None:
    columns = (LayoutColumn("Account", "account_number"), LayoutColumn("Amount", "amount"))
    window.workspace.perform(
        SetPaymentLayout("BACS", PaymentLayout("BACS", columns), None), lambda outcome: None
    )
    page.buttons[0].click()
    asked = box_of(window, DataForm)
    asked["layout"].setCurrentIndex(2)
    asked.do.click()
    assert asked.problem.text().startswith("The layout BACS holds accounts. Tick that they are wanted")
    asked["accounts"].setChecked(True)
    asked["reason"].setText("the payment run")
    asked.do.click()

    (written,) = tmp_path.glob("*.csv")
    assert NUMBER in written.read_text("utf-8-sig")
    assert f"“{written.name}”" in told(window)


def read_ledger(window: Window, page: ListedView, ledger: Path, *rows: str) -> ListingDialog:
    """Write what finance's ledger holds, and read it."""
    ledger.write_text("\n".join(("Our ref,Date paid,Amount", *rows, "")), "utf-8")
    page.buttons[1].click()
    return box_of(window, ListingDialog)


def test_finances_ledger_is_read_shown_recorded_and_undone(
    page: ListedView, window: Window, tmp_path: Path
) -> None:
    mark_verified(page, window)
    ledger, paid = tmp_path / "ledger.csv", "A-031-01/1,05/12/2025,4800"
    window.main.tools.dialogs.files.open = lambda *_: ledger  # type: ignore[method-assign]
    asked = read_ledger(window, page, ledger, paid, "RENT-7,05/12/2025,900")
    assert asked.sentences[0] == "Sheet ledger: 1 payment to record, £4,800 in all."
    assert asked.list.toPlainText().splitlines() == [
        "To record:",
        "   A-031-01, £4,800, paid 5 Dec 2025; due diligence: none of the 9 checks is settled",
        "Rows of other things, which no award's reference names:",
        "   RENT-7",
    ]
    asked.do.click()
    assert page.table.rows[0].instalments[0].paid_on == date(2025, 12, 5)

    again = read_ledger(window, page, ledger, paid, "RENT-7,05/12/2025,900")
    assert again.sentences[0] == "There is nothing new in it to record. Nothing was changed."
    again.reject()
    mixed = read_ledger(window, page, ledger, paid, "A-031-02,05/12/2025,1")
    assert "Differs from the record, and is not recorded:" in mixed.list.toPlainText()
    mixed.reject()
    window.workspace.undo_stack.undo()
    assert page.table.rows[0].instalments[0].paid_on is None

    some = read_ledger(window, page, ledger, "A-031-01,05/12/2025,4800", "A-031-02,05/12/2025,1")
    assert some.sentences[0].endswith("1 payment to record, £4,800 in all. 1 row that differs is left out.")
    assert "Differs from the record, and is not recorded:" in some.list.toPlainText()
    some.reject()
    differs = read_ledger(window, page, ledger, "A-031-01,05/12/2025,480")
    assert "£480.00 was paid, and instalment 1 of A-031-01 is £4,800.00" in differs.list.toPlainText()
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    page.refresh()
    assert page.buttons[1].isHidden()
