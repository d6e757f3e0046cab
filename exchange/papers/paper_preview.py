"""A written workbook read back as screens show it: its sheets, as text."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
from msgspec import Struct

from exchange.reading.cell_names import column_name
from scoring.money import pounds, without_noughts
from scoring.written.days import short_day, short_moment

MOST_ROWS = 200
"""How many rows of a sheet are shown; a paper may have thousands."""


class ShownCell(Struct, frozen=True):
    """A cell as it is read; figures stand at the right."""

    words: str = ""
    is_figure: bool = False


class ShownSheet(Struct, frozen=True):
    """The first rows of a sheet, equally long, under headings; `more` rows are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    more: int = 0


def shown_sheets(path: Path, most: int = MOST_ROWS) -> Iterator[ShownSheet]:
    """Yield the first rows of each sheet that can be seen; values beside formulas are the writer's own."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield _of_sheet(sheet, most)
    finally:
        book.close()


def _of_sheet(sheet: Any, most: int) -> ShownSheet:
    cells = [[_cell(cell) for cell in row] for row in islice(sheet.iter_rows(), most)]
    while cells and not any(cell.words for cell in cells[-1]):
        cells.pop()
    wide = max((n for row in cells for n, cell in enumerate(row, 1) if cell.words), default=0)
    rows = tuple(tuple((row + [ShownCell()] * wide)[:wide]) for row in cells)
    headings = tuple(column_name(number) for number in range(1, wide + 1))
    return ShownSheet(sheet.title, headings, rows, max((sheet.max_row or 0) - most, 0))


def _cell(cell: Any) -> ShownCell:
    value = cell.value
    if value is None:
        return ShownCell()
    if isinstance(value, bool):
        return ShownCell("Yes" if value else "No")
    if isinstance(value, int | float):
        return ShownCell(_figure(Decimal(str(value)), cell.number_format or ""), is_figure=True)
    if isinstance(value, date | datetime):
        return ShownCell(_day(value))
    return ShownCell(str(value))


def _figure(value: Decimal, form: str) -> str:
    """Return a number in the form that its cell has: money, percent, whole or with its decimals."""
    if "£" in form:
        words = pounds(round(value * 100))
        return words if "0.00" in form else without_noughts(words)
    if "%" in form:
        return f"{(value * 100).normalize():f}%"
    if value == value.to_integral_value():
        return f"{int(value):,}" if "," in form else f"{int(value)}"
    return f"{value.normalize():f}"


def _day(value: date | datetime) -> str:
    if isinstance(value, datetime) and (value.hour or value.minute):
        return short_moment(value)
    return short_day(value)
