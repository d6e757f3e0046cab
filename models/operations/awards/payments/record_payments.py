"""Recording as paid what finance's ledger says was paid: all of it, or nothing."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from models.operation import Actor, Outcome, Topic
from models.operations.awards.lookup import the_award
from models.operations.awards.paying import PayInstalment, check_payments, checks_left
from models.operations.operation_base import RegisteredOperation
from models.operations.set_up.round_state import require_known_round
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.session import Session
from scoring.counted import counted, noun
from scoring.refused import Refused


class RecordPayments(RegisteredOperation, frozen=True):
    """Record the days on which instalments were paid, of any awards; `source` is the ledger's file name."""

    kind: ClassVar[str] = "record payments"
    source: str
    parts: tuple[PayInstalment, ...]
    is_back: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        many = counted(len(self.parts), "payment")
        return f"{'Take back' if self.is_back else 'Record'} {many} from {self.source}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a day before an agreement, and while a match on the sanctions list waits for a person."""
        check_payments(session, self.parts, at.date())

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record them; each is refused as it would be by itself, and then none is recorded."""
        if not self.parts:
            raise Refused(f"{self.source} says nothing of payments that is new. Nothing was changed.")
        there = _Awards(session)
        for part in self.parts:
            part.apply_to(there.of(part), session, actor)
            there.take(part)
        back = tuple(replace(part, on=part.replacing, replacing=part.on) for part in reversed(self.parts))
        many = counted(len(self.parts), "payment")
        words = f"{many} of {self.source} {'taken back' if self.is_back else 'recorded'}{self._moved}."
        words += checks_left(session, self.parts)
        inverse = RecordPayments(self.source, back, not self.is_back)
        return Outcome(frozenset({Topic.AWARDS}), inverse, words)

    @property
    def _moved(self) -> str:
        """Return that some were recorded on other days, which these replace; "" for none, or taken back."""
        moved = sum(part.on is not None and part.replacing is not None for part in self.parts)
        if not moved or self.is_back:
            return ""
        those = noun(moved, "the day that it had", "the days that they had")
        return f", {moved} of them in place of {those}" if len(self.parts) > 1 else f", in place of {those}"

    @property
    def asked_of(self) -> tuple[PayInstalment, ...]:
        """Return one payment of each round: whether a person may make it is the same for all of a round."""
        return tuple({part.round_id: part for part in self.parts}.values())


class _Awards:
    """The awards of the rounds that are paid, each round asked for once, as the payments leave them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rounds: dict[int, dict[str, AwardRow]] = {}

    def of(self, part: PayInstalment) -> AwardRow:
        """Return the award of a payment; refused as the payment by itself would be."""
        if part.round_id not in self._rounds:
            require_known_round(self._session, part.round_id)
            rows = awards(self._session, part.round_id)
            self._rounds[part.round_id] = {row.application: row for row in rows}
        found = self._rounds[part.round_id].get(part.application)
        return the_award(self._session, part.round_id, part.application) if found is None else found

    def take(self, part: PayInstalment) -> None:
        """Keep what a payment made of its award."""
        rows = self._rounds[part.round_id]
        rows[part.application] = part.made_of(rows[part.application])
