"""Write the rows that are left out to a workbook, where the officer says."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from exchange.applications.draft import Draft
from exchange.applications.preview import Preview
from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.clock import utc_now
from scoring.written.names import file_name

WORKBOOK = "Excel workbook (*.xlsx)"


class LeftOutFile(QObject):
    """Ask where, write in the work queue, tell the result."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, draft: Draft, found: Preview, marking: str) -> None:
        """Ask for a file and write the rows there."""
        name = draft.file.path.with_name(suggested_name(draft))
        path = self._tools.dialogs.files.save(Kind.APPLICATIONS, "Save the rows left out", name, WORKBOOK)
        if path is not None:
            self.write(path, draft, found, marking)

    def write(self, path: Path, draft: Draft, found: Preview, marking: str) -> None:
        """Write the rows to that file; it always ends in .xlsx and is never the file that is read."""
        path = path if path.suffix.casefold() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        if path.resolve() == draft.file.path.resolve():
            path = path.with_name(suggested_name(draft))
        work = partial(_write, path, draft, found, marking)
        self._tools.write(path, work, "The rows left out are in “{}”.")


def suggested_name(draft: Draft) -> str:
    """Return the name of the file with its ending: that of the file read, and "left out"."""
    return file_name(draft.file.path.stem, "left out") + ".xlsx"


def _write(path: Path, draft: Draft, found: Preview, marking: str, ticket: Ticket) -> Path:
    """Write the file. The writer is imported here: it loads libraries that would slow the start."""
    from exchange.applications.corrected import left_out_book
    from exchange.xlsx.table_book import write_table_book

    book = left_out_book(draft.file.path.name, found, marking, utc_now())
    return write_table_book(book, path, ticket.tick)
