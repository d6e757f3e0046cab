"""Write the year on show as a workbook or a PDF: a draft that changes nothing."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.clock import utc_now
from models.papers.order import PaperOrder
from models.papers.paper_kind import in_its_form
from models.papers.status import PaperStatus
from models.papers.year.summed_tables import ALL_FUNDS, YearTables
from models.queries.papers.papers import draft_status
from models.queries.papers.year_tables import year_tables
from scoring.written.names import file_name

FORMS = "Excel workbook (*.xlsx);;PDF (*.pdf)"
ENDINGS = {"PDF (*.pdf)": ".pdf"}


class ReportExport(QObject):
    """Ask where, write in the work queue, tell where it is."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, year: str, fund: str) -> None:
        """Ask for a file and write a fund's year there; the year of all funds holds every fund's."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        named = file_name("Year tables", fund, year)
        start = facts.folder / f"{named}.xlsx"
        files = self._tools.dialogs.files
        chosen, form = files.save_as(Kind.PAPERS, "Export this report", start, FORMS)
        if chosen is not None:
            ending = ENDINGS.get(form, ".xlsx")
            self.write(chosen if chosen.suffix else chosen.with_suffix(ending), year, fund)

    def write(self, path: Path, year: str, fund: str) -> None:
        """Write a fund's year to a file."""
        order = PaperOrder("tables", utc_now(), fund=None if fund == ALL_FUNDS else fund, year=year or None)
        self._tools.workspace.ask(partial(_made, order=order), partial(self._write, path))

    def _write(self, path: Path, made: tuple[YearTables, PaperStatus]) -> None:
        value, status = made
        work = partial(_written, path, value, status)
        self._tools.write(path, work, f"“{{}}” was written: a draft, {value.control}.")


def _made(session: Any, order: PaperOrder) -> tuple[YearTables, PaperStatus]:
    value = in_its_form(partial(year_tables, session, order))
    return value, draft_status(session, order, value)


def _written(path: Path, value: YearTables, status: PaperStatus, ticket: Ticket) -> Path:
    """Write in the work queue; the writers load the file libraries, which the window's start need not."""
    from exchange.papers.paper_writing import write_paper

    return write_paper("tables", value, status, path, ticket.tick)
