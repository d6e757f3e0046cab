"""The Awards page: parts that add up, the agreement, and who pays."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cli.command import main
from gui.app import Window
from gui.listed.view import ListedView
from gui.pages.awards.accounts import SECONDS
from gui.pages.awards.lines import AWARD_COLUMNS, sums_words
from gui.pages.awards.page import PAGE, Account
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from gui.widgets.field_error import FieldError
from gui.widgets.ring import takes_back
from models.store import chain as journal
from scoring.money import short_pounds
from scoring.ranking import PotUse
from tests.gui.deciding import SIGNED, at_page, make_decided, mark_paid, payable
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pressing import answer_to, page_of

FINANCE = Identity("Finn Pays", "finance")
OFFICER = Identity("Grace Okoro", "officer")
DECIDER = Identity("Olu Example", "decider")
SHOW = f"Show for {SECONDS} seconds…"


@pytest.fixture
def user(at: Uses) -> PageUser:
    """Finance, at the Awards page of a record in which everything is decided."""
    return at(PAGE, as_=FINANCE)


def put_day(user: PageUser, day: str) -> PageUser:
    """Type the day of the signature, and press the button."""
    signed = user.press("Sent, signed, filed…").fill(
        on=day,
        office="Dan Decides",
        office_post="Chief Executive",
        recipient="Rosa Recipient",
        recipient_post="Chair",
    )
    return signed.agree()


def agree(user: PageUser) -> PageUser:
    """Record the agreement, which was drawn up elsewhere: it is asked about first."""
    put_day(user, SIGNED)
    assert f"The agreement of {user.row.reference} was never issued from this record." in user.asked
    assert user.row.agreed_on is None
    return user.agree()


def test_awards_are_listed_with_sums_that_add_up(user: PageUser) -> None:
    # nine awards come to £29,480 of a pot of £30,000; nothing is paid yet
    assert user.view.summary.text() == (
        "9 awards £29,480 of pot £30,000 · instalments £29,480 = awards · paid £0"
    )
    assert user.view.chip.text() == "Adds up"
    assert user.view.detail.reading.property("rings"), "its ring lies over no letters"
    assert [row.reference for row in user.view.table.rows] == [f"A-031-0{n}" for n in range(1, 10)]

    # one that is withdrawn says so and is in no sum
    found, one = user.view.answer, user.row
    gone = replace(one, applied=replace(one.applied, withdrawn=True))
    user.view._take(replace(found, awards=(gone, *found.awards[1:])))
    left = short_pounds(2_948_000 - one.amount_pence)
    assert user.view.summary.text().startswith(
        f"8 awards {left} of pot £30,000 · instalments {left} = awards"
    )
    chips = [chip.word for column in AWARD_COLUMNS if column.chip and (chip := column.chip(gone))]
    assert chips == ["Withdrawn"]
    assert "Its application was withdrawn and not brought back. Nothing is paid before that." in user.said
    user.view._take(found)

    # what is over a pot, and who allows it
    pot, rows = PotUse("Wolverhampton", 2_900_000, 0, 2_948_000), user.view.table.rows
    published = pot._replace(tolerance_pence=145_000, tolerance_percent=Decimal(5), tolerance_by="A. Example")
    of_pot, first = "9 awards £29,480 of pot £29,000 · ", "Wolverhampton £480 over the pot"
    assert sums_words(rows, (published,)).startswith(f"{first}, allowed by A. Example: the ")
    assert sums_words(rows, (pot,)).startswith(f"{first}, not allowed by anybody yet · {of_pot}")
    assert "not allowed by anybody yet · 9 awards £29,480 of pots £29,000 · " in sums_words(
        rows, (pot, PotUse("Dudley", 0, 0, 0))
    )
    assert sums_words(rows, ()).startswith("9 awards £29,480 · instalments "), "no pot, no sum of pots"


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


def test_no_schedule_is_made_while_sums_differ_and_else_that_of_the_command(
    user: PageUser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(user.press("Set my own instalments…").press("Cancel").row.instalments) == 1
    way = next(one for one in user.view.answer.payments if one.code == "halves")
    halves = user.press(way.words).row.instalments
    assert [part.amount_pence for part in halves] == [user.row.amount_pence // 2] * 2
    assert len(user.undo().row.instalments) == 1
    found, second = user.view.answer, user.view.table.rows[1]
    short = replace(second, instalments=(replace(second.instalments[0], amount_pence=1),))
    user.view._take(replace(found, awards=tuple(short if row == second else row for row in found.awards)))
    assert user.view.chip.text() == "Does not add up"
    user.press("Make schedule…")
    assert not user.has_form
    assert user.tools.notices.current.words.startswith(
        f"No schedule is made while sums differ. {second.reference}: instalments of £0.01"
    )
    assert user.went == [("awards", second.application)], "it is led to the first that differs"

    user.view._take(found)
    user.press("Make schedule…").fill(folder=str(tmp_path)).agree()
    (written,) = tmp_path.glob("*finance schedule.xlsx")
    copy, other = shutil.copy(user.workspace.facts.path, tmp_path / "copy.panel"), tmp_path / "own.xlsx"
    status = main(["export", str(copy), "finance", "--round", "Round 2", "--out", str(other)])
    assert status == 0, capsys.readouterr().err
    assert cells(written) == cells(other)


def test_lines_of_its_own_must_add_up(user: PageUser) -> None:
    rest = user.row.amount_pence // 100 - 1000
    form = user.press("Set my own instalments…").fill(amount1="1000").form
    assert "left of the award" in form.says[0]
    assert user.agree().has_form
    user.fill(amount2=f"{rest}").agree()
    assert user.faults == "Say what the instalment waits for."
    user.fill(trigger2="the end", amount3="much").agree()
    assert user.faults == "“much” is not an exact amount; write it like 4500 or £4,500.00."
    user.fill(amount3="").agree()
    assert [part.amount_pence for part in user.row.instalments] == [100_000, rest * 100]


def test_instalments_by_per_cent_with_the_day_they_are_due(user: PageUser) -> None:
    user.press("Set my own instalments…")
    for number, text in enumerate(("33.33 %", "33.33%", "33.34%"), start=1):
        user.fill(**{f"amount{number}": text, f"trigger{number}": "on the day"})
    assert user.form.says[0] == "They add up to the award of £4,800."
    user.agree()
    assert user.faults == "An instalment that waits for a day needs the day it is due."
    user.fill(due1="31/01/2027", due2="31/03/2027", due3="31/05/2027").agree()
    # 33.33 % of 4,800 is 1,599.84 and 33.34 % 1,600.32
    assert [(part.amount_pence, part.due_on) for part in user.row.instalments] == [
        (159_984, date(2027, 1, 31)),
        (159_984, date(2027, 3, 31)),
        (160_032, date(2027, 5, 31)),
    ]
    assert user.view.under.chart.marks


def test_nothing_is_paid_before_the_agreement_and_a_verified_account(user: PageUser) -> None:
    assert payable(user) == []
    direct = replace(user.row, came_about=("Without a competition: extension of A-1",))
    user.view.detail.show_at(user.view.at(direct), direct.application)
    assert "Without a competition: extension of A-1" in user.said
    user.view._show_row()
    assert "The agreement is not signed. Nothing is paid before that." in user.said
    put_day(user, "soon")
    assert user.faults == "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    agree(user.press("Cancel").press("Discard it"))
    assert payable(user) == []
    assert "There are no bank details yet. Nothing is paid before that." in user.said
    verify(user)
    mark_paid(user)
    assert user.row.paid_pence == user.row.amount_pence
    assert "paid £0" not in user.view.summary.text()


def test_an_agreement_is_recorded_taken_back_and_who_may_not_pay_is_told(user: PageUser) -> None:
    put_day(user, "05/12/2199")
    assert user.faults == "That day is still to come. Record it once it has happened."
    agree(user.press("Cancel").press("Discard it"))
    focused = user.window.focusWidget()
    assert not takes_back(focused), "recorded by mouse; a key more takes nothing back"
    assert user.press("Remove the date").row.agreed_on is None

    agree(user).be(Identity("Dan Decides", "finance"))
    assert payable(user) == []
    assert "nobody who decides may authorise payments" in user.said
    agree(user.press("Remove the date").be(OFFICER))
    assert payable(user) == []
    only = "Only finance authorises payments, not the officer. In this round that is Finn Pays."
    assert only in user.said
    nobody = replace(user.view.answer, payers=())
    assert "choose who it is at the foot of the window" in nobody.payers_words
    assert "Write the agreement…" in user.offered
    assert "Write the agreement…" not in user.be(DECIDER).offered, "no agreement is theirs to write"


def enter(user: PageUser, number: str = "66374958") -> PageUser:
    """Enter an account through the box."""
    user.press("Enter bank details…" if Account not in user.view.detail.held else "Change…")
    return user.fill(name="Heath Town Youth", sort_code="08 99 99", number=number).agree()


def verify(user: PageUser) -> None:
    """Have the officer enter an account, and finance verify it."""
    mark_verified(enter(user.be(OFFICER)).be(FINANCE))


def mark_verified(user: PageUser) -> PageUser:
    """Record the call by which the account was checked; nothing of it may be left out."""
    user.press("Mark as verified…")
    for left_out in ("spoke_to", "number"):
        user.fill(**{"spoke_to": "Pat Payee", "number": "0121 496 0000"} | {left_out: ""}).agree()
        assert not user.row.bank.checked_by
    return user.fill(spoke_to="Pat Payee", number="0121 496 0000").agree()


def test_what_was_just_recorded_of_an_award_stays_in_sight(user: PageUser) -> None:
    def parts() -> list[str]:
        return [one for one in user.said.splitlines() if one in ("Agreement", "Bank details", "Instalments")]

    agree(user)
    verify(user)
    assert parts() == ["Instalments", "Bank details", "Agreement"], (
        "what is next, then what was just verified"
    )
    mark_paid(user)
    assert parts()[0] == "Instalments"
    assert user.undo().row.paid_pence == 0
    user.workspace.undo_stack.redo()
    assert parts()[0] == "Instalments"

    key = user.view.table.current
    user.view.table.select(user.view.table.rows[1].application)
    user.view.table.select(key)
    assert parts() == ["Agreement", "Bank details", "Instalments"], "nothing is next any more"


def section(user: PageUser) -> Account:
    return user.view.detail.held[Account]


def all_words(user: PageUser) -> str:
    """Return every word on show, and what is typed."""
    labels = [label.text() for label in user.window.findChildren(QLabel) if not label.isHidden()]
    return "\n".join([*labels, *(edit.text() for edit in user.window.findChildren(QLineEdit))])


def bank_cell(user: PageUser) -> tuple[str, str]:
    column = next(column for column in AWARD_COLUMNS if column.name == "bank")
    return column.text(user.row), column.said(user.row)


def rows_of(user: PageUser) -> int:
    """Return how many rows the journal has."""
    return answer_to(user, lambda session: journal.head(session).seq)


def test_enter_in_an_account_gives_the_button_its_ring_before_it_is_saved(
    user: PageUser, qtbot: QtBot
) -> None:
    enter(agree(user)).press("Change…")
    form = user.fill(name="Heath Town Youth", sort_code="08 99 99", number="55779911").form
    form["number"].setFocus()
    qtbot.keyClick(form["number"], Qt.Key.Key_Return)
    assert form.isVisible(), "the account before is deleted for good"
    assert form.focusWidget() is form.do
    assert bank_cell(user)[0] == "••••4958"
    qtbot.keyClick(form.do, Qt.Key.Key_Return)
    assert bank_cell(user)[0] == "••••9911"
    assert not user.has_form
    assert form["number"].text() == "", "nothing of an account is kept in a box that is closed"


def test_an_account_is_hidden_shown_for_half_a_minute_journalled_and_erased(user: PageUser) -> None:
    assert Account not in user.view.detail.held, "it is asked for only after the agreement"
    enter(agree(user))
    assert bank_cell(user) == ("••••4958", "account hidden, ends 4958")
    assert "66374958" not in all_words(user)
    assert "08-99-99" not in all_words(user)
    assert "Remove the date" not in user.offered  # the agreement stands while an account is held

    before = rows_of(user)
    user.press(SHOW)
    assert "The journal notes that you, Finn Pays, looked at them." in user.asked
    assert rows_of(user) == before
    user.agree()
    assert "08-99-99   66374958" in section(user).whole.text()
    assert rows_of(user) == before + 1
    assert section(user).time.interval() == SECONDS * 1000
    section(user).time.timeout.emit()
    assert section(user).whole.isHidden()
    assert "66374958" not in all_words(user)

    user.press(SHOW).agree()
    assert section(user).whole.text()
    user.view.hide()
    assert section(user).whole.text() == ""
    user.view.show()
    user.press(SHOW).agree()
    assert section(user).whole.text()
    user.be(OFFICER)
    assert not section(user).whole.text()

    user.be(FINANCE)
    before = rows_of(user)
    sentences = user.press("Erase…").form.sentences
    assert "Backups and copies of the record that were made before still hold it" in " ".join(sentences)
    assert "£4,800 is still to be paid into it." in sentences
    user.fill(typed="A-031-02").agree()
    assert user.faults == "Type A-031-01 exactly as shown. Nothing was erased."
    assert (rows_of(user), bank_cell(user)[0]) == (before, "••••4958")
    user.fill(typed="a-031-01 ").agree()
    assert bank_cell(user) == ("–", "no bank details")
    assert rows_of(user) == before + 1
    assert "Remove the date" in user.offered


def test_what_is_no_account_is_said_under_its_field(user: PageUser) -> None:
    def told() -> list[str]:
        return [one.text() for one in form.findChildren(FieldError) if one.isVisibleTo(form)]

    form = agree(user).press("Enter bank details…").fill(sort_code="08999").form
    QApplication.processEvents()
    assert user.faults.startswith("Type the six digits")
    assert form["sort_code"].geometry().bottom() < form.problem.y() < form["number"].y()
    assert len(told()) == 1
    user.agree()
    assert form.isVisible()
    assert form.focusWidget() is form["name"]
    assert len(told()) == 3
    form["sort_code"].clear()
    form["sort_code"].insert("089999")
    form["sort_code"].textEdited.emit("089999")
    assert len(told()) == 2
    assert not any(words.startswith("Type the six digits") for words in told())
    user.fill(name="Canal Scouts", number="6637495").agree()
    assert form["number"].text() == "06637495"
    said = "Only 7 digits were typed, so a zero was put in front. Check the number, then save."
    assert told() == [said]
    assert user.row.bank is None, "what the payee sent is looked at once more"
    assert user.agree().row.bank is not None


def test_a_change_after_it_was_verified_or_paid_is_flagged(user: PageUser) -> None:
    enter(agree(user))
    assert "Mark as verified…" not in user.offered  # who entered it does not verify it
    mark_verified(user.be(OFFICER))
    assert "verified by Grace Okoro" in user.said
    enter(user, "55779911")
    assert "Changed after it was verified and not verified since." in user.said
    assert bank_cell(user) == ("••••9911", "account hidden, ends 9911, changed after it was verified")
    assert "and not verified since" not in mark_verified(user.be(FINANCE)).said
    assert "and not verified since" in user.press("Withdraw the verification").said
    mark_paid(mark_verified(user))
    assert "a payment was made already" in " ".join(user.press("Change…").form.sentences)
    enter(user.press("Cancel"), "66374958")
    assert "Changed after a payment was made" in user.said


def test_in_the_window_it_fits_every_room_and_leads_to_the_paper_of_an_award(
    window: Window, tmp_path: Path
) -> None:
    at_page(window, make_decided(tmp_path / "office.panel"), FINANCE, "awards")
    page = page_of(window, ListedView)
    for width, height in ((1366, 768), (1093, 535), (880, 600)):
        window.main.resize(width, height)
        QApplication.processEvents()  # a window that was smaller than its page lays it out once it has shrunk
        assert page.table.columnWidth(1) >= 100
        is_wide = width == 1366
        assert page.under.isVisible() == is_wide, "months stand under the list or take turns with it"
        assert page.sides.isVisible() == (not is_wide)
    page.sides.choose(2)
    assert (page.under.isVisible(), page.table.isVisible()) == (True, False)
    assert page.under.chart.marks
    page.sides.choose(1)
    page.detail.buttons["Write the agreement…"].click()
    choices = page_of(window, ExportsPage).choices
    assert (choices.list.current, choices.options.lists["award"].currentData()) == (
        "agreement",
        page.row.reference,
    )
