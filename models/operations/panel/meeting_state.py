"""What holds a meeting's items still: a closed item, a confirmed record, and whose word it takes."""

from sqlalchemy import func, select

from models.operation import Actor
from models.operations.set_up.round_state import require_round
from models.schema.applications.application import application_table
from models.schema.panel.meeting import attendance_table, closed_item_table, confirmed_record_table
from models.schema.set_up.round import area_table
from models.session import Session
from scoring.refused import Refused

KEEPERS = ("chair", "note-taker", "officer")
"""Who may put the meeting down: the chair, or whoever writes for the chair."""


def require_open_item(session: Session, application_id: int, reference: str) -> None:
    """Refuse where the meeting has closed the item, or confirmed the record of its area."""
    if session.scalar(select(func.count()).where(closed_item_table.c.application_id == application_id)):
        raise Refused(f"The item {reference} is closed. Open it again first.")


def require_unconfirmed(session: Session, area_id: int, area: str) -> None:
    """Refuse where the panel has confirmed the record of the area's meeting."""
    if session.scalar(select(func.count()).where(confirmed_record_table.c.area_id == area_id)):
        raise Refused(f"The panel has confirmed the minutes of {area}. The chair can open it again.")


def require_chair(actor: Actor, deed: str) -> None:
    """Refuse for anyone but the chair; `deed` completes "The chair …, not the officer."."""
    if actor.role != "chair":
        raise Refused(f"The chair {deed}, not the {actor.role}.")


def require_keeper(actor: Actor) -> None:
    """Refuse for anyone who does not put the meeting down."""
    if actor.role not in KEEPERS:
        raise Refused(f"The chair or the note-taker records the meeting, not the {actor.role}.")


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
    came = select(func.count()).select_from(attendance_table).join(area_table)
    closed = select(func.count()).select_from(closed_item_table).join(application_table)
    return bool(
        session.scalar(came.where(area_table.c.round_id == round_id))
        or session.scalar(closed.where(application_table.c.round_id == round_id))
    )
