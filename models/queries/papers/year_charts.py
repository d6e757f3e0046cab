"""The charts of year tables as values: bars with their parts, or two figures side by side."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from models.papers.order import TextPair, Texts
from models.papers.paper_words import Sentences
from models.papers.year.round_year import ASKED, ORGANISATIONS, SIZES
from models.papers.year.summed_tables import (
    AVERAGE,
    BUDGET,
    COMMITMENT,
    EXPENDITURE,
    POUNDS,
    PROJECTS,
    YearCell,
    YearTable,
    total,
)
from models.papers.year.year_end_tables import ALL, AWARD_RATES, BY_ASKED, BY_AWARDED, BY_KNOWN
from models.queries.panel.meeting_figures import MemberSpread

CHARTS = Sentences("charts")
MOST_BARS = 40
"""More bars than these are not compared with the eye; such a table has no chart."""


class BarLine(Struct, frozen=True):
    """One bar: parts end to end, a marker where its limit stands, what is beyond it, and words."""

    name: str
    parts: tuple[int, ...]
    label: str
    words: str
    marker: int | None = None
    over: int = 0

    @property
    def reach(self) -> int:
        return max(sum(self.parts) + self.over, self.marker or 0)


class BarChart(Struct, frozen=True):
    """Bars under a title and a sentence; `key` names the parts, and `marker` the marker."""

    title: str
    called: str
    sentence: str
    key: Texts
    lines: tuple[BarLine, ...]
    marker: str = ""


class PairLine(Struct, frozen=True):
    """Two figures of one name: a count to the left, an average in pence to the right."""

    name: str
    count: int
    pence: int


class PairChart(Struct, frozen=True):
    """Number against average, back to back."""

    title: str
    called: str
    sentence: str
    key: TextPair
    lines: tuple[PairLine, ...]


class StripLine(Struct, frozen=True):
    """A member's gaps to the others, in hundredths of a mark, and their mean."""

    name: str
    gaps: tuple[int, ...]
    mean: int
    words: str


class StripChart(Struct, frozen=True):
    """Gaps as dots on a line whose middle is the others' mean."""

    title: str
    called: str
    sentence: str
    key: Texts
    lines: tuple[StripLine, ...]
    marker: str = "Mean"


AnyChart = BarChart | PairChart | StripChart


def strips_of(spread: Sequence[MemberSpread]) -> StripChart:
    """Return the chart of how members mark beside each other."""
    found = ((one.name, one.severity) for one in spread)
    lines = tuple(
        StripLine(
            name,
            of.gaps_1e2,
            of.mean_1e2,
            CHARTS.strip(name, of.applications, of.mean_1e2, abs(of.mean_1e2)),
        )
        for name, of in found
    )
    apart = max(lines, key=lambda line: abs(line.mean))
    sentence = CHARTS.strips(apart, abs(apart.mean))
    return StripChart("Marks against the others'", "members", sentence, ("One application",), lines)


Shape = tuple[tuple[int, ...], int | None, int]
"""The parts of a bar, its marker, and what is beyond that."""


class _Drawn(NamedTuple):
    """What the bars of a table are: `words` are its macros, and `columns` those of its figures.

    `shape` is made of a row's figures, after the last of the whole's. A row whose first column is `left_out`
    has no bar.
    """

    words: str
    title: str
    called: str
    key: Texts
    columns: tuple[str | int, ...]
    shape: Callable[..., Shape]
    marker: str = ""
    name: int = 0
    left_out: tuple[YearCell, ...] = (None,)


def _of_budget(_: int, of: int, committed: int, spent: int) -> Shape:
    within = max(min(spent, of), 0)
    return (within, max(min(committed, of) - within, 0)), of, max(max(committed, spent) - of, 0)


