"""A fund's year as tables: figures with computed totals, and where a printed paper has others."""

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.counted import counted
from scoring.money import pounds
from scoring.refused import Refused
from scoring.schedule.letterhead import PLAIN, Letterhead

YearCell = str | int | None
"""Text; pence, a count or hundredths of a percent as its column says; None where there is none."""
FIGURES = ("pounds", "count", "percent")


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column: its heading, and what it holds (text, long text, pounds, count, percent)."""

    heading: str
    kind: str

    @property
    def is_figure(self) -> bool:
        """Whether it holds figures."""
        return self.kind in FIGURES


@dataclass(frozen=True, slots=True)
class YearTable:
    """One table; `base` is the sentence that says what its figures are of.

    `totals` is one row, or none; `summed` are the columns whose total is the sum of the rows above.
    Raises Refused when one of them is not.
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

    def __post_init__(self) -> None:
        for row in (*self.rows, *filter(None, [self.totals])):
            if len(row) != len(self.columns):
                raise Refused(f"{self.name}: a row does not have a cell for each heading.")
        for column in self.summed:
            if total(row[column] for row in self.rows) != self.totals[column]:
                raise Refused(f"{self.name}: {self.columns[column].heading} does not add up to its total.")

    @property
    def name(self) -> str:
        """Return the table's heading."""
        return f"{self.code} – {self.title} {self.year}".rstrip()

    def column(self, heading: str) -> int | None:
        """Return the number of a column, None where there is no such column."""
        return next((n for n, column in enumerate(self.columns) if column.heading == heading), None)


@dataclass(frozen=True, slots=True)
class Check:
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

    @property
    def difference(self) -> int:
        """Return computed less printed."""
        return self.computed - self.printed


@dataclass(frozen=True, slots=True)
class YearTables:
    """The paper: tables by year and fund, and every check of the printed ones."""

    marking: str
    title: str
    tables: tuple[YearTable, ...]
    checks: tuple[Check, ...]
    office: str = ""
    letterhead: Letterhead = PLAIN

    @property
    def differences(self) -> tuple[Check, ...]:
        """Return the checks whose printed figure is another than ours."""
        return tuple(check for check in self.checks if check.differs)

    @property
    def control(self) -> str:
        """Return how many tables and rows there are, and how often a paper prints otherwise."""
        rows = sum(len(table.rows) for table in self.tables)
        tables = counted(len(self.tables), "table")
        return f"{tables}, {counted(rows, 'row')}, {_differences(len(self.differences))}"


def total(cells: Iterable[YearCell]) -> int:
    """Return the sum of the figures among some cells."""
    return sum(cell for cell in cells if isinstance(cell, int))


def in_words(kind: str, figure: YearCell) -> str:
    """Return a cell as it is read: "£1,040.00", "31", "6.12 %", or the text; "" where there is none."""
    if figure is None:
        return ""
    if isinstance(figure, str):
        return figure
    if kind == "pounds":
        return pounds(figure)
    sign, size = "−" if figure < 0 else "", abs(figure)
    return f"{sign}{size // 100}.{size % 100:02d} %" if kind == "percent" else f"{sign}{size:,}"


def _differences(count: int) -> str:
    return counted(count, "difference from print", "differences from print")
