"""The year tables as a workbook: contents, a sheet for each table, differences, and every check."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, count, groupby
from pathlib import Path
from typing import NamedTuple

from exchange.atomic import Tick
from exchange.papers.document.values import (
    Bar,
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Look,
    NewPage,
    Para,
    Table,
    Together,
)
from exchange.papers.open_data import data_sheet
from exchange.papers.paper_writing import office_book, prose
from exchange.xlsx.table import (
    MONEY,
    WHOLE_MONEY,
    Formula,
    SheetChart,
    Shown,
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    column_total,
    columns_of,
)
from exchange.xlsx.table_book import write_table_book
from models.papers.paper_words import NONE_GIVEN
from models.papers.status import PaperStatus
from models.papers.year.round_year import SIZES
from models.papers.year.summed_tables import (
    BUDGET,
    EXPENDITURE,
    Check,
    YearCell,
    YearColumn,
    YearTable,
    YearTables,
    in_words,
    total,
)
from models.reference.reporting import year_ends_on
from scoring.money import average_pounds, short_pounds, without_noughts
from scoring.written.area_label import AreaLabel
from scoring.written.days import full_day
from scoring.written.names import shortened
from scoring.written.text import counted, with_capital

DIFFERENCES, CHECKS = "Differences", "Checks"
DIFFERENCES_ARE = (
    "Where a printed paper has a different figure from what its rows or its other tables add up to. "
    "The tables above have what the rows add up to."
)
NO_DIFFERENCE = "No printed figure differs from what its rows come to."
UNITS = {"pounds": "£", "count": "rows", "percent": "%"}


def fund_and_year(table: YearTable) -> str:
    """Return whose a table is: "Active Citizens Fund 2016/17"."""
    return f"{table.fund} {table.year}".rstrip()


def printed_words(check: Check) -> tuple[str, str, str]:
    """Return what is computed, what is printed, and the difference, as read: pence where one has some."""
    figures = (check.computed, check.printed, check.difference)
    computed, printed, difference = (in_words(check.unit, figure) for figure in figures)
    if any(figure % 100 for figure in figures):
        return computed, printed, difference
    return without_noughts(computed), without_noughts(printed), without_noughts(difference)


def up_to_now(tables: Iterable[YearTable], status: PaperStatus) -> str:
    """Return up to which day figures go whose year is not over on the paper's day, "" where each is over.

    What is printed of a year was printed once and goes up to no day of this paper.
    """
    years = sorted({table.year for table in tables if not table.is_printed})
    ends = ((year, year_ends_on(year)) for year in years)
    return " ".join(
        f"The figures of {year} go up to {full_day(status.dated)}: the year ends on {full_day(end)}."
        for year, end in ends
        if end is not None and status.dated < end
    )


BY_SIZE = ("Number of awards by size", "How many awards there are of each size.")
SPENT = ("Spend against budget", "What was spent of each budget, start-up money included.")


def chart_of_table(table: YearTable) -> SheetChart | None:
    """Return spend against budget, or how many awards of each size there are; None where it has neither."""
    budget, spent = map(table.column, (BUDGET, EXPENDITURE))
    if table.code == SIZES:
        return SheetChart(*BY_SIZE, (1,))
    if budget is None or spent is None or not any(row[budget] or row[spent] for row in table.rows):
        return None
    return SheetChart(*SPENT, (budget, spent), is_money=True)


Kept = Heading | Para | Table

_SHARES = {"text": 1.7, "long text": 3.1, "pounds": 1.2, "count": 1.0, "percent": 0.8}
_SHARE_OF_STORIES = 5.0
"""The share of a column of texts so long that a narrow one would leave pages half empty below a row."""
LINES_AFTER, LINES_OF_LONG_TEXTS = 10, 22
"""How much of a table stays with its heading."""
ROWS_ON_A_PAGE, LONGEST_SHORT, LONG_STORY = 18, 120, 200
"""Most rows of a table that is kept on one page, characters of a text in it, and of one in a wider column."""


def year_tables_document(paper: YearTables, status: PaperStatus) -> Document:
    return prose(paper, status, _blocks(paper, status), (), is_landscape=True)


def _blocks(paper: YearTables, status: PaperStatus) -> Iterator[Block]:
    for whose, group in groupby(paper.tables, fund_and_year):
        tables = tuple(group)
        so_far = up_to_now(tables, status)
        first: tuple[Kept, ...] = (Heading(whose), *((Para(so_far, Look.SMALL),) if so_far else ()))
        for table in tables:
            yield from _table(table.without_empty_columns, first, paper.letterhead.area_label)
            first = ()
    if paper.differences:
        yield Together((Heading(DIFFERENCES), Para(DIFFERENCES_ARE)), LINES_AFTER)
        yield _differences(paper.differences)
    elif paper.checks:
        yield Together((Heading(DIFFERENCES), Para(NO_DIFFERENCE)))


def _table(table: YearTable, before: tuple[Kept, ...], label: AreaLabel) -> Iterator[Block]:
    """Yield a table under its heading, and its chart where that fits: a short one on one page.

    One of long texts begins on a new page.
    """
    lines = table.words()
    rows = tuple(
        tuple((cell or (NONE_GIVEN if table.columns[n].is_figure else "")) for n, cell in enumerate(line))
        for line in lines
    )
    sums = frozenset({len(rows) - 1}) if table.totals else frozenset()
    columns = tuple(
        Column(c.heading, _share(table, n, lines), c.is_figure) for n, c in enumerate(table.columns)
    )
    whole = Table("", columns, rows, sums, is_close=True)
    head = (*before, Heading(table.name, 2), Para(label.said(table.base), Look.SMALL))
    is_long = any(len(cell) > LONGEST_SHORT for line in lines for cell in line)
    if len(rows) <= ROWS_ON_A_PAGE and not is_long:
        yield Together((*head, whole))
    else:
        if is_long and len(rows) > ROWS_ON_A_PAGE and (before or table.code.startswith("Appendix")):
            yield NewPage()
        yield Together(head, LINES_OF_LONG_TEXTS if is_long else LINES_AFTER)
        yield whole
    yield from _chart(table)


def _share(table: YearTable, number: int, lines: Sequence[Sequence[str]]) -> float:
    """Return a column's share of the width, after its kind and its longest cell."""
    column = table.columns[number]
    longest = max((len(line[number]) for line in lines), default=0)
    if column.kind == "pounds":
        return max(_SHARES["pounds"], longest / 8.5)
    if column.kind == "text" and longest <= 3:
        return 0.5
    if column.kind == "long text" and longest > LONG_STORY:
        return _SHARE_OF_STORIES
    return _SHARES[column.kind]


