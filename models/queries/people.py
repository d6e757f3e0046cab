"""The people of the record: the parts they have in a round, and those who have none in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.panel import MemberTable
from models.schema.person import PersonTable, RoundRoleTable

PANEL_ROLES = ("chair", "adviser")
"""What a member's label says of the role; any other label is a member's."""


@dataclass(frozen=True, slots=True)
class Part:
    """A person in one role; `member` is the code on the round's panel, None beside it.

    `role` is "" for one who is known to the record and has no part in the round.
    """

    name: str
    role: str
    member: str | None = None


def parts(session: Session, round_id: int | None) -> tuple[Part, ...]:
    """Return the panel in its order, then the other roles, then those with no part in the round."""
    found = [] if round_id is None else [*_panel(session, round_id), *_beside(session, round_id)]
    names = {part.name for part in found}
    others = session.scalars(select(PersonTable.name).order_by(PersonTable.name))
    return (*found, *(Part(name, "") for name in others if name not in names))


def panel_role(label: str) -> str:
    """Return the role that a member's label says: chair, adviser or member."""
    return next((role for role in PANEL_ROLES if label.strip().casefold() == role), "member")


def _panel(session: Session, round_id: int) -> Iterator[Part]:
    rows = session.execute(
        select(PersonTable.name, MemberTable.role, MemberTable.code)
        .join(PersonTable, PersonTable.id == MemberTable.person_id)
        .where(MemberTable.round_id == round_id)
        .order_by(MemberTable.position)
    )
    return (Part(name, panel_role(label), code) for name, label, code in rows)


def _beside(session: Session, round_id: int) -> Iterator[Part]:
    rows = session.execute(
        select(PersonTable.name, RoundRoleTable.role)
        .join(PersonTable, PersonTable.id == RoundRoleTable.person_id)
        .where(RoundRoleTable.round_id == round_id)
        .order_by(RoundRoleTable.id)
    )
    return (Part(name, role) for name, role in rows)
