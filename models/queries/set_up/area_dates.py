"""The dates of a round's areas, and what they come to on a day."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import select

from models.schema.set_up import area_table
from models.session import Session
from models.store.parts import part


class Intake(StrEnum):
    """Whether an area takes applications on a day."""

    NOT_YET = "not open yet"
    OPEN = "open"
    CLOSED = "closed"
    ALLOCATED = "fully allocated"


class AreaDates(Struct, frozen=True):
    """When an area takes applications, when its marks close and its panel meets; None while not set.

    `allocated_on` is the day from which it is closed since its money is gone; `closes_time` ("17:00") is when
    the closing day closes, None for its end.
    """

    opens_on: date | None = None
    closes_on: date | None = None
    marks_close_on: date | None = None
    meets_on: date | None = None
    allocated_on: date | None = None
    closes_time: str | None = None

    def intake(self, today: date) -> Intake:
        """Return whether applications are taken on a day; the day of closing is still open."""
        if self.allocated_on is not None and self.allocated_on <= today:
            return Intake.ALLOCATED
        if self.closes_on is not None and self.closes_on < today:
            return Intake.CLOSED
        if self.opens_on is not None and self.opens_on > today:
            return Intake.NOT_YET
        return Intake.OPEN


@part
def area_dates(session: Session, round_id: int) -> Mapping[str, AreaDates]:
    """Return the dates of a round's areas by name, in the areas' order."""
    table = area_table
    columns = select(
        table.c.name,
        table.c.opens_on,
        table.c.closes_on,
        table.c.marks_close_on,
        table.c.meets_on,
        table.c.allocated_on,
    ).add_columns(table.c.closes_time)
    rows = session.execute(columns.where(table.c.round_id == round_id).order_by(table.c.position))
    return {
        name: AreaDates(opens, closes, marks, meets, allocated, at)
        for name, opens, closes, marks, meets, allocated, at in rows
    }