def _chart(table: YearTable) -> Iterator[Chart]:
    """Yield the chart of a table that has one, each bar with its figures in words."""
    chart = chart_of_table(table)
    if chart is None:
        return
    figures = [(str(row[0]), [total([row[n]]) for n in chart.figures]) for row in table.rows]
    bars = tuple(_bar(name, *found) for name, found in figures if not chart.is_money or max(found) > 0)
    sentence = f"{chart.sentence} The mark is the budget." if chart.is_money else chart.sentence
    yield Chart(f"{chart.title} – {fund_and_year(table)}", sentence, bars)


def _bar(name: str, first: int, spent: int | None = None) -> Bar:
    """Return a bar of a number of awards, or of what was spent with a mark where the budget ends."""
    if spent is None:
        return Bar(name, first, counted(first, "award"))
    return Bar(name, max(spent, 0), f"{short_pounds(spent)} of {short_pounds(first)}", max(first, 0))


def _differences(checks: tuple[Check, ...]) -> Table:
    columns = (
        Column("Table", 1.1),
        Column("Fund and year", 1.5),
        Column("What was checked", 2.6),
        Column("Computed", 1.2, is_figure=True),
        Column("Printed", 1.2, is_figure=True),
        Column("Difference", 1.2, is_figure=True),
        Column("Explanation", 2.2),
    )
    rows = tuple(
        (
            check.table,
            f"{check.fund} {check.year}".rstrip(),
            check.what,
            *printed_words(check),
            with_capital(check.verdict),
        )
        for check in checks
    )
    return Table("", columns, rows, is_close=True)


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
    columns = columns_of("year tables", base=lambda each: said(each.table.base))
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
    return _part_of(cell, said[row, column]) if kind == "percent" and (row, column) in said else cell


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


def _part_of(cell: TableCell, words: str) -> TableCell:
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
        yield _checks(
            CHECKS,
            "Every sum of the printed tables that was worked out again, those that agree included.",
            paper.checks,
        )


def _checks(name: str, note: str, checks: Sequence[Check], nothing: str = "") -> TableSheet:
    columns = columns_of(
        "year table checks",
        unit=lambda check: UNITS[check.unit],
        computed=lambda check: _number(check, check.computed),
        printed=lambda check: _number(check, check.printed),
        difference=lambda check: _number(check, check.difference),
        explanation=lambda check: with_capital(check.verdict),
    )
    return TableSheet(name, name, note, columns, checks, nothing=nothing)


def _number(check: Check, figure: int) -> float:
    return float(figure) if check.unit == "count" else figure / 100
