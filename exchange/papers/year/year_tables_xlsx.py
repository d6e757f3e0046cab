"""The year tables as a workbook: contents, a sheet for each table, differences, and every check."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from exchange.papers.headed import office_book
from exchange.papers.region.seals import data_sheet
from exchange.papers.year.year_charts import chart_of_table
from exchange.papers.year.year_tables_words import (
    CHECKS,
    CHECKS_ARE,
    DIFFERENCES,
    DIFFERENCES_ARE,
    NO_DIFFERENCE,
    UNITS,
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
from models.papers.year.year_tables import Check, YearCell, YearColumn, YearTable, YearTables
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


def _contents(paper: YearTables, names: Sequence[str], status: PaperStatus) -> TableSheet:
    columns = (
        TableColumn("Sheet", 26),
        TableColumn("Fund", 40, "wrapped"),
        TableColumn("Year", 10),
        TableColumn("Table", 18),
        TableColumn("Title", 40, "wrapped"),
        TableColumn("What its figures are of", 70, "wrapped"),
        TableColumn("Rows", 8, "count"),
    )
    said = paper.letterhead.area_label.said
    rows = [
        (name, one.fund, one.year, one.number or one.code, one.title, said(one.base), len(one.rows))
        for name, one in zip(names, paper.tables, strict=True)
    ]
    note = " ".join(filter(None, (f"{paper.control}.", up_to_now(paper.tables, status), *status.below)))
    return TableSheet(CONTENTS, paper.title, note, columns, rows)


def _sheet(name: str, table: YearTable) -> TableSheet:
    told = {n: words for row, n, words in table.said if row == len(table.rows)}
    columns = [
        TableColumn(c.heading, _TOLD if n in told else _width(c), _kind(table, n))
        for n, c in enumerate(table.columns)
    ]
    rows = [_line(table.columns, row) for row in table.rows]
    for row, n, words in table.said:
        if table.columns[n].kind == "percent" and row < len(rows):
            rows[row][n] = _share(rows[row][n], words)
    money = {n for n, column in enumerate(table.columns) if column.kind == "pounds"}
    said = {(row, n): words for row, n, words in table.said if n in money and row < len(rows)}
    printed = sorted({n for _, n in said})
    columns += [TableColumn(AS_PRINTED, 40, "wrapped") for _ in printed]
    rows = [[*row, *(said.get((at, n), "") for n in printed)] for at, row in enumerate(rows)]
    title = f"{table.name}, {table.fund}" if table.fund not in table.title else table.name
    chart = chart_of_table(table)
    return TableSheet(
        name, title, table.base, tuple(columns), rows, _totals(table, told, len(columns)), chart=chart
    )


def _kind(table: YearTable, number: int) -> str:
    """Return how a column is written: of money apart, in whole pounds where none of its figures has pence."""
    kind = _KINDS[table.columns[number].kind]
    if kind != "pounds" or not table.is_apart(number):
        return kind
    return "own pounds" if table.has_pence(number) else "own whole pounds"


def _width(column: YearColumn) -> float:
    is_name = column.heading in ("Area", "NPU", "NPU's", "Year", "No")
    return 24.0 if is_name and column.heading != "No" else 8.0 if is_name else _WIDTHS[column.kind]


def _line(columns: Sequence[YearColumn], row: Sequence[YearCell]) -> list[TableCell]:
    return [_cell(column.kind, cell) for column, cell in zip(columns, row, strict=True)]


def _cell(kind: str, cell: YearCell) -> TableCell:
    return cell / 100 if kind == "percent" and isinstance(cell, int) else cell


def _totals(table: YearTable, told: Mapping[int, str], wide: int) -> list[list[TableCell]]:
    """Return the row of totals with what print says of them; a sum is live, so that it moves with a row."""
    if not table.totals:
        return []
    cells = _line(table.columns, table.totals)
    for column in table.summed:
        figure = table.totals[column]
        if isinstance(figure, int) and table.rows:
            is_money = table.columns[column].kind == "pounds"
            live = column_sum if is_money else column_total
            total = live(column + 1, len(table.rows), figure)
            cells[column] = _told(total, figure, told[column]) if column in told else total
    return [[*cells, *[None] * (wide - len(cells))]]


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
        TableColumn("Table", 20, "wrapped"),
        TableColumn("Fund", 30, "wrapped"),
        TableColumn("Year", 10),
        TableColumn("What was checked", 60, "wrapped"),
        TableColumn("In", 7),
        TableColumn("Computed", 17, "figure"),
        TableColumn("Printed", 17, "figure"),
        TableColumn("Difference", 17, "figure"),
        TableColumn("Explanation", 48, "wrapped"),
    )
    lines = [_check_line(check) for check in checks]
    return TableSheet(name, name, note, columns, lines, nothing=nothing)


def _check_line(check: Check) -> tuple[TableCell, ...]:
    computed, printed, difference = (
        _number(check, figure) for figure in (check.computed, check.printed, check.difference)
    )
    unit = UNITS[check.unit]
    whose = (check.table, check.fund, check.year, check.what, unit)
    return *whose, computed, printed, difference, with_capital(check.verdict)


def _number(check: Check, figure: int) -> float:
    return float(figure) if check.unit == "count" else figure / 100
