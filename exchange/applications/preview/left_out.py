"""A workbook of the rows that an import left out: the same headings, and why each was left out."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from exchange.applications.fields import text_of
from exchange.applications.preview.preview import Preview, PreviewRow, State
from exchange.reading.sheets import Cell
from exchange.xlsx.table_book import SECOND, TableBook, TableColumn, TableSheet, write_table_book

Tick = Callable[[int, int], None] | None

WHY = "Why left out"
NOTE = "Correct these rows and import this file again; nothing in it is in the record."
_WIDTH = 24


class LeftOut(Struct, frozen=True):
    """The rows as the file has them under its headings, why each is left out, and the name of the file."""

    source: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    why: tuple[str, ...]
    marking: str
    made_at: datetime


def left_out_of(source: str, found: Preview, marking: str, made_at: datetime) -> LeftOut:
    """Return the rows that are left out, with the cells as typed over, and why each is."""
    table = found.table
    rows = [table.rows[row.number - table.first_row] for row in found.left_out]
    return LeftOut(
        source=source,
        headings=tuple(heading.text for heading in table.headings),
        rows=tuple(tuple(cells[heading.column - 1] for heading in table.headings) for cells in rows),
        why=tuple(map(_why, found.left_out)),
        marking=marking,
        made_at=made_at,
    )


def write_left_out(values: LeftOut, path: Path, tick: Tick = None) -> Path:
    """Write the workbook, every cell as text; return the path it really has."""
    columns = (
        *(TableColumn(head, _WIDTH, "text", partial(_text, n)) for n, head in enumerate(values.headings)),
        TableColumn(_free_heading(values.headings), 48, "wrapped", SECOND),
    )
    rows = list(zip(values.rows, values.why, strict=True))
    title = f"Rows left out of {values.source}"
    sheet = TableSheet("Left out", title, NOTE, columns, rows)
    book = TableBook(title, values.marking, "Rows left out", values.made_at, (sheet,))
    return write_table_book(book, path, tick)


def _text(column: int, row: tuple[tuple[Cell, ...], str]) -> str | None:
    return text_of(row[0][column])


def _free_heading(headings: Sequence[str]) -> str:
    """Return the heading of the reasons; a file of rows that were left out before has one already."""
    taken, number, name = set(headings), 1, WHY
    while name in taken:
        number += 1
        name = f"{WHY} ({number})"
    return name


def _why(row: PreviewRow) -> str:
    if row.state is State.LEFT_OUT:
        return f"Row {row.number}: left out by the person who imported it."
    return f"Row {row.number}: " + " ".join(f"{point.cell}: {point.words}" for point in row.points)
