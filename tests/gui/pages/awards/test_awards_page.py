"""The Awards page through the real window: parts that add up, the agreement, and who pays."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cli.command import main
from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.listed.view import ListedView
from gui.pages.awards.accounts import SECONDS
from gui.pages.awards.award import Account
from gui.pages.awards.lines import AWARD_COLUMNS, sums_words
from gui.pages.page import Identity
from gui.widgets.field_error import FieldError
from gui.widgets.ring import takes_back
from models.operations.deciding.signing import SignRecommendations
from models.queries.awards.award_rows import AwardRow
from models.record import Opener, Record
from models.store import chain as journal
from scoring.money import short_pounds
from scoring.ranking import PotUse
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.deciding import CHAIR, DAY, SIGNED, at_page, make_decided, make_recommended, mark_paid, payable
from tests.gui.pressing import answer

FINANCE = Identity("Finn Pays", "finance")
OFFICER = Identity("Grace Okoro", "officer")


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window on a record in which everything is decided, at its Awards page, used by finance."""
    return at_page(window, make_decided(tmp_path / "office.panel"), FINANCE, "awards")


@pytest.fixture
def page(shown: Window) -> ListedView:
    found = shown.main.pages.current
    assert isinstance(found, ListedView)
    return found


def first(page: ListedView) -> AwardRow:
    return page.table.rows[0]


def put_day(page: ListedView, shown: Window, day: str) -> DataForm:
    """Type the day of the signature, and press the button."""
    page.detail.buttons["Sent, signed, filed…"].click()
    return answer(shown, on=day)


def agree(page: ListedView, shown: Window) -> None:
    """Record the agreement, which was drawn up elsewhere: it is asked about first."""
    put_day(page, shown, SIGNED)
    drawn_elsewhere(page, shown)


def drawn_elsewhere(page: ListedView, shown: Window) -> None:
    asked = confirm(shown)
    assert asked.words[0] == f"The agreement of {first(page).reference} was never issued from this record."
    assert first(page).agreed_on is None
    asked.do.click()


def texts(page: ListedView) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def awards_are_listed_with_sums_that_add_up(page: ListedView) -> None:
    # nine awards come to £29,480 of a pot of £30,000; nothing is paid yet
    assert page.summary.text() == ("9 awards £29,480 of pot £30,000 · instalments £29,480 = awards · paid £0")
    assert page.chip.text() == "Adds up"
    assert [row.reference for row in page.table.rows] == [f"A-031-0{n}" for n in range(1, 10)]


