"""Reports: tables beside charts of the same figures, for every year and fund that has some."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gui.app import Window
from gui.pages.page import Breakpoints, Identity
from gui.pages.papers.reports import ReportTabs, spread_report
from gui.papers.report_card import DIFFERENCES, painted
from models.papers.year.summed_tables import YearTable, printed_years
from models.queries.panel.meeting_figures import MemberSpread
from models.queries.papers.year_charts import strips_of
from scoring.marks.sheets import Severity
from tests.gui.walking import role_of

ACF = "Active Citizens Fund"


class Reports:
    """The page of reports, by its parts."""

    def __init__(self, window: Window) -> None:
        window.main.tools.go("reports")
        page: Any = window.main.pages.currentWidget()
        self.page = page
        self.year, self.fund = self.page.boxes.values()
        self.export, self.earlier = self.page.buttons
        self.empty, self.summary = self.page.empty, self.page.summary
        (own,) = self.page.owned
        assert isinstance(own, ReportTabs)
        self.tabs, self.card = own.tabs, own.card


def sit_as(window: Window, role: str) -> None:
    window.main.tools.use_as(Identity("Priya Nair", role))


@pytest.fixture
def empty(window: Window, empty_record_path: Path) -> Reports:
    """The page of a record without a round, as an officer sees it."""
    window.controller.open(empty_record_path)
    sit_as(window, "officer")
    return Reports(window)


@pytest.fixture
def reports(empty: Reports) -> Reports:
    """The page with the shipped tables taken in, at Table 2 of 2016/17."""
    empty.empty.button.click()
    stand(empty, "2016/17", ACF)
    return empty


def stand(page: Reports, year: str, fund: str, table: int = 0) -> None:
    page.year.setCurrentIndex(page.year.findData(year))
    page.fund.setCurrentIndex(page.fund.findData(fund))
    page.tabs.choose(page.tabs.values[table])


def cells(page: Reports) -> list[list[str]]:
    model = page.card.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def printed(code: str) -> YearTable:
    return next(table for table in printed_years().tables if table.code == code)


def test_table_and_chart_say_the_same_figures(reports: Reports) -> None:
    rows = {row[0]: row[1:] for row in cells(reports)}
    assert rows["Sandwell"] == ["£104,676", "£107,145", "£56,568", "−£2,469", "£48,108"]
    assert rows["Total"] == ["£840,000", "£667,519", "£303,748", "£172,481", "£536,252"]
    assert "11 September 2017" in reports.card.base.text()
    assert reports.summary.text() == (
        f"{ACF} 2016/17: 3 tables, as printed, with totals and variances worked out."
    )
    tester = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(reports.card.table.model(), tester)
    chart = reports.card.chart
    assert len(chart.marks) == len(cells(reports)) - 1
    assert chart.marks[4] == ("Sandwell, £56,568 spent, £107,145 committed, £2,469 over £104,676")
    assert chart.sentence == "£303,748 spent of £840,000; over its budget: Sandwell."
    assert role_of(chart) is QAccessible.Role.Graphic

    reports.tabs.choose(reports.tabs.values[1])
    chart = reports.card.chart
    assert chart.sentence == "Most projects in Sandwell, 38; highest average in Birmingham West, £5,960."
    assert chart.marks[3] == "Dudley, 4 projects, £5,651 on average"
    assert cells(reports)[-1] == ["Total", "164", "64", "–", "–", "–"]
    reports.tabs.choose(reports.tabs.values[2])
    assert reports.tabs.current == DIFFERENCES
    assert reports.card.chart is None
    assert reports.card.turned.isHidden()
    found = [row for row in cells(reports) if row[0] == "Sum of Commitment"]
    assert found == [
        [
            *("Sum of Commitment", "Table 2", "£667,519", "£667,518", "£1"),
            "Rounding: the printed total is £1 less than its rows come to",
        ]
    ]
    stand(reports, "2019/20", "All funds")
    assert [reports.fund.itemText(n) for n in range(reports.fund.count())] == ["All funds"]
    assert cells(reports)[-1][2] == "£17,859,811"


def test_table_and_chart_are_walked_by_keys_and_take_turns(reports: Reports, window: Window) -> None:
    card, chart, table = reports.card, reports.card.chart, reports.card.table
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleName().startswith("Spend against budget, chart. Coventry, ")
    QTest.keyClick(chart, Qt.Key.Key_T)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_T)
    assert chart.hasFocus()
    card.turned.click()
    assert (chart.isVisible(), table.isVisible()) == (False, True)
    assert card.turned.text() == "Show the chart"
    card.turned.click()
    assert chart.isVisible()

    # Enter shows all of a row and again takes it away
    table.select_first()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert card.whole.isVisible()
    assert all(cell in card.whole.text() for cell in table.rows[0][1])
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.rows[1][1][0] in card.whole.text()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not card.whole.isVisible()

    window.main.resize(700, 600)
    QApplication.processEvents()
    assert reports.page.title.toolTip() == "", "it offers what is cut"
    assert (chart.isVisible(), table.isVisible()) == (True, False)
    card.turned.click()
    assert (chart.isVisible(), table.isVisible()) == (False, True)


def test_a_report_is_written_as_a_draft_in_the_form_that_is_asked_for(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ending that is typed, or else the form that is chosen, says how."""
    place = tmp_path / "reports"
    place.mkdir()
    for typed, form, name in (
        ("", "", ""),
        ("mine", "PDF (*.pdf)", "mine.pdf"),
        ("mine", "Excel workbook (*.xlsx)", "mine.xlsx"),
        ("other.pdf", "Excel workbook (*.xlsx)", "other.pdf"),
    ):
        before = {*place.iterdir()}
        chosen = str(place / typed) if typed else "", form
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: chosen)
        reports.export.click()
        assert {*place.iterdir()} - before == ({place / name} if name else set())
    sheets = load_workbook(place / "mine.xlsx").sheetnames
    assert sheets == ["Contents", "Table 2", "Table 3", "Differences", "Checks"]

    stand(reports, "2016/17", "All funds")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place / "whole.xlsx"), ""))
    reports.export.click()
    whole = {"Table 1", "Table 2", "Table 4", "Table 5", "Appendix 1"}
    assert whole <= set(load_workbook(place / "whole.xlsx").sheetnames)


