"""A successor in law takes an award over: its agreement, account and reports, from a day."""

from models.operation import Outcome
from models.operations.operation_base import OnApplication, check_stated, in_known_round
from models.queries.awards.variations import successors
from models.schema.awards import succession_table
from models.session import Session, replace_row, row_of, stamp
from models.values.awards import Successor
from scoring.written.days import full_day
from scoring.written.names import is_same_text
from scoring.written.text import Refused


class SetSuccessor(OnApplication, frozen=True):
    """Let another organisation take an award over in law; None takes that back.

    Payments, reports and papers of the award go by its name and to its address from then on, and its account
    and supplier number are its own.
    Papers that were issued, and what the public is told of the award, keep the name as it was awarded.
    """

    kind = "set successor"
    titled = "{0.successor:Let a successor in law take over|Take back the succession of} {0.application}"
    told = "{1} {0.successor:is taken over by {0.successor.name}|goes by its first recipient's name again}."
    successor: Successor | None
    replacing: Successor | None

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused without a name and a reason, and on a day that cannot be."""
        award = self.its_award(session)
        self.refuse_stale(successors(session).get(award.number), f"Who holds {award.reference}")
        row = None
        if self.successor is not None:
            self._check(session, self.successor)
            row = {**row_of(succession_table, self.successor), **stamp(session, "recorded")}
        replace_row(session, succession_table, {"application_id": award.number}, row)
        return self.done_exchanging("successor", award.reference)

    def _check(self, session: Session, successor: Successor) -> None:
        award = self.its_award(session)
        check_stated(successor.name, "Enter the name of the successor.")
        check_stated(
            successor.reason, "Enter why it takes over, such as a conversion or a transfer of assets."
        )
        if award.applied.withdrawn:
            raise Refused(f"{award.reference} is withdrawn, so there is nothing to take over.")
        if is_same_text(successor.name, award.awarded_to) or successor == award.successor:
            raise Refused(f"{award.reference} goes by the name {award.organisation} already.")
        decided = award.decision.signed_on if award.decision is not None else None
        if decided is not None and successor.from_on < decided:
            raise Refused(
                f"{award.reference} was decided on {full_day(decided)}. A successor takes it over after that."
            )
