"""Instalments by month: a chart with keys and words, and the same figures as a table."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from gui.pages.awards.months import MonthsCard, chart_words, month_words
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


def test_a_month_is_said_in_full_words() -> None:
    assert month_words(DECEMBER) == "Dec 2026, £2,400 paid, £1,000 due"
    assert month_words(LATER) == "No date yet, £600 due"


def test_keys_go_from_mark_to_mark_and_stop_at_the_ends(card: MonthsCard) -> None:
    said = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(card.chart, key)
        said.append(card.chart.current)

    assert said == [DECEMBER, MARCH, LATER, LATER, DECEMBER]


def test_the_mark_at_hand_is_the_chart_s_accessible_name(card: MonthsCard) -> None:
    QTest.keyClick(card.chart, Qt.Key.Key_Right)

    found = QAccessible.queryAccessibleInterface(card.chart)

    assert found is not None
    assert card.chart.accessibleName() == "Instalments by month, chart. Mar 2027, £5,000.50 due, 2 of 3"


def test_a_click_takes_the_column_under_it(card: MonthsCard) -> None:
    QTest.mouseClick(card.chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(150, 40))

    assert card.chart.current == MARCH


def test_t_turns_the_chart_into_a_table_of_the_same_figures_and_back(card: MonthsCard) -> None:
    QTest.keyClick(card.chart, Qt.Key.Key_T)
    assert card.is_table
    model = card.table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cells = [[model.index(row, column).data() for column in range(4)] for row in range(3)]
    assert cells == [
        ["Dec 2026", "£2,400", "£1,000", "£3,400"],
        ["Mar 2027", "£0", "£5,000.50", "£5,000.50"],
        ["No date yet", "£0", "£600", "£600"],
    ]
    assert card.turned.text() == "Show as chart"

    QTest.keyClick(card.table, Qt.Key.Key_T)

    assert not card.is_table
    card.turned.click()
    assert card.is_table


def test_fewer_months_keep_a_month_at_hand(card: MonthsCard) -> None:
    QTest.keyClick(card.chart, Qt.Key.Key_End)

    card.show_months(MONTHS[:1])
    assert card.chart.current == DECEMBER
    card.show_months(())

    assert card.chart.current is None
    assert not card.grab().isNull()
