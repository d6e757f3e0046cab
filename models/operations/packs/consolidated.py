"""What another record brings in: an area's work that went out with a laptop, and rounds of its own."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.operation import Actor, Outcome, Topic, carried_out
from models.operations.applications.corrections import CorrectApplication, KeepApart, SetWithdrawn
from models.operations.applications.gates import SetGate, SetGates
from models.operations.deciding.chair_decisions import DecideException, DecideTie
from models.operations.deciding.recommendations import RecordRecommendations
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
from models.operations.rows.write_applications import settle_organisations
from models.operations.rows.write_round import put_stored
from models.operations.set_up.areas import MoveAreas
from models.schema.applications import correction_table
from models.schema.base import METADATA
from models.schema.set_up import area_table, round_table
from models.session import Session, moment, put, selection, stamp
from models.store.upkeep import TableRows
from models.trouble import required
from models.values import canonical
from scoring.written.text import Refused, counted

Carried = (
    CorrectApplication
    | KeepApart
    | SetWithdrawn
    | SetGate
    | SetGates
    | DecideException
    | DecideTie
    | RecordRecommendations
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
    | MoveAreas
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

    kind = "take area out"
    titled = "Take {0.area} out with {0.person}"
    area: str
    person: str
    computer: str

    def apply(self, session: Session) -> Outcome:
        """Note it; refused where the round has no such area."""
        _require_area(session, self.round_id, self.area)
        return self.done()


class BringAreaBack(Barrier, InRound, frozen=True):
    """Do over again what was done on a laptop, in its order, each change with its checks: all or nothing.

    `taken` is the hash of the journal row by which the area went out. A barrier.
    """

    kind = "bring area back"
    titled = "Bring {0.area} back with {0.changes:change}"
    area: str
    taken: str
    changes: tuple[CarriedChange, ...]

    @property
    def detail(self) -> str:
        """Return what was done there, by whom and when, for History."""
        return "; ".join(f"{one.person}: {one.change.label}" for one in self.changes)

    def apply(self, session: Session) -> Outcome:
        """Make the changes; the first that no longer fits refuses all."""
        _require_area(session, self.round_id, self.area)
        for one in self.changes:
            carried_out(session, one.change, Actor(one.person, one.role), moment(session))
        return replace(self.done(), touched=frozenset({Topic.PACKS}))


def _require_area(session: Session, round_id: int, area: str) -> None:
    required(
        session.scalar(selection(area_table.c.id, round_id=round_id, name=area)),
        f"The round has no area named {area}.",
    )


class Renamed(Struct, frozen=True):
    """A reference, a notice or a round's name that was taken already: what it was, and what it is here.

    `application` is the number here of the one whose reference it is, None for anything else.
    """

    what: str
    old: str
    new: str
    application: int | None = None

    @property
    def words(self) -> str:
        return f"{self.what} {self.old} is {self.new} here"


class TakeInRounds(Barrier, frozen=True):
    """Put in the rounds of another record under their identity, numbered for this one. A barrier.

    `source` is that record's identity, `row` the last row of its journal then, and `name` its file's name.
    """

    kind = "take in rounds"
    source: str
    row: int
    name: str
    tables: tuple[TableRows, ...]
    renamed: tuple[Renamed, ...] = ()

    @property
    def label(self) -> str:
        return f"Import {counted(self._count('rounds'), 'round')} of {self.name}"

    @property
    def detail(self) -> str:
        """Return how many applications and awards came, and what bears another name here, for History."""
        held = ", ".join(counted(self._count(f"{one}s"), one) for one in ("application", "award"))
        return "; ".join((held, *(one.words for one in self.renamed)))

    def apply(self, session: Session) -> Outcome:
        """Put the rows in; refused where one of the rounds is here already, or a number was taken since."""
        _refuse_known(session, self.tables)
        by_name = {found.table: found for found in self.tables}
        if not by_name.keys() <= METADATA.tables.keys():
            raise Refused(
                "What is imported names a table that the record does not have. Nothing was changed."
            )
        try:
            with session.begin_nested():  # a server goes on after what it refused
                for table in METADATA.sorted_tables:
                    found = by_name.get(table.name)
                    if found is not None:
                        put_stored(session, table, found)
                put(
                    session,
                    correction_table,
                    [self._correction(session, one) for one in self.renamed if one.application],
                )
                settle_organisations(session)
        except IntegrityError as error:
            raise Refused(
                "The record was changed in the meantime, so nothing was imported. Consolidate again."
            ) from error
        return self.done()

    def _correction(self, session: Session, one: Renamed) -> dict[str, object]:
        """Return what remembers the reference that an application had."""
        return {
            "application_id": one.application,
            "field": "reference",
            "value": canonical.dumps(one.new),
            "submitted": canonical.dumps(one.old),
            "reason": f"{one.old} in {self.name}; another application had that reference here.",
            **stamp(session, "corrected"),
        }

    def _count(self, name: str) -> int:
        return sum(len(found.rows) for found in self.tables if found.table == name)


def _refuse_known(session: Session, tables: tuple[TableRows, ...]) -> None:
    there = set(session.scalars(select(round_table.c.uid)))
    for found in tables:
        if found.table == round_table.name:
            at = found.columns.index("uid")
            if any(row[at] in there for row in found.rows):
                raise Refused("A round that is imported is in the record already. Nothing was changed.")
