"""Year end: figures entered, carry forward decided, a workbook taken in, and award rates."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.breakpoints import Breakpoints
from gui.dialogs.listing import ListingDialog
from gui.pages.awards.year_end.end_dialog import EndDialog
from gui.pages.awards.year_end.importing import NOTHING_NEW
from gui.pages.awards.year_end.lines_dialog import LinesDialog
from gui.pages.awards.year_end.page import AWARDS, RATES, YearEndPage
from gui.pages.awards.year_end.rows import COLUMNS, row_name, spent_words
from gui.pages.page import Identity
from gui.tables.head_font import head_width
from models.operations.awards.budget import Contribute
from models.reference.reporting import year_of
from scoring.money import short_pounds
from scoring.written.area_label import AreaLabel

ACF = "Active Citizens Fund"


@pytest.fixture
def decided_window(window: Window, decided: Path, tmp_path: Path) -> Window:
    """A window on a record of the test's own, as finance uses it."""
    window.controller.open(Path(shutil.copy(decided, tmp_path / "office.panel")))
    window.main.tools.use_as(Identity("Finn Pays", "finance"))
    return window


@pytest.fixture
def page(decided_window: Window) -> YearEndPage:
    """The page with its first line in hand."""
    decided_window.main.tools.go("year-end")
    page = decided_window.main.pages.currentWidget()
    assert isinstance(page, YearEndPage)
    return page


@pytest.fixture
def area(page: YearEndPage) -> str:
    """The area that has awards, in hand."""
    name = next(row.line.name for row in page.table.rows if row.line.awards)
    assert page.table.select((name, ""))
    return name


def box_of(window: Window) -> EndDialog:
    assert isinstance(window.controller.dialog, EndDialog)
    return window.controller.dialog


def list_of(window: Window) -> ListingDialog:
    assert isinstance(window.controller.dialog, ListingDialog)
    return window.controller.dialog


def spend(page: YearEndPage, window: Window, amount: str, source: str = "ledger") -> None:
    assert page.detail.spent is not None
    page.detail.spent.click()
    box = box_of(window)
    box.amount.setText(amount)
    box.reason.setText(source)
    box.do.click()


