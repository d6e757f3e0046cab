"""The year tables as a workbook: contents, a sheet for each table, differences, and every check."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from exchange.papers.headed import office_book
from exchange.papers.open_data import data_sheet
from exchange.papers.year.year_tables_document import (
    CHECKS,
    CHECKS_ARE,
    DIFFERENCES,
    DIFFERENCES_ARE,
    NO_DIFFERENCE,
    UNITS,
    chart_of_table,
    up_to_now,
)
from exchange.xlsx.table_book import (
    Shown,
    TableCell,
    TableColumn,
    TableSheet,
    Tick,
    column_sum,
    column_total,
    write_table_book,
)
from exchange.xlsx.xlsx_cells import MONEY, WHOLE_MONEY, Formula
from models.papers.status import PaperStatus
from models.papers.year.summed_tables import Check, YearCell, YearColumn, YearTable, YearTables
from scoring.money import average_pounds
from scoring.written.names import shortened
from scoring.written.text import with_capital

CONTENTS = "Contents"
LONGEST_NAME = 31
"""Most characters of a sheet's name."""

AS_PRINTED = "As printed"
"""The heading over the words that a paper prints where a figure stands for them."""

_KINDS = {
    "text": "wrapped",
    "long text": "wrapped",
    "pounds": "pounds",
    "count": "count",
    "percent": "percent",
}
_WIDTHS = {"text": 30.0, "long text": 60.0, "pounds": 20.0, "count": 14.0, "percent": 12.0}
_TOLD = 36.0
"""How wide a column is whose total says more than its figure."""
_FORBIDDEN = str.maketrans(dict.fromkeys("/\\?*[]:", "-"))


def write_year_tables_xlsx(paper: YearTables, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the workbook and return the path it really has."""
    names = sheet_names(paper.tables)
    sheets = (
        _contents(paper, names, status),
        *(_sheet(name, table.without_empty_columns) for name, table in zip(names, paper.tables, strict=True)),
        *_checked(paper),
        *data_sheet(paper, status),
    )
    return write_table_book(office_book(paper, status, sheets), path, tick)


def sheet_names(tables: Sequence[YearTable]) -> tuple[str, ...]:
    """Return a name for each table's sheet: its code, and as much of year and fund as tells it apart."""
    is_one_year = len({table.year for table in tables}) == 1
    taken = {CONTENTS.casefold(), DIFFERENCES.casefold(), CHECKS.casefold()}
    found = []
    for table in tables:
        code, year = table.number or table.code, "" if is_one_year else table.year
        name = next(one for one in _candidates(code, year, table.fund) if one.casefold() not in taken)
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)


def _candidates(code: str, year: str, fund: str) -> Iterator[str]:
    """Yield names to choose from, none with a character that a sheet's name may not have, each with its year.

    A long code gives way, between two words: "By kind of organisation 2026-27".
    """
    plain, of_year = (text.translate(_FORBIDDEN).strip("' ") for text in (code, year))
    initials = "".join(word[0] for word in fund.translate(_FORBIDDEN).split() if word[0].isupper())
    for apart in chain(("", initials[:7]), map("({})".format, count(2))):
        behind = " ".join(filter(None, (of_year, apart)))
        room = LONGEST_NAME - len(behind) - bool(behind)
        short = with_capital(plain.removeprefix("Awards ")) if len(plain) > room else plain
        yield f"{shortened(short, room)} {behind}".rstrip()


class _Listed(NamedTuple):
    """A table and the sheet that it stands on."""

    sheet: str
    table: YearTable


def _contents(paper: YearTables, names: Sequence[str], status: PaperStatus) -> TableSheet:
    said = paper.letterhead.area_label.said
    columns = (
        TableColumn("Sheet", 26, "text", "sheet"),
        TableColumn("Fund", 40, "wrapped", "table.fund"),
        TableColumn("Year", 10, "text", "table.year"),
        TableColumn("Table", 18, "text", lambda each: each.table.number or each.table.code),
        TableColumn("Title", 40, "wrapped", "table.title"),
        TableColumn("What its figures are of", 70, "wrapped", lambda each: said(each.table.base)),
        TableColumn("Rows", 8, "count", lambda each: len(each.table.rows)),
    )
    rows = list(map(_Listed, names, paper.tables))
    note = " ".join(filter(None, (f"{paper.control}.", up_to_now(paper.tables, status), *status.below)))
    return TableSheet(CONTENTS, paper.title, note, columns, rows)


