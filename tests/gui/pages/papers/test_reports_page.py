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
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.breakpoints import Breakpoints
from gui.pages.page import Identity
from gui.pages.papers.reports import ReportTabs, spread_report
from gui.papers.report_card import DIFFERENCES, painted
from models.papers.year.summed_tables import YearTable, printed_years
from models.queries.panel.meeting_figures import MemberSpread
from models.queries.papers.year_charts import strips_of
from scoring.marks.sheets import Severity
from tests.gui.walking import role_of

ACF = "Active Citizens Fund"
FORMS = (
    ("mine", "PDF (*.pdf)", "mine.pdf"),
    ("mine", "Excel workbook (*.xlsx)", "mine.xlsx"),
    ("other.pdf", "Excel workbook (*.xlsx)", "other.pdf"),
)
"""What is typed as the name of a report, the form that is chosen, and the file that is written."""


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
    assert page.card.table is not None
    model = page.card.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def printed(code: str) -> YearTable:
    return next(table for table in printed_years().tables if table.code == code)


def the_table_has_our_totals_and_whole_pounds(reports: Reports) -> None:
    rows = {row[0]: row[1:] for row in cells(reports)}

    assert rows["Sandwell"] == ["£104,676", "£107,145", "£56,568", "−£2,469", "£48,108"]
    assert rows["Total"] == ["£840,000", "£667,519", "£303,748", "£172,481", "£536,252"]
    assert "11 September 2017" in reports.card.base.text()
    assert reports.summary.text() == (
        f"{ACF} 2016/17: 3 tables, as printed, with totals and variances worked out."
    )
    assert reports.card.table is not None
    tester = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(reports.card.table.model(), tester)


def the_chart_says_the_figures_of_the_table(reports: Reports) -> None:
    chart = reports.card.chart

    assert chart is not None
    assert chart.count() == len(cells(reports)) - 1
    assert chart.mark_words(4) == ("Sandwell, £56,568 spent, £107,145 committed, £2,469 over £104,676")
    assert chart.sentence() == "£303,748 spent of £840,000; over its budget: Sandwell."
    assert role_of(chart) is QAccessible.Role.Graphic


def keys_go_along_the_chart_and_t_goes_between_chart_and_table(reports: Reports) -> None:
    chart, table = reports.card.chart, reports.card.table
    assert chart is not None
    assert table is not None
    chart.setFocus()

    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleName().startswith("Spend against budget, chart. Coventry, ")
    QTest.keyClick(chart, Qt.Key.Key_T)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_T)

    assert chart.hasFocus()


def show_as_table_puts_the_chart_away_and_back(reports: Reports) -> None:
    assert reports.card.chart is not None
    reports.card.chart.setFocus()

    reports.card.turned.click()
    assert not reports.card.chart.isVisible()
    assert reports.card.table is not None
    assert reports.card.table.isVisible()
    assert reports.card.turned.text() == "Show the chart"
    reports.card.turned.click()

    assert reports.card.chart.isVisible()


def in_a_narrow_window_chart_and_table_take_turns(reports: Reports, window: Window) -> None:
    window.main.resize(700, 600)
    QApplication.processEvents()
    assert reports.page.title.toolTip() == "", "it offers what is cut"
    assert reports.card.chart is not None
    assert reports.card.table is not None
    assert (reports.card.chart.isVisible(), reports.card.table.isVisible()) == (True, False)

    reports.card.turned.click()

    assert (reports.card.chart.isVisible(), reports.card.table.isVisible()) == (False, True)


def enter_shows_all_of_a_row_and_again_takes_it_away(reports: Reports, qtbot: QtBot) -> None:
    table = reports.card.table
    assert table is not None
    table.select_first()

    qtbot.keyClick(table, Qt.Key.Key_Return)

    first = table.rows[0]
    assert reports.card.whole.isVisible()
    assert all(cell in reports.card.whole.text() for cell in first[1])
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.rows[1][1][0] in reports.card.whole.text()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert not reports.card.whole.isVisible()


def number_stands_against_average(reports: Reports) -> None:
    reports.tabs.choose(reports.tabs.values[1])

    chart = reports.card.chart
    assert chart is not None
    assert chart.sentence() == "Most projects in Sandwell, 38; highest average in Birmingham West, £5,960."
    assert chart.mark_words(3) == "Dudley, 4 projects, £5,651 on average"
    assert cells(reports)[-1] == ["Total", "164", "64", "–", "–", "–"]


