"""A workbook of all that a record holds on an organisation or a person: a sheet for each table."""

from datetime import datetime
from pathlib import Path

from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book
from models.papers.held import HeldOn, HeldTable, Said
from scoring.written.text import with_capital

NOTE = (
    "All that this record holds, over all rounds. Accounts are shown by their last four digits; whole ones "
    "are on Awards & payments. Issued papers and returns of members are kept apart, as they were signed."
)
SENSITIVE = "OFFICIAL-SENSITIVE"
_WIDTH = 22
_NAME = 31


def write_held_book(held: HeldOn, made_at: datetime, path: Path) -> Path:
    """Write the workbook and return the path it really has."""
    title = f"All that is held on {held.name}"
    note = held.note or NOTE
    sheets = tuple(_sheet(title, note, table) for table in held.tables)
    return write_table_book(TableBook(title, SENSITIVE, "As of today", made_at, sheets), path)


def _sheet(title: str, note: str, table: HeldTable) -> TableSheet:
    columns = tuple(TableColumn(with_capital(name), _WIDTH, "wrapped") for name in table.columns)
    rows = [tuple(_text(value) for value in row) for row in table.rows]
    return TableSheet(with_capital(table.name)[:_NAME], title, note, columns, rows)


def _text(value: Said) -> str | None:
    return None if value is None or value == "" else str(value)