def test_the_round_s_own_year_stands_first_and_a_member_reads_sums_alone(opened: Window) -> None:
    sit_as(opened, "member")

    page = Reports(opened)

    place = opened.controller.rounds.place
    assert (page.year.currentData(), page.fund.currentData()) == (place.line.year, place.line.fund)
    codes = page.tabs.values
    assert "Table 2" in codes
    assert not [code for code in codes if code.startswith("Appendix")]
    assert page.export.isHidden()
    assert page.earlier.isHidden()


def test_the_tables_of_a_low_window_are_a_list_to_choose_from(opened: Window) -> None:
    sit_as(opened, "officer")
    page = Reports(opened)
    assert all(pill.isVisible() for pill in page.tabs.pills)
    assert page.tabs.list.isHidden()

    page.page.fit(Breakpoints(1366, 500))
    page.tabs.list.setCurrentIndex(1)

    assert all(pill.isHidden() for pill in page.tabs.pills)
    assert page.tabs.list.isVisible()
    assert page.tabs.current == page.tabs.list.currentData() == page.tabs.values[1]


SPREAD = (
    MemberSpread("Ann Sample", Severity("M1", (-150, 25, 0, -50, 0), Fraction(-35, 100))),
    MemberSpread("Ravi Example", Severity("M2", (10, 10, 10, 10, 10), Fraction(1, 10))),
)


def test_the_chair_and_an_officer_read_how_members_mark_beside_each_other(dressed: None) -> None:
    (table,) = spread_report(SPREAD, "Round 2", "chair")

    assert list(table.lines()) == [
        ("Ann Sample", "5", "−0.35", "−1.50", "+0.25"),
        ("Ravi Example", "5", "+0.10", "+0.10", "+0.10"),
    ]
    assert table.base.startswith("Round 2: ")
    assert "It changes no mark." in table.base
    assert spread_report(SPREAD, "Round 2", "member") == ()
    assert spread_report((), "Round 2", "chair") == ()

    chart = painted(strips_of(SPREAD))

    assert chart.sentence == "Furthest from the others: Ann Sample, 0.35 marks below the others."
    assert chart.marks[1] == "Ravi Example, 0.10 marks above the others over 5 shared applications"
    assert not chart.grab().isNull()
    chart.deleteLater()
