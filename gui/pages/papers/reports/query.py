"""What the page shows of all tables: the years, the funds of one, the tables of both, and their cells."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from gui.papers.report_tables import Report, differences_report, report_of, spread_of
from models.clock import utc_now
from models.papers.order import PaperOrder
from models.papers.year.summed_tables import YearTable, YearTables
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


def reports_of(paper: YearTables, year: str, fund: str, role: str) -> tuple[Report, ...]:
    """Return the tables of a fund's year that a role reads, and where print differs."""
    mine = [
        report_of(table)
        for table in paper.tables
        if (table.year, table.fund) == (year, fund) and _may_read(table, role)
    ]
    apart = tuple(one for one in paper.differences if (one.year, one.fund) == (year, fund))
    return (*mine, differences_report(apart)) if apart else tuple(mine)


def _may_read(table: YearTable, role: str) -> bool:
    return table.is_printed or not table.code.startswith("Appendix") or role in AWARD_READERS


def spread_report(found: Reported, role: str) -> tuple[Report, ...]:
    """Return how the members of the round on show mark, for those who read it."""
    if not found.spread or role not in SPREAD_READERS:
        return ()
    base = (
        f"{found.round_words}: each member's marks against the mean of the others' on the same applications, "
        "from five shared ones, once an area has left scoring. It changes no mark."
    )
    return (spread_of(found.spread, base),)