def differences_are_a_table_without_a_chart(reports: Reports) -> None:
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


def another_year_offers_its_own_funds_and_keeps_the_table_where_it_can(reports: Reports) -> None:
    stand(reports, "2019/20", "All funds")

    assert [reports.fund.itemText(n) for n in range(reports.fund.count())] == ["All funds"]
    assert cells(reports)[-1][2] == "£17,859,811"


def test_table_and_chart_say_the_same_figures_and_are_walked_by_keys(
    reports: Reports, qtbot: QtBot, window: Window
) -> None:
    the_table_has_our_totals_and_whole_pounds(reports)
    the_chart_says_the_figures_of_the_table(reports)
    keys_go_along_the_chart_and_t_goes_between_chart_and_table(reports)
    show_as_table_puts_the_chart_away_and_back(reports)
    enter_shows_all_of_a_row_and_again_takes_it_away(reports, qtbot)
    number_stands_against_average(reports)
    differences_are_a_table_without_a_chart(reports)
    another_year_offers_its_own_funds_and_keeps_the_table_where_it_can(reports)
    stand(reports, "2016/17", ACF)
    in_a_narrow_window_chart_and_table_take_turns(reports, window)


def exported(reports: Reports, folder: Path, monkeypatch: pytest.MonkeyPatch, fund: str) -> Path:
    path = folder / "report.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    stand(reports, "2016/17", fund)
    reports.export.click()
    return path


def the_report_on_show_is_written_as_a_draft(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(reports, tmp_path, monkeypatch, ACF)

    assert load_workbook(path).sheetnames == ["Contents", "Table 2", "Table 3", "Differences", "Checks"]


def the_ending_typed_or_the_form_chosen_says_how_it_is_written(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, form: str, name: str
) -> None:
    def chosen(*_: object) -> tuple[str, str]:
        return str(tmp_path / typed), form

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)

    reports.export.click()

    assert (tmp_path / name).exists()


def a_file_that_is_not_chosen_is_not_written(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def left(*_: object) -> tuple[str, str]:
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left)

    reports.export.click()

    assert not [path for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".pdf")]


def the_year_of_all_funds_is_written_whole(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(reports, tmp_path, monkeypatch, "All funds")

    assert {"Table 1", "Table 2", "Table 4", "Table 5", "Appendix 1"} <= set(load_workbook(path).sheetnames)


def test_a_report_is_written_as_a_draft_in_the_form_that_is_asked_for(
    reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_report_on_show_is_written_as_a_draft(reports, tmp_path, monkeypatch)
    the_year_of_all_funds_is_written_whole(reports, tmp_path, monkeypatch)
    for path in tmp_path.glob("report*"):
        path.unlink()
    a_file_that_is_not_chosen_is_not_written(reports, tmp_path, monkeypatch)
    for typed, form, name in FORMS:
        the_ending_typed_or_the_form_chosen_says_how_it_is_written(
            reports, tmp_path, monkeypatch, typed, form, name
        )


def test_the_round_s_own_year_stands_first_and_a_member_reads_sums_alone(opened: Window) -> None:
    sit_as(opened, "member")

    page = Reports(opened)

    place = opened.controller.rounds.place
    assert place is not None
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


def test_the_chair_and_an_officer_read_how_members_mark_beside_each_other() -> None:
    (table,) = spread_report(SPREAD, "Round 2", "chair")

    assert list(table.lines()) == [
        ("Ann Sample", "5", "−0.35", "−1.50", "+0.25"),
        ("Ravi Example", "5", "+0.10", "+0.10", "+0.10"),
    ]
    assert table.base.startswith("Round 2: ")
    assert "It changes no mark." in table.base
    assert spread_report(SPREAD, "Round 2", "member") == ()
    assert spread_report((), "Round 2", "chair") == ()


def test_the_strips_say_who_is_furthest_from_the_others(dressed: None) -> None:
    chart = painted(strips_of(SPREAD))

    assert chart.sentence() == "Furthest from the others: Ann Sample, 0.35 marks below the others."
    assert chart.mark_words(1) == "Ravi Example, 0.10 marks above the others over 5 shared applications"
    assert not chart.grab().isNull()
    chart.deleteLater()
