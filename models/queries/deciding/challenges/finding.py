"""An application by its reference, or its award's, wherever it is; and which of a round are challenged."""

from typing import NamedTuple

from sqlalchemy import or_, select

from models.schema.applications.application import application_table
from models.schema.awards.award import award_table
from models.schema.deciding.challenge import challenge_table
from models.session import Session
from scoring.refused import Refused


class FoundApplication(NamedTuple):
    """An application, and the round that it is of."""

    round_id: int
    reference: str


def find_application(session: Session, said: str, round_id: int | None = None) -> FoundApplication:
    """Return the application of a reference, its own or its award's; refused without one or with more.

    With `round_id` it is looked for in that round alone.
    """
    reference, of, award = said.strip(), application_table, award_table
    named = or_(of.c.reference == reference, award.c.reference == reference)
    columns = select(of.c.round_id, of.c.reference).outerjoin(award, award.c.application_id == of.c.id)
    rows = session.execute(columns.where(named).order_by(of.c.id)).all()
    found = [FoundApplication(*row) for row in rows if round_id in (None, row.round_id)]
    if not found:
        raise Refused(f"There is no application {reference} in the record. Correct the reference.")
    if len(found) > 1:
        raise Refused(f"Several rounds have an application {reference}. Say which with --round NAME.")
    return found[0]


def challenged_in(session: Session, round_id: int) -> tuple[str, ...]:
    """Return the applications of a round on which a challenge is recorded, in order of references."""
    of = application_table
    columns = select(of.c.reference).join(challenge_table, challenge_table.c.application_id == of.c.id)
    here = columns.distinct().where(of.c.round_id == round_id)
    return tuple(session.scalars(here.order_by(of.c.reference)))
