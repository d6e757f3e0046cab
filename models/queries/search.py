"""The applications of a round that a person may find by name: none that is closed to them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.application import ApplicationTable
from models.schema.panel import InterestTable, MemberTable
from models.schema.round import AreaTable
from scoring.round import InterestKind

CONFLICTS = tuple(kind.value for kind in InterestKind if kind.is_conflict)


@dataclass(frozen=True, slots=True)
class Findable:
    """An application as a search shows it; `area` is "" while it has none."""

    reference: str
    organisation: str
    project: str
    area: str


def findable(session: Session, round_id: int, member: str | None) -> tuple[Findable, ...]:
    """Return the applications of a round in the office's order.

    A member of the panel finds none before declaring interests, and never one with a declared conflict.
    """
    closed: set[int] = set()
    if member is not None:
        declared = _declared(session, round_id, member)
        if not declared:
            return ()
        closed = {of for of, kind in declared if of is not None and kind in CONFLICTS}
    table = ApplicationTable
    rows = session.execute(
        select(table.id, table.reference, table.organisation, table.project, AreaTable.name)
        .outerjoin(AreaTable, AreaTable.id == table.area_id)
        .where(table.round_id == round_id)
        .order_by(table.position, table.id)
    )
    return tuple(
        Findable(reference, organisation, project, area or "")
        for number, reference, organisation, project, area in rows
        if number not in closed
    )


def _declared(session: Session, round_id: int, member: str) -> list[tuple[int | None, str]]:
    rows = session.execute(
        select(InterestTable.application_id, InterestTable.kind)
        .join(MemberTable, MemberTable.id == InterestTable.member_id)
        .where(MemberTable.round_id == round_id, MemberTable.code == member)
    )
    return [(of, kind) for of, kind in rows]