def ledger(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in (("Area", "Expenditure"), *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_each_area_has_its_money_and_says_what_is_not_decided(decided_window: Window) -> None:
    rounds = decided_window.controller.rounds
    assert rounds.place is not None
    last = rounds.place.line.areas[-1].name
    rounds.choose_area(last)
    decided_window.main.tools.go("year-end")
    page = decided_window.main.pages.currentWidget()
    assert isinstance(page, YearEndPage)

    assert page.found is not None
    assert page.fund.currentText() == ACF
    assert len(page.table.rows) == len(page.found.lines)
    assert page.summary.text().endswith(f"{len(page.found.lines)} not decided")
    assert page.table.current == (last, ""), "the list stands at the area of the header"

    decided_window.look.area_label = AreaLabel("Local policing area")
    decided_window.look.changed.emit()
    decided_window.main.resize(1366, 768)
    QApplication.processEvents()
    head = str(page.table.model().headerData(0, Qt.Orientation.Horizontal))
    assert head_width(decided_window.look, head) <= page.table.horizontalHeader().sectionSize(0), head
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_fund_of_the_header_is_on_show_however_often_it_is_asked(
    page: YearEndPage, decided_window: Window, qtbot: QtBot
) -> None:
    place = decided_window.controller.rounds.place
    assert place is not None
    page.show_place(replace(place, line=replace(place.line, round_id=99, fund="Victims Fund")))
    page.refresh()

    qtbot.waitUntil(lambda: page.fund.currentText() == "Victims Fund")


def test_expenditure_is_recorded_and_undone(page: YearEndPage, area: str, decided_window: Window) -> None:
    spend(page, decided_window, "1,234.56")

    row = page.detail.row
    assert row is not None
    assert row.name == area
    assert row.end.spent is not None
    assert (row.end.spent.pence, row.end.spent.source) == (123_456, "ledger")
    assert row.end.spent.as_at.timetuple()[1:3] == (3, 31)
    decided_window.workspace.undo_stack.undo()
    assert page.detail.row is not None
    assert page.detail.row.end.spent is None


def test_a_figure_is_changed_and_taken_out(page: YearEndPage, area: str, decided_window: Window) -> None:
    spend(page, decided_window, "5")
    assert page.detail.spent is not None
    page.detail.spent.click()
    box = box_of(decided_window)
    assert (box.amount.text(), box.reason.text()) == ("£5", "ledger")

    box.take_out.click()

    assert page.detail.row is not None
    assert page.detail.row.end.spent is None


def test_a_carry_forward_asks_who_and_why(page: YearEndPage, area: str, decided_window: Window) -> None:
    assert page.detail.carry is not None
    page.detail.carry.setFocus()
    page.detail.carry.click()
    box = box_of(decided_window)
    assert box.beyond.isHidden(), "what is offered is what is left"
    assert page.detail.row is not None
    line = page.detail.row.line
    unspent = line.committed_pence - line.spent_pence
    assert unspent > 0, "its awards are not paid yet"
    held = line.held_pence
    assert box.amount.pence == line.left_pence - unspent - held, "what is committed or held is not offered"
    said = f"{short_pounds(unspent)} of it is committed to awards and not spent yet"
    assert any(label.text().startswith(said) for label in box.findChildren(QLabel))
    box.amount.setText("999999")
    assert box.beyond.text().endswith(" more than is left.")
    box.amount.setText("none")
    assert box.beyond.isHidden()
    box.do.click()
    assert box.problem.text().startswith("“none” is not an exact amount")
    box.amount.setText("−12")
    box.start_up.setText("x")
    box.do.click()
    assert box.problem.text().startswith("“x” is not an exact amount")
    box.start_up.setText("0")
    box.day.setText("soon")
    box.do.click()
    assert box.problem.text().startswith("“soon” is not a date")
    box.day.setText("14/04/2027")
    box.do.click()
    assert box.problem.text() == "Decided by, name and post: fill it in."
    box.who.setText("Maria Blackwood, Chief Executive")
    box.do.click()
    assert box.problem.text() == "Reason: say it in a few words."

    box.reason.setText("overspend removed")
    box.do.click()
    assert page.detail.carry.hasFocus(), "not what comes after the page"
    assert page.detail.carry.accessibleName() == "Change it: carry forward…"

    assert page.detail.row is not None
    carried = page.detail.row.end.carried
    assert carried is not None
    assert (carried.pence, carried.decided_on) == (-1_200, date(2027, 4, 14))
    assert carried.left_pence == page.detail.row.left_pence


def test_what_open_rounds_hold_is_said_and_more_may_be_decided(
    page: YearEndPage, area: str, decided_window: Window
) -> None:
    row = page.detail.row
    assert row is not None
    held = short_pounds(row.held_pence)
    assert (held, row.free_pence) == ("£520", 0), "of £30,000 in its pot £29,480 is awarded"
    shown = [label.text() for label in page.detail.findChildren(QLabel)]
    assert shown[shown.index("Held by open rounds") + 1] == held
    assert shown[shown.index("Free to carry forward") + 1] == "£0"

    assert page.detail.carry is not None
    page.detail.carry.click()

    box = box_of(decided_window)
    assert box.amount.pence == 0
    said = f"{held} of it is held by the pots of open rounds"
    assert any(label.text().startswith(said) for label in box.findChildren(QLabel))
    assert box.beyond.isHidden()
    box.amount.setText("600")
    assert box.beyond.text().startswith("£600 of that is committed to awards or held by open rounds")


def test_spent_below_nothing_says_what_was_taken_off(
    page: YearEndPage, area: str, decided_window: Window
) -> None:
    assert page.found is not None
    fund, year = page.found.of.fund, page.found.of.year
    decided_window.workspace.perform(Contribute(fund, year, area, 4_200, "open day"))
    words = "£0 spent less £42 that the office gave: −£42 of £30,000"

    assert page.summary.text().startswith(f"{words} · £30,042 left")
    row = page.detail.row
    assert row is not None
    assert row_name(row).startswith(f"{area}, {words}, £30,042 left")
    shown = [label.text() for label in page.detail.findChildren(QLabel)]
    for name, figure in (
        ("Spent on its awards", "£0"),
        ("Given by the office, taken off", "−£42"),
        ("Spent, without start-up", "−£42"),
    ):
        assert shown[shown.index(name) + 1] == figure
    spent = next(column for column in COLUMNS if column.name == "spent")
    assert spent.under is not None
    assert spent.under(row) == "less £42 given"
    pot = replace(row.line.pot, recovered_pence=800)
    assert spent_words([replace(row, line=replace(row.line, pot=pot))]) == (
        "£0 spent less £42 that the office gave and £8 back of other years’ awards: −£50 of £30,000"
    )


def test_an_allocation_starts_from_this_years_pot(
    page: YearEndPage, area: str, decided_window: Window
) -> None:
    assert page.detail.allocation is not None
    page.detail.allocation.click()
    box = box_of(decided_window)
    box.who.setText("Maria Blackwood")
    box.do.click()

    assert page.detail.row is not None
    allocated = page.detail.row.end.allocated
    assert allocated is not None
    assert allocated.pence == page.detail.row.line.pot.pot_pence


def test_the_rest_is_carried_forward_for_one_reason(page: YearEndPage, decided_window: Window) -> None:
    page.rest.click()
    box = box_of(decided_window)
    assert not box.amount.isVisible()
    assert page.found is not None
    promised = sum(line.promised_pence for line in page.found.lines)
    assert any(
        label.text().startswith(f"{short_pounds(promised)} of it ") for label in box.findChildren(QLabel)
    )
    box.who.setText("Maria Blackwood")
    box.reason.setText("in full")
    box.do.click()

    assert page.found is not None
    assert not page.found.undecided
    assert [line.apart_pence for line in page.found.lines] == [
        line.spent_pence - line.committed_pence - line.held_pence for line in page.found.lines
    ], "all that is left but what is committed and not spent, and what open rounds hold"
    assert not page.rest.isEnabled()
    decided_window.workspace.undo_stack.undo()
    assert len(page.found.undecided) == len(page.found.lines)


def test_lines_of_a_fund_without_a_panel_are_pasted(page: YearEndPage, decided_window: Window) -> None:
    page.own.click()
    box = decided_window.controller.dialog
    assert isinstance(box, LinesDialog)
    box.text.setPlainText("Kites; about 5")
    box.do.click()
    assert "Line 1, pot" in box.problem.text()
    box.text.setPlainText("Boats\t104,676\t0\t107,145")
    box.do.click()

    assert page.table.select(("Boats", ""))
    assert page.detail.row is not None
    assert page.detail.row.line.committed_words == "102.4%"
    assert page.detail.authority is not None
    page.detail.authority.click()
    authority = box_of(decided_window)
    assert authority.amount.text() == "£2,469"
    authority.who.setText("Maria Blackwood, Chief Executive")
    authority.reason.setText("winter repairs")
    authority.do.click()
    assert page.detail.row.line.authority == "Maria Blackwood, Chief Executive"


def test_a_workbook_is_shown_then_recorded_at_once(
    page: YearEndPage, area: str, decided_window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger(tmp_path / "ledger.xlsx", (area, 1500))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    page.take_in.click()
    box = list_of(decided_window)
    assert box.list.toPlainText().startswith(f"{area}: £1,500, up to 31 Mar ")
    box.do.click()

    assert page.detail.row is not None
    spent = page.detail.row.end.spent
    assert spent is not None
    assert (spent.pence, spent.start_up_pence, spent.source) == (150_000, 0, "ledger.xlsx")
    page.take_in.click()
    again = list_of(decided_window)
    assert again.accessibleDescription() == NOTHING_NEW
    assert again.do.isHidden()


def test_every_fault_of_a_workbook_is_listed_and_nothing_recorded(
    page: YearEndPage, decided_window: Window, tmp_path: Path
) -> None:
    assert page.found is not None
    path = ledger(tmp_path / "ledger.xlsx", ("Nowhere", 1), (page.found.lines[0].name, "lots"))

    page.importing.read(path, page.found)

    lines = list_of(decided_window).list.toPlainText().splitlines()
    assert [line.split(":")[0] for line in lines] == ["Sheet!A2", "Sheet!B3"]
    assert all(line.end.spent is None for line in page.found.lines)


def test_awards_have_figures_of_their_own(page: YearEndPage, area: str, decided_window: Window) -> None:
    page.tabs.choose(AWARDS)
    assert page.table.rows[0].award is not None
    assert page.detail.allocation is None
    shown = {label.text() for label in page.detail.findChildren(QLabel)}
    assert "Stands at" in shown, "it is after money back, as on Monitoring"
    assert "Awarded" not in shown

    spend(page, decided_window, "7")

    assert page.table.rows[0].spent_pence == 700


def test_award_rates_stand_beside_their_chart(page: YearEndPage) -> None:
    page.tabs.choose(RATES)

    chart = page.card.chart
    assert chart is not None
    assert chart.sentence().endswith("%.")
    assert chart.count() >= 1
    assert not page.rest.isVisible()


def test_list_and_line_take_turns_in_a_narrow_window(page: YearEndPage) -> None:
    page.fit(Breakpoints(800, 600))
    assert not page.detail.isVisible()

    page.sides.choose(1)

    assert page.detail.isVisible()
    assert not page.table.isVisible()


def test_only_officers_and_finance_see_the_page(decided_window: Window) -> None:
    assert "year-end" in decided_window.main.tools.pages

    decided_window.main.tools.use_as(Identity("Priya Nair", "chair"))

    assert "year-end" not in decided_window.main.tools.pages


def test_a_record_without_a_fund_says_so(window: Window, empty_record_path: Path) -> None:
    window.controller.open(empty_record_path)
    window.main.tools.use_as(Identity("Finn Pays", "finance"))

    window.main.tools.go("year-end")

    page = window.main.pages.currentWidget()
    assert isinstance(page, YearEndPage)
    assert page.empty.isVisible()
    assert "Nothing ends yet" in page.empty.words


def test_a_new_record_stands_at_the_financial_year_that_runs(window: Window, tmp_path: Path) -> None:
    window.controller.first_run.make(tmp_path / "New office.panel", None, "a trial")
    window.main.tools.use_as(Identity("Finn Pays", "finance"))
    window.main.tools.go("year-end")
    page = window.main.pages.currentWidget()
    assert isinstance(page, YearEndPage)

    assert page.year.currentText() == year_of(date.today())
    assert page.own.isEnabled()


def test_a_financial_year_runs_from_april_to_march() -> None:
    assert year_of(date(2026, 4, 1)) == "2026/27"
    assert year_of(date(2027, 3, 31)) == "2026/27"
    assert year_of(date(1999, 12, 31)) == "1999/00"
