"""What was spent of each award as the payments tell it, where no expenditure was recorded for it."""

from collections.abc import Mapping

from sqlalchemy import func, select

from models.schema.awards.award import instalment_table, return_table
from models.session import Session


def spent_by_award(session: Session) -> Mapping[int, int]:
    """Return the pence spent of each award, by application: what was paid to it less what came back."""
    paid, back = instalment_table, return_table
    sums = select(paid.c.application_id, func.sum(paid.c.amount_pence)).where(paid.c.paid_on.is_not(None))
    spent = {number: int(pence) for number, pence in session.execute(sums.group_by(paid.c.application_id))}
    returned = select(back.c.application_id, func.sum(back.c.amount_pence)).group_by(back.c.application_id)
    for number, pence in session.execute(returned):
        spent[number] = spent.get(number, 0) - int(pence)
    return spent
