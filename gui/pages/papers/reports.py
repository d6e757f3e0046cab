"""Reports: every table of the record by year and fund, its chart, and the year as a file."""

from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Deed, Save
from gui.listed.form import Asked
from gui.listed.page import Choosing, ListedPage, Own, Wanted
from gui.pages.page import Breakpoints
from gui.papers.report_card import SPREAD, Report, ReportCard, differences_report, report_of, spread_of
from gui.record.runner import Ticket
from gui.tables.columns import LineColumn
from gui.text import counted
from gui.widgets.nesting import column_of
from gui.widgets.pill import ManyTabs
from models.clock import utc_now
from models.operation import Topic
from models.operations.papers import AddPrintedTables
from models.papers.kinds import in_its_form
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.year.round_year import ASKED, SIZES
from models.papers.year.summed_tables import ALL_FUNDS, YearTable, YearTables
from models.papers.year.year_end_tables import FUNDS
from models.permissions.viewing import Viewer
from models.queries.panel.meeting_figures import MemberSpread, marking_spread
from models.queries.papers.papers import draft_status
from models.queries.papers.year_tables import missing_history, year_tables
from models.queries.permissions.acting import by_role
from models.queries.permissions.reading import refuse_closed_paper
from models.role import AWARD_READERS, OFFICE, Role
from scoring.written.names import file_name
from scoring.written.text import Refused

NOTHING = "Nothing to report yet."
NOT_YOURS = f"{NOTHING} An officer can import the printed tables of earlier years."
TAB_WORDS = {ASKED: "Requested", SIZES: "By size", SPREAD: "Marking"}
"""Shorter words for a tab than the table's own, which stand over it when it is chosen."""
SPREAD_READERS = (*OFFICE, Role.AUDITOR)
"""Who reads how members mark beside each other."""
NO_YEAR = "No year"
AGAINST = (
    "{}: each member's marks against the mean of the others' on the same applications, "
    "from five shared ones, once an area has left scoring. It changes no mark."
)


class Reported(Struct, frozen=True):
    """The years that have tables, the funds of the one on show, and the tables of the fund on show.

    Of these it has those that the reader's role reads. `may_take` says whether they may import shipped ones.
    """

    may_take: bool
    years: tuple[str, ...] = ()
    year: str = ""
    funds: tuple[str, ...] = ()
    fund: str = ""
    reports: tuple[Report, ...] = ()


def _ask(session: Any, wanted: Wanted) -> Reported:
    """Ask for the tables of the year and fund that are chosen, else of those of the round on show."""
    role, line = wanted.viewer.role, None if wanted.place is None else wanted.place.line
    may_take = not by_role(AddPrintedTables.kind, role, ()) and bool(missing_history(session))
    try:
        paper = year_tables(session, PaperOrder("tables", utc_now()))
    except Refused:
        return Reported(may_take)
    if all(table.code == FUNDS for table in paper.tables):  # what funds are set up with is no report alone
        return Reported(may_take)
    years = sorted({table.year for table in paper.tables}, reverse=True)
    year = next((one for one in years if (one or NO_YEAR) == wanted.chosen.get("year")), years[0])
    funds = tuple(dict.fromkeys(table.fund for table in paper.tables if table.year == year))
    usual = (wanted.chosen.get("fund"), "" if line is None else line.fund)
    fund = next((one for one in usual if one in funds), funds[0])
    reports = _reports_of(paper, year, fund, role)
    if line is not None and (year, fund) == (line.year, line.fund):
        spread = marking_spread(session, line.round_id, wanted.viewer)
        reports += spread_report(spread, line.name, role)
    return Reported(may_take, tuple(one or NO_YEAR for one in years), year, funds, fund, reports)


def _reports_of(paper: YearTables, year: str, fund: str, role: str) -> tuple[Report, ...]:
    """Return the tables of a fund's year that a role reads, and where print differs."""
    of = year, fund
    mine = tuple(
        report_of(one) for one in paper.tables if (one.year, one.fund) == of and _may_read(one, role)
    )
    apart = tuple(one for one in paper.differences if (one.year, one.fund) == of)
    return (*mine, differences_report(apart)) if apart else mine


def _may_read(table: YearTable, role: str) -> bool:
    """Whether somebody reads a table: of the panel, which reads sums, some stand aside from awards."""
    return table.is_printed or not table.code.startswith("Appendix") or role in AWARD_READERS


