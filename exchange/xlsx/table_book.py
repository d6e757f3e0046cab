"""Titled tables on sheets, and a workbook that is a set of them: the one writer of a table.

Real numbers and dates, codes as text, a frozen heading row, filters, A4 landscape with the heading on
every page, no merged cells in data, no macros, and text from applicants always as text.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial, reduce
from math import ceil, inf
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

import resources
from exchange.atomic import Tick, require_whole, write_beside
from exchange.reading.cell_names import column_name
from exchange.written_text import clean
from exchange.xlsx.xlsx_cells import (
    COUNT,
    DAY,
    NOTE,
    OWN_POUNDS,
    OWN_WHOLE_POUNDS,
    PERCENT,
    POINTS,
    POUNDS,
    TEXT,
    WHOLE_POUNDS,
    WRAPPED,
    WRAPPED_APART,
    Book,
    CellValue,
    Formula,
    Kind,
    Look,
    Rows,
    check_book,
    height_of,
)
from exchange.xlsx.xlsx_sheets import (
    TABLE_HEADING_ROW,
    WELL_ON_ONE_PAGE,
    WIDEST_ON_ONE_PAGE,
    SheetChart,
    SheetHead,
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
from scoring.written.area_label import AREA, AreaLabel

_SKIPPED = " \u00a0\ufeff\u200b\u200c\u200d\u2060"
_SIGNS = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")


def csv_text(text: str) -> str:
    """Return text as a CSV cell has it, with an apostrophe before what a spreadsheet would run."""
    cleaned = clean(text)
    runs = cleaned.lstrip(_SKIPPED).startswith(_SIGNS) or text.startswith(_BREAKS)
    return f"'{cleaned}" if runs else cleaned


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


class Shown(NamedTuple):
    """A number or a sum that shows otherwise: 2 under the format "="0 shows as =2."""

    number: float | Formula
    pattern: str


TableCell = str | int | float | date | datetime | Formula | Shown | None
"""Money is in pence, in a column of pounds; a formula must give pounds."""

OF_A_TITLE, OF_A_COLUMN = 1.4, 9
"""How wide a letter of a title is, and a column that nobody set, in characters of a cell."""
ABOUT = "About"
"""The sheet that says who a workbook is from."""

TOTAL = "Total"
FIGURE = Look(kind=Kind.NUMBER, number="#,##0.00;[Red]-#,##0.00")
MONTH = Look(kind=Kind.MOMENT, number="mmm yyyy", indent=1)
LOOKS = {
    "text": TEXT,
    "wrapped": WRAPPED,
    "apart": WRAPPED_APART,
    "pounds": POUNDS,
    "whole pounds": WHOLE_POUNDS,
    "own pounds": OWN_POUNDS,
    "own whole pounds": OWN_WHOLE_POUNDS,
    "figure": FIGURE,
    "count": COUNT,
    "points": POINTS,
    "percent": PERCENT,
    "day": DAY,
    "month": MONTH,
}


class TableColumn(Struct, frozen=True):
    """A column: heading, width in characters, what it holds, and how its cell is got from a row's fact.

    `get` names a part of the fact ("award.codes.0 or name"), or is a function of it.
    `kind` is text, wrapped (text on several lines), apart (the same beside a figure), pounds (pence given,
    pounds written), whole pounds (the same, shown without pence), own or own whole pounds (the same, apart
    from the form of money of the paper, as averages are), figure (a number of any unit, which its row
    says), count, points (a number with two decimals), percent (the same, with its sign, of hundredths given
    as a whole number), day or month (a day
    of it given).
    Where one is summed, a live sum of its cells stands in a row of totals, whose first cell says so; `total`
    is what stands there else. An entry is to be filled in: its cells are tinted, and every other cell of its
    sheet is locked. One that is hidden keeps its place, where no row has anything in it.
    """

    heading: str
    width: float
    kind: str
    get: str | Callable[[Any], TableCell]
    is_summed: bool = False
    total: TableCell = None
    is_entry: bool = False
    is_hidden: bool = False


class TableSheet(Struct, frozen=True):
    """One sheet: its table of facts, one a row, and below it their totals, which no filter takes in.

    `above` is the row over the headings, each cell in its own look. Of a wide one the first
    `printed_columns` alone are printed, on one page; 0 prints all. A `chart` stands below the totals. Where
    there is no row `nothing` says so after the note, and the headings are on one page however many there are.
    Of one that is not `is_on_paper`, as only a program reads it, the title and its note alone are printed.
    """

    name: str
    title: str
    note: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Any]
    frozen_columns: int = 1
    above: Sequence[tuple[CellValue, Look]] = ()
    printed_columns: int = 0
    chart: SheetChart | None = None
    nothing: str = "There is nothing to list."
    is_on_paper: bool = True
    has_total: bool = True

    def cells(self) -> list[tuple[TableCell, ...]]:
        return row_cells(self.columns, self.rows)


def row_cells(columns: Sequence[TableColumn], rows: Sequence[Any]) -> list[tuple[TableCell, ...]]:
    """Return what stands in the columns for each fact."""
    getters = [_getter(c.get) if isinstance(c.get, str) else c.get for c in columns]
    return [tuple(get(row) for get in getters) for row in rows]


def _getter(path: str) -> Callable[[Any], TableCell]:
    """Return what gets a part of a fact: of several parted by " or " the first in which something stands.

    A number is the place, from 0, in a part that is a tuple, "len" how many stand in it; of a mapping it is
    what stands under the name. Nothing has a part. What is in quotation marks stands there itself.
    """
    ways = list(map(_way, path.split(" or ")))

    def first(fact: Any) -> TableCell:
        found = None
        for way in ways:
            found = found or way(fact)
        return found

    return first if ways[1:] else ways[0]


def _way(path: str) -> Callable[[Any], TableCell]:
    if path.startswith('"'):
        return lambda _: path.strip('"')
    return attrgetter(path) if path.isidentifier() else partial(reduce, _part, path.split("."))


def _part(of: Any, name: str) -> Any:
    if of is None or isinstance(of, Mapping):
        return of and of.get(name)
    if name == "len":
        return len(of)
    return of[int(name)] if name.isdecimal() else getattr(of, name)


_, *_SHEETS = resources.text("forms/columns.txt").strip().split("\n\n")
LAYOUT = {name: tuple(lines) for name, *lines in map(str.splitlines, _SHEETS)}
"""The lines of `resources/forms/columns.txt` by the sheet that they are of."""
_GIVEN = re.compile(r"\((\w+)\)")
_IN_BRACES = re.compile(r"\{([^{}]+)\}")
Ranges = Callable[[str], str]
"""Says where the cells of a column of a sheet stand, by both names: "payment Amount"."""
NO_LETTERS: Mapping[str, str] = {}
_ENDS: Mapping[str, Mapping[str, Any]] = {"": {}, "sum": {"is_summed": True}, "entry": {"is_entry": True}}
"""What stands behind a column, and what it makes of it."""


def columns_of(
    sheet: str, rows: Sequence[Any] = (), ranges: Ranges | None = None, **given: Any
) -> tuple[TableColumn, ...]:
    """Return the columns of a sheet as `resources/forms/columns.txt` has them.

    What stands in brackets there is `given` by that name: a heading, a width, a kind, or a function of a
    row's fact. A column with a "~" is hidden unless one of the `rows` has something in it. `ranges` says
    where a column of another sheet stands; a fact with formulas says in which `row` it stands itself.
    """
    letters = letters_of(sheet)
    return tuple(_laid_out(line, rows, given, partial(_live, letters, ranges)) for line in LAYOUT[sheet])


@cache
def letters_of(sheet: str) -> Mapping[str, str]:
    """Return the letters of a sheet's columns by their headings."""
    heads = (line.partition(" | ")[0].rstrip("~") for line in LAYOUT[sheet])
    return {head: column_name(number) for number, head in enumerate(heads, 1)}


