"""The parts that the tables of a fund's year share: columns, sums, and how many awards they are of.

`resources/history/worked-out.json` holds the tables that earlier papers printed, each with our totals,
variances and shares, and every check of what is printed. `tests/oracle/printed_years.py` works them out and
writes that file.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from math import inf
from typing import NamedTuple, TypeVar

from msgspec import Struct, json
from msgspec.structs import replace

import resources
from models.papers.order import TextPair, Texts
from models.papers.paper_words import Sentences
from models.papers.year.year_end_lines import year_end_lines
from models.papers.year.year_facts import FundYear, spent_pence
from models.reference.reporting import year_after
from scoring.money import average_pounds, half_up, has_form_with_pence, short_pounds
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.text import Refused, counted

T = TypeVar("T")
ALL_FUNDS = "All funds"
SAID = Sentences("year")
"""What tables are of, in sentences."""
BANDS = (100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000)
"""The most, in pence, of each size but the last, which has no most."""


def by_size(several: Collection[T], pence: Callable[[T], int]) -> Iterator[tuple[str, list[T]]]:
    """Yield each size in words with those of it by their pence; what has none is of no size."""
    for least, most in zip((0, *BANDS), (*BANDS, None), strict=True):
        yield _words(least, most), [one for one in several if least < pence(one) <= (most or inf)]


def _words(least: int, most: int | None) -> str:
    if most is None:
        return f"Over {short_pounds(least)}"
    return f"Over {short_pounds(least)} to {short_pounds(most)}" if least else f"Up to {short_pounds(most)}"


YearCell = str | int | None
"""Text; pence, a count or hundredths of a percent as its column says; None where there is none."""
TEXT, LONG, POUNDS, COUNT, PERCENT = "text", "long text", "pounds", "count", "percent"
FIGURES = (POUNDS, COUNT, PERCENT)
SHARE = "Share of total %"
AGREES = "agrees"
_SIGNS = {"£": POUNDS, "%": PERCENT}
_WHOLE = 10_000
"""Hundredths of a percent in a whole."""


class YearColumn(Struct, frozen=True):
    """A column: its heading, and what it holds (text, long text, pounds, count, percent)."""

    heading: str
    kind: str

    @property
    def is_figure(self) -> bool:
        return self.kind in FIGURES


class YearTable(Struct, frozen=True):
    """One table; `base` is the sentence that says what its figures are of.

    `totals` is one row, or none; `summed` are the columns whose total is the sum of the rows above.
    `said` are the cells whose printed words say more than their figure ("circa £3,321,000"): row, column
    (both from 0, the totals after the last row) and words. `number` is what the paper calls the table where
    that is not its code. Raises Refused when a total is not the sum of its rows.
    """

    code: str
    title: str
    fund: str
    year: str
    base: str
    columns: tuple[YearColumn, ...]
    rows: tuple[tuple[YearCell, ...], ...]
    totals: tuple[YearCell, ...] = ()
    summed: tuple[int, ...] = ()
    is_printed: bool = False
    said: tuple[tuple[int, int, str], ...] = ()
    number: str = ""

    def __post_init__(self) -> None:
        for row in (*self.rows, *filter(None, [self.totals])):
            if len(row) != len(self.columns):
                raise Refused(f"{self.name}: a row does not have a cell for each heading.")
        for column in self.summed:
            if total(row[column] for row in self.rows) != self.totals[column]:
                raise Refused(f"{self.name}: {self.columns[column].heading} does not add up to its total.")

    @property
    def key(self) -> tuple[str, str, str]:
        return self.fund, self.year, self.code

    @property
    def name(self) -> str:
        """Return the table's heading."""
        code = self.number or self.code
        is_said = self.title.casefold().startswith(code.casefold())
        return f"{self.title if is_said else f'{code} – {self.title}'} {self.year}".rstrip()

    @property
    def lines(self) -> tuple[tuple[YearCell, ...], ...]:
        return (*self.rows, *filter(None, [self.totals]))

    def words(self, *, is_signed: bool = False) -> tuple[Texts, ...]:
        """Return the cells of each line as a paper says them, "" where there is none.

        The sign of money stands in the heading or in the cell, in every cell where it is signed; pence where
        a figure of the column has any, and in a printed table where the cell itself has.
        """
        said = {(row, column): words for row, column, words in self.said}
        signs = [is_signed or "£" not in column.heading for column in self.columns]
        looks = [
            _look(c.kind, has_pence=self._shows_pence(n), has_sign=signs[n])
            for n, c in enumerate(self.columns)
        ]
        return tuple(
            tuple(said.get((row, n)) or looks[n](cell) for n, cell in enumerate(line))
            for row, line in enumerate(self.lines)
        )

    def _shows_pence(self, number: int) -> bool:
        """Whether each sum of that column has pence: as the paper, or as its own where it is apart."""
        form = None if self.is_apart(number) else has_form_with_pence()
        return self.has_pence(number) and not self.is_printed if form is None else form

    def is_apart(self, number: int) -> bool:
        """Whether a column has its own form of money: a printed one, and averages."""
        return self.is_printed or "average" in self.columns[number].heading.casefold()

    def has_pence(self, number: int) -> bool:
        """Whether a figure of that column, the totals included, has pence (or is no whole number)."""
        return any(total([line[number]]) % 100 for line in self.lines)

    @property
    def without_empty_columns(self) -> "YearTable":
        """Return the table with its first column and each other in which a row has something."""
        kept = [
            n for n in range(len(self.columns)) if not n or any(row[n] not in ("", None) for row in self.rows)
        ]
        at = {number: place for place, number in enumerate(kept)}
        return replace(
            self,
            columns=tuple(self.columns[n] for n in kept),
            rows=tuple(tuple(row[n] for n in kept) for row in self.rows),
            totals=tuple(self.totals[n] for n in kept) if self.totals else (),
            summed=tuple(at[n] for n in self.summed if n in at),
            said=tuple((row, at[n], words) for row, n, words in self.said if n in at),
        )

    @property
    def printed_pence(self) -> tuple[int, ...]:
        """Return the sums that count for the paper's form of money: of no printed table, and no average."""
        money = [n for n, c in enumerate(self.columns) if c.kind == "pounds" and not self.is_apart(n)]
        cells = (line[n] for line in self.lines for n in money)
        return tuple(cell for cell in cells if isinstance(cell, int))

    def column(self, heading: str) -> int | None:
        """Return the number of a column, None where there is no such column."""
        return next((n for n, column in enumerate(self.columns) if column.heading == heading), None)

    def wider(
        self, heading: str, cells: Sequence[YearCell], last: YearCell, *, is_sum: bool = False
    ) -> "YearTable":
        """Return the table with one more column, whose total is the `last` cell."""
        return replace(
            self,
            columns=(*self.columns, *columns_of(heading)),
            rows=tuple((*row, cell) for row, cell in zip(self.rows, cells, strict=True)),
            totals=(*self.totals, last) if self.totals else (),
            summed=(*self.summed, len(self.columns)) if is_sum else self.summed,
        )

    def with_shares(self, money: int) -> "YearTable":
        """Return the table with each row's share of the total of a column, in hundredths of a percent.

        Each is rounded half up by itself, as those of the printed years: the same part of the same total has
        one share in every table, and a column may add up to a little beside 100. A total of nothing has none.
        """
        whole = total([self.totals[money]])
        parts = [total([row[money]]) for row in self.rows]
        if whole <= 0:
            return self.wider(SHARE, [None] * len(parts), None)
        return self.wider(SHARE, [half_up(part * _WHOLE, whole) for part in parts], _WHOLE)


