"""What holds a meeting's items still: a closed item, and a confirmed record."""

from sqlalchemy import func, select

from models.operations.set_up.round_state import require_round
from models.schema.applications.application import application_table
from models.schema.deciding.decision import decision_table, sign_off_table
from models.schema.panel.meeting import (
    attendance_table,
    closed_item_table,
    confirmed_record_table,
    meeting_table,
)
from models.schema.set_up.round import area_table
from models.session import Session
from scoring.refused import Refused


def require_open_item(session: Session, application_id: int, reference: str) -> None:
    """Refuse where the meeting has closed the item, or confirmed the record of its area."""
    if session.scalar(select(func.count()).where(closed_item_table.c.application_id == application_id)):
        raise Refused(f"The item {reference} is closed. Open it again first.")


def require_unconfirmed(session: Session, area_id: int, area: str) -> None:
    """Refuse where the panel has confirmed the record of the area's meeting."""
    if session.scalar(select(func.count()).where(confirmed_record_table.c.area_id == area_id)):
        raise Refused(f"The panel has confirmed the minutes of {area}. The chair can open them again.")


def is_decided_on_paper(session: Session, area_id: int) -> bool:
    """Whether what was decided in an area is recorded from paper, as of a panel that met elsewhere."""
    lines = select(func.count()).select_from(decision_table).join(sign_off_table)
    of_area = lines.join(application_table).where(application_table.c.area_id == area_id)
    return bool(session.scalar(of_area.where(sign_off_table.c.is_from_paper)))


def require_undecided(session: Session, round_id: int, reference: str) -> None:
    """Refuse while the round is being set up, and once the application's area is before its deciders."""
    if require_round(session, round_id) == "set up":
        raise Refused("The round is still being set up. Publish its scheme first.")
    table = application_table
    columns = select(area_table.c.name, area_table.c.stage).join(table, table.c.area_id == area_table.c.id)
    found = session.execute(
        columns.where(table.c.round_id == round_id, table.c.reference == reference)
    ).one_or_none()
    if found is not None and found.stage in ("deciding", "done"):
        raise Refused(
            f"{found.name} is at the stage “{found.stage}”: what the panel settled can no longer be changed."
        )


def has_meeting(session: Session, round_id: int) -> bool:
    """Whether a meeting of the round has put anything down."""
    of_round = area_table.c.round_id == round_id
    came = select(func.count()).select_from(attendance_table).join(area_table).where(of_round)
    closed = select(func.count()).select_from(closed_item_table).join(application_table)
    return bool(
        session.scalar(came)
        or session.scalar(closed.where(application_table.c.round_id == round_id))
        or areas_met(session, round_id)
    )


def areas_met(session: Session, round_id: int) -> tuple[str, ...]:
    """Return the areas of which the minutes say when they met, or why they left items open."""
    columns = select(area_table.c.name).join(meeting_table, meeting_table.c.area_id == area_table.c.id)
    here = columns.where(area_table.c.round_id == round_id)
    return tuple(session.scalars(here.order_by(area_table.c.position)))
