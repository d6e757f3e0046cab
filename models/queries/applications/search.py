"""The applications of a round that a person may find by name: none that is closed to them."""

from msgspec import Struct
from sqlalchemy import select

from models.permissions.declarations import own_conflicts, waits_to_declare
from models.permissions.viewing import Viewer
from models.queries.applications.corrections import corrected_fields
from models.queries.applications.endings import endings
from models.schema.applications.application import application_table
from models.schema.set_up.round import area_table
from models.session import Session


class Findable(Struct, frozen=True):
    """An application as a search shows it; `area` is "" while it has none, `ended` until it has ended."""

    reference: str
    organisation: str
    project: str
    area: str
    ended: str = ""


def findable(session: Session, round_id: int, viewer: Viewer) -> tuple[Findable, ...]:
    """Return the applications of a round that a person may find, in the office's order.

    Whoever declares first finds none before that, and nobody ever one with a conflict that they declared.
    """
    if waits_to_declare(session, round_id, viewer):
        return ()
    closed = own_conflicts(session, round_id, viewer)
    table = application_table
    rows = session.execute(
        select(table.c.reference, table.c.organisation, table.c.project, area_table.c.name)
        .outerjoin(area_table, area_table.c.id == table.c.area_id)
        .where(table.c.round_id == round_id)
        .order_by(table.c.position, table.c.id)
    )
    now, ended = corrected_fields(session, round_id), endings(session, round_id)
    return tuple(
        Findable(
            reference,
            now.get(reference, {}).get("organisation", organisation),
            now.get(reference, {}).get("project", project),
            area or "",
            ended.get(reference, ""),
        )
        for reference, organisation, project, area in rows
        if reference not in closed
    )
