"""Write the changes on show as pages to print, or as a workbook."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.file_names import with_ending
from gui.pages.history.lines import local_moment
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.text import counted
from models.clock import utc_now
from models.queries.history import HistoryLine
from models.role import role_words

PDF, EXCEL = "PDF to print (*.pdf)", "Excel workbook (*.xlsx)"
NAME = "History.pdf"


class HistoryExport(QObject):
    """Ask where, write in the work queue, tell where it is."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, lines: Sequence[HistoryLine], note: str) -> None:
        """Ask for a file and write the lines there."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        name = facts.folder / f"{facts.stem} {NAME}"
        files, forms = self._tools.dialogs.files, f"{PDF};;{EXCEL}"
        path, form = files.save_as(Kind.PAPERS, "Export these changes", name, forms)
        if path is not None:
            self.write(with_ending(path, ".xlsx" if form == EXCEL else ".pdf"), lines, note)

    def write(self, path: Path, lines: Sequence[HistoryLine], note: str) -> None:
        """Write the lines; `note` says what they were narrowed down by."""
        work = partial(_write, path, tuple(lines), note, utc_now())
        self._tools.write(
            path, work, f"{counted(len(lines), 'change was', 'changes were')} written to “{{}}”."
        )


def _write(path: Path, lines: tuple[HistoryLine, ...], note: str, at: datetime, ticket: Ticket) -> Path:
    if path.suffix.lower() == ".pdf":
        return _write_pdf(path, lines, note, at)
    from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book

    columns = (
        TableColumn("Number", 9, "count", "seq"),
        TableColumn("When (UTC)", 18, "text", lambda one: f"{one.at:%Y-%m-%d %H:%M:%S}"),
        TableColumn("Who", 24, "text", "name"),
        TableColumn("Role", 12, "text", "role"),
        TableColumn("What was changed", 60, "wrapped", "words"),
        TableColumn("What it was before, and why", 60, "wrapped", "detail"),
        TableColumn("Application", 14, "text", "application"),
    )
    sheet = TableSheet("History", "History", note, columns, lines)
    book = TableBook("History", "OFFICIAL", "Nothing in it can be changed in the record", at, (sheet,))
    return write_table_book(book, path, ticket.tick)


def _write_pdf(path: Path, lines: tuple[HistoryLine, ...], note: str, at: datetime) -> Path:
    from exchange.papers.record_papers import HistoryRow, write_history_pdf

    rows = [HistoryRow(local_moment(one), _who(one), one.words, one.detail) for one in reversed(lines)]
    return write_history_pdf(rows, f"{note} The oldest first.", at, path)


def _who(line: HistoryLine) -> str:
    return ", ".join(filter(None, (line.name, role_words(line.role) if line.role else "")))
