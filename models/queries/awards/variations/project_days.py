"""From when until when the projects of a round's applications run, as applied for and since corrected."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from models.queries.applications.corrections import corrected_fields
from models.schema.applications import application_table
from models.session import OF_ROUND, Session
from models.store.parts import part

ProjectDays = tuple[date | None, date | None]
"""The first and the last day of a project, None for one that the application does not say."""

_OF = application_table.c
_DAYS = select(_OF.reference, _OF.start_on, _OF.end_on).where(_OF.round_id == OF_ROUND)


@part
def project_days(session: Session, round_id: int) -> Mapping[str, ProjectDays]:
    """Return the days of each application's project, by its reference."""
    found = {of: (first, last) for of, first, last in session.execute(_DAYS, {"of_round": round_id})}
    for of, values in corrected_fields(session, round_id).items():
        first, last = found[of]
        found[of] = values.get("start_on", first), values.get("end_on", last)
    return found
