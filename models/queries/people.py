"""The people of the record: the parts they have in a round, and those who have none in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from models.schema.panel import member_table
from models.schema.person import person_table, round_role_table
from models.session import Session

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
    others = session.scalars(select(person_table.c.name).order_by(person_table.c.name))
    return (*found, *(Part(name, "") for name in others if name not in names))


def panel_role(label: str) -> str:
    """Return the role that a member's label says: chair, adviser or member."""
    return next((role for role in PANEL_ROLES if label.strip().casefold() == role), "member")


def _panel(session: Session, round_id: int) -> Iterator[Part]:
    rows = session.execute(
        select(person_table.c.name, member_table.c.role, member_table.c.code)
        .join(person_table, person_table.c.id == member_table.c.person_id)
        .where(member_table.c.round_id == round_id)
        .order_by(member_table.c.position)
    )
    return (Part(name, panel_role(label), code) for name, label, code in rows)


def _beside(session: Session, round_id: int) -> Iterator[Part]:
    rows = session.execute(
        select(person_table.c.name, round_role_table.c.role)
        .join(person_table, person_table.c.id == round_role_table.c.person_id)
        .where(round_role_table.c.round_id == round_id)
        .order_by(round_role_table.c.id)
    )
    return (Part(name, role) for name, role in rows)
