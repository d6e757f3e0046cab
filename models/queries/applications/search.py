"""The applications of a round that a person may find by name: none that is closed to them."""

from msgspec import Struct
from sqlalchemy import select

from models.permissions.viewing import Viewer, codes_among
from models.queries.applications.corrections import corrected_fields
from models.queries.panel.panel import members
from models.schema.applications.application import application_table
from models.schema.panel.panel import interest_table, member_table
from models.schema.set_up.round import area_table
from models.session import Session
from scoring.round import InterestKind

CONFLICTS = tuple(kind.value for kind in InterestKind if kind.is_conflict)


class Findable(Struct, frozen=True):
    """An application as a search shows it; `area` is "" while it has none."""

    reference: str
    organisation: str
    project: str
    area: str


def findable(session: Session, round_id: int, viewer: Viewer) -> tuple[Findable, ...]:
    """Return the applications of a round that a person may find, in the office's order.

    A member of the panel finds none before declaring interests, and nobody ever one with a
    conflict that they declared.
    """
    declared = _declared(session, round_id, codes_among(members(session, round_id), viewer))
    if viewer.member is not None and not declared:
        return ()
    closed = {of for of, kind in declared if of is not None and kind in CONFLICTS}
    table = application_table
    rows = session.execute(
        select(table.c.id, table.c.reference, table.c.organisation, table.c.project, area_table.c.name)
        .outerjoin(area_table, area_table.c.id == table.c.area_id)
        .where(table.c.round_id == round_id)
        .order_by(table.c.position, table.c.id)
    )
    now = corrected_fields(session, round_id)
    return tuple(
        Findable(
            reference,
            now.get(reference, {}).get("organisation", organisation),
            now.get(reference, {}).get("project", project),
            area or "",
        )
        for number, reference, organisation, project, area in rows
        if number not in closed
    )


def _declared(session: Session, round_id: int, codes: frozenset[str]) -> list[tuple[int | None, str]]:
    rows = session.execute(
        select(interest_table.c.application_id, interest_table.c.kind)
        .join(member_table, member_table.c.id == interest_table.c.member_id)
        .where(member_table.c.round_id == round_id, member_table.c.code.in_(codes))
    )
    return [(of, kind) for of, kind in rows]
