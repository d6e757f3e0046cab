"""Titled tables on sheets, and a workbook that is a set of them: the one writer of a table.

Real numbers and dates, codes as text, a frozen heading row, filters, A4 landscape with the heading on
every page, no merged cells in data, no macros, and text from applicants always as text.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from math import ceil, inf
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from exchange.atomic import Tick, require_whole, write_beside
from exchange.reading.cell_names import column_name
from exchange.xlsx.table import (
    ABOUT,
    LOOKS,
    NOTE,
    OF_A_COLUMN,
    OF_A_TITLE,
    TABLE_HEADING_ROW,
    TEXT,
    TOTAL,
    CellValue,
    Formula,
    Kind,
    Look,
    Shown,
    TableBook,
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    column_total,
    columns_of,
    csv_text,
    row_cells,
)
from exchange.xlsx.xlsx_cells import Book, Rows, check_book, height_of
from exchange.xlsx.xlsx_sheets import (
    WELL_ON_ONE_PAGE,
    Top,
    add_chart,
    heading_height,
    holding_words,
    open_entries,
    pages_across,
    set_up_sheet,
    write_headings,
    write_top,
)
from scoring import money


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], many: int) -> Path:
    """Write headings and so `many` rows in UTF-8 with a mark that spreadsheets know it by; return the path.

    Each cell is written as it is given: what applicants wrote goes through `csv_text` before. Raises Trouble
    where the file does not have all the rows.
    """
    return write_beside(path, partial(_write, headings, rows), partial(_check, many))


def _write(headings: Sequence[str], rows: Iterable[Sequence[str]], part: Path) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(headings)
        writer.writerows(rows)


def _check(many: int, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = sum(1 for _ in csv.reader(stream)) - 1
    require_whole(path, is_whole=found == many)


def _total_row(sheet: TableSheet, cells: Sequence[Sequence[TableCell]]) -> list[tuple[TableCell, ...]]:
    """Return the row of totals of a sheet with these cells; none where no column has anything to say."""
    if not sheet.has_total or not any(c.is_summed or c.total is not None for c in sheet.columns):
        return []
    first, *others = (_total(number, one, cells) for number, one in enumerate(sheet.columns, 1))
    return [(TOTAL if first is None else first, *others)]


def _total(number: int, column: TableColumn, cells: Sequence[Sequence[TableCell]]) -> TableCell:
    if not column.is_summed:
        return column.total
    is_money = column.kind.endswith("pounds")
    figures = (_figure(row[number - 1], is_money=is_money) for row in cells)
    return (column_sum if is_money else column_total)(number, len(cells), sum(figures))


def _figure(cell: TableCell, *, is_money: bool) -> int:
    """Return the figure of a cell, in pence where it is money; a formula counts by its stored result."""
    if isinstance(cell, Formula):
        return int(Decimal(cell.cached) * (100 if is_money else 1))
    return cell if isinstance(cell, int) else 0


def write_table_book(book: TableBook, path: Path, tick: Tick = None) -> Path:
    """Write the workbook and return the path it really has (another when the file is open elsewhere)."""
    return write_beside(path, partial(_write_sheets, book, tick), check_book)


def _write_sheets(values: TableBook, tick: Tick, part: Path) -> None:
    total, done = sum(len(sheet.rows) for sheet in values.sheets), 0
    with Book(values.title, values.made_at) as book:
        for sheet in values.sheets:
            write_sheet(book, values, sheet)
            done += len(sheet.rows)
            if tick is not None:
                tick(done, total)
        write_continued(book, values)
        book.save(part)


def write_table_csv(
    path: Path, columns: Sequence[TableColumn], rows: Sequence[Any], tick: Tick = None
) -> Path:
    """Write a table as CSV in UTF-8 with a mark that spreadsheets know it by; return its path.

    Amounts are plain pounds ("4500.00"), dates ISO. A text that a spreadsheet would take for a formula has
    an apostrophe before it.
    """
    headings = [column.heading for column in columns]
    return write_csv(path, headings, _plain_rows(columns, rows, tick), len(rows))


def _plain_rows(columns: Sequence[TableColumn], rows: Sequence[Any], tick: Tick) -> Iterator[list[str]]:
    for done, line in enumerate(row_cells(columns, rows), 1):
        yield [_plain(cell, column) for cell, column in zip(line, columns, strict=True)]
        if tick is not None:
            tick(done, len(rows))


def _plain(cell: TableCell, column: TableColumn) -> str:
    """Return a cell as CSV has it."""
    if cell is None:
        return ""
    if column.kind == "pounds" and isinstance(cell, int):
        return money.plain_pounds(cell)
    return csv_text(cell) if isinstance(cell, str) else str(cell)


def write_sheet(book: Book, head: TableBook, sheet: TableSheet, tick: Tick = None) -> None:
    """Add a sheet with its table to a book."""
    cells = sheet.cells()
    totals = _total_row(sheet, cells)
    sheet = replace(sheet, columns=holding_words(sheet.columns, cells, totals))
    if not sheet.rows:
        note = f"{sheet.note} {sheet.nothing}".strip()
        sheet = replace(sheet, note=note, printed_columns=sheet.printed_columns or len(sheet.columns))
    rows = book.sheet(sheet.name)
    _set_up(rows, head, sheet, len(totals))
    has_logo = book.is_first(rows) or sheet.name == ABOUT
    write_top(rows, head, _top(sheet), has_logo=has_logo)
    looks = list(_looks(sheet.columns))
    said = [replace(column, heading=head.area.labelled(column.heading)) for column in sheet.columns]
    headed = zip((column.heading for column in said), looks, strict=True)
    write_headings(rows, headed, heading_height(said))
    if any(column.is_entry for column in sheet.columns):
        last = TABLE_HEADING_ROW + len(sheet.rows)
        open_entries(rows.sheet, sheet.columns, last)
    dressed = [replace(look, ruled=True, entry=c.is_entry) for look, c in zip(looks, said, strict=True)]
    write_lines(rows, sheet.columns, dressed, cells, tick)
    write_lines(rows, sheet.columns, [replace(look, bold=True) for look in looks], totals)
    if sheet.chart is not None:
        rows.line([])
        rows.line([(head.area.said(sheet.chart.sentence), NOTE)])


def _set_up(rows: Rows, head: TableBook, sheet: TableSheet, totals: int) -> None:
    """Say of a sheet how it is printed, which columns it hides and where its chart stands."""
    widths = [column.width for column in sheet.columns]
    last = TABLE_HEADING_ROW + len(sheet.rows)
    set_up_sheet(
        rows.sheet,
        head,
        widths,
        header_row=TABLE_HEADING_ROW,
        last_row=last,
        frozen_columns=sheet.frozen_columns,
        printed_columns=sheet.printed_columns,
    )
    printed = column_name((sheet.printed_columns or len(widths)) + _columns_of_title(sheet, sum(widths)))
    end = max(last, TABLE_HEADING_ROW) + totals
    if sheet.chart is not None:
        end = add_chart(rows.sheet, sheet.chart, (TABLE_HEADING_ROW + 1, last), end + 3, sum(widths))
    is_wide = not sheet.printed_columns and pages_across(widths, sheet.frozen_columns) > 1
    rows.sheet.print_area = f"A{TABLE_HEADING_ROW if is_wide else 1}:{printed}{end}"  # no half a title
    if not sheet.is_on_paper:
        rows.sheet.print_area, rows.sheet.print_title_rows = f"A1:{printed}{TABLE_HEADING_ROW - 1}", None
    for number, column in enumerate(sheet.columns, 1):
        rows.sheet.column_dimensions[column_name(number)].hidden = column.is_hidden


def _columns_of_title(sheet: TableSheet, width: float) -> int:
    """Return how many blank columns are printed for a title that is longer than its table is wide."""
    return max(ceil((len(sheet.title) * OF_A_TITLE - width) / OF_A_COLUMN), 0)


def _looks(columns: Sequence[TableColumn]) -> Iterator[Look]:
    """Yield the look of each column; a text has room at the side of a figure, which stands at the right."""
    left = TEXT
    for column in columns:
        look = LOOKS[column.kind]
        is_beside = look.kind is Kind.TEXT and left.kind is not Kind.TEXT
        yield replace(look, indent=1) if is_beside else look
        left = look


def _top(sheet: TableSheet) -> Top:
    """Return what stands over a sheet's headings, and over which columns its first page has room for that."""
    columns = sheet.columns[: sheet.printed_columns or None]
    widths = [0 if column.is_hidden else column.width for column in columns]
    widths += [OF_A_COLUMN] * _columns_of_title(sheet, sum(column.width for column in sheet.columns))
    most = inf if sheet.printed_columns else WELL_ON_ONE_PAGE
    upto = (number for number in range(1, len(widths) + 1) if sum(widths[:number]) <= most)
    return Top(sheet.title, sheet.note, widths[: max(upto, default=1)], sheet.above)


