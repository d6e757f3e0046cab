"""Papers about a record itself: its changes, all it holds on somebody, and what came of a merge."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Column, Document, Para, Table
from exchange.papers.templates.blocks import filled
from exchange.xlsx.table import TableBook, TableColumn, TableSheet
from exchange.xlsx.table_book import write_table_book
from models.papers.order import HeldOn, HeldTable, Said
from models.values.pack_plans import MergeReport
from scoring.written.area_label import AreaLabel
from scoring.written.days import full_day, short_moment
from scoring.written.text import Refused, with_capital

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


SENSITIVE = "OFFICIAL-SENSITIVE"
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[\d.]*(\+00:00)?)?")
_MOST_COLUMNS = 8
_WIDTHS, _WIDEST = ((12, 14), (60, 22), (200, 34)), 60
_NAME = 31


def write_held_book(held: HeldOn, made_at: datetime, path: Path) -> Path:
    """Write the workbook and return the path it really has."""
    title = f"All that is held on {held.name}"
    sheets = tuple(_sheet(title, table, held.area_label) for table in held.tables)
    return write_table_book(
        TableBook(title, SENSITIVE, f"As of {full_day(made_at.date())}", made_at, sheets), path
    )


def _sheet(title: str, table: HeldTable, label: AreaLabel) -> TableSheet:
    """Return a table with the columns that hold something; a wide one is told a line for each of them."""
    kept = [n for n in range(len(table.columns)) if any(_text(row[n]) for row in table.rows)]
    heads = [label.labelled(with_capital(table.columns[n])) for n in kept]
    rows = [tuple(_text(row[n]) for n in kept) for row in table.rows]
    if len(heads) > _MOST_COLUMNS:
        rows = [
            line
            for row in rows
            for line in (*zip(heads, row, strict=True), (None, None))
            if line[1] or not line[0]
        ]
        heads = ["What", "What is held"]
    columns = tuple(
        TableColumn(head, _wide(row[number] for row in rows), "wrapped", itemgetter(number))
        for number, head in enumerate(heads)
    )
    name = with_capital(table.name)[:_NAME]
    return TableSheet(name, title, "", columns, rows, printed_columns=len(columns))


def _wide(values: Iterable[str | None]) -> int:
    """Return how wide a column is: long texts have the room that short ones leave."""
    longest = max((len(value) for value in values if value), default=0)
    return next((width for most, width in _WIDTHS if longest <= most), _WIDEST)


def _text(value: Said) -> str | None:
    if value is None or value == "":
        return None
    words = str(value)
    if not _ISO.fullmatch(words):
        return words
    at = datetime.fromisoformat(words)
    return full_day(at.date()) if len(words) == len("2026-12-02") else f"{short_moment(at)} UTC"


WRITERS = {".pdf": write_document_pdf, ".docx": write_document_docx}


def check_ending(path: Path) -> None:
    if path.suffix.casefold() not in WRITERS:
        raise Refused(f"A report is written as .pdf or .docx; {path.name} is neither. Rename it.")


def write_merge_report(report: MergeReport, path: Path, at: datetime) -> Path:
    """Write a report made at a time (UTC) and return the path it really has."""
    check_ending(path)
    return WRITERS[path.suffix.casefold()](merge_document(report, at), path)


def merge_document(report: MergeReport, at: datetime) -> Document:
    """Return the report as a paper; of a dry run it says that nothing was changed."""
    done = report.done
    made = f"Generated {short_moment(at)} UTC."
    row = f"Journal row {done.row:,}, {done.code}." if done else f"Journal head row {report.after_row:,}."
    return Document(
        title="Returns imported" if done else "What importing the returns would do",
        blocks=filled("merge_report", report),
        made_at=at,
        subtitle=report.names,
        above=report.office,
        marking=report.marking,
        status="Imported" if done else "Dry run: nothing was changed",
        is_draft=done is None,
        below=(f"{made} {row}", f"Record {report.record}"),
        is_landscape=True,
    )