class Check(Struct, frozen=True):
    """One sum done over again beside what the paper prints; `unit` is pounds, count or percent."""

    fund: str
    year: str
    table: str
    what: str
    computed: int
    printed: int
    unit: str
    verdict: str
    differs: bool

    @classmethod
    def of(
        cls, key: tuple[str, str, str], what: str, mine: int, said: int, verdict: str, unit: str = POUNDS
    ) -> "Check":
        """Return a check of a fund's, a year's table with that verdict, where the two figures differ."""
        differs = mine != said
        return cls(*key, what, mine, said, unit, verdict if differs else AGREES, differs)

    @property
    def difference(self) -> int:
        return self.computed - self.printed


class YearTables(Struct, frozen=True):
    """The paper: tables by year and fund, and every check of the printed ones."""

    marking: str
    title: str
    tables: tuple[YearTable, ...]
    checks: tuple[Check, ...]
    office: str = ""
    letterhead: Letterhead = PLAIN

    @property
    def differences(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.differs)

    @property
    def control(self) -> str:
        """Return how many tables and rows there are, and how often a printed paper has other figures."""
        rows = sum(len(table.rows) for table in self.tables)
        said = [counted(len(self.tables), "table"), counted(rows, "row")]
        apart = counted(len(self.differences), "difference from print", "differences from print")
        return ", ".join([*said, apart] if self.checks else said)


