"""Setting when an area opens, closes, has its marks in and meets."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import ClassVar

from sqlalchemy import update

from models.operation import Actor, Outcome, Topic
from models.operations.lookup import the_area
from models.operations.round_state import require_round
from models.operations.set_up_roles import require_setter
from models.queries.area_dates import AreaDates, area_dates
from models.schema.round import area_table
from models.session import Session
from scoring.refused import Refused


@dataclass(frozen=True, slots=True)
class SetAreaDates:
    """Set the dates of an area; `replacing` are those that stood there."""

    kind: ClassVar[str] = "set area dates"
    is_barrier: ClassVar[bool] = False
    round_id: int
    area: str
    dates: AreaDates
    replacing: AreaDates

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set the dates of {self.area}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused out of order, or where others stand there by now."""
        require_round(session, self.round_id)
        require_setter(actor, "sets the dates of an area")
        area_id = the_area(session, self.round_id, self.area)
        check_dates(self.area, self.dates)
        if area_dates(session, self.round_id)[self.area] != self.replacing:
            raise Refused(
                f"The dates of {self.area} were changed in the meantime. Look again, then set them."
            )
        write_dates(session, area_id, self.dates)
        inverse = replace(self, dates=self.replacing, replacing=self.dates)
        return Outcome(frozenset({Topic.ROUNDS}), inverse, f"The dates of {self.area} are set.")


def check_dates(area: str, dates: AreaDates) -> None:
    """Refuse dates that are not in the order opening, closing, marks, meeting."""
    fault = next(_faults(dates), "")
    if fault:
        raise Refused(f"{area}: {fault}. Correct one of the dates.")


def write_dates(session: Session, area_id: int, dates: AreaDates) -> None:
    """Write an area's dates."""
    table = area_table
    session.execute(update(table).where(table.c.id == area_id).values(asdict(dates)))


def _faults(dates: AreaDates) -> Iterator[str]:
    named = (
        ("applications open", dates.opens_on),
        ("applications close", dates.closes_on),
        ("marks close", dates.marks_close_on),
        ("the panel meets", dates.meets_on),
    )
    known = [(words, day) for words, day in named if day is not None]
    for (first, earlier), (second, later) in pairwise(known):
        if later < earlier:
            yield f"{second} before {first}"
