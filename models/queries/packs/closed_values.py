"""What of returns is closed to who takes them in, because they mark in the round themselves."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, select

from models.packs.plans import Difference, Item, MemberPlan, Plan
from models.packs.revisions import HANDED_IN, INTEREST
from models.permissions.role import is_asked_for_marks
from models.queries.deciding.decisions import declared_by
from models.queries.panel.areas_served import expected_to_score, serves
from models.schema.applications import application_table
from models.schema.panel import member_table, person_table, sheet_table
from models.schema.set_up import area_table
from models.session import Session
from models.values.stages import BEFORE_MEETING

CLOSED = '"closed to you"'
"""What stands in the place of a mark or reason that is closed, as JSON."""

Closed = frozenset[str]
"""The references on which marks and reasons are closed."""


def closed_to(session: Session, round_id: int, person: str, own: str = "") -> Closed:
    """Return on which applications a person may not read others' marks: none, for who does not mark.

    They are those in which the person declared an interest, and while an area scores those whose own sheet
    is not handed in. `own` is the code of the member whose values are asked about: one's own are open.
    """
    member = _member(session, round_id, person)
    declared = declared_by(session, round_id, person)
    if member is None or member.code == own:
        return declared if member is not None else frozenset()
    left = _not_handed_in(session, round_id, member) if is_asked_for_marks(member.role) else frozenset()
    return declared | left


def without_closed(session: Session, planned: Plan, person: str) -> Plan:
    """Return a plan to be shown to a person, without what is closed to them."""
    return Plan(tuple(_member_plan(session, member, person) for member in planned.members))


def _member_plan(session: Session, planned: MemberPlan, person: str) -> MemberPlan:
    closed = closed_to(session, planned.round_id, person, planned.code)
    declared = declared_by(session, planned.round_id, person)
    return replace(
        planned,
        taken=tuple(_item(item, closed) for item in planned.taken),
        refused=tuple(_item(item, closed) for item in planned.refused),
        differences=tuple(_difference(one, closed, declared) for one in planned.differences),
    )


def _item(item: Item, closed: Closed) -> Item:
    if item.reference not in closed or item.slot in (HANDED_IN, INTEREST):
        return item
    return replace(item, before=CLOSED, after=CLOSED)


def _difference(one: Difference, closed: Closed, declared: Closed) -> Difference:
    """Return a difference of which only who declared no interest may choose a side."""
    if one.reference in declared or (one.reference in closed and one.key.slot not in (HANDED_IN, INTEREST)):
        if one.key.slot in (HANDED_IN, INTEREST):
            return replace(one, is_closed=True)
        sides = tuple(replace(side, value=CLOSED) for side in one.sides)
        return replace(one, here=CLOSED, sides=sides, is_closed=True)
    return one


def _member(session: Session, round_id: int, person: str) -> Row[Any] | None:
    joined = select(member_table).join(person_table, person_table.c.id == member_table.c.person_id)
    return session.execute(
        joined.where(member_table.c.round_id == round_id, person_table.c.name == person)
    ).first()


def _not_handed_in(session: Session, round_id: int, member: Row[Any]) -> Closed:
    served = expected_to_score(session, round_id)
    columns = select(application_table.c.reference, area_table.c.name).join(
        area_table, area_table.c.id == application_table.c.area_id
    )
    at = columns.where(application_table.c.round_id == round_id, area_table.c.stage.in_(BEFORE_MEETING))
    mine = {reference for reference, area in session.execute(at) if serves(served, member.code, area)}
    sheets = select(application_table.c.reference).join(
        sheet_table, sheet_table.c.application_id == application_table.c.id
    )
    done = session.scalars(
        sheets.where(sheet_table.c.member_id == member.id, sheet_table.c.is_submitted.is_(True))
    )
    return frozenset(mine) - frozenset(done)
