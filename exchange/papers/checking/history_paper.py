"""The changes of a record, or of one application, as pages to print."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Column, Document, Para, Table

COLUMNS = (
    Column("When", 1.1),
    Column("Who", 1.2),
    Column("What was changed", 3),
    Column("What it was, and why", 3),
)


class HistoryRow(NamedTuple):
    """One change as it is read."""

    when: str
    who: str
    words: str
    detail: str


def write_history_pdf(rows: Sequence[HistoryRow], note: str, made_at: datetime, path: Path) -> Path:
    """Write the changes, and return the path it really has."""
    cells = tuple(tuple(cell or "–" for cell in row) for row in rows)
    blocks = (Para(note), Table("What was changed, when and by whom", COLUMNS, cells))
    return write_document_pdf(Document("History", blocks, made_at, is_landscape=True), path)
