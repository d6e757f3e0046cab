"""A list for the public as a workbook and as plain CSV, the same lines in both."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from exchange.papers.headed import named, office_book
from exchange.xlsx.csv_file import write_csv
from exchange.xlsx.csv_text import csv_text
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, column_sum, write_table_book
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring import money
from scoring.written.days import full_day

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in lines; may raise to cancel."""
Lines = Sequence[Sequence[TableCell]]
Columns = tuple[TableColumn, ...]
Sheet = tuple[str, str, Columns, Lines]
"""A list: its name, what its order is, its columns and its lines."""


def write_list_xlsx(
    value: PaperValue,
    status: PaperStatus,
    path: Path,
    tick: Tick,
    sheet: Sheet,
    after: Sequence[TableSheet] = (),
    printed_columns: int = 0,
) -> Path:
    """Write a list as a workbook, `after` it other sheets, and return the path it really has.

    The column *Amount* is added up. Of a wide list the first `printed_columns` alone are printed.
    """
    name, order, columns, lines = sheet
    at = amount_at(columns)
    last: list[TableCell] = [None] * len(columns)
    total = sum(pence for line in lines if isinstance(pence := line[at - 1], int))
    last[0], last[at - 1] = "Total", column_sum(at, len(lines), total)
    note = f"{named(value)}. {value.control}. {order}."
    made = TableSheet(name, value.title, note, columns, lines, (last,), 1, printed_columns=printed_columns)
    return write_table_book(office_book(value, status, (made, *after)), path, tick)


def write_list_csv(path: Path, tick: Tick, columns: Columns, lines: Lines) -> Path:
    """Write a list as CSV in UTF-8 with a mark that spreadsheets know it by; return its path.

    Amounts are plain pounds ("4500.00"), dates ISO. A text that a spreadsheet would take for a formula has
    an apostrophe before it.
    """
    headings = [column.heading for column in columns]
    return write_csv(path, headings, _rows(columns, lines, tick), len(lines))


def up_to(words: str, ends_on: date | None, status: PaperStatus) -> str:
    """Return words on a list, with the day to which it goes where its time is not over on the paper's day."""
    if ends_on is None or status.dated >= ends_on:
        return words
    end = "." if words.endswith(".") else ""
    return f"{words.removesuffix('.')}, up to {full_day(status.dated)}{end}"


def amount_at(columns: Columns) -> int:
    """Return which column, counted from 1, is the amount."""
    return next(number for number, column in enumerate(columns, 1) if column.heading == "Amount")


def _rows(columns: Columns, lines: Lines, tick: Tick) -> Iterator[list[str]]:
    for done, line in enumerate(lines, 1):
        yield [_plain(cell, column) for cell, column in zip(line, columns, strict=True)]
        if tick is not None:
            tick(done, len(lines))


def _plain(cell: TableCell, column: TableColumn) -> str:
    """Return a cell as CSV has it."""
    if cell is None:
        return ""
    if column.kind == "pounds" and isinstance(cell, int):
        return money.plain_pounds(cell)
    return csv_text(cell) if isinstance(cell, str) else str(cell)
