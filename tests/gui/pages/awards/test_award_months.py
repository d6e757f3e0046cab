"""Instalments by month: a chart with keys and words, and the same figures as a table."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.pages.awards.page import MonthsCard, chart_words
from models.queries.awards.awards_page import MonthSum

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