def _sheet(name: str, table: YearTable) -> TableSheet:
    """Return the sheet of a table; its facts are the numbers of rows, by which print is told of."""
    at_end, said = len(table.rows), {(row, n): words for row, n, words in table.said}
    told = {n: words for (row, n), words in said.items() if row == at_end}
    totals = _totals(table, told)
    columns = tuple(
        TableColumn(
            c.heading,
            _TOLD if n in told else _width(c),
            _kind(table, n),
            partial(_figure, table, said, n),
            total=totals[n] if totals else None,
        )
        for n, c in enumerate(table.columns)
    )
    printed = sorted({n for row, n in said if table.columns[n].kind == "pounds" and row < at_end})
    beside = (TableColumn(AS_PRINTED, 40, "wrapped", partial(_printed, said, n)) for n in printed)
    title = f"{table.name}, {table.fund}" if table.fund not in table.title else table.name
    return TableSheet(
        name, title, table.base, (*columns, *beside), range(at_end), chart=chart_of_table(table)
    )


def _figure(table: YearTable, said: Mapping[tuple[int, int], str], column: int, row: int) -> TableCell:
    """Return the cell of a row; a share shows as print has it."""
    kind = table.columns[column].kind
    cell = _cell(kind, table.rows[row][column])
    return _share(cell, said[row, column]) if kind == "percent" and (row, column) in said else cell


def _printed(said: Mapping[tuple[int, int], str], column: int, row: int) -> str:
    return said.get((row, column), "")


def _kind(table: YearTable, number: int) -> str:
    """Return how a column is written: of money apart, in whole pounds where none of its figures has pence."""
    kind = _KINDS[table.columns[number].kind]
    if kind != "pounds" or not table.is_apart(number):
        return kind
    return "own pounds" if table.has_pence(number) else "own whole pounds"


def _width(column: YearColumn) -> float:
    is_name = column.heading in ("Area", "NPU", "NPU's", "Year", "No")
    return 24.0 if is_name and column.heading != "No" else 8.0 if is_name else _WIDTHS[column.kind]


def _cell(kind: str, cell: YearCell) -> TableCell:
    return cell / 100 if kind == "percent" and isinstance(cell, int) else cell


def _totals(table: YearTable, told: Mapping[int, str]) -> list[TableCell]:
    """Return the row of totals with what print says of them; a sum is live, so that it moves with a row."""
    cells = [_cell(c.kind, cell) for c, cell in zip(table.columns, table.totals, strict=False)]
    for column in table.summed if cells else ():
        figure = table.totals[column]
        if isinstance(figure, int) and table.rows:
            is_money = table.columns[column].kind == "pounds"
            live = column_sum if is_money else column_total
            total = live(column + 1, len(table.rows), figure)
            cells[column] = _told(total, figure, told[column]) if column in told else total
    return cells


def _share(cell: TableCell, words: str) -> TableCell:
    """Return a share with as many decimals as print has: "8.2%"."""
    decimals = len(words.removesuffix("%").partition(".")[2])
    pattern = f'0.{"0" * decimals}"%"' if decimals else '0"%"'
    return Shown(cell, pattern) if isinstance(cell, int | float) else cell


def _told(total: Formula, pence: int, words: str) -> TableCell:
    """Return a sum that shows as print has it, with its words: "£3,549,244.02 (43% of budget)"."""
    long = average_pounds(pence)
    for figure, look in ((long, MONEY), (long.removesuffix(".00"), WHOLE_MONEY)):
        before, found, after = words.partition(figure)
        if found and '"' not in words:
            ends = (f'"{end}"' if end else "" for end in (before, after))
            return Shown(total, look.partition(";")[0].join(ends))
    return total


def _checked(paper: YearTables) -> Iterator[TableSheet]:
    """Yield where print differs and what was checked; neither where no table was printed."""
    if paper.checks:
        note = DIFFERENCES_ARE if paper.differences else ""
        yield _checks(DIFFERENCES, note, paper.differences, NO_DIFFERENCE)
        yield _checks(CHECKS, CHECKS_ARE, paper.checks)


def _checks(name: str, note: str, checks: Sequence[Check], nothing: str = "") -> TableSheet:
    columns = (
        TableColumn("Table", 20, "wrapped", "table"),
        TableColumn("Fund", 30, "wrapped", "fund"),
        TableColumn("Year", 10, "text", "year"),
        TableColumn("What was checked", 60, "wrapped", "what"),
        TableColumn("In", 7, "text", lambda check: UNITS[check.unit]),
        TableColumn("Computed", 17, "figure", lambda check: _number(check, check.computed)),
        TableColumn("Printed", 17, "figure", lambda check: _number(check, check.printed)),
        TableColumn("Difference", 17, "figure", lambda check: _number(check, check.difference)),
        TableColumn("Explanation", 48, "wrapped", lambda check: with_capital(check.verdict)),
    )
    return TableSheet(name, name, note, columns, checks, nothing=nothing)


def _number(check: Check, figure: int) -> float:
    return float(figure) if check.unit == "count" else figure / 100
