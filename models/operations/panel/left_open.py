"""Leaving a meeting with items open: only with a reason, which the minutes print."""

from models.operations.applications.lookup import the_area
from models.operations.panel.meeting_held import write_meeting
from models.queries.panel.left_to_do import references_marked
from models.queries.panel.meeting import closed_items, meetings_held
from models.queries.set_up.round_rows import round_rows
from models.session import Session
from models.store.locks.signing_on import with_figures
from scoring.counted import counted, listed
from scoring.refused import Refused

MOST_NAMED = 5


def leave_open(session: Session, round_id: int, area: str, reason: str) -> None:
    """Write why an area leaves its meeting with items open, nothing where none is.

    Raises Refused where items are open and no reason is given.
    """
    with with_figures(session, round_id):
        references = sorted(
            references_marked(round_rows(session, round_id), (area,)) - closed_items(session, round_id)
        )
    why = " ".join(reason.split()) if references else ""
    if references and not why:
        named = listed(references[:MOST_NAMED])
        which = f", such as {named}" if len(references) > MOST_NAMED else f": {named}"
        words = counted(len(references), "item is not closed", "items are not closed")
        raise Refused(f"{area}: {words}{which}. Close them, or say why the area moves on without.")
    held = meetings_held(session, round_id).get(area)
    write_meeting(session, the_area(session, round_id, area), held, why)
