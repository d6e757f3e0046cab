"""Setting when an area opens, closes, has its marks in and meets."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import pairwise
from typing import ClassVar

from msgspec.structs import asdict, replace
from sqlalchemy import update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.in_time import (
    has_time_gate,
    judge_time,
    put_time_back,
    remove_idle_time_gate,
)
from models.operations.applications.lookup import the_area
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.reopened import marking_opened
from models.operations.set_up.round_state import require_round
from models.queries.applications.applications import GateResult
from models.queries.set_up.area_dates import AreaDates, area_dates
from models.schema.set_up.round import area_table
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused


class SetAreaDates(RegisteredOperation, frozen=True):
    """Set the dates of an area; `replacing` are those that stood there.

    With `judges_time` the area's applications are judged again when its closing date or time changes.
    `stood` puts back what stood at that gate, and `removes_gate` takes the gate out that came with it.
    """

    kind: ClassVar[str] = "set area dates"
    round_id: int
    area: str
    dates: AreaDates
    replacing: AreaDates
    judges_time: bool = False
    stood: tuple[GateResult, ...] | None = None
    removes_gate: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set the dates of {self.area}"

    @marking_opened
    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused out of order, or where others stand there by now."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area)
        check_dates(self.area, self.dates)
        refuse_changed(
            area_dates(session, self.round_id)[self.area],
            self.replacing,
            f"The dates of {self.area}",
            "were changed",
            then="set them",
        )
        write_dates(session, area_id, self.dates)
        had_gate = has_time_gate(session, self.round_id)
        stood = self._judge(session, at)
        inverse = replace(
            self,
            dates=self.replacing,
            replacing=self.dates,
            judges_time=self.stood is not None,
            stood=stood,
            removes_gate=not had_gate and has_time_gate(session, self.round_id),
        )
        words = f"The dates of {self.area} are set.{_judged_words(stood)}"
        return Outcome(frozenset({Topic.ROUNDS, Topic.GATES, Topic.APPLICATIONS}), inverse, words)

    def _judge(self, session: Session, at: datetime) -> tuple[GateResult, ...] | None:
        """Judge what came in time, or put back what stood; return what stood, None for nothing judged."""
        if self.stood is not None:
            put_time_back(session, self.round_id, self.stood, at)
            if self.removes_gate:
                remove_idle_time_gate(session, self.round_id)
            return None
        before, after = self.replacing, self.dates
        is_same = (before.closes_on, before.closes_time) == (after.closes_on, after.closes_time)
        return None if not self.judges_time or is_same else judge_time(session, self.round_id, self.area, at)


def check_dates(area: str, dates: AreaDates) -> None:
    """Refuse dates that are not in the order opening, closing, marks, meeting."""
    fault = order_fault(dates)
    if fault:
        raise Refused(f"{area}: {fault}. Correct one of the dates.")
    if dates.closes_time is not None:
        _check_time(area, dates)


def order_fault(dates: AreaDates) -> str:
    """Return which date is before one it has to follow, such as "marks close before applications close"."""
    return next(_faults(dates), "")


def _check_time(area: str, dates: AreaDates) -> None:
    if dates.closes_on is None:
        raise Refused(f"{area}: a closing time needs a closing date. Enter the date first.")
    try:
        is_plain = f"{time.fromisoformat(dates.closes_time or ''):%H:%M}" == dates.closes_time
    except ValueError:
        is_plain = False
    if not is_plain:
        raise Refused(f"{area}: “{dates.closes_time}” is not a time of day such as 17:00.")


def _judged_words(stood: tuple[GateResult, ...] | None) -> str:
    if not stood:
        return ""
    were = counted(len(stood), "application was", "applications were")
    return f" {were} judged again by the closing date."


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