def _laid_out(
    line: str, rows: Sequence[Any], given: Mapping[str, Any], live: Callable[..., Formula]
) -> TableColumn:
    parts = (part.strip() for part in f"{line}|".split("|")[:5])
    cells = (given[found[1]] if (found := _GIVEN.fullmatch(part)) else part for part in parts)
    heading, width, kind, get, said = cells
    if isinstance(get, str) and get.startswith("="):
        get = partial(live, kind, *get.rsplit(" : ", 1))
    column = TableColumn(heading.rstrip("~"), int(width), kind, get)
    is_hidden = heading.endswith("~") and not any(cell for (cell,) in row_cells((column,), rows))
    return replace(column, is_hidden=is_hidden, **_ENDS.get(said, {"total": said}))


def _live(
    letters: Mapping[str, str], ranges: Ranges | None, kind: str, formula: str, stored: str, fact: Any
) -> Formula:
    """Return a live formula in the row of a fact, with what it comes to there."""
    live = in_formula(formula, fact, letters, ranges)
    if stored.isdecimal():
        return Formula(live, stored)
    found = attrgetter(stored)(fact)
    return Formula(live, money.plain_pounds(found) if kind == "pounds" else str(found))


def in_formula(
    formula: str, fact: Any, letters: Mapping[str, str] = NO_LETTERS, ranges: Ranges | None = None
) -> str:
    """Return a formula with what its braces name: cells in the row of a fact, its parts, other columns."""

    def put(named: re.Match[str]) -> str:
        heading = named[1].removeprefix("$")
        if heading in letters:
            return f"{'$' * (heading != named[1])}{letters[heading]}{fact.row}"
        if heading.startswith("."):
            return str(attrgetter(heading[1:])(fact))
        assert ranges is not None, f"nobody says where {heading} stands"
        return ranges(heading)

    return _IN_BRACES.sub(put, formula)


