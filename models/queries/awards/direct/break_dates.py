"""Which contracts of awards without a competition can soon be ended, or end and can be made longer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select

from models.queries.awards.variations.variations import varied_terms
from models.schema.applications import application_table
from models.schema.awards import award_table, direct_award_table
from models.session import Session
from models.store.parts import part
from models.values.awards import Terms
from scoring.counted import counted
from scoring.written.days import short_day

AHEAD = timedelta(days=90)
"""So long before its day a contract is told of: notice takes months."""


class BreakDate(Struct, frozen=True):
    """A day on which a contract may be ended, or (`is_end`) on which it ends."""

    award: str
    organisation: str
    on: date
    is_end: bool = False
    option_years: int = 0

    @property
    def words(self) -> str:
        """Return what is to be looked at."""
        verb = "ends" if self.is_end else "may be ended"
        return f"The contract of {self.award} {verb} on {short_day(self.on)}"

    @property
    def note(self) -> str:
        """Return with whom it is, and what may be done."""
        if self.is_end and self.option_years:
            years = counted(self.option_years, "option year")
            return f"{self.organisation}: {years} may follow, as an extension"
        return self.organisation


@part
def break_dates(session: Session, today: date) -> tuple[BreakDate, ...]:
    """Return the break dates and ends of contracts in the next three months, the next first."""
    table, of, award = direct_award_table, application_table, award_table
    columns = select(
        of.c.id, award.c.reference, of.c.organisation, table.c.break_on, of.c.end_on, table.c.option_years
    )
    joined = columns.join(of, of.c.id == table.c.application_id).join(
        award, award.c.application_id == table.c.application_id
    )
    rows = session.execute(joined.where(of.c.withdrawn.is_(False)).order_by(award.c.reference)).all()
    terms = varied_terms(session) if rows else {}
    found = (each for row in rows for each in _dates(row, terms.get(row.id, Terms())))
    return tuple(sorted((each for each in found if today <= each.on <= today + AHEAD), key=_when))


def _dates(row: Row[*tuple[Any, ...]], varied: Terms) -> Iterator[BreakDate]:
    """Yield the days of a contract, which ends as it was varied with whoever the recipient is now."""
    organisation, end_on = varied.recipient or row.organisation, varied.end_on or row.end_on
    if row.break_on is not None:
        yield BreakDate(row.reference, organisation, row.break_on)
    if end_on is not None:
        yield BreakDate(row.reference, organisation, end_on, is_end=True, option_years=row.option_years)


def _when(one: BreakDate) -> tuple[date, str]:
    return one.on, one.award