def no_schedule_is_made_while_sums_differ(
    page: ListedView, shown: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = page.table.rows[1]
    found = page.answer
    short = replace(second, instalments=(replace(second.instalments[0], amount_pence=1),))
    rows = tuple(short if row == second else row for row in found.awards)
    page._take(replace(found, awards=rows))
    assert page.chip.text() == "Does not add up"

    page.buttons[0].click()

    assert shown.main.tools.dialogs.dialog is None
    notice = shown.main.notices.current
    assert notice is not None
    assert notice.words.startswith(
        f"No schedule is made while sums differ. {second.reference}: instalments of £0.01"
    )
    assert page.row == short
    page._take(found)
    page.buttons[0].click()
    assert isinstance(shown.main.tools.dialogs.dialog, DataForm)


def an_award_that_is_withdrawn_says_so_and_is_in_no_sum(
    page: ListedView, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, one = page.answer, first(page)
    gone = replace(one, applied=replace(one.applied, withdrawn=True))
    rows = (gone, *found.awards[1:])
    page._take(replace(found, awards=rows))

    left = short_pounds(2_948_000 - one.amount_pence)
    assert page.summary.text().startswith(f"8 awards {left} of pot £30,000 · instalments {left} = awards")
    chips = [chip.word for column in AWARD_COLUMNS if column.chip and (chip := column.chip(gone))]
    assert chips == ["Withdrawn"]
    page.detail.show_at(page.at(gone), gone.application)
    assert "Its application was withdrawn and not brought back. Nothing is paid before that." in texts(page)
    page._take(found)


def cells(book: Path) -> list[tuple[str, str, object]]:
    """Return each cell of a workbook but for the lines that bear the time of a copy."""
    found = openpyxl.load_workbook(book)
    every = (
        (sheet.title, one.coordinate, one.value)
        for sheet in found
        for row in sheet.iter_rows()
        for one in row
    )
    return [one for one in every if "raft" not in str(one[2])]


def the_window_writes_the_schedule_that_the_command_writes(
    shown: Window, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dialog = shown.main.tools.dialogs.dialog
    assert isinstance(dialog, DataForm)
    dialog["folder"].setText(str(tmp_path))
    dialog.do.click()
    (written,) = tmp_path.glob("*finance schedule.xlsx")
    assert shown.workspace.facts is not None
    copy, other = (
        Path(shutil.copy(shown.workspace.facts.path, tmp_path / "copy.panel")),
        tmp_path / "own.xlsx",
    )

    status = main(
        ["export", str(copy), "finance", "--round", "Round 2", "--area", WOLVERHAMPTON, "--out", str(other)]
    )
    assert status == 0, capsys.readouterr().err

    assert cells(written) == cells(other)


def the_sums_line_says_what_is_over_a_pot_and_who_allows_it(page: ListedView) -> None:
    pot = PotUse("Wolverhampton", 2_900_000, 0, 2_948_000)
    published = pot._replace(tolerance_pence=145_000, tolerance_percent=Decimal(5), tolerance_by="A. Example")

    assert sums_words(page.table.rows, (published,)).startswith(
        "9 awards £29,480 of pot £29,000 · Wolverhampton £480 over the pot, allowed by A. Example: the "
    )
    assert sums_words(page.table.rows, (pot,)).startswith(
        "9 awards £29,480 of pot £29,000 · Wolverhampton £480 over the pot, not allowed by anybody yet · "
    )
    assert "pots £29,000 · Wolverhampton £480 over the pot, not allowed by anybody yet · " in sums_words(
        page.table.rows, (pot, PotUse("Dudley", 0, 0, 0))
    )
    assert sums_words(page.table.rows, ()).startswith("9 awards £29,480 · instalments "), (
        "no pot, no sum of pots"
    )


def months_stand_under_the_list_or_take_turns_with_it(page: ListedView, shown: Window) -> None:
    shown.main.resize(1366, 768)
    assert (page.under.isVisible(), page.table.isVisible(), page.sides.isVisible()) == (True, True, False)
    shown.main.resize(1093, 535)
    assert (page.under.isVisible(), page.table.isVisible(), page.sides.isVisible()) == (False, True, True)

    page.sides.choose(2)

    assert (page.under.isVisible(), page.table.isVisible()) == (True, False)
    assert page.under.chart.count()


def the_instalments_follow_another_profile_and_undo(page: ListedView, shown: Window) -> None:
    assert len(first(page).instalments) == 1

    way = next(one for one in page.answer.payments if one.code == "halves")
    page.detail.buttons[way.words].click()
    halves = [part.amount_pence for part in first(page).instalments]
    shown.workspace.undo_stack.undo()

    assert halves == [first(page).amount_pence // 2] * 2
    assert len(first(page).instalments) == 1


def test_lines_of_its_own_must_add_up(page: ListedView, shown: Window) -> None:
    amount = first(page).amount_pence // 100
    page.detail.buttons["Set my own instalments…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)
    asked["amount1"].setText("1000")
    assert "left of the award" in asked.says[0]
    asked.do.click()
    assert asked.isVisible()
    asked["amount2"].setText(f"{amount - 1000}")
    asked.do.click()
    assert asked.problem.text() == "Say what the instalment waits for."
    asked["trigger2"].setCurrentText("the end")
    asked["amount3"].setText("much")
    asked.do.click()
    assert asked.problem.text() == "“much” is not an exact amount; write it like 4500 or £4,500.00."
    asked["amount3"].setText("")

    asked.do.click()

    assert [part.amount_pence for part in first(page).instalments] == [100_000, (amount - 1000) * 100]


def test_instalments_by_per_cent_with_the_day_they_are_due(page: ListedView, shown: Window) -> None:
    page.detail.buttons["Set my own instalments…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)
    for number, text in enumerate(("33.33 %", "33.33%", "33.34%"), start=1):
        asked[f"amount{number}"].setText(text)
        asked[f"trigger{number}"].setCurrentText("on the day")
    assert asked.says[0] == "They add up to the award of £4,800."
    asked.do.click()
    assert asked.problem.text() == "An instalment that waits for a day needs the day it is due."
    for number in (1, 2, 3):
        asked[f"due{number}"].setText(f"31/0{2 * number - 1}/2027")

    asked.do.click()

    # 33.33 % of 4,800 is 1,599.84 and 33.34 % 1,600.32
    assert [(part.amount_pence, part.due_on) for part in first(page).instalments] == [
        (159_984, date(2027, 1, 31)),
        (159_984, date(2027, 3, 31)),
        (160_032, date(2027, 5, 31)),
    ]
    assert page.under.chart.count()


def cancel_leaves_the_instalments(page: ListedView, shown: Window) -> None:
    page.detail.buttons["Set my own instalments…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)

    asked.cancel.click()

    assert len(first(page).instalments) == 1


def test_awards_are_listed_with_sums_that_add_up_or_no_schedule_is_made(
    page: ListedView,
    shown: Window,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    awards_are_listed_with_sums_that_add_up(page)
    an_award_that_is_withdrawn_says_so_and_is_in_no_sum(page, monkeypatch)
    the_sums_line_says_what_is_over_a_pot_and_who_allows_it(page)
    months_stand_under_the_list_or_take_turns_with_it(page, shown)
    shown.main.resize(1366, 768)
    cancel_leaves_the_instalments(page, shown)
    the_instalments_follow_another_profile_and_undo(page, shown)
    no_schedule_is_made_while_sums_differ(page, shown, monkeypatch)
    the_window_writes_the_schedule_that_the_command_writes(shown, tmp_path, capsys)


def test_nothing_is_paid_before_the_agreement_and_a_verified_account(page: ListedView, shown: Window) -> None:
    assert payable(page.detail) == []
    direct = replace(page.table.rows[0], came_about=("Without a competition: extension of A-1",))
    page.detail.show_at(page.at(direct), direct.application)
    assert "Without a competition: extension of A-1" in texts(page)
    page._show_row()
    assert "The agreement is not signed. Nothing is paid before that." in texts(page)
    asked = put_day(page, shown, "soon")
    assert asked.problem.text() == (
        "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    )
    asked.reject()

    agree(page, shown)
    assert payable(page.detail) == []
    assert "There are no bank details yet. Nothing is paid before that." in texts(page)
    verify(page, shown)
    mark_paid(shown, page.detail)

    assert first(page).paid_pence == first(page).amount_pence
    assert "paid £0" not in page.summary.text()


def no_agreement_is_signed_on_a_day_to_come(page: ListedView, shown: Window) -> None:
    asked = put_day(page, shown, "05/12/2199")

    assert asked.problem.text() == "That day is still to come. Record it once it has happened."
    assert first(page).agreed_on is None
    asked.reject()


def the_agreement_is_taken_back(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    assert "Remove the date" in page.detail.buttons
    focused = page.window().focusWidget()
    assert focused is not None
    assert not takes_back(focused), "recorded by mouse; a key more takes nothing back"

    page.detail.buttons["Remove the date"].click()

    assert first(page).agreed_on is None


def an_officer_keeps_awards_and_pays_nothing(page: ListedView, shown: Window) -> None:
    shown.main.tools.use_as(OFFICER)
    agree(page, shown)

    assert payable(page.detail) == []
    only = "Only finance authorises payments, not the officer. In this round that is Finn Pays."
    assert only in texts(page)
    found = page.answer
    assert "choose who it is at the foot of the window" in replace(found, payers=()).payers_words


def who_decided_pays_nothing(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    shown.main.tools.use_as(Identity("Dan Decides", "finance"))

    assert payable(page.detail) == []
    assert "nobody who decides may authorise payments" in texts(page)


def test_an_agreement_is_recorded_taken_back_and_who_may_not_pay_is_told(
    page: ListedView, shown: Window
) -> None:
    no_agreement_is_signed_on_a_day_to_come(page, shown)
    the_agreement_is_taken_back(page, shown)
    who_decided_pays_nothing(page, shown)
    page.detail.buttons["Remove the date"].click()
    an_officer_keeps_awards_and_pays_nothing(page, shown)


def enter(page: ListedView, shown: Window, number: str = "66374958") -> None:
    """Enter an account through the box."""
    page.detail.buttons["Enter bank details…" if Account not in page.detail.held else "Change…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, FinalDataForm)
    fields = (asked["name"], asked["sort_code"], asked["number"])
    for field, text in zip(fields, ("Heath Town Youth", "08 99 99", number), strict=True):
        field.setText(text)
    asked.do.click()


def test_enter_in_an_account_gives_the_button_its_ring_before_it_is_saved(
    page: ListedView, shown: Window, qtbot: QtBot
) -> None:
    agree(page, shown)
    enter(page, shown)
    page.detail.buttons["Change…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, FinalDataForm)
    fields = (asked["name"], asked["sort_code"], asked["number"])
    for field, text in zip(fields, ("Heath Town Youth", "08 99 99", "55779911"), strict=True):
        field.setText(text)
    asked["number"].setFocus()

    qtbot.keyClick(asked["number"], Qt.Key.Key_Return)
    assert asked.isVisible(), "the account before is deleted for good"
    assert asked.focusWidget() is asked.do
    assert bank_cell(page)[0] == "••••4958"

    qtbot.keyClick(asked.do, Qt.Key.Key_Return)
    assert bank_cell(page)[0] == "••••9911"
    assert shown.main.tools.dialogs.dialog is None


def verify(page: ListedView, shown: Window) -> None:
    """Have the officer enter an account, and finance verify it."""
    shown.main.tools.use_as(OFFICER)
    enter(page, shown)
    shown.main.tools.use_as(FINANCE)
    page.refresh()
    page.detail.buttons["Mark as verified"].click()


def section(page: ListedView) -> Account:
    part = page.detail.held[Account]
    assert isinstance(part, Account)
    return part


def confirm(shown: Window) -> ConfirmDialog:
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, ConfirmDialog)
    return asked


def all_words(shown: Window) -> str:
    """Return every word on show in the window, and what is typed."""
    labels = [label.text() for label in shown.main.findChildren(QLabel) if not label.isHidden()]
    return "\n".join([*labels, *(edit.text() for edit in shown.main.findChildren(QLineEdit))])


def bank_cell(page: ListedView) -> tuple[str, str]:
    column = next(column for column in AWARD_COLUMNS if column.name == "bank")
    return column.text(first(page)), column.spoken(first(page))


def test_bank_details_are_asked_for_only_after_the_agreement(page: ListedView, shown: Window) -> None:
    assert Account not in page.detail.held
    agree(page, shown)

    enter(page, shown)

    assert bank_cell(page) == ("••••4958", "account hidden, ends 4958")
    assert "66374958" not in all_words(shown)
    assert "08-99-99" not in all_words(shown)
    assert "Remove the date" not in page.detail.buttons  # the agreement stands while an account is held


def told(asked: FinalDataForm) -> list[str]:
    """What is said to be wrong, field by field."""
    return [one.text() for one in asked.findChildren(FieldError) if one.isVisibleTo(asked)]


def test_what_is_no_account_is_said_under_its_field(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    page.detail.buttons["Enter bank details…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, FinalDataForm)
    asked["sort_code"].setText("08999")
    asked["sort_code"].editingFinished.emit()
    QApplication.processEvents()
    assert asked.problem.text().startswith("Type the six digits")
    beneath = asked["sort_code"].geometry().bottom()
    assert beneath < asked.problem.y() < asked["number"].y()
    assert len(told(asked)) == 1

    asked.do.click()

    assert asked.isVisible()
    assert asked.focusWidget() is asked["name"]
    assert len(told(asked)) == 3
    asked["sort_code"].clear()
    asked["sort_code"].insert("089999")
    asked["sort_code"].textEdited.emit("089999")
    assert len(told(asked)) == 2
    assert not any(words.startswith("Type the six digits") for words in told(asked))
    asked["name"].setText("Canal Scouts")
    asked["number"].setText("6637495")
    asked.do.click()
    assert asked["number"].text() == "06637495"
    said = "Only 7 digits were typed, so a zero was put in front. Check the number, then save."
    assert told(asked) == [said]
    assert first(page).bank is None, "what the payee sent is looked at once more"
    asked.do.click()
    assert first(page).bank is not None


def test_the_account_is_shown_for_half_a_minute_and_journalled(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    enter(page, shown)
    before = rows_of(shown)
    page.detail.buttons[f"Show for {SECONDS} seconds…"].click()
    assert "The journal notes that you, Finn Pays, looked at them." in confirm(shown).words[0]
    assert rows_of(shown) == before
    confirm(shown).do.click()
    assert "08-99-99   66374958" in section(page).whole.text()
    assert rows_of(shown) == before + 1

    assert section(page).time.interval() == SECONDS * 1000
    section(page).time.timeout.emit()

    assert section(page).whole.isHidden()
    assert "66374958" not in all_words(shown)


def test_the_account_hides_with_the_page_and_the_person(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    enter(page, shown)
    page.detail.buttons[f"Show for {SECONDS} seconds…"].click()
    confirm(shown).do.click()
    shown.main.tools.go("overview")
    assert section(page).whole.text() == ""

    shown.main.tools.go("awards")
    page.detail.buttons[f"Show for {SECONDS} seconds…"].click()
    confirm(shown).do.click()
    assert section(page).whole.text()
    shown.main.tools.use_as(OFFICER)

    assert not section(page).whole.text()


def test_a_change_after_it_was_verified_is_flagged(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    enter(page, shown)
    assert "Mark as verified" not in page.detail.buttons  # who entered it does not verify it
    shown.main.tools.use_as(OFFICER)
    page.refresh()
    page.detail.buttons["Mark as verified"].click()
    assert "verified by Grace Okoro" in texts(page)

    enter(page, shown, "55779911")

    assert "Changed after it was verified and not verified since." in texts(page)
    assert bank_cell(page) == ("••••9911", "account hidden, ends 9911, changed after it was verified")
    shown.main.tools.use_as(FINANCE)
    page.refresh()
    page.detail.buttons["Mark as verified"].click()
    assert "and not verified since" not in texts(page)
    page.detail.buttons["Withdraw the verification"].click()
    assert "and not verified since" in texts(page)


def test_a_change_after_payment_says_that_it_will_be_flagged(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    verify(page, shown)
    mark_paid(shown, page.detail)
    page.detail.buttons["Change…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, FinalDataForm)
    assert "a payment was made already" in " ".join(asked.sentences)
    asked.cancel.click()

    enter(page, shown, "55779911")

    assert "Changed after a payment was made" in texts(page)


def test_an_account_is_erased_when_its_award_is_typed(page: ListedView, shown: Window) -> None:
    agree(page, shown)
    enter(page, shown)
    before = rows_of(shown)
    page.detail.buttons["Erase…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, DataForm)
    assert "Backups and copies of the record that were made before still hold it" in " ".join(asked.sentences)
    assert "£4,800 is still to be paid into it." in asked.sentences
    asked["typed"].setText("A-031-02")
    asked.do.click()
    assert asked.problem.text() == "Type A-031-01 exactly as shown. Nothing was erased."
    assert (rows_of(shown), bank_cell(page)[0]) == (before, "••••4958")

    asked["typed"].setText("a-031-01 ")
    asked.do.click()

    assert bank_cell(page) == ("–", "no bank details")
    assert rows_of(shown) == before + 1
    assert "Remove the date" in page.detail.buttons


def rows_of(shown: Window) -> int:
    """Return how many rows the journal has."""
    found: list[int] = []
    shown.workspace.ask(lambda session: journal.head(session).seq, found.append)
    return found[0]


def test_the_table_keeps_every_rule_of_a_model(page: ListedView) -> None:
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)

    page.refresh()

    assert len(page.table.rows) == 9


@pytest.mark.parametrize(("width", "height"), [(1366, 688), (1093, 535), (880, 600)])
def test_the_page_fits_every_room(page: ListedView, shown: Window, width: int, height: int) -> None:
    shown.main.resize(width, height)
    QApplication.processEvents()  # a window that was smaller than its page lays it out once it has shrunk

    assert page.table.columnWidth(1) >= 100


def test_a_round_without_decisions_says_when_awards_come(window: Window, tmp_path: Path) -> None:
    path = make_recommended(tmp_path / "office.panel")
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SignRecommendations(1, WOLVERHAMPTON, DAY), CHAIR)
    window.controller.open(path)
    window.main.tools.use_as(OFFICER)
    window.main.actions_by_name["awards"].trigger()
    found = window.main.pages.current

    assert isinstance(found, ListedView)
    assert found.empty.words.startswith("No awards yet.")
