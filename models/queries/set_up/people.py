"""The people whom a record knows, and the posts they hold."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy import case, func, select

from models.permissions.role import Role, panel_role
from models.queries.set_up.office import office_on
from models.schema.journal import journal_table
from models.schema.panel import member_table, person_table, round_role_table
from models.session import Session
from models.values.office_keys import OFFICE_KEYS, PEOPLE
from scoring.written.names import is_same_text

_OFFICE = (Role.OFFICER, "")
"""The roles in the journal of those who acted for the office."""


class Part(Struct, frozen=True):
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


def users(session: Session) -> tuple[Part, ...]:
    """Return everybody who changed something in the record, in the order in which they first did.

    The role is officer for those who acted for the office, "" for those who acted in a part alone.
    """
    table = journal_table
    rows = session.execute(
        select(table.c.actor, func.max(case((table.c.role.in_(_OFFICE), 1), else_=0)))
        .where(table.c.actor != "")
        .group_by(table.c.actor)
        .order_by(func.min(table.c.seq))
    )
    return tuple(Part(name, Role.OFFICER if is_office else "") for name, is_office in rows)


def with_role(session: Session, round_id: int, role: str) -> tuple[str, ...]:
    """Return who has a role beside the panel in a round, in the order in which they got it."""
    return tuple(part.name for part in _beside(session, round_id) if part.role == role)


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


_NAME, _POST = "_name", "_post"
_OFFICES = tuple(
    one.key.removesuffix(_NAME) for one in OFFICE_KEYS if one.group == PEOPLE and one.key.endswith(_NAME)
)
"""How the facts of each of the office's people begin."""


def with_post(session: Session, name: str, day: date) -> str:
    """Return a name with the post that its holder had on a day, as far as one is known: "Name, post"."""
    office = office_on(session, day)
    named = ((office.get(f"{of}{_NAME}"), office.get(f"{of}{_POST}")) for of in _OFFICES)
    people = session.execute(select(person_table.c.name, person_table.c.post)).all()
    posts = (post for known, post in (*named, *people) if post and is_same_text(known, name))
    return ", ".join(filter(None, (name, next(posts, ""))))
