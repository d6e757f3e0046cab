"""What every change to the end of a year asks first: who, which fund's year, and of what."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import select

from models.papers.year.year_facts import LineEnd, Spent, YearDecision
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end_figures import Item, Key, year_figures
from models.queries.awards.year_facts import fund_number, year_end
from models.reference.reporting import year_after
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.schema.set_up import area_table, financial_year_table, round_table
from models.session import Session
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.names import is_same_text

MOST_TOLD = 8
Figure = Spent | YearDecision | None
_YEAR = re.compile(r"(\d{4})/(\d{2})")


class YearItems(Struct, frozen=True):
    """A fund's year as changes find it: its lines, its awards by reference, and what stands for each.

    `following` are the areas and lines of the year after, which the year's decisions may give money.
    """

    key: Key
    lines: frozenset[str]
    following: frozenset[str]
    awards: Mapping[str, str]
    ends: Mapping[Item, LineEnd]

    def item(self, line: str, award: str) -> Item:
        """Return how a line, or an award by its reference, is known; refused where there is none."""
        if bool(line) == bool(award):
            raise Refused("Name a line or an award, and not both.")
        if line and line not in self.lines:
            raise Refused(f"{self.key[1]} has no area or line “{line}”. Correct the name.")
        if award and award not in self.awards:
            raise Refused(f"{self.key[1]} has no award {award}. Correct the reference.")
        return line, self.awards.get(award, "")

    def receiver(self, line: str) -> Item:
        """Return how a line that gets money in the year after is known; it may be new there."""
        if line in self.lines | self.following:
            return line, ""
        if not line or line != line.strip():
            raise Refused("Each line must have a name, without spaces before or after it.")
        for known in sorted(self.lines | self.following):
            if is_same_text(known, line):
                raise Refused(f"“{line}” is there already as “{known}”. Use that name.")
        return line, ""

    def end_of(self, item: Item) -> LineEnd:
        """Return what stands for a line or an award."""
        return self.ends.get(item, LineEnd())


def the_key(session: Session, fund: str, year: str) -> Key:
    """Return the number of a fund and its year; refused where there is no such year."""
    found = _YEAR.fullmatch(year)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Refused(f"“{year}” is not a financial year. Write it like 2026/27.")
    return fund_number(session, fund), year


def the_items(session: Session, fund: str, year: str) -> YearItems:
    """Return a fund's year."""
    key = the_key(session, fund, year)
    columns = (
        select(award_table.c.reference, application_table.c.uid)
        .join(application_table, award_table.c.application_id == application_table.c.id)
        .join(round_table, round_table.c.id == application_table.c.round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .where(round_table.c.fund_id == key[0], financial_year_table.c.label == year)
    )
    awards = {row.reference: row.uid for row in session.execute(columns)}
    lines = frozenset(line.name for line in year_end(session, fund, year).lines)
    own = {area.area for area in fund_budget(session, key).areas}
    following = {area.area for area in fund_budget(session, (key[0], year_after(year))).areas}
    ends = year_figures(session).ends_of(key)
    return YearItems(key, lines | own | areas_of(session, key), frozenset(following), awards, ends)


def areas_of(session: Session, key: Key) -> frozenset[str]:
    """Return the areas of the rounds of a fund's year."""
    columns = (
        select(area_table.c.name)
        .join(round_table, round_table.c.id == area_table.c.round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .where(round_table.c.fund_id == key[0], financial_year_table.c.label == key[1])
    )
    return frozenset(session.scalars(columns))


def named(line: str, award: str) -> str:
    """Return a line or an award as sentences name it."""
    return award or line


def figure_changes(figures: Sequence[tuple[str, Figure, Figure]]) -> str:
    """Say for History whose figure is what now and was what before; of many, the first few."""
    said = [f"{whose}: {_pounds(now)} (was {_pounds(before)})" for whose, now, before in figures[:MOST_TOLD]]
    more = len(figures) - MOST_TOLD
    return "; ".join([*said, *([f"and {more:,} more"] if more > 0 else [])])


def _pounds(figure: Figure) -> str:
    return "nothing" if figure is None else pounds(figure.whole_pence)
