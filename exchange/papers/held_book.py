"""A workbook of all that a record holds on an organisation or a person, a sheet for each table."""

import re
from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book
from models.papers.held import HeldOn, HeldTable, Said
from scoring.written.area_label import AreaLabel
from scoring.written.days import full_day, short_moment
from scoring.written.text import with_capital

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