def spread_report(spread: tuple[MemberSpread, ...], name: str, role: str) -> tuple[Report, ...]:
    """Return how the members of a round mark, for those who read it."""
    return (spread_of(spread, AGAINST.format(name)),) if spread and role in SPREAD_READERS else ()


class ReportTabs(QWidget):
    """The tables of a fund's year as tabs, one of them below with its chart."""

    def __init__(self) -> None:
        super().__init__()
        self._reports: tuple[Report, ...] = ()
        self.tabs, self.card = ManyTabs("Table"), ReportCard()
        column_of(self.tabs, (self.card, 1), spacing=8, inside=self)
        self.tabs.changed.connect(self._show_table)

    def show_reports(self, found: Reported) -> None:
        """Show the tables of another fund or year, at the one of the same name."""
        self._reports = found.reports
        self.tabs.offer([(one.code, TAB_WORDS.get(one.code, one.code)) for one in found.reports])
        self._show_table()

    def fit(self, room: Breakpoints) -> None:
        """Give up the chart beside the table in a narrow window, and the pills in a low one."""
        self.tabs.fit(is_low=room.is_low)
        self.card.fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        return self.card.panes()

    @Slot()
    def _show_table(self) -> None:
        self.card.show_table(self._reports[self.tabs.number])


def _summary(found: Reported) -> str:
    if not found.reports:
        return ""
    is_printed = any(one.is_printed for one in found.reports)
    worked_out = "as printed, with totals and variances worked out"
    kind = worked_out if is_printed else "over all its rounds in the record"
    return f"{found.fund} {found.year}: {counted(len(found.reports), 'table')}, {kind}."


def _take_in(at: At[Reported, None]) -> Asked:
    return Asked(missing_history, lambda tables: AddPrintedTables(tables) if tables else None)


def _export(at: At[Reported, None]) -> Deed:
    """Write the fund's year to a file, of all funds where it is that; where there is none, import some."""
    found = at.answer
    if not found.reports:
        return _take_in(at)
    fund = None if found.fund == ALL_FUNDS else found.fund
    order = PaperOrder("tables", utc_now(), fund=fund, year=found.year or None)
    return Save(
        Kind.PAPERS,
        "Export this report",
        f"{file_name('Year tables', found.fund, found.year)}.xlsx",
        "Excel workbook (*.xlsx);;PDF (*.pdf)",
        partial(_made, order=order, viewer=at.identity.viewer),
        _written,
        lambda made: f"“{{}}” was written: a draft, {made[0].control}.",
        is_near=True,
    )


def _may_export(at: At[Reported, None]) -> bool:
    return at.identity.role in AWARD_READERS if at.answer.reports else at.answer.may_take


def _made(session: Any, order: PaperOrder, viewer: Viewer) -> tuple[YearTables, PaperStatus]:
    refuse_closed_paper(session, order, viewer)
    value = in_its_form(partial(year_tables, session, order))
    return value, draft_status(session, order, value)


def _written(made: tuple[YearTables, PaperStatus], path: Path, ticket: Ticket) -> Path:
    """Write in the work queue; the writers load the file libraries, which the window's start need not."""
    from exchange.papers.paper_writing import write_paper

    return write_paper("tables", *made, path, ticket.tick)


PAGE: ListedPage[Reported, Report] = ListedPage(
    key="reports",
    title="Reports",
    icon="reports",
    list_name="Tables",
    ask=_ask,
    rows=lambda found: found.reports or None,
    row_key=attrgetter("code"),
    spoken=attrgetter("title"),
    columns=(LineColumn("table", "Table", attrgetter("title")),),
    own=Own(ReportTabs, ReportTabs.show_reports),
    empty=lambda found: NOTHING if found.may_take else NOT_YOURS,
    summary=_summary,
    concerns=frozenset(Topic) - {Topic.ISSUES},
    choices=(
        Choosing("year", "Financial year", attrgetter("years"), lambda found: found.year or NO_YEAR),
        Choosing("fund", "Fund", attrgetter("funds"), attrgetter("fund"), width=240),
    ),
    follows=lambda place: {"year": place.line.year or NO_YEAR, "fund": place.line.fund},
    acts=(
        Act(
            words=lambda at: "Export report…",
            look="primary",
            icon="export",
            where=_may_export,
            begins="Import the tables of earlier years",
            does=_export,
        ),
        Act(
            words="Import earlier years",
            kind=AddPrintedTables.kind,
            where=lambda at: at.answer.may_take and bool(at.answer.reports),
            does=_take_in,
        ),
    ),
)
