"""The people beside the panel: who is officer, note-taker, commander, decider or finance in a round."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, func, select

from models.operation import Actor, Outcome, Topic
from models.operations.rows.write_panel import people_by_name, remove_idle_people
from models.operations.rows.writing import next_id, put, remove
from models.operations.set_up.round_state import require_round
from models.permissions.role import BESIDE, Role
from models.schema.panel.person import person_table, round_role_table
from models.session import Session
from scoring.refused import Refused

_TOUCHED = frozenset({Topic.PANEL})


@dataclass(frozen=True, slots=True)
class GiveRole:
    """Give a person a role in a round; one who is not known yet is put in."""

    kind: ClassVar[str] = "give role"
    is_barrier: ClassVar[bool] = False
    round_id: int
    name: str
    role: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Add {_in_words(self.role)}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Give it; refused twice, and refused to sign for one who gave a mark."""
        require_round(session, self.round_id)
        self._check(session)
        person_id = people_by_name(session, [self.name])[self.name]
        if session.scalar(_counted(self.round_id, person_id, self.role)):
            raise Refused(f"{self.name} {_is(self.role)} in this round already.")
        row = {
            "id": next_id(session, round_role_table.c.id),
            "round_id": self.round_id,
            "person_id": person_id,
            "role": self.role,
        }
        put(session, round_role_table, [row])
        inverse = TakeRole(self.round_id, self.name, self.role)
        return Outcome(_TOUCHED, inverse, f"{self.name} {_is(self.role, 'now')} in this round.")

    def _check(self, session: Session) -> None:
        if self.role not in BESIDE:
            raise Refused(f"“{self.role}” is not one of {', '.join(BESIDE)}. Members are added to the panel.")
        if not self.name.strip() or self.name != self.name.strip():
            raise Refused("Type the person's name, without spaces around it.")


@dataclass(frozen=True, slots=True)
class TakeRole:
    """Take a role from a person; one who is left without any part in the record is taken out."""

    kind: ClassVar[str] = "take role"
    is_barrier: ClassVar[bool] = False
    round_id: int
    name: str
    role: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Remove {_in_words(self.role)}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it; refused where the person does not have it."""
        require_round(session, self.round_id)
        person_id = session.scalar(select(person_table.c.id).where(person_table.c.name == self.name))
        if person_id is None or not session.scalar(_counted(self.round_id, person_id, self.role)):
            raise Refused(f"{self.name} {_is(self.role, 'not')} in this round.")
        remove(session, round_role_table, _held(self.round_id, person_id, self.role))
        remove_idle_people(session)
        inverse = GiveRole(self.round_id, self.name, self.role)
        return Outcome(_TOUCHED, inverse, f"{self.name} {_is(self.role, 'no longer')} in this round.")


def _in_words(role: str) -> str:
    return "somebody who decides" if role == Role.DECIDER else f"a person as {role}"


def _is(role: str, how: str = "") -> str:
    """Return "is now officer"; whoever decides is said to do so."""
    if role == Role.DECIDER:
        return "does not decide" if how == "not" else f"{how} decides".strip()
    return " ".join(part for part in ("is", how, role) if part)


def _held(round_id: int, person_id: int, role: str) -> ColumnElement[bool]:
    table = round_role_table
    return (table.c.round_id == round_id) & (table.c.person_id == person_id) & (table.c.role == role)


def _counted(round_id: int, person_id: int, role: str) -> Select[int]:
    return select(func.count()).select_from(round_role_table).where(_held(round_id, person_id, role))
