"""What was asked back of awards, and how much of it has come."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.schema.applications import application_table
from models.schema.awards import recovery_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.award_parts import Returned

_BACK = recovery_table.c
_RECOVERIES = (
    select(
        *(application_table.c.reference, _BACK.number, _BACK.amount_pence, _BACK.asked_on),
        *(_BACK.reason, _BACK.asked_by),
    )
    .join(application_table, application_table.c.id == _BACK.application_id)
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(application_table.c.position, _BACK.number)
)


class Recovery(Struct, frozen=True):
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


@part
def recoveries(session: Session, round_id: int) -> tuple[Recovery, ...]:
    """Return what was asked back of a round's awards, by application, then in order."""
    return tuple(Recovery(*row) for row in session.execute(_RECOVERIES, {"of_round": round_id}))
