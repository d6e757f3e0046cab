"""Moving areas on to their decision where it was signed on paper: what comes before it was done elsewhere."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from models.operations.panel.reopened import note_meeting
from models.queries.packs.disputes import refuse_disputes
from models.schema.applications.application import application_table
from models.schema.set_up.round import area_table
from models.session import Session
from models.values.stages import NOW, STAGES
from scoring.counted import listed

_BEFORE = STAGES[: STAGES.index("deciding")]


def move_on(session: Session, round_id: int, references: Collection[str], at: datetime) -> tuple[str, ...]:
    """Bring the areas of what is signed to the stage “deciding”, and return those that stood before it.

    Refused while what returns differ in is left to decide there, as when the chair moves an area on.
    """
    table = area_table
    of = select(table.c.id, table.c.name).join(application_table, application_table.c.area_id == table.c.id)
    early = of.where(application_table.c.reference.in_(references), table.c.stage.in_(_BEFORE))
    here = early.where(table.c.round_id == round_id).distinct().order_by(table.c.name)
    areas: dict[int, str] = dict(session.execute(here).all())
    refuse_disputes(session, round_id, set(areas.values()), "record what was signed")
    session.execute(update(table).where(table.c.id.in_(areas)).values(stage="deciding"))
    note_meeting(session, areas, at)
    return tuple(areas.values())


def moved_words(areas: Collection[str]) -> str:
    """Say where deciding is open now: " Deciding is open in Coventry."; "" for nowhere."""
    return f" {NOW['deciding'].format(listed(list(areas)))}" if areas else ""
