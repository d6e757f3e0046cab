"""The workbook of a file's rows that an import left out, to be corrected and imported again.

Apart from what the import's pages stand on: whoever writes none need not load what writes workbooks.
"""

from datetime import datetime
from functools import partial

from exchange.applications.fields import text_of
from exchange.applications.preview import Preview, PreviewRow, State
from exchange.applications.table import unlike
from exchange.reading.sheets import Cell
from exchange.xlsx.table import TableBook, TableColumn, TableSheet

WHY = "Why left out"
NOTE = "Correct these rows and import this file again; nothing in it is in the record."
_WIDTH = 24


def left_out_book(source: str, found: Preview, marking: str, made_at: datetime) -> TableBook:
    """Return the rows of a file that are left out, every cell as text as typed over, and why each is."""
    headings = found.table.headings
    *_, why = unlike([*(one.text for one in headings), WHY])  # rows that were left out before have one
    columns = (
        *(TableColumn(one.text, _WIDTH, "text", partial(_text, one.at)) for one in headings),
        TableColumn(why, 48, "wrapped", "1"),
    )
    rows = [(found.table.row(row.number), _why(row)) for row in found.left_out]
    title = f"Rows left out of {source}"
    sheet = TableSheet("Left out", title, NOTE, columns, rows)
    return TableBook(title, marking, "Rows left out", made_at, (sheet,))


def _text(column: int, row: tuple[tuple[Cell, ...], str]) -> str | None:
    return text_of(row[0][column])


def _why(row: PreviewRow) -> str:
    if row.state is State.LEFT_OUT:
        return f"Row {row.number}: left out by the person who imported it."
    return f"Row {row.number}: " + " ".join(f"{point.cell}: {point.words}" for point in row.points)
