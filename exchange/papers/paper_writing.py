"""Writing any paper in any of its forms: one line a kind.

It loads every writer, so whoever has a window to open first imports it where the writing starts.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from exchange.papers.decision_report import decision_report_document
from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Document
from exchange.papers.finance.finance import write_finance_xlsx
from exchange.papers.letters.writing import write_letters
from exchange.papers.minutes import minutes_document
from exchange.papers.monitoring.monitoring import write_monitoring_xlsx
from exchange.papers.notice import notice_document
from exchange.papers.open_data import write_open_data_json, write_open_data_xlsx
from exchange.papers.panel_book import panel_book_document
from exchange.papers.publication import write_publication_csv, write_publication_xlsx
from exchange.papers.year.year_tables_document import year_tables_document
from exchange.papers.year.year_tables_xlsx import write_year_tables_xlsx
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.refused import Refused

Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""

Write = Callable[[Any, PaperStatus, Path, Tick], Path]


def _in_prose(make: Callable[[Any, PaperStatus], Document]) -> dict[str, Write]:
    """Return the writers of a paper in prose, by ending."""

    def as_pdf(value: Any, status: PaperStatus, path: Path, tick: Tick) -> Path:
        return write_document_pdf(make(value, status), path, tick)

    def as_docx(value: Any, status: PaperStatus, path: Path, tick: Tick) -> Path:
        return write_document_docx(make(value, status), path, tick)

    return {".pdf": as_pdf, ".docx": as_docx}


_BY_KIND: Mapping[str, Mapping[str, Write]] = {
    "notice": _in_prose(notice_document),
    "decision-report": _in_prose(decision_report_document),
    "panel-book": _in_prose(panel_book_document),
    "minutes": _in_prose(minutes_document),
    "letters": {"": write_letters},
    "finance": {".xlsx": write_finance_xlsx},
    "360giving": {".json": write_open_data_json, ".xlsx": write_open_data_xlsx},
    "monitoring": {".xlsx": write_monitoring_xlsx},
    "publication": {".xlsx": write_publication_xlsx, ".csv": write_publication_csv},
    "tables": {".xlsx": write_year_tables_xlsx, ".pdf": _in_prose(year_tables_document)[".pdf"]},
}
"""By kind and ending ("" for a folder); a writer takes its own kind of value."""


def write_paper(kind: str, value: PaperValue, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write a paper in the form that the path's ending asks for and return the path it really has."""
    writers = _BY_KIND[kind]
    writer = writers.get(path.suffix.casefold()) or writers.get("")
    if writer is None:
        endings = " or ".join(writers)
        raise Refused(f"{kind} writes a file that ends in {endings}; {path.name} does not. Rename it.")
    return writer(value, status, path, tick)
