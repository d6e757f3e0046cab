"""What was asked back of awards, and how much of it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.schema.applications.application import application_table
from models.schema.awards.variation import recovery_table
from models.session import Session
from models.values.award_parts import Returned


@dataclass(frozen=True, slots=True)
class Recovery:
    """Money asked back of an award: how much, when, why and by whom."""

    application: str
    number: int
    amount_pence: int
    asked_on: date
    reason: str
    asked_by: str

    def received(self, returned: Iterable[Returned]) -> tuple[Returned, ...]:
        """Return what came of it, of all that came back of the award."""
        return tuple(part for part in returned if part.recovery == self.number)

    def outstanding_pence(self, returned: Iterable[Returned]) -> int:
        """Return what has still to come."""
        return self.amount_pence - sum(part.amount_pence for part in self.received(returned))


def recoveries(session: Session, round_id: int) -> tuple[Recovery, ...]:
    """Return what was asked back of a round's awards, by application, then in order."""
    table = recovery_table
    rows = session.execute(
        select(
            application_table.c.reference,
            table.c.number,
            table.c.amount_pence,
            table.c.asked_on,
            table.c.reason,
            table.c.asked_by,
        )
        .join(application_table, application_table.c.id == table.c.application_id)
        .where(application_table.c.round_id == round_id)
        .order_by(application_table.c.position, table.c.number)
    )
    return tuple(Recovery(*row) for row in rows)
