"""Which returns of a round's awards are not in yet, in one statement: for those who only ask that."""

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.schema.applications.application import application_table
from models.schema.awards.award import award_table
from models.schema.awards.monitoring import award_return_table
from models.schema.set_up.round import area_table
from models.session import Session
from models.store.parts import part


class OpenReturn(Struct, frozen=True):
    """A return that is not in yet, and by how many days it is late: under 1 before that."""

    award: str
    area: str
    due_on: date
    days: int


@part
def open_returns(session: Session, round_id: int, today: date) -> tuple[OpenReturn, ...]:
    """Return what is not in yet of a round's awards, with how late it is on a day, the longest first."""
    table = award_return_table
    rows = session.execute(
        select(award_table.c.reference, area_table.c.name, table.c.due_on)
        .join(application_table, application_table.c.id == table.c.application_id)
        .join(award_table, award_table.c.application_id == table.c.application_id)
        .outerjoin(area_table, area_table.c.id == application_table.c.area_id)
        .where(application_table.c.round_id == round_id, table.c.received_on.is_(None))
        .order_by(table.c.due_on, award_table.c.reference)
    )
    return tuple(OpenReturn(award, area or "", due, (today - due).days) for award, area, due in rows)
