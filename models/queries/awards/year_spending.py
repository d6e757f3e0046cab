"""What was paid of each award, and what came back of it in which financial year, as the payments tell it."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select

from models.papers.year.year_facts import year_of
from models.schema.awards import instalment_table, return_table
from models.session import Session


def paid_by_award(session: Session) -> Mapping[int, int]:
    """Return the pence paid of each award, by application."""
    paid = instalment_table
    sums = select(paid.c.application_id, func.sum(paid.c.amount_pence)).where(paid.c.paid_on.is_not(None))
    return {number: int(pence) for number, pence in session.execute(sums.group_by(paid.c.application_id))}


def recovered_by_award(session: Session) -> Mapping[int, Mapping[str, int]]:
    """Return the pence that came back of each award, by application, then by the year in which it came."""
    back = return_table
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = select(back.c.application_id, back.c.returned_on, back.c.amount_pence)
    for number, on, pence in session.execute(columns.order_by(back.c.application_id, back.c.number)):
        found[number][year_of(on)] += pence
    return found
