"""What the page shows of all tables: the years, the funds of one, the tables of both, and their cells."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from gui.text import NOTHING
from models.clock import utc_now
from models.papers.order import PaperOrder
from models.papers.year.summed_tables import Check, YearTable, YearTables, in_words
from models.papers.year.year_end_tables import FUNDS
from models.permissions.viewing import Viewer
from models.queries.panel.meeting_figures import MemberSpread, marking_spread
from models.queries.papers.year_tables import missing_history, year_tables
from models.queries.set_up.rounds import round_line
from models.role import MONEY, OFFICE, SIGNING
from scoring.written.text import Refused

AWARD_READERS = (*MONEY, *SIGNING)
"""Who reads lists of awards with their projects; the panel reads sums, as some of it stand aside."""
SPREAD_READERS = OFFICE
"""Who reads how members mark beside each other."""
NO_YEAR = "No year"
DIFFERENCES, SPREAD = "Differences", "Marking spread"


class Reported(Struct, frozen=True):
    """All there is to report, None where there is nothing; and whether shipped tables could be imported.

    `spread` is how the members of the round on show mark, `round_words` what that round is called.
    """

    paper: YearTables | None
    has_more: bool
    spread: tuple[MemberSpread, ...] = ()
    round_words: str = ""

    @property
    def tables(self) -> tuple[YearTable, ...]:
        """Return every table; amounts that funds are set up with are nothing to report alone."""
        tables = () if self.paper is None else self.paper.tables
        return () if all(table.code == FUNDS for table in tables) else tables


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


def ask_reported(session: Any, round_id: int | None, viewer: Viewer) -> Reported:
    """Ask for every table of the record, and how the members of one round mark.

    The window may not name the session's type.
    """
    has_more = bool(missing_history(session))
    spread = () if round_id is None else marking_spread(session, round_id, viewer)
    words = "" if round_id is None else round_line(session, round_id).name
    try:
        paper = year_tables(session, PaperOrder("tables", utc_now()))
    except Refused:
        return Reported(None, has_more)
    return Reported(paper, has_more, spread, words)


def years_of(tables: Sequence[YearTable]) -> tuple[str, ...]:
    """Return the years that have tables, the newest first."""
    return tuple(sorted({table.year for table in tables}, reverse=True))


def funds_of(tables: Sequence[YearTable], year: str) -> tuple[str, ...]:
    """Return the funds that have tables in a year, in their order."""
    return tuple(dict.fromkeys(table.fund for table in tables if table.year == year))


def listed_tables(paper: YearTables, year: str, fund: str, role: str) -> tuple[Listed, ...]:
    """Return the tables of a fund's year that a role reads, and where print differs."""
    mine = [
        Listed(table.code, table)
        for table in paper.tables
        if (table.year, table.fund) == (year, fund) and _may_read(table, role)
    ]
    apart = tuple(one for one in paper.differences if (one.year, one.fund) == (year, fund))
    return (*mine, Listed(DIFFERENCES, None, apart)) if apart else tuple(mine)


def shown_table(entry: Listed) -> ShownTable:
    """Return a table as the page shows it: made when it is chosen, for a long list takes a while."""
    if entry.spread:
        return _spread(entry)
    return _differences(entry.checks) if entry.table is None else _shown(entry.table)


def _may_read(table: YearTable, role: str) -> bool:
    return table.is_printed or not table.code.startswith("Appendix") or role in AWARD_READERS


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


def spread_entry(found: Reported, role: str) -> tuple[Listed, ...]:
    """Return how the members of the round on show mark, for those who read it."""
    if not found.spread or role not in SPREAD_READERS:
        return ()
    base = (
        f"{found.round_words}: each member's marks against the mean of the others' on the same applications, "
        "from five shared ones, once an area has left scoring. It changes no mark."
    )
    return (Listed(SPREAD, None, spread=found.spread, base=base),)


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