def write_continued(book: Book, head: TableBook) -> None:
    """Add the rest of the texts that were longer than a cell holds, where there are any."""
    if not book.continuations:
        return
    columns = columns_of("continued")
    note = "What did not fit into its cell, in order."
    write_sheet(book, head, TableSheet("Continued", "Continued", note, columns, book.continuations))


def write_lines(
    rows: Rows,
    columns: Sequence[TableColumn],
    looks: Sequence[Look],
    lines: Sequence[Sequence[TableCell]],
    tick: Tick = None,
) -> None:
    """Write lines under headings, each column in its look; every hundred lines it ticks."""
    parts = [
        (n, rows.cell(look), look, column.kind.endswith(_OF_HUNDREDTHS))
        for n, (look, column) in enumerate(zip(looks, columns, strict=True))
    ]
    wrapped = [(index, c.width) for index, c in enumerate(columns) if c.kind in ("wrapped", "apart")]
    shown: dict[tuple[int, str], Any] = {}
    for done, line in enumerate(lines, 1):
        filled = []
        for (n, cell, look, is_1e2), value in zip(parts, line, strict=True):
            if isinstance(value, Shown):
                own = (n, value.pattern)  # a cell stands once in a line
                if own not in shown:
                    shown[own] = rows.cell(replace(look, number=value.pattern, right=True))
                filled.append(rows.fill(shown[own], value.number, look.kind))
            else:
                kind = Kind.TEXT if isinstance(value, str) else look.kind
                filled.append(rows.fill(cell, _value(value, is_1e2=is_1e2), kind))
        rows.write(filled, height_of((line[index], width) for index, width in wrapped))
        if tick is not None and done % 100 == 0:
            tick(done, len(lines))


_OF_HUNDREDTHS = ("pounds", "percent")


def _value(value: str | float | date | Formula | None, *, is_1e2: bool) -> CellValue:
    if is_1e2 and isinstance(value, int):
        return value / 100
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value
