"""The year tables as a paper: fund by fund and year by year, and at the end where print differs."""

from collections.abc import Iterator
from itertools import groupby

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
from exchange.papers.paper_words import NONE_GIVEN, pounds
from exchange.papers.prose import prose
from exchange.papers.year.year_tables_words import (
    DIFFERENCES,
    DIFFERENCES_ARE,
    NO_DIFFERENCE,
    fund_and_year,
    printed_words,
)
from models.papers.status import PaperStatus
from models.papers.year.year_rules import BUDGET, EXPENDITURE
from models.papers.year.year_tables import (
    Check,
    YearCell,
    YearColumn,
    YearTable,
    YearTables,
    in_words,
    total,
)
from scoring.written.area_label import AreaLabel

Kept = Heading | Para | Table

_SHARES = {"text": 1.7, "long text": 3.1, "pounds": 1.2, "count": 1.0, "percent": 0.8}
ROWS_ON_A_PAGE, LONGEST_SHORT = 14, 120
"""Most rows of a table that is kept on one page, and most characters of a text in it."""
ACCESSIBLE = "The Excel workbook of these tables is their accessible form."


def year_tables_document(paper: YearTables, status: PaperStatus) -> Document:
    """Return the year tables as a paper."""
    under = f"{paper.control[0].upper()}{paper.control[1:]}"
    return prose(paper, status, _blocks(paper), (under,), is_landscape=True)


def _blocks(paper: YearTables) -> Iterator[Block]:
    yield Para(ACCESSIBLE, Look.SMALL)
    for whose, tables in groupby(paper.tables, fund_and_year):
        first: tuple[Kept, ...] = (Heading(whose),)
        for table in tables:
            yield from _table(table, first, paper.letterhead.area_label)
            first = ()
    if paper.checks:
        yield Heading(DIFFERENCES)
        yield Para(DIFFERENCES_ARE if paper.differences else NO_DIFFERENCE)
    if paper.differences:
        yield _differences(paper.differences)


def _table(table: YearTable, before: tuple[Kept, ...], label: AreaLabel) -> Iterator[Block]:
    """Yield a table under its heading: a short one on one page, one of long texts from a new page on."""
    rows = [*table.rows, *filter(None, [table.totals])]
    sums = frozenset({len(rows) - 1}) if table.totals else frozenset()
    columns = tuple(Column(c.heading, _share(table, n), c.is_figure) for n, c in enumerate(table.columns))
    whole = Table("", columns, tuple(_line(table.columns, row) for row in rows), sums)
    head = (*before, Heading(table.name, 2), Para(label.said(table.base), Look.SMALL))
    is_long = any(isinstance(cell, str) and len(cell) > LONGEST_SHORT for row in table.rows for cell in row)
    if len(rows) <= ROWS_ON_A_PAGE and not is_long:
        yield Together((*head, whole))
    else:
        if is_long and len(rows) > ROWS_ON_A_PAGE and (before or table.code.startswith("Appendix")):
            yield NewPage()
        yield Together(head)
        yield whole
    yield from _chart(table)


def _share(table: YearTable, number: int) -> float:
    """Return a column's share of the width, after its kind and its longest cell."""
    column = table.columns[number]
    cells = [row[number] for row in (*table.rows, *filter(None, [table.totals]))]
    longest = max((len(in_words(column.kind, cell)) for cell in cells), default=0)
    if column.kind == "pounds":
        return max(_SHARES["pounds"], longest / 8.5)
    if column.kind == "text" and longest <= 3:
        return 0.5
    return _SHARES[column.kind]


def _line(columns: tuple[YearColumn, ...], row: tuple[YearCell, ...]) -> tuple[str, ...]:
    return tuple(
        in_words(column.kind, cell) or (NONE_GIVEN if column.is_figure else "")
        for column, cell in zip(columns, row, strict=True)
    )


def _chart(table: YearTable) -> Iterator[Block]:
    """Yield spend against budget by area, where a table has both."""
    budget, spent = table.column(BUDGET), table.column(EXPENDITURE)
    if budget is None or spent is None:
        return
    bars = []
    for row in table.rows:
        of, paid = total([row[budget]]), total([row[spent]])
        bars.append(Bar(str(row[0]), max(paid, 0), f"{pounds(paid)} of {pounds(of)}", max(of, 0)))
    sentence = "What was spent of each budget; the mark is the budget, start-up money included."
    yield Chart("Spend against budget", sentence, tuple(bars))


def _differences(checks: tuple[Check, ...]) -> Table:
    columns = (
        Column("Table", 1.1),
        Column("Fund and year", 1.5),
        Column("What was checked", 2.6),
        Column("Computed", 1.2, is_figure=True),
        Column("Printed", 1.2, is_figure=True),
        Column("Difference", 1.2, is_figure=True),
        Column("Verdict", 2.2),
    )
    rows = tuple(
        (check.table, f"{check.fund} {check.year}".rstrip(), check.what, *printed_words(check), check.verdict)
        for check in checks
    )
    return Table("", columns, rows)
