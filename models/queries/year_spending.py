"""What was spent of each award as the payments tell it, where no expenditure was put down for it."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.schema.award import InstalmentTable, ReturnTable


def spent_by_award(session: Session) -> Mapping[int, int]:
    """Return the pence spent of each award, by application: what was paid to it less what came back."""
    paid, back = InstalmentTable, ReturnTable
    sums = select(paid.application_id, func.sum(paid.amount_pence)).where(paid.paid_on.is_not(None))
    spent = {number: int(pence) for number, pence in session.execute(sums.group_by(paid.application_id))}
    returned = select(back.application_id, func.sum(back.amount_pence)).group_by(back.application_id)
    for number, pence in session.execute(returned):
        spent[number] = spent.get(number, 0) - int(pence)
    return spent
