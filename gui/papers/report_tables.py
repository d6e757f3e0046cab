"""A table of a report as it is shown: its cells as text, the same in full words, and which are figures."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from gui.text import NOTHING
from models.papers.year.summed_tables import Check, YearTable, in_words
from models.queries.panel.meeting_figures import MemberSpread

DIFFERENCES, SPREAD = "Differences", "Marking spread"


class Listed(Struct, frozen=True):
    """A table to choose, or (without one) the differences from print, or how members mark."""

    code: str
    table: YearTable | None
    checks: tuple[Check, ...] = ()
    spread: tuple[MemberSpread, ...] = ()
    base: str = ""


class ShownTable(Struct, frozen=True):
    """One table as the page shows it: cells as text, the same in full words, and which are figures."""

    code: str
    title: str
    base: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple["ShownRow", ...]
    table: YearTable | None = None
    spread: tuple[MemberSpread, ...] = ()


class ShownRow(Struct, frozen=True):
    """A row: its number among the rows, its cells, and what is said of it."""

    number: int
    cells: tuple[str, ...]
    spoken: tuple[str, ...]


def shown_table(entry: Listed) -> ShownTable:
    """Return a table as the page shows it: made when it is chosen, for a long list takes a while."""
    if entry.spread:
        return _spread(entry)
    return _differences(entry.checks) if entry.table is None else _shown(entry.table)


def _shown(table: YearTable) -> ShownTable:
    empty = [NOTHING if column.is_figure else "" for column in table.columns]
    lines = [
        tuple(" · ".join(one.splitlines()) or nothing for one, nothing in zip(line, empty, strict=True))
        for line in table.words(is_signed=True)
    ]
    headings = tuple(column.heading for column in table.columns)
    rows = tuple(_row(number, headings, cells) for number, cells in enumerate(lines))
    kinds = tuple(column.kind for column in table.columns)
    return ShownTable(table.code, table.name, table.base, headings, kinds, rows, table)


def _row(number: int, headings: Sequence[str], cells: tuple[str, ...]) -> ShownRow:
    named = zip(headings, cells, strict=True)
    return ShownRow(number, cells, tuple(f"{heading.removesuffix(' £')}, {cell}" for heading, cell in named))


def _differences(checks: Sequence[Check]) -> ShownTable:
    headings = ("What was checked", "Table", "Computed", "Printed", "Difference", "Explanation")
    cells = [_check_cells(check) for check in checks]
    return ShownTable(
        DIFFERENCES,
        "Where the papers print something else",
        "Every sum of the printed tables, worked out again. The tables show what the rows add up to.",
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


def signed_gap(hundredths: int) -> str:
    """Return a gap in marks as read: "+0.42", "−1.25", "0.00"."""
    sign = "+" if hundredths > 0 else "−" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def _spread(entry: Listed) -> ShownTable:
    headings = ("Member", "Shared applications", "Mean difference", "Lowest", "Highest")
    rows = []
    for number, one in enumerate(entry.spread):
        gaps = one.severity.gaps_1e2
        figures = (one.severity.mean_1e2, min(gaps), max(gaps))
        rows.append(_row(number, headings, (one.name, f"{len(gaps):,}", *map(signed_gap, figures))))
    kinds = ("text", "count", "count", "count", "count")
    title = "Each member's marks against the others'"
    return ShownTable(SPREAD, title, entry.base, headings, kinds, tuple(rows), spread=entry.spread)
