"""What was recorded at the end of each fund's year, in one place, so that every paper says the same."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select

from models.papers.year.year_facts import (
    ALLOCATION,
    CARRY,
    NOTHING_RECORDED,
    OVER,
    LineEnd,
    Spent,
    YearDecision,
    YearLine,
)
from models.queries.rows import rows_by
from models.reference.reporting import year_after, year_of
from models.schema.awards import instalment_table, return_table
from models.schema.set_up import (
    financial_year_table,
    round_table,
    year_decision_table,
    year_line_table,
    year_spent_table,
)
from models.session import Session
from models.store.parts import part
from models.values.awards import Returned
from scoring.budget.figures import Purses

Key = tuple[int, str]
"""A fund's number and a year."""
Item = tuple[str, str]
"""A line and "", or "" and the identity of an award's application."""

_OF = "fund_id year"
_ITEM = f"{_OF} line award"
_spent = rows_by(Spent, year_spent_table, _ITEM, pence="amount_pence")
_decided = rows_by(YearDecision, year_decision_table, f"{_ITEM} deed", pence="amount_pence")
_lines = rows_by(YearLine, year_line_table, _OF, "position")
_DECIDES = {CARRY: "carried", ALLOCATION: "allocated", OVER: "authority"}


class YearFigures(Struct, frozen=True):
    """Lines kept without rounds, and what was recorded for each line and award, by fund and year."""

    lines: Mapping[Key, tuple[YearLine, ...]]
    ends: Mapping[Key, Mapping[Item, LineEnd]]

    def lines_of(self, key: Key) -> tuple[YearLine, ...]:
        return self.lines.get(key, ())

    def ends_of(self, key: Key) -> Mapping[Item, LineEnd]:
        return self.ends.get(key, {})

    def allocations_of(self, key: Key) -> dict[str, Purses]:
        """Return what is allocated to each line of a fund's year.

        It was decided in the year before; else it is the money of a line that is kept without a round.
        """
        kept = {line.name: Purses(line.pot_pence, line.start_up_pence) for line in self.lines_of(key)}
        return {**kept, **_purses(self.decided_before(key, "allocated"))}

    def brought_of(self, key: Key) -> dict[str, Purses]:
        return _purses(self.decided_before(key, "carried"))

    def decided_before(self, key: Key, what: str) -> dict[str, YearDecision]:
        """Return what was decided in the year before, as `decided` does."""
        return self.decided((key[0], year_after(key[1], -1)), what)

    def decided(self, key: Key, what: str) -> dict[str, YearDecision]:
        """Return what was decided at the end of a year by line: "carried", "allocated" or "authority"."""
        ends = ((line, getattr(end, what)) for (line, _), end in self.ends_of(key).items() if line)
        return {line: one for line, one in ends if one is not None}

    @property
    def keys(self) -> frozenset[Key]:
        """Return the funds' years of which there is something.

        What is allocated is of the year after; the year in which that is decided may have nothing else.
        """
        own = (key for key, ends in self.ends.items() if not all(end.only_allocates for end in ends.values()))
        after = ((fund, year_after(year)) for fund, year in self.ends)
        return frozenset((*self.lines, *own, *filter(self.allocations_of, after)))


@part
def year_figures(session: Session) -> YearFigures:
    """Return all that was recorded at the end of years, in three statements."""
    ends: dict[Key, dict[Item, LineEnd]] = defaultdict(dict)
    for (fund, year, line, award), (spent,) in _spent(session).items():
        ends[fund, year][line, award] = LineEnd(spent)
    for (fund, year, line, award, deed), (decided,) in _decided(session).items():
        end = ends[fund, year].get((line, award), NOTHING_RECORDED)
        ends[fund, year][line, award] = replace(end, **{_DECIDES[deed]: decided})
    return YearFigures(_lines(session), ends)


@part
def round_years(session: Session) -> Mapping[int, Key]:
    """Return the fund and the year of each round."""
    columns = select(round_table.c.id, round_table.c.fund_id, financial_year_table.c.label)
    joined = columns.join(financial_year_table)
    return {number: (fund, year) for number, fund, year in session.execute(joined)}


def _purses(decided: Mapping[str, YearDecision]) -> dict[str, Purses]:
    return {line: Purses(one.pence, one.start_up_pence) for line, one in decided.items()}


@part
def paid_by_award(session: Session) -> Mapping[int, int]:
    """Return the pence paid of each award, by application."""
    paid = instalment_table
    sums = select(paid.c.application_id, func.sum(paid.c.amount_pence)).where(paid.c.paid_on.is_not(None))
    return {number: int(pence) for number, pence in session.execute(sums.group_by(paid.c.application_id))}


returned_by_award = rows_by(Returned, return_table, "application_id", "number", on="returned_on")
"""All that came back of each award, by application."""


def recovered_by_award(session: Session) -> Mapping[int, Mapping[str, int]]:
    """Return the pence that came back of each award, by application, then by the year in which it came."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for number, came in returned_by_award(session).items():
        for one in came:
            found[number][year_of(one.on)] += one.amount_pence
    return found
