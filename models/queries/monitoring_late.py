"""Which returns of a round's awards are missing, in one statement: for those who only ask that."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.schema.application import ApplicationTable
from models.schema.award import AwardTable
from models.schema.monitoring import AwardReturnTable
from models.schema.round import AreaTable


@dataclass(frozen=True, slots=True)
class LateReturn:
    """A return that did not come in by its day."""

    award: str
    area: str
    due_on: date
    days: int


def late_returns(session: Session, round_id: int, today: date) -> tuple[LateReturn, ...]:
    """Return what is missing of a round's awards on a day, the longest first."""
    table = AwardReturnTable
    rows = session.execute(
        select(AwardTable.reference, AreaTable.name, table.due_on)
        .join(ApplicationTable, ApplicationTable.id == table.application_id)
        .join(AwardTable, AwardTable.application_id == table.application_id)
        .outerjoin(AreaTable, AreaTable.id == ApplicationTable.area_id)
        .where(ApplicationTable.round_id == round_id, table.received_on.is_(None), table.due_on < today)
        .order_by(table.due_on, AwardTable.reference)
    )
    return tuple(LateReturn(award, area or "", due, (today - due).days) for award, area, due in rows)
