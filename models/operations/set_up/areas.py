"""Changing an area: its money, and the stage it is at; lists of which one is signed stay as they are."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select, update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.in_time import judge_unasked, late_words
from models.operations.awards.budget_rules import within_year_of
from models.operations.deciding.signing import has_signatures
from models.operations.finders import the_area
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.meetings import leave_open
from models.operations.panel.reopened import mark_back_at_intake, note_meeting
from models.operations.rows.write_applications import LARGEST
from models.operations.set_up.round_state import require_round
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.packs.returns import refuse_disputes
from models.queries.set_up.round_facts import areas
from models.schema.set_up import area_table
from models.session import Session
from models.values.as_done import as_done
from models.values.rounds import NOW, STAGES
from scoring.money import pounds
from scoring.refused import Refused
from scoring.round import Area
from scoring.written.names import text_key


def refuse_signed_lists(session: Session, round_id: int, area: Area, before: Area | None = None) -> None:
    """Refuse an area that comes into a signed pot, or leaves one; `before` is None for a new area."""
    was = "" if before is None else text_key(before.shared_pot)
    pots = {text_key(area.shared_pot), was}
    if len(pots) == 1:
        return
    there = areas(session, round_id)
    sharing = (one.name for one in there if text_key(one.shared_pot) in pots - {""})
    own = [] if before is None else [before.name]
    for name in dict.fromkeys((*own, *sharing)):
        if has_signatures(session, round_id, name):
            raise Refused(
                f"The recommendations of {name} are signed, so who shares its pot stays as it is. "
                "The deciding office can send lines back."
            )


class SetPot(RegisteredOperation, frozen=True):
    """Set an area's pot, start-up money, what is committed already, and the pot that it shares with others.

    `replacing` is what stood there.
    """

    kind: ClassVar[str] = "set pot"
    round_id: int
    area: Area
    replacing: Area

    @property
    def label(self) -> str:
        """Return the change in words."""
        if self.area.shared_pot == self.replacing.shared_pot:
            return f"Set the pot of {self.area.name} to {pounds(self.area.pot_pence)}"
        if not self.area.shared_pot:
            return f"Give {self.area.name} a pot of its own"
        return f"Let {self.area.name} share the pot {self.area.shared_pot}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused below nought, where something else stands there by now, or a list is signed."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area.name)
        if min(self.area.pot_pence, self.area.start_up_pence, self.area.committed_pence) < 0:
            raise Refused(f"The money of {self.area.name} cannot be below £0.00.")
        if max(self.area.pot_pence, self.area.start_up_pence, self.area.committed_pence) > LARGEST:
            raise Refused(f"The money of {self.area.name} is too large to be saved. Correct it.")
        table = area_table
        held = {one.name: one for one in areas(session, self.round_id)}[self.area.name]
        refuse_changed(held, self.replacing, f"The money of {self.area.name}", then="set it")
        values = {
            "pot_pence": self.area.pot_pence,
            "start_up_pence": self.area.start_up_pence,
            "committed_pence": self.area.committed_pence,
            "shared_pot": self.area.shared_pot or None,
        }
        refuse_signed_lists(session, self.round_id, self.area, self.replacing)
        with within_year_of(session, self.round_id, "The budget of the area was not changed."):
            session.execute(update(table).where(table.c.id == area_id).values(values))
        inverse = self.exchanged("area")
        return Outcome(frozenset({Topic.ROUNDS}), inverse, f"{as_done(self.label)}.{self._over(session)}")

    def _over(self, session: Session) -> str:
        """Tell how far what is given is over a pot that was lowered, "" where it fits."""
        if self.area.pot_pence >= self.replacing.pot_pence:
            return ""
        uses = pot_uses(session, self.round_id, given_amounts(session, self.round_id))
        over = next((use.over_pence for use in uses if use.area == self.area.name), 0)
        return f" {self.area.name} is {pounds(over)} over its pot." if over else ""


class MoveArea(RegisteredOperation, frozen=True):
    """Move an area on to the next stage, or back to an earlier one with a reason. A barrier; the chair's.

    With `minds_items` it leaves its meeting with items open only where a reason is given, which the minutes
    print. With `judges_time` applications that nobody has checked and the closing date was never asked of,
    since they came in before it was, are judged by it when intake ends.
    """

    kind: ClassVar[str] = "move area"
    is_barrier: ClassVar[bool] = True
    round_id: int
    area: str
    stage: str
    reason: str = ""
    judges_time: bool = False
    minds_items: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Move {self.area} to {self.stage}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Move it; refused for all but the chair, past a stage, with disputes, or back without a reason."""
        touched, late = self.move(session, actor, at)
        return Outcome(touched, None, f"{NOW[self.stage].format(self.area)}{late_words(late)}")

    def move(self, session: Session, actor: Actor, at: datetime) -> tuple[frozenset[Topic], int]:
        """Move it, as `apply` says; return what was touched, and how many applications prove to be late."""
        if require_round(session, self.round_id) == "set up":
            raise Refused("The round is still being set up. Publish its scheme first.")
        area_id = the_area(session, self.round_id, self.area)
        table = area_table
        stands = session.scalars(select(table.c.stage).where(table.c.id == area_id)).one()
        self._check(str(stands))
        self._check_signatures(session, str(stands))
        if STAGES.index(self.stage) > STAGES.index(str(stands)):
            refuse_disputes(session, self.round_id, {self.area}, f"move {self.area} on")
        if self.stage == "intake":
            mark_back_at_intake(session, self.round_id, self.area)
        if self.minds_items and (stands, self.stage) == ("meeting", "recommending"):
            leave_open(session, self.round_id, self.area, self.reason)
        session.execute(update(table).where(table.c.id == area_id).values(stage=self.stage))
        if self.stage == "meeting":
            note_meeting(session, (area_id,), at)
        if not self.judges_time or stands != "intake":
            return frozenset({Topic.ROUNDS}), 0
        late = judge_unasked(session, self.round_id, self.area, at)
        return frozenset({Topic.ROUNDS, Topic.GATES, Topic.APPLICATIONS}), late

    def _check(self, stands: str) -> None:
        if self.stage not in STAGES:
            raise Refused(f"“{self.stage}” is not one of {', '.join(STAGES)}.")
        steps = STAGES.index(self.stage) - STAGES.index(stands)
        if steps == 0 or steps > 1:
            raise Refused(f"{self.area} is at the stage “{stands}”; stages are taken one after the other.")
        if steps < 0 and not self.reason.strip():
            raise Refused(f"Say why {self.area} goes back from “{stands}” to “{self.stage}”.")

    def _check_signatures(self, session: Session, stands: str) -> None:
        goes_back = STAGES.index(self.stage) < STAGES.index("deciding") <= STAGES.index(stands)
        if goes_back and has_signatures(session, self.round_id, self.area):
            raise Refused(
                f"The recommendations of {self.area} are signed, and it cannot go back past a signature. "
                "The deciding office can send lines back."
            )


class MoveAreas(RegisteredOperation, frozen=True):
    """Move several areas on to the next stage together, all of them or none. A barrier; the chair's."""

    kind: ClassVar[str] = "move areas"
    is_barrier: ClassVar[bool] = True
    round_id: int
    areas: tuple[str, ...]
    stage: str
    reason: str = ""
    minds_items: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Move {', '.join(self.areas)} to {self.stage}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Move them; refused where one of them may not be moved, as `MoveArea` says, or none is named."""
        if not self.areas:
            raise Refused("Choose at least one area to move on.")
        moves = [
            MoveArea(self.round_id, area, self.stage, self.reason, True, self.minds_items)
            for area in self.areas
        ]
        made = [move.move(session, actor, at) for move in moves]
        touched = frozenset().union(*(topics for topics, _ in made))
        late = late_words(sum(number for _, number in made))
        named = self.areas[0] if len(self.areas) == 1 else f"{len(self.areas)} areas"
        return Outcome(touched, None, f"{NOW[self.stage].format(named)}{late}")
