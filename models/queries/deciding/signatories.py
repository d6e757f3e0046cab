"""Who signs in a round beside the panel: with which post, and for which areas."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import select

from models.permissions.role import SIGNING
from models.reference.sign_off import SignOff, as_deputy, deputy_in
from models.schema.panel import person_table, round_role_table, signing_area_table
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from scoring.counted import listed
from scoring.written.names import is_same_text

TO_SAY = "The office corrects it on Panel & interests, under Who signs."

_SIGNATORIES = (
    select(round_role_table.c.id, person_table.c.name, round_role_table.c.role, person_table.c.post)
    .join(person_table, person_table.c.id == round_role_table.c.person_id)
    .where(round_role_table.c.round_id == OF_ROUND, round_role_table.c.role.in_(SIGNING))
    .order_by(round_role_table.c.id)
)
_AREAS_SIGNED = (
    select(signing_area_table.c.role_id, area_table.c.name)
    .join(area_table, area_table.c.id == signing_area_table.c.area_id)
    .where(area_table.c.round_id == OF_ROUND)
    .order_by(area_table.c.position)
)


class Signatory(Struct, frozen=True):
    """A person with a role of the chain; `post` is "" until it is said, `areas` () for all of them."""

    name: str
    role: str
    post: str = ""
    areas: tuple[str, ...] = ()

    def signs_for(self, area: str | None) -> bool:
        """Whether the person signs lines of an area."""
        return not self.areas or area in self.areas


@part
def signatories(session: Session, round_id: int) -> tuple[Signatory, ...]:
    """Return who signs after the panel, in the order in which they got their roles."""
    areas = areas_signed(session, round_id)
    rows = session.execute(_SIGNATORIES, {"of_round": round_id})
    return tuple(Signatory(name, role, post, areas.get(number, ())) for number, name, role, post in rows)


def areas_signed(session: Session, round_id: int) -> dict[int, tuple[str, ...]]:
    """Return the areas that signatories belong to, by the number of their role, in the round's order."""
    rows = session.execute(_AREAS_SIGNED, {"of_round": round_id})
    found: dict[int, list[str]] = {}
    for number, area in rows:
        found.setdefault(number, []).append(area)
    return {number: tuple(areas) for number, areas in found.items()}


def person_signing(people: Sequence[Signatory], name: str, role: str) -> Signatory:
    """Return somebody as recorded in a role, with neither post nor areas where nothing is recorded."""
    same = (one for one in people if one.role == role and is_same_text(one.name, name))
    return next(same, Signatory(name, role))


def post_at(chain: Sequence[SignOff], number: int, person: Signatory) -> str | None:
    """Return for which post of a step a person signs; None where their own post is another one.

    Somebody without a post signs a step of one post alone, as does whose post is none of the chain's.
    """
    step = chain[number]
    mine = step.post_named(person.post)
    if mine is not None or step.is_joint:
        return mine
    is_other = any(one.post_named(person.post) is not None for one in chain)
    return None if is_other else step.post


def signs_as(chain: Sequence[SignOff], number: int, person: Signatory) -> str | None:
    """Return as what a person signs a step: as the post of `post_at`, or as its deputy; None for neither."""
    post = post_at(chain, number, person)
    return None if post is None else as_deputy(deputy_in(person.post, post), post)


def unfilled(
    chain: Sequence[SignOff], people: Sequence[Signatory], areas: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return the posts that nobody is recorded for, each with the areas where it lacks somebody."""
    found = {}
    for number, step in enumerate(chain):
        for post in step.posts:
            held = [one for one in people if one.role == step.role and post_at(chain, number, one) == post]
            if step.per_area:
                held = [one for one in held if one.areas]
            lacking = tuple(area for area in areas if not any(one.signs_for(area) for one in held))
            if lacking or not held:
                found[post] = lacking
    return found


def why_not(
    chain: Sequence[SignOff],
    number: int,
    person: Signatory,
    lines: Sequence[tuple[str, str | None]],
    *,
    post: str = "",
) -> str:
    """Return why a person does not sign a step on lines, given as reference and area; "" when they do.

    `post` is the one of a joint step for which they would sign, "" for their own.
    """
    step, mine = chain[number], signs_as(chain, number, person)
    if mine is None or (step.is_joint and post and not is_same_text(mine, post)):
        has = f"is recorded as {person.post}" if person.post else "has no post recorded in this round"
        return f"{person.name} {has}. This step is signed by the {step.words}. {TO_SAY}"
    if not person.areas:
        return (
            f"Each area has its own {mine}, and no area is recorded for {person.name}. {TO_SAY}"
            if step.per_area
            else ""
        )
    outside = [(of, area) for of, area in lines if not person.signs_for(area)]
    if not outside:
        return ""
    of, area = outside[0]
    return f"{person.name} signs for {listed(person.areas)}, and {of} is of {area or 'no area'}."
