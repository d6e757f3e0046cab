"""Reading the lines of an award schedule back from its workbook."""

from collections.abc import Sequence
from pathlib import Path

from exchange.schedule_reading_lines import IssuedLine
from exchange.sheets import Book, Cell, SheetTable, read_book
from exchange.xlsx_sheets import TABLE_HEADING_ROW
from models.trouble import Trouble

COLUMNS = (
    *("reference", "organisation", "number", "project", "area", "crime type", "requested"),
    *("recommended", "awarded", "score", "place", "outcome", "conditions", "reason"),
)
"""The columns of the sheet Schedule, by the names that differences are told in."""

_WITH_PENCE = ("requested", "recommended", "awarded", "score")


def read_xlsx(path: Path) -> tuple[str, tuple[IssuedLine, ...]]:
    """Return the SHA-256 that a workbook prints, and its lines."""
    book = read_book(path)
    sheet = _sheet(book, "Schedule")
    if sheet is None:
        raise Trouble(f"{path.name} has no sheet Schedule, so it is not an award schedule.")
    found = (_line(row) for row in sheet.rows[TABLE_HEADING_ROW:])
    return _digest(book), tuple(line for line in found if line is not None)


def _sheet(book: Book, name: str) -> SheetTable | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def _digest(book: Book) -> str:
    record = _sheet(book, "Record")
    rows = record.rows if record is not None else ()
    return next((str(row[1]) for row in rows if len(row) > 1 and row[0] == "SHA-256 of the data"), "")


def _line(row: Sequence[Cell]) -> IssuedLine | None:
    cells = {name: _text(value, name) for name, value in zip(COLUMNS, row, strict=False)}
    return IssuedLine(cells["reference"], cells) if cells["reference"] else None


def _text(value: Cell, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.2f}" if column in _WITH_PENCE else f"{value:.15g}"
    return str(value)
