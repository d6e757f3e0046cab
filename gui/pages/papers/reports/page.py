"""Reports: every table of the record by year and fund, its chart, and the year as a file."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from gui.breakpoints import Breakpoints
from gui.dialogs.files import Kind
from gui.listed.acts import Doing, Save
from gui.pages.page import PageTools, Place
from gui.pages.papers.reports.query import (
    AWARD_READERS,
    NO_YEAR,
    Reported,
    ask_reported,
    funds_of,
    reports_of,
    spread_report,
    years_of,
)
from gui.pages.sided_page import SidedPage
from gui.papers.report_card import ReportCard
from gui.papers.report_tables import SPREAD, Report
from gui.record.runner import Ticket
from gui.text import counted
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.nesting import column_of
from gui.widgets.pill_tabs import ManyTabs
from gui.widgets.turned import ChoiceList
from models.clock import utc_now
from models.operation import Topic
from models.operations.papers import AddPrintedTables
from models.papers.order import PaperOrder
from models.papers.paper_kind import in_its_form
from models.papers.status import PaperStatus
from models.papers.year.round_year import ASKED, SIZES
from models.papers.year.summed_tables import ALL_FUNDS, YearTables
from models.queries.papers.papers import draft_status
from models.queries.papers.year_tables import missing_history, year_tables
from models.reference.shipped_history import PrintedTable
from scoring.written.names import file_name

FORMS = "Excel workbook (*.xlsx);;PDF (*.pdf)"
NOTHING = "Nothing to report yet."
NOT_YOURS = f"{NOTHING} An officer can import the printed tables of earlier years."
TAKE_IN = "Import the tables of earlier years"
EARLIER, EXPORT = "Import earlier years", "Export report…"
TAB_WORDS = {ASKED: "Requested", SIZES: "By size", SPREAD: "Marking"}
"""Shorter words for a tab than the table's own, which stand over it when it is chosen."""
CONCERNS = frozenset(Topic) - {Topic.ISSUES}


def exported(year: str, fund: str) -> Save:
    """Return what writes a fund's year to a file; the year of all funds holds every fund's."""
    order = PaperOrder("tables", utc_now(), fund=None if fund == ALL_FUNDS else fund, year=year or None)
    return Save(
        Kind.PAPERS,
        "Export this report",
        f"{file_name('Year tables', fund, year)}.xlsx",
        FORMS,
        partial(_made, order=order),
        _written,
        lambda made: f"“{{}}” was written: a draft, {made[0].control}.",
        is_near=True,
    )


def _made(session: Any, order: PaperOrder) -> tuple[YearTables, PaperStatus]:
    value = in_its_form(partial(year_tables, session, order))
    return value, draft_status(session, order, value)


def _written(made: tuple[YearTables, PaperStatus], path: Path, ticket: Ticket) -> Path:
    """Write in the work queue; the writers load the file libraries, which the window's start need not."""
    from exchange.papers.paper_writing import write_paper

    return write_paper("tables", *made, path, ticket.tick)


