"""Recording who allows the recommendations of a round to go over its pots, and by how much."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from msgspec import Struct
from sqlalchemy import select

from models.journal import canonical
from models.operation import Actor, Outcome, Topic
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_round
from models.queries.set_up.scheme import Tolerance, recorded_tolerance
from models.schema.set_up.scheme import scheme_table, scheme_tolerance_table
from models.session import Session
from models.values.as_done import as_done
from scoring.money import decimal_text
from scoring.refused import Refused

MOST_PERCENT = 100
_TOUCHED = frozenset({Topic.SCHEME})


class SetTolerance(Struct, frozen=True):
    """Record an authority to go over every pot by a percentage; None takes it back.

    Kept so that older journals can be done over again: what is allowed later is for one area and in pounds,
    and `AllowOverPot` records it. `replacing` is what stood there.
    """

    kind: ClassVar[str] = "set tolerance"
    is_barrier: ClassVar[bool] = False
    round_id: int
    allowed: Tolerance | None
    replacing: Tolerance | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        if self.allowed is None:
            return "Take back the authority to go over the pots"
        percent = decimal_text(self.allowed.percent)
        return f"Record that {self.allowed.authority} allows {percent} % over the pots"

    @property
    def reason(self) -> str:
        """Return why it is allowed, for History."""
        return self.allowed.reason if self.allowed is not None else ""

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without a name, a percentage or a reason, or before publishing."""
        if require_round(session, self.round_id) != "open":
            raise Refused("The criteria are not published yet. Set the tolerance in the draft.")
        if recorded_tolerance(session, self.round_id) != self.replacing:
            raise Refused("Another authority was recorded in the meantime. Look again, then record it.")
        newest = select(scheme_table.c.id).where(scheme_table.c.round_id == self.round_id)
        number = session.scalars(newest.order_by(scheme_table.c.version.desc()).limit(1)).one()
        remove(session, scheme_tolerance_table, scheme_tolerance_table.c.scheme_id == number)
        if self.allowed is not None:
            _check(self.allowed)
            put(session, scheme_tolerance_table, [_row(number, self.allowed, actor)])
        return Outcome(
            _TOUCHED, SetTolerance(self.round_id, self.replacing, self.allowed), f"{as_done(self.label)}."
        )


def _check(allowed: Tolerance) -> None:
    if not allowed.authority.strip():
        raise Refused("Name who allows it: name and post.")
    if not 0 < allowed.percent <= MOST_PERCENT:
        raise Refused(f"A tolerance is above 0% and no more than {MOST_PERCENT}%.")
    if not allowed.reason.strip():
        raise Refused("Say why it is allowed: History records the reason.")


def _row(scheme_id: int, allowed: Tolerance, actor: Actor) -> dict[str, object]:
    return {
        "scheme_id": scheme_id,
        "percent": Decimal(canonical.encode(allowed.percent)),
        "authority": allowed.authority.strip(),
        "reason": allowed.reason.strip(),
        "recorded_by": actor.name,
    }