class TableBook(Struct, frozen=True):
    """A whole workbook; `made_at` is UTC, and the same values give the same bytes.

    `area` is the office's own word for an area, in which headings say it; `logo` is its picture as PNG.
    """

    title: str
    marking: str
    status: str
    made_at: datetime
    sheets: tuple[TableSheet, ...]
    area: AreaLabel = AREA
    logo: bytes = b""


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


def column_sum(column: int, rows: int, pence: int) -> Formula:
    """Return the live sum of a column of pounds (1 the first) over its rows, which must be these pence."""
    return Formula(_sum(column, rows), money.plain_pounds(pence))


def column_total(column: int, rows: int, count: int) -> Formula:
    """Return the live sum of a column of counts (1 the first) over its rows, which must be this many."""
    return Formula(_sum(column, rows), str(count))


def _sum(column: int, rows: int) -> str:
    """Return the formula; without a row it is of the heading, which is no number: else of itself."""
    letters = column_name(column)
    first = TABLE_HEADING_ROW + (1 if rows else 0)
    return f"=SUM({letters}{first}:{letters}{TABLE_HEADING_ROW + rows})"


def write_table_book(book: TableBook, path: Path, tick: Tick = None) -> Path:
    """Write the workbook and return the path it really has (another when the file is open elsewhere)."""
    return write_beside(path, partial(_write_sheets, book, tick), check_book)


def _write_sheets(values: TableBook, tick: Tick, part: Path) -> None:
    head = SheetHead(values.title, values.marking, values.status, values.area, values.logo)
    total, done = sum(len(sheet.rows) for sheet in values.sheets), 0
    with Book(values.title, values.made_at) as book:
        for sheet in values.sheets:
            write_sheet(book, head, sheet)
            done += len(sheet.rows)
            if tick is not None:
                tick(done, total)
        write_continued(book, head)
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


def write_sheet(book: Book, head: SheetHead, sheet: TableSheet, tick: Tick = None) -> None:
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
    write_top(rows, head, _top(sheet), _logo_room(sheet) if has_logo else None)
    looks = list(_looks(sheet.columns))
    said = [replace(column, heading=head.area.labelled(column.heading)) for column in sheet.columns]
    headed = zip((column.heading for column in said), looks, strict=True)
    write_headings(rows, headed, heading_height(said))
    if any(column.is_entry for column in sheet.columns):
        last = TABLE_HEADING_ROW + len(sheet.rows)
        open_entries(rows.sheet, [(column.kind, column.is_entry) for column in sheet.columns], last)
    dressed = [replace(look, ruled=True, entry=c.is_entry) for look, c in zip(looks, said, strict=True)]
    write_lines(rows, sheet.columns, dressed, cells, tick)
    write_lines(rows, sheet.columns, [replace(look, bold=True) for look in looks], totals)
    if sheet.chart is not None:
        rows.line([])
        rows.line([(head.area.said(sheet.chart.sentence), NOTE)])


def _set_up(rows: Rows, head: SheetHead, sheet: TableSheet, totals: int) -> None:
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


def _logo_room(sheet: TableSheet) -> tuple[list[float], float]:
    """Return the columns at whose right end a logo stands, and how wide a page's may be."""
    printed = [column.width for column in sheet.columns][: sheet.printed_columns or None]
    return printed, inf if sheet.printed_columns else WIDEST_ON_ONE_PAGE


def write_continued(book: Book, head: SheetHead) -> None:
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
