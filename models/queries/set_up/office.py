"""Whose record it is: the office's facts as they hold on a day, its people and their roles."""

from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import case, func, select

from models.papers.office import BY_KEY, OFFICE_KEYS, PEOPLE, Office, OfficeFact
from models.papers.order import Texts
from models.queries.panel.panel import members_of
from models.queries.set_up.funds import fund_list
from models.role import Role, panel_role
from models.schema.journal import journal_table
from models.schema.panel import person_table, round_role_table, signing_area_table
from models.schema.set_up import area_table, office_fact_table, office_logo_table
from models.session import OF_ROUND, Session, record_uid, selection
from models.store.parts import part
from models.values.rows import gathered
from scoring.written.names import is_same_text


class KnownOffice(NamedTuple):
    """The office as it is on a day with its logo as PNG, and what is to hold of it from a later one.

    Where each fund that is open `has_powers` of its own no paper prints the office's.
    """

    office: Office
    coming: tuple[OfficeFact, ...]
    logo: bytes
    has_powers: bool


def known_office(session: Session, day: date) -> KnownOffice:
    """Return what is known of the office on a day, with what was entered for later."""
    office = office_on(session, day)
    powers = [fund.rules.legal_power for fund in fund_list(session) if fund.closed_on is None]
    return KnownOffice(
        office,
        tuple(fact for fact in office_facts(session) if fact.from_on > day),
        logo_of(session, office.get("logo")),
        bool(powers) and all(powers),
    )


def office_on(session: Session, day: date) -> Office:
    """Return what is known of the office on a day: of each fact the newest that holds by then."""
    found = {fact.key: fact.value for fact in office_facts(session) if fact.from_on <= day}
    return Office(tuple((key, found[key]) for key in BY_KEY if found.get(key)))


def newest_office(session: Session) -> Office:
    """Return the office as last entered, whatever the day: for what no paper prints."""
    return office_on(session, date.max)


@part
def office_facts(session: Session) -> tuple[OfficeFact, ...]:
    """Return every fact that was entered, in the order of the keys and then of days."""
    table = office_fact_table
    rows = session.execute(select(table.c.key, table.c.value, table.c.from_on).order_by(table.c.from_on))
    facts = [OfficeFact(*row) for row in rows]
    order = {key: number for number, key in enumerate(BY_KEY)}
    return tuple(sorted(facts, key=lambda fact: order.get(fact.key, len(order))))


def office_name(session: Session, day: date) -> str:
    """Return the name that the office has on a day, "" while it has none."""
    return office_on(session, day).name


def logo_of(session: Session, sha256: str) -> bytes:
    """Return the picture that a SHA-256 names, as PNG, b"" where there is none."""
    if not sha256:
        return b""
    return session.scalar(selection(office_logo_table.c.png, sha256=sha256)) or b""


def record_identity(session: Session) -> str:
    return str(record_uid(session))


_OFFICE = (Role.OFFICER, "")
"""The roles in the journal of those who acted for the office."""


class Part(Struct, frozen=True):
    """A person in one role; `member` is the code on the round's panel, None beside it.

    `role` is "" for one who is known to the record and has no part in the round. `areas` are those that the
    part is in, () for all of them.
    """

    name: str
    role: str
    member: str | None = None
    areas: Texts = ()

    def is_in(self, area: str | None) -> bool:
        """Whether the part is in an area; what has no area is everybody's."""
        return area is None or not self.areas or area in self.areas


_ROLES = (
    select(round_role_table.c.id, person_table.c.name, round_role_table.c.role)
    .join(person_table)
    .where(round_role_table.c.round_id == OF_ROUND)
    .order_by(round_role_table.c.id)
)
_AREAS_OF_ROLES = (
    select(signing_area_table.c.role_id, area_table.c.name)
    .join(area_table)
    .where(area_table.c.round_id == OF_ROUND)
    .order_by(area_table.c.position)
)


@part
def areas_of_roles(session: Session, round_id: int) -> dict[int, Texts]:
    """Return the areas that roles beside the panel are in, by number, none of a role in all of them."""
    return gathered(session.execute(_AREAS_OF_ROLES, {"of_round": round_id}))


@part
def parts_beside(session: Session, round_id: int) -> tuple[Part, ...]:
    """Return who has a role in a round beside the panel, and in which areas."""
    areas = areas_of_roles(session, round_id)
    rows = session.execute(_ROLES, {"of_round": round_id})
    return tuple(Part(name, role, areas=areas.get(number, ())) for number, name, role in rows)


def parts(session: Session, round_id: int | None) -> tuple[Part, ...]:
    """Return the panel in its order, then the other roles, then those with no part in the round."""
    found: list[Part] = []
    if round_id is not None:
        seats = members_of(session, round_id)
        found += (Part(row.name, panel_role(row.role), row.code, row.areas) for row in seats)
        found += parts_beside(session, round_id)
    names = {part.name for part in found}
    return (*found, *(Part(name, "") for name in _people(session) if name not in names))


@part
def _people(session: Session) -> tuple[str, ...]:
    return tuple(session.scalars(select(person_table.c.name).order_by(person_table.c.name)))


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


def with_role(session: Session, round_id: int, role: str, area: str | None = None) -> Texts:
    """Return who has a role beside the panel in an area of a round, or (None) in any, as they got it."""
    return tuple(one.name for one in parts_beside(session, round_id) if one.role == role and one.is_in(area))


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
