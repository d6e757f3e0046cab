"""An area's work goes out with a laptop, and what was done there is done again in the office's record."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.applications.corrections import CorrectApplication, KeepApart, SetWithdrawn
from models.operations.applications.gates import SetGate, SetGates
from models.operations.deciding.chair_decisions import DecideException, DecideTie, PutTieBack
from models.operations.deciding.recommendations import RecordRecommendations, WithdrawRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.operation_base import Barrier, InRound
from models.operations.panel.agreed import (
    AgreeMarks,
    CloseItem,
    ConfirmRecord,
    KeepForPanel,
    OpenItem,
    OpenRecord,
    SetAgreedMark,
    SetDissent,
    SetNotApplicable,
)
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import AddInterest, Declare, SetChairScores
from models.operations.panel.sheets import HandIn, HandInSheets, ReopenSheet, SetMark, SetReason
from models.operations.set_up.areas import MoveArea
from models.schema.set_up import area_table
from models.session import Session
from models.values.as_done import as_done
from scoring.written.text import Refused

Carried = (
    CorrectApplication
    | KeepApart
    | SetWithdrawn
    | SetGate
    | SetGates
    | DecideException
    | DecideTie
    | PutTieBack
    | RecordRecommendations
    | WithdrawRecommendations
    | SignRecommendations
    | SetAgreedMark
    | SetDissent
    | KeepForPanel
    | SetAttendance
    | SetAttendances
    | AddInterest
    | Declare
    | HandIn
    | SetMark
    | SetReason
    | SetMeetingHeld
    | AgreeMarks
    | CloseItem
    | ConfirmRecord
    | OpenItem
    | OpenRecord
    | SetNotApplicable
    | SetChairScores
    | HandInSheets
    | ReopenSheet
    | MoveArea
)
"""What a panel does away from the office, from checks to signed recommendations; nothing else is carried."""


class CarriedChange(Struct, frozen=True):
    """A change made on the laptop: by whom, in which role, when (UTC), and its journal row's hash there."""

    person: str
    role: str
    at: datetime
    row: str
    change: Carried


class TakeAreaOut(Barrier, InRound, frozen=True):
    """Note that an area's work goes out with a laptop: with whom, and the laptop's name. A barrier."""

    kind: ClassVar[str] = "take area out"
    titled: ClassVar[str] = "Take {0.area} out with {0.person}"
    area: str
    person: str
    computer: str

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Note it; refused where the round has no such area."""
        _require_area(session, self.round_id, self.area)
        return Outcome(frozenset({Topic.PACKS}), None, f"{as_done(self.label)}.")


class BringAreaBack(Barrier, InRound, frozen=True):
    """Do over again what was done on a laptop, in its order, each change with its checks: all or nothing.

    `taken` is the hash of the journal row by which the area went out. A barrier.
    """

    kind: ClassVar[str] = "bring area back"
    titled: ClassVar[str] = "Bring {0.area} back with {0.changes:change}"
    area: str
    taken: str
    changes: tuple[CarriedChange, ...]

    @property
    def detail(self) -> str:
        """Return what was done there, by whom and when, for History."""
        return "; ".join(f"{one.person}: {one.change.label}" for one in self.changes)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Make the changes; the first that no longer fits refuses all."""
        _require_area(session, self.round_id, self.area)
        touched = {Topic.PACKS}
        for one in self.changes:
            touched |= one.change.apply(session, Actor(one.person, one.role), at).touched
        return Outcome(frozenset(touched), None, f"{as_done(self.label)}.")


def _require_area(session: Session, round_id: int, area: str) -> None:
    found = session.scalar(
        select(area_table.c.id).where(area_table.c.round_id == round_id, area_table.c.name == area)
    )
    if found is None:
        raise Refused(f"The round has no area named {area}.")
