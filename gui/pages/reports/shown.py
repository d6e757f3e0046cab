"""What the page shows of all tables: the years, the funds of one, the tables of both, and their cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from gui.text import NOTHING, column_money
from models.papers.order import PaperOrder
from models.papers.round_year import FUNDS
from models.papers.year_tables import Check, YearTable, YearTables, in_words
from models.queries.printed_tables import missing_history
from models.queries.year_tables import year_tables
from models.record import utc_now
from scoring.refused import Refused

AWARD_READERS = frozenset({"officer", "finance", "commander", "decider"})
"""Who reads lists of awards with their projects; the panel reads sums, as some of it stand aside."""
KEEPERS = frozenset({"officer", "finance"})
NO_YEAR = "No year"
DIFFERENCES = "Differences"


@dataclass(frozen=True, slots=True)
class Reported:
    """All there is to report, None where there is nothing; and whether shipped tables could be taken in."""

    paper: YearTables | None
    has_more: bool

    @property
    def tables(self) -> tuple[YearTable, ...]:
        """Return every table; amounts that funds are set up with are nothing to report alone."""
        tables = () if self.paper is None else self.paper.tables
        return () if all(table.code == FUNDS for table in tables) else tables


@dataclass(frozen=True, slots=True)
class Listed:
    """A table to choose, or (without one) the differences from print."""

    code: str
    table: YearTable | None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table as the page shows it: cells as text, the same in full words, and which are figures."""

    code: str
    title: str
    base: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple["ShownRow", ...]
    table: YearTable | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: its number among the rows, its cells, and what is said of it."""

    number: int
    cells: tuple[str, ...]
    spoken: tuple[str, ...]


def ask_reported(session: Any) -> Reported:  # the window may not name the session's type
    """Ask for every table of the record."""
    has_more = bool(missing_history(session))
    try:
        return Reported(year_tables(session, PaperOrder("tables", utc_now())), has_more)
    except Refused:
        return Reported(None, has_more)


def years_of(tables: Sequence[YearTable]) -> tuple[str, ...]:
    """Return the years that have tables, the newest first."""
    return tuple(sorted({table.year for table in tables}, reverse=True))


def funds_of(tables: Sequence[YearTable], year: str) -> tuple[str, ...]:
    """Return the funds that have tables in a year, in their order."""
    return tuple(dict.fromkeys(table.fund for table in tables if table.year == year))


def listed(paper: YearTables, year: str, fund: str, role: str) -> tuple[Listed, ...]:
    """Return the tables of a fund's year that a role reads, and where print differs."""
    mine = [
        Listed(table.code, table)
        for table in paper.tables
        if (table.year, table.fund) == (year, fund) and _may_read(table, role)
    ]
    apart = tuple(one for one in paper.differences if (one.year, one.fund) == (year, fund))
    return (*mine, Listed(DIFFERENCES, None, apart)) if apart else tuple(mine)


def shown(entry: Listed) -> ShownTable:
    """Return a table as the page shows it: made when it is chosen, for a long list takes a while."""
    return _differences(entry.checks) if entry.table is None else _shown(entry.table)


def _may_read(table: YearTable, role: str) -> bool:
    return table.is_printed or not table.code.startswith("Appendix") or role in AWARD_READERS


def _shown(table: YearTable) -> ShownTable:
    lines = [*table.rows, *filter(None, [table.totals])]
    columns = []
    for number, column in enumerate(table.columns):
        cells = [line[number] for line in lines]
        if column.kind == "pounds":
            money = column_money(cell for cell in cells if isinstance(cell, int))
            columns.append([NOTHING if not isinstance(cell, int) else money(cell) for cell in cells])
        else:
            empty = NOTHING if column.is_figure else ""
            columns.append([in_words(column.kind, cell) or empty for cell in cells])
    headings = tuple(column.heading for column in table.columns)
    rows = tuple(
        _row(number, headings, tuple(cells)) for number, cells in enumerate(zip(*columns, strict=True))
    )
    kinds = tuple(column.kind for column in table.columns)
    return ShownTable(table.code, table.name, table.base, headings, kinds, rows, table)


def _row(number: int, headings: Sequence[str], cells: tuple[str, ...]) -> ShownRow:
    named = zip(headings, cells, strict=True)
    return ShownRow(number, cells, tuple(f"{heading.removesuffix(' £')}, {cell}" for heading, cell in named))


def _differences(checks: Sequence[Check]) -> ShownTable:
    headings = ("What was checked", "Table", "Computed", "Printed", "Difference", "Verdict")
    cells = [_check_cells(check) for check in checks]
    return ShownTable(
        DIFFERENCES,
        "Where the papers print otherwise",
        "Every sum of the printed tables done over again. Ours stands in the tables.",
        headings,
        ("long text", "text", "pounds", "pounds", "pounds", "verdict"),
        tuple(_row(number, headings, line) for number, line in enumerate(cells)),
    )


def _check_cells(check: Check) -> tuple[str, ...]:
    words = partial(in_words, check.unit)
    figures = tuple(
        words(figure).removesuffix(".00") for figure in (check.computed, check.printed, check.difference)
    )
    return (check.what, check.table, *figures, check.verdict)
