"""The year tables as a paper: fund by fund and year by year, and at the end where print differs."""

from collections.abc import Iterable, Iterator, Sequence
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
from exchange.papers.paper_words import NONE_GIVEN
from exchange.papers.prose import prose
from exchange.xlsx.xlsx_sheets import SheetChart
from models.papers.status import PaperStatus
from models.papers.year.printed import BUDGET, EXPENDITURE
from models.papers.year.round_year import SIZES
from models.papers.year.summed_tables import Check, YearTable, YearTables, in_words, total
from models.reference.reporting import year_ends_on
from scoring.counted import counted
from scoring.money import short_pounds, without_noughts
from scoring.written.area_label import AreaLabel
from scoring.written.days import full_day
from scoring.written.text import with_capital

DIFFERENCES, CHECKS = "Differences", "Checks"
DIFFERENCES_ARE = (
    "Where a printed paper has a different figure from what its rows or its other tables add up to. "
    "The tables above have what the rows add up to."
)
NO_DIFFERENCE = "No printed figure differs from what its rows come to."
CHECKS_ARE = "Every sum of the printed tables that was worked out again, those that agree included."
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
    budget, spent = table.column(BUDGET), table.column(EXPENDITURE)
    if not (table.rows and table.is_charted):
        return None
    if table.code == SIZES:
        return SheetChart(*BY_SIZE, (1,))
    if budget is None or spent is None:
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
    """Return the year tables as a paper."""
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
    rows = tuple(tuple(_shown(table, n, cell) for n, cell in enumerate(line)) for line in lines)
    sums = frozenset({len(rows) - 1}) if table.totals else frozenset()
    columns = tuple(
        Column(c.heading, _share(table, n, lines), c.is_figure) for n, c in enumerate(table.columns)
    )
    whole = Table("", columns, rows, sums, is_close=True, is_as_said=True)
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


def _shown(table: YearTable, number: int, words: str) -> str:
    return words or (NONE_GIVEN if table.columns[number].is_figure else "")


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
    return Table("", columns, rows, is_close=True, is_as_said=True)
