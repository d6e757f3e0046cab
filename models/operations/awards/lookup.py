"""The award that an operation names."""

from models.operations.applications.lookup import the_application
from models.operations.set_up.round_state import require_known_round
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.session import Session
from scoring.refused import Refused


def the_award(session: Session, round_id: int, application: str) -> AwardRow:
    """Return an award; refused where there is none, and of a round that is closed."""
    require_known_round(session, round_id)
    the_application(session, round_id, application)
    found = next((row for row in awards(session, round_id) if row.application == application), None)
    if found is None:
        raise Refused(f"{application} has no award.")
    return found
