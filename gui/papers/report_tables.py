"""A table of a report as it is shown: its words, and its cells as text, made when it is chosen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from gui.text import NOTHING
from gui.widgets.charts.severity_strip import signed_gap
from models.papers.year.summed_tables import Check, YearTable, in_words
from models.queries.panel.meeting_figures import MemberSpread
from models.queries.papers.year_charts import AnyChart, chart_of, strips_of

DIFFERENCES, SPREAD = "Differences", "Marking spread"
Cells = tuple[str, ...]


def _no_chart() -> None:
    return None


class Report(Struct, frozen=True):
    """A table to choose, or the differences from print, or how members mark.

    `lines` makes its cells as text, and `chart` its chart, once it is chosen: a long list takes a while.
    """

    code: str
    title: str
    base: str
    headings: Cells
    kinds: Cells
    lines: Callable[[], Iterable[Cells]]
    chart: Callable[[], AnyChart | None] = _no_chart
    is_printed: bool = False


def report_of(table: YearTable) -> Report:
    """Return a table as the page shows it."""
    headings = tuple(column.heading for column in table.columns)
    kinds = tuple(column.kind for column in table.columns)
    words, chart = partial(_cells, table), partial(chart_of, table)
    return Report(table.code, table.name, table.base, headings, kinds, words, chart, table.is_printed)


def _cells(table: YearTable) -> Iterator[Cells]:
    empty = [NOTHING if column.is_figure else "" for column in table.columns]
    for line in table.words(is_signed=True):
        cells = zip(line, empty, strict=True)
        yield tuple(" · ".join(one.splitlines()) or nothing for one, nothing in cells)


def differences_report(checks: Sequence[Check]) -> Report:
    """Return where the papers print something else than the record comes to."""
    return Report(
        DIFFERENCES,
        "Where the papers print something else",
        "Every sum of the printed tables, worked out again. The tables show what the rows add up to.",
        ("What was checked", "Table", "Computed", "Printed", "Difference", "Explanation"),
        ("long text", "text", "pounds", "pounds", "pounds", "verdict"),
        lambda: map(_check_cells, checks),
    )


def _check_cells(check: Check) -> Cells:
    words = partial(in_words, check.unit)
    figures = tuple(
        words(figure).removesuffix(".00") for figure in (check.computed, check.printed, check.difference)
    )
    return (check.what, check.table, *figures, check.verdict)


def spread_of(spread: Sequence[MemberSpread], base: str) -> Report:
    """Return how members mark beside each other."""
    headings = ("Member", "Shared applications", "Mean difference", "Lowest", "Highest")
    kinds = ("text", "count", "count", "count", "count")
    title, lines = "Each member's marks against the others'", partial(map, _spread_cells, spread)
    return Report(SPREAD, title, base, headings, kinds, lines, partial(strips_of, spread))


def _spread_cells(one: MemberSpread) -> Cells:
    gaps = one.severity.gaps_1e2
    figures = (one.severity.mean_1e2, min(gaps), max(gaps))
    return (one.name, f"{len(gaps):,}", *map(signed_gap, figures))
