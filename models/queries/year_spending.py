"""What was spent of each award, in one place, so that every paper of a year says the same."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.schema.award import InstalmentTable


def spent_by_award(session: Session) -> Mapping[int, int]:
    """Return the pence spent of each award, by application: what was paid to it."""
    table = InstalmentTable
    paid = select(table.application_id, func.sum(table.amount_pence)).where(table.paid_on.is_not(None))
    return {number: int(pence) for number, pence in session.execute(paid.group_by(table.application_id))}