def total(cells: Iterable[YearCell]) -> int:
    return sum(cell for cell in cells if isinstance(cell, int))


def in_words(kind: str, figure: YearCell) -> str:
    """Return a cell as it is read: "£1,040.00", "31", "6.12%", or the text; "" where there is none."""
    if figure is None:
        return ""
    if isinstance(figure, str):
        return figure
    if kind == "pounds":
        return average_pounds(figure)
    sign, size = "−" if figure < 0 else "", abs(figure)
    return f"{sign}{size // 100}.{size % 100:02d}%" if kind == "percent" else f"{sign}{size:,}"


def _look(kind: str, *, has_pence: bool, has_sign: bool) -> Callable[[YearCell], str]:
    """Return how a column says its cells."""
    if kind == "percent":
        return _percent
    if kind != "pounds":
        return partial(in_words, kind)
    return partial(_money, has_pence=has_pence, has_sign=has_sign)


def _percent(cell: YearCell) -> str:
    """Return a share; the whole has no decimals."""
    return "100%" if cell == _WHOLE else in_words("percent", cell)


def _money(cell: YearCell, *, has_pence: bool, has_sign: bool) -> str:
    words = in_words("pounds", cell)
    words = words if has_pence else words.removesuffix(".00")
    return words if has_sign else words.replace("£", "", 1)


def columns_of(*headings: str | TextPair) -> tuple[YearColumn, ...]:
    """Return columns: of money or shares where the heading ends with that sign, of texts, or as it says."""
    return tuple(
        YearColumn(one, _SIGNS.get(one[-1:], TEXT)) if isinstance(one, str) else YearColumn(*one)
        for one in headings
    )


class AllFunds(NamedTuple):
    """All funds of a year, in the place of one."""

    year: str
    fund: str = ALL_FUNDS


def summed(
    code: str,
    title: str,
    of: FundYear | AllFunds,
    base: str,
    columns: Sequence[YearColumn],
    rows: Sequence[tuple[YearCell, ...]],
    percent: int | None = None,
) -> YearTable:
    """Return a table with the sum of each column that has figures; `percent` is of a column of shares."""
    adds = tuple(
        n
        for n, column in enumerate(columns)
        if column.kind in (POUNDS, COUNT) and (not rows or any(row[n] is not None for row in rows))
    )
    shares = [percent if column.kind == PERCENT else None for column in columns]
    sums = [total(row[n] for row in rows) if n in adds else share for n, share in enumerate(shares)]
    totals = ("Total", *sums[1:])
    return YearTable(code, title, of.fund, of.year, base, tuple(columns), tuple(rows), totals, adds)


def onward_heading(of: FundYear) -> str:
    """Return the heading of what is carried into the next year: "2027/28 Carry Forward £"."""
    return f"{year_after(of.year)} Carry Forward £".lstrip()


def spent_apart(of: FundYear) -> tuple[tuple[int, int], ...]:
    """Return what single awards spent and what areas did, where these have other figures; else nothing."""
    lines = year_end_lines(of)
    if all(line.end.spent is None or line.whole_spent_pence == spent_pence(line.awards) for line in lines):
        return ()
    return ((spent_pence(of.awards), sum(line.whole_spent_pence for line in lines)),)


COMMITTED_LESS = "Budget to Commitment Variance £"
SPENT_LESS = "Budget to Expenditure Variance £"
BUDGET = "Grant Budget including Start-up £"
COMMITMENT = "Commitment £"
EXPENDITURE = "Expenditure £"
PROJECTS = "No. of Projects"
KNOWN = "No. of Organisations previously received funding"
LOWEST, HIGHEST, AVERAGE = (
    "Lowest Project Cost £",
    "Highest Project Cost £",
    "Average Cost of Projects £",
)


class PrintedYears(Struct, frozen=True):
    """The tables, and their checks, each with the codes of all tables of its fund and year that it is of."""

    tables: tuple[YearTable, ...]
    checks: tuple[tuple[Texts, Check], ...]

    def those(self, keys: Collection[tuple[str, str, str]]) -> tuple[list[YearTable], list[Check]]:
        """Return the tables of these keys (fund, year, code), in their order, and what is checked of them."""
        known, there = {table.key: table for table in self.tables}, {*keys}
        checks = (one for codes, one in self.checks if {(one.fund, one.year, of) for of in codes} <= there)
        return [known[key] for key in keys if key in known], list(checks)


@cache
def printed_years() -> PrintedYears:
    return json.decode(resources.text("history/worked-out.json"), type=PrintedYears)
