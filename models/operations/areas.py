"""Changing an area: its money, and the stage it is at."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select, update

from models.area_stages import STAGES
from models.operation import Actor, Outcome, Topic
from models.operations.in_time import judge_unasked, late_words
from models.operations.lookup import the_area
from models.operations.round_state import require_round
from models.operations.signing import has_signatures
from models.operations.write_applications import LARGEST
from models.queries.disputes import refuse_disputes
from models.schema.round import area_table
from models.session import Session
from scoring.money import pounds
from scoring.refused import Refused
from scoring.round import Area


@dataclass(frozen=True, slots=True)
class SetPot:
    """Set an area's pot, start-up money and what is committed already; `replacing` is what stood there."""

    kind: ClassVar[str] = "set pot"
    is_barrier: ClassVar[bool] = False
    round_id: int
    area: Area
    replacing: Area

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set the pot of {self.area.name} to {pounds(self.area.pot_pence)}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused below nought, or where something else stands there by now."""
        require_round(session, self.round_id)
        area_id = the_area(session, self.round_id, self.area.name)
        if min(self.area.pot_pence, self.area.start_up_pence, self.area.committed_pence) < 0:
            raise Refused(f"The money of {self.area.name} cannot be below £0.00.")
        if max(self.area.pot_pence, self.area.start_up_pence, self.area.committed_pence) > LARGEST:
            raise Refused(f"The money of {self.area.name} is too large to be kept. Correct it.")
        table = area_table
        stands = session.execute(
            select(table.c.name, table.c.pot_pence, table.c.start_up_pence, table.c.committed_pence).where(
                table.c.id == area_id
            )
        ).one()
        if Area(*stands) != self.replacing:
            raise Refused(
                f"The money of {self.area.name} was changed in the meantime. Look again, then set it."
            )
        values = {
            "pot_pence": self.area.pot_pence,
            "start_up_pence": self.area.start_up_pence,
            "committed_pence": self.area.committed_pence,
        }
        session.execute(update(table).where(table.c.id == area_id).values(values))
        inverse = replace(self, area=self.replacing, replacing=self.area)
        return Outcome(frozenset({Topic.ROUNDS}), inverse, f"{self.label}.")


@dataclass(frozen=True, slots=True)
class MoveArea:
    """Move an area on to the next stage, or back to an earlier one with a reason. A barrier; the chair's.

    With `judges_time` applications that nobody has checked and the closing date was never asked of, since
    they came in before it was, are judged by it when intake ends.
    """

    kind: ClassVar[str] = "move area"
    is_barrier: ClassVar[bool] = True
    round_id: int
    area: str
    stage: str
    reason: str = ""
    judges_time: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Move {self.area} to {self.stage}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Move it; refused for all but the chair, past a stage, with disputes, or back without a reason."""
        if require_round(session, self.round_id) == "set up":
            raise Refused("The round is still being set up. Publish its scheme first.")
        if actor.role != "chair":
            raise Refused(f"The chair moves an area on, not the {actor.role}.")
        area_id = the_area(session, self.round_id, self.area)
        table = area_table
        stands = session.scalars(select(table.c.stage).where(table.c.id == area_id)).one()
        self._check(str(stands))
        self._check_signatures(session, str(stands))
        if STAGES.index(self.stage) > STAGES.index(str(stands)):
            refuse_disputes(session, self.round_id, {self.area}, f"move {self.area} on")
        session.execute(update(table).where(table.c.id == area_id).values(stage=self.stage))
        words = f"{self.area} is at the stage “{self.stage}”."
        if not self.judges_time or stands != "intake":
            return Outcome(frozenset({Topic.ROUNDS}), None, words)
        late = judge_unasked(session, self.round_id, self.area, at)
        touched = frozenset({Topic.ROUNDS, Topic.GATES, Topic.APPLICATIONS})
        return Outcome(touched, None, f"{words}{late_words(late)}")

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
                f"The recommendations of {self.area} are signed, and it never goes back past a signature. "
                "The deciding office can send lines back."
            )
