"""What of returns is closed to who takes them in, because they mark in the round themselves."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.packs.plans import Decision, Difference, Item, MemberPlan, Plan
from models.packs.revisions import HANDED_IN, INTEREST
from models.queries.areas_served import areas_served, serves
from models.schema.application import ApplicationTable
from models.schema.panel import InterestTable, MemberTable
from models.schema.person import PersonTable
from models.schema.round import AreaTable
from models.schema.sheet import SheetTable
from scoring.refused import Refused
from scoring.round import InterestKind

CLOSED = '"closed to you"'
"""What stands in the place of a mark or reason that is closed, as JSON."""
MARKING = ("intake", "scoring")
"""The stages at which others' marks open with one's own sheet."""

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
    left = frozenset() if member.role.casefold() == "adviser" else _not_handed_in(session, round_id, member)
    return declared | left


def declared_by(session: Session, round_id: int, person: str) -> Closed:
    """Return the applications in which a person declared an interest."""
    rows = session.execute(
        select(ApplicationTable.reference, InterestTable.kind)
        .join(InterestTable, InterestTable.application_id == ApplicationTable.id)
        .join(MemberTable, MemberTable.id == InterestTable.member_id)
        .join(PersonTable, PersonTable.id == MemberTable.person_id)
        .where(MemberTable.round_id == round_id, PersonTable.name == person)
    )
    return frozenset(reference for reference, kind in rows if InterestKind(kind).is_conflict)


def refuse_declared(session: Session, person: str, decisions: Sequence[Decision]) -> None:
    """Refuse a decision on an application in which the person who decides declared an interest."""
    for decision in decisions:
        found = session.execute(
            select(ApplicationTable.round_id, ApplicationTable.reference).where(
                ApplicationTable.uid == decision.application
            )
        ).first()
        if found is not None and found.reference in declared_by(session, found.round_id, person):
            raise Refused(
                f"{person} declared an interest in {found.reference}, so somebody else decides what differs "
                "on it."
            )


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


def _member(session: Session, round_id: int, person: str) -> MemberTable | None:
    joined = select(MemberTable).join(PersonTable, PersonTable.id == MemberTable.person_id)
    return session.scalars(joined.where(MemberTable.round_id == round_id, PersonTable.name == person)).first()


def _not_handed_in(session: Session, round_id: int, member: MemberTable) -> Closed:
    served = areas_served(session, round_id)
    columns = select(ApplicationTable.reference, AreaTable.name).join(
        AreaTable, AreaTable.id == ApplicationTable.area_id
    )
    at = columns.where(ApplicationTable.round_id == round_id, AreaTable.stage.in_(MARKING))
    mine = {reference for reference, area in session.execute(at) if serves(served, member.code, area)}
    sheets = select(ApplicationTable.reference).join(
        SheetTable, SheetTable.application_id == ApplicationTable.id
    )
    done = session.scalars(sheets.where(SheetTable.member_id == member.id, SheetTable.is_submitted.is_(True)))
    return frozenset(mine) - frozenset(done)
