"""What was put down at the end of each fund's year, in one place, so that every paper says the same."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.papers.year_end import ALLOCATION, CARRY, NOTHING_PUT_DOWN, LineEnd, Spent, YearDecision, YearLine
from models.schema.year_end import YearDecisionTable, YearLineTable, YearSpentTable

Key = tuple[int, str]
"""A fund's number and a year."""
Item = tuple[str, str]
"""A line and "", or "" and the identity of an award's application."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Lines kept without rounds, and what was put down for each line and award, by fund and year."""

    lines: Mapping[Key, tuple[YearLine, ...]]
    ends: Mapping[Key, Mapping[Item, LineEnd]]

    def lines_of(self, key: Key) -> tuple[YearLine, ...]:
        """Return the lines of a fund's year that are kept without a round."""
        return self.lines.get(key, ())

    def ends_of(self, key: Key) -> Mapping[Item, LineEnd]:
        """Return what was put down for each line and award of a fund's year."""
        return self.ends.get(key, {})

    @property
    def keys(self) -> frozenset[Key]:
        """Return the funds' years of which there is something."""
        return frozenset((*self.lines, *self.ends))


def year_figures(session: Session) -> YearFigures:
    """Return all that was put down at the end of years, in three statements."""
    ends: dict[Key, dict[Item, LineEnd]] = defaultdict(dict)
    for key, item, spent in _spent(session):
        ends[key][item] = LineEnd(spent)
    for key, item, deed, decision in _decisions(session):
        ends[key][item] = _with(ends[key].get(item, NOTHING_PUT_DOWN), deed, decision)
    return YearFigures(_lines(session), ends)


def _with(end: LineEnd, deed: str, decision: YearDecision) -> LineEnd:
    if deed == CARRY:
        return replace(end, carried=decision)
    return replace(end, allocated=decision) if deed == ALLOCATION else replace(end, authority=decision)


def _lines(session: Session) -> dict[Key, tuple[YearLine, ...]]:
    table = YearLineTable
    columns = select(
        table.fund_id,
        table.year,
        table.name,
        table.pot_pence,
        table.start_up_pence,
        table.committed_pence,
    ).order_by(table.fund_id, table.year, table.position)
    found: dict[Key, tuple[YearLine, ...]] = {}
    for row in session.execute(columns):
        key = (row.fund_id, row.year)
        found[key] = (*found.get(key, ()), YearLine(*row[2:]))
    return found


def _spent(session: Session) -> list[tuple[Key, Item, Spent]]:
    table = YearSpentTable
    columns = select(
        table.fund_id,
        table.year,
        table.line,
        table.award,
        table.amount_pence,
        table.start_up_pence,
        table.as_at,
        table.source,
    ).order_by(table.fund_id, table.year, table.line, table.award)
    return [((row[0], row[1]), (row[2], row[3]), Spent(*row[4:])) for row in session.execute(columns)]


def _decisions(session: Session) -> list[tuple[Key, Item, str, YearDecision]]:
    table = YearDecisionTable
    columns = select(
        table.fund_id,
        table.year,
        table.line,
        table.award,
        table.deed,
        table.amount_pence,
        table.start_up_pence,
        table.reason,
        table.decided_by,
        table.decided_on,
        table.left_pence,
    ).order_by(table.fund_id, table.year, table.line, table.award, table.deed)
    return [
        ((row[0], row[1]), (row[2], row[3]), row[4], YearDecision(*row[5:]))
        for row in session.execute(columns)
    ]
