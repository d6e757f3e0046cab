"""Leaving a meeting with items open: only with a reason, which the minutes print."""

from models.operations.applications.lookup import the_area
from models.operations.panel.meeting_held import write_meeting
from models.queries.panel.meeting import items_left, items_left_words, meetings_held
from models.session import Session
from models.store.locks.signing_on import with_figures
from scoring.refused import Refused


def leave_open(session: Session, round_id: int, area: str, reason: str) -> None:
    """Write why an area leaves its meeting with items open, nothing where none is.

    Raises Refused where items are open and no reason is given.
    """
    with with_figures(session, round_id):
        references = items_left(session, round_id, area)
    why = " ".join(reason.split()) if references else ""
    if references and not why:
        words = items_left_words(area, references)
        raise Refused(f"{words} Close them, or say why the area moves on without.")
    held = meetings_held(session, round_id).get(area)
    write_meeting(session, the_area(session, round_id, area), held, why)