class ReportsPage(SidedPage):
    """Year and fund above, the tables as tabs, one table with its chart below."""

    key = "reports"
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Reports", icon="reports", way_on=TAKE_IN)
        self._found: Reported | None = None
        self._listed: tuple[Report, ...] = ()
        self.year, self.fund = ChoiceList(), ChoiceList()
        self.earlier = Button(EARLIER)
        self.export = Button(EXPORT, kind="primary", icon="export")
        self.tabs = ManyTabs("Table")
        self.card = ReportCard()
        self._doing = Doing(tools, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.year)

    def show_place(self, place: Place | None) -> None:
        """Stand at the fund and year of the header; what is reported belongs to the record."""
        moved = place is not None and (
            self._place is None or place.line.round_id != self._place.line.round_id
        )
        self._place = place
        self.refresh()
        if moved and place is not None:
            self._stand_at(place.line.year, place.line.fund)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is None:
            return
        round_id = None if self._place is None else self._place.line.round_id
        query = partial(ask_reported, round_id=round_id, viewer=self._tools.identity.viewer)
        self._tools.ask(query, self._take)

    def fit(self, room: Breakpoints) -> None:
        """Give up the chart beside the table in a narrow window."""
        super().fit(room)
        self.earlier.show_words("Earlier years" if room.has_tabs else EARLIER, name=EARLIER)
        self.export.show_words("Export…" if room.has_tabs else EXPORT, name=EXPORT)
        self.tabs.fit(is_low=room.is_low)
        self.card.fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the choices, the table and the chart."""
        return (self.year, *self.card.panes())

    def find_words(self) -> None:
        """Put the focus into the table: it is short."""
        if self.card.table is not None:
            self.card.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self, found: Reported) -> None:
        self._tools.workspace.in_turns(self, self._show_found(found))

    def _show_found(self, found: Reported) -> Iterator[None]:
        """Show which tables there are, then the one that is chosen."""
        self._found = found
        may_keep = self._tools.identity.may("add printed tables")
        self.earlier.setVisible(may_keep and found.has_more and bool(found.tables))
        if not found.tables:
            self._show_nothing(may_keep=may_keep and found.has_more)
            return
        self._show_list()
        self._fill_years()
        yield
        if self._found is found:
            self._offer()

    def _show_nothing(self, *, may_keep: bool) -> None:
        self.summary.setText("")
        self.export.hide()
        self.year.hide()
        self.fund.hide()
        self.empty.button.setVisible(may_keep)
        self._say_empty(NOTHING if may_keep else NOT_YOURS)

    def _fill_years(self) -> None:
        assert self._found is not None, "tables were found"
        years = years_of(self._found.tables)
        wanted = self._chosen_year()
        at_first = self._place.line.year if self.year.count() == 0 and self._place is not None else wanted
        self.year.fill_with([(year or NO_YEAR, year) for year in years], at_first)
        self.year.show()
        self.fund.show()

    @Slot()
    def _offer(self) -> None:
        """Offer the funds of the year, and the tables of both, and show the one that is chosen."""
        if self._found is None:
            return
        funds = funds_of(self._found.tables, self._chosen_year())
        held = str(self.fund.currentData() or "")
        usual = self._place.line.fund if self._place is not None else ""
        self.fund.fill_with([(fund, fund) for fund in funds], held if held in funds else usual)
        self._fill_tables()
        self._show_table()

    def _fill_tables(self) -> None:
        if self._found is None or self._found.paper is None:
            return
        year, fund = self._chosen_year(), str(self.fund.currentData() or "")
        role = self._tools.identity.role
        self._listed = reports_of(self._found.paper, year, fund, role)
        if self._place is not None and (year, fund) == (self._place.line.year, self._place.line.fund):
            self._listed += spread_report(self._found, role)
        self.export.setVisible(role in AWARD_READERS)
        self.tabs.offer([(entry.code, TAB_WORDS.get(entry.code, entry.code)) for entry in self._listed])
        is_printed = any(entry.is_printed for entry in self._listed)
        kind = (
            "as printed, with totals and variances worked out"
            if is_printed
            else "over all its rounds in the record"
        )
        self.summary.setText(f"{fund} {year}: {counted(len(self._listed), 'table', 'tables')}, {kind}.")

    @Slot()
    def _show_table(self) -> None:
        if self._listed:
            self.card.show_table(self._listed[self.tabs.number])

    def _stand_at(self, year: str, fund: str) -> None:
        for box, words in ((self.year, year), (self.fund, fund)):
            number = box.findData(words)
            if number >= 0:
                box.setCurrentIndex(number)

    def _chosen_year(self) -> str:
        return str(self.year.currentData() or "")

    @Slot()
    def _export(self) -> None:
        self._doing.do(exported(self._chosen_year(), str(self.fund.currentData() or "")))

    @Slot()
    def _take_in(self) -> None:
        self._tools.workspace.ask(missing_history, self._add)

    def _add(self, tables: tuple[PrintedTable, ...]) -> None:
        if tables:
            self._tools.perform(AddPrintedTables(tables))

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._offer)
        self.fund.currentIndexChanged.connect(self._offer)
        self.tabs.changed.connect(self._show_table)
        self.export.clicked.connect(self._export)
        self.earlier.clicked.connect(self._take_in)
        self.way_on.triggered.connect(self._take_in)
        self._tools.identity_changed.connect(self._ask_if_seen)

    def _lay_out(self) -> None:
        for box in (self.year, self.fund):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.year.setAccessibleName("Financial year")
        self.fund.setAccessibleName("Fund")
        tables = QWidget()
        column_of(self.tabs, (self.card, 1), spacing=8, inside=tables)
        self._lay_out_page((self.year, self.fund, self.earlier, self.export), (tables,))

    def dress(self) -> None:
        """Follow the size of text."""
        px = look.px
        self.fund.setMaximumWidth(px(240))
        self.fund.setMinimumWidth(px(110))
        super().dress()
