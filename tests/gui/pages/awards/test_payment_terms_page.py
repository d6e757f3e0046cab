"""Payments on the Awards page: shares in per cent, proof, a hold, and money that comes back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.pages.awards.instalments import instalment_words
from gui.pages.awards.lines import AWARD_COLUMNS
from gui.pages.awards.page import PAGE, MonthsCard, chart_words
from gui.pages.page import Identity
from models.queries.awards.awards_page import MonthSum
from tests.gui.deciding import make_payable, mark_paid, payable
from tests.gui.listed.page_user import PageUser, Uses

FINANCE = Identity("Finn Pays", "finance")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which everything is decided and the first award may be paid; never opened by a test."""
    return make_payable(tmp_path_factory.mktemp("terms") / "office.panel", "halves")


@pytest.fixture
def user(at: Uses, template: Path) -> PageUser:
    """Finance at Awards; the first award, of £4,800, is in halves and agreed."""
    found = at(PAGE, template, FINANCE)
    assert "Set my own instalments…" not in found.offered  # the signed agreement says how it is paid
    return found


def test_nothing_is_paid_on_hold_and_the_second_half_after_its_proof(user: PageUser) -> None:
    user.press("Hold payments…").fill(reason="no report yet").agree()
    assert payable(user) == []
    assert "On hold: No report yet." in user.said
    assert [instalment_words(user.row, part)[-9:] for part in user.row.instalments] == [", on hold"] * 2
    assert payable(user.press("Lift the hold")) == [1]
    assert "on hold" not in user.said
    user.press("Instalment 2: record proof…").fill(words="receipts 1 to 4").agree()
    assert user.press("Instalment 2: remove the proof").row.instalments[1].proof_on is None

    asked = user.press("Instalment 2: record proof…").fill(words=" ").agree().form
    assert asked["on"].accessibleName() == "On what day"  # heard alone, the label "On" says nothing
    assert user.faults.startswith("What came in")
    assert asked["words"].accessibleDescription() == user.faults
    user.fill(on="soon", words="receipts 1 to 4").agree()
    assert user.faults == "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    assert asked["words"].accessibleDescription() == ""
    assert asked["on"].accessibleDescription() == user.faults
    assert user.fill(on="09/12/2199").agree().faults == (
        "That day is still to come. Record it once it has come in."
    )
    assert "came in 9 Dec 2024: receipts 1 to 4" in user.fill(on="09/12/2024").agree().said
    mark_paid(user, 2)
    assert (user.row.paid_pence, user.row.outstanding_pence) == (240_000, 240_000)


def test_what_was_not_spent_comes_back_and_what_the_bank_sent_back_is_held(user: PageUser) -> None:
    back = "Record money returned unasked…"
    assert back not in user.offered
    mark_paid(user)
    user.press(back).fill(words="one session fewer", pence="2,400.01").agree()
    assert user.faults == "Type an amount up to the £2,400 that may still come back."
    user.fill(pence="20.50").agree()
    row = user.row
    assert row.returned_pence == 2_050
    assert "£20.50 was returned on" in user.said
    assert user.view.summary.text().endswith("paid £2,400 · returned £20.50")
    paid = next(column for column in AWARD_COLUMNS if column.name == "paid")
    assert paid.under is not None
    assert (paid.text(row), paid.under(row)) == ("£2,400", "£20.50 returned")
    assert user.named.endswith("Paid £2,400, £20.50 returned")
    assert user.undo().row.returned_pence == 0

    user.press("Instalment 1: the bank sent it back…").fill(on="02/12/2020", words="account closed").agree()
    assert user.faults.startswith("2 December 2020 is more than five years from today")
    assert user.agree().faults.startswith("That is before it was paid")
    user.fill(on="today").agree()
    assert "account closed" in user.row.held_for
    assert (user.row.paid_pence, payable(user)) == (0, [])
    assert payable(user.press("Lift the hold")) == [1]


DECEMBER = MonthSum(date(2026, 12, 1), 240_000, 100_000)
MARCH = MonthSum(date(2027, 3, 1), 0, 500_050)
LATER = MonthSum(None, 0, 60_000)
MONTHS = (DECEMBER, MARCH, LATER)


@pytest.fixture
def card(qtbot: QtBot, dressed: None) -> MonthsCard:
    """The card on show with three months."""
    made = MonthsCard()
    qtbot.addWidget(made)
    made.show_months(MONTHS)
    made.resize(600, 220)
    made.show()
    made.chart.setFocus()
    return made


def test_the_chart_is_said_in_one_sentence() -> None:
    # 2,400 + 1,000 + 5,000.50 + 600 = 9,000.50
    assert chart_words(MONTHS) == "£9,000.50, of it £600 undated."
    assert chart_words(MONTHS[:2]) == "£8,400.50 over 2 months, most in Mar 2027."
    assert chart_words((LATER,)) == "£600, no date yet."
    assert chart_words(()) == "No instalments."


def test_the_chart_says_the_mark_at_hand_and_t_turns_it_into_a_table_and_back(card: MonthsCard) -> None:
    QTest.keyClick(card.chart, Qt.Key.Key_Down)
    assert card.chart.accessibleName() == "Instalments by month, chart. Mar 2027, £5,000.50 due, 2 of 3"

    QTest.keyClick(card.chart, Qt.Key.Key_T)
    (table,) = card.panes()
    assert table is card.either.table
    model = card.either.table.model()
    cells = [[model.index(row, column).data() for column in range(4)] for row in range(3)]
    assert cells == [
        ["Dec 2026", "£2,400", "£1,000", "£3,400"],
        ["Mar 2027", "£0", "£5,000.50", "£5,000.50"],
        ["No date yet", "£0", "£600", "£600"],
    ]

    QTest.keyClick(table, Qt.Key.Key_T)

    assert card.panes() == (card.chart,)