_MONEY, _LIST = "", "Appendix"
"""The first column of money, whatever it is called; a list of grants is read and not compared."""
_SUMS = _Drawn("sums", "", "rows", ("Amount",), (_MONEY,), lambda _, pence: ((max(pence, 0),), None, 0))
_DRAWN: dict[str, _Drawn | None] = {
    BUDGET: _Drawn(
        *("budgets", "Spend against budget", "areas", ("Spent", "Committed")),
        *((BUDGET, COMMITMENT, EXPENDITURE), _of_budget, "Budget"),
    ),
    PROJECTS: None,
    ORGANISATIONS: _Drawn(
        *("organisations", "Organisations new and known", "areas", ("Funded before", "New"), (1, 2, 3)),
        lambda _, whole, known, new: ((known, new), None, 0),
    ),
    ASKED: _Drawn(
        *("asked", "Requested against awarded", "areas", ("Awarded", "Requested beyond"), (3, 4)),
        lambda _, asked, awarded: ((min(awarded, asked), max(asked - awarded, 0)), None, 0),
    ),
    SIZES: _Drawn(
        *("sizes", "Awards by size", "sizes", ("Awards",), (1, 2)),
        lambda _, many, pence: ((many,), None, 0),
    ),
    AWARD_RATES: _Drawn(
        *("rates", "Award rates", "groups", ("Awarded",), (0, 2, 4, 5)),
        *(lambda whole, by, applied, awarded, rate: ((rate,), whole, 0), "All applications", 1),
        (ALL, BY_KNOWN, BY_ASKED, BY_AWARDED),  # an office has its own word for an area
    ),
    _LIST: None,
}
"""The bars of tables by a heading that they have, or by their code; of others the first sums."""


def chart_of(table: YearTable) -> BarChart | PairChart | None:
    """Return the chart that shows a table's figures, None where it has none."""
    if not 0 < len(table.rows) <= MOST_BARS:
        return None
    heads = [column.heading for column in table.columns]
    is_list = table.code.startswith(_LIST) and len(heads) > 3
    here, money = {*heads, _LIST if is_list else table.code}, _column(table, _MONEY)
    sums = _SUMS._replace(title=table.title, name=int(heads[0] == "No")) if money in table.summed else None
    drawn = next((_DRAWN[one] for one in _DRAWN if one in here), sums)
    return _pairs(table) if drawn is None else _bars(table, drawn)


def _bars(table: YearTable, of: _Drawn) -> BarChart | None:
    columns = [column for one in of.columns if (column := _column(table, one)) is not None]
    if len(columns) < len(of.columns):
        return None
    whole, lines = _figures(table.totals or table.rows[0], columns), list[BarLine]()
    for row in (row for row in table.rows if row[columns[0]] not in of.left_out):
        name = ", ".join(part.removeprefix("• ") for part in str(row[of.name]).split("\n"))
        figures = _figures(row, columns)
        parts, marker, over = of.shape(whole[-1], *figures)
        label, words = CHARTS.label(of.words, figures), CHARTS.words(of.words, figures, over, row[-1])
        lines.append(BarLine(name, parts, label, f"{name}, {words}", marker, over))
    sums = [total(row[column] for row in table.rows) for column in columns]
    most = max(lines, key=lambda line: line.reach, default=None)
    sentence = CHARTS.sentence(of.words, lines, sums, whole, most)
    return BarChart(of.title, of.called, sentence, of.key, tuple(lines), of.marker)


def _pairs(table: YearTable) -> PairChart | None:
    """Return few large projects or many small ones, area by area; None of a table without them."""
    count, average = table.column(PROJECTS), table.column(AVERAGE)
    if count is None or average is None:
        return None
    lines = tuple(PairLine(str(row[0]), *_figures(row, (count, average))) for row in table.rows)
    most, dearest = (max(lines, key=attrgetter(of)) for of in ("count", "pence"))
    sentence = CHARTS.pairs(most, dearest)
    return PairChart("Number against average", "areas", sentence, ("Projects", "Average"), lines)


def _column(table: YearTable, one: str | int) -> int | None:
    if one == _MONEY:
        money = (n for n, column in enumerate(table.columns) if column.kind == POUNDS)
        return next(money, None)
    return one if isinstance(one, int) else table.column(one)


def _figures(row: Sequence[YearCell], columns: Sequence[int]) -> list[int]:
    return [total([row[column]]) for column in columns]
