"""A successor in law takes an award over: its agreement, account and reports, from a day."""

from models.operation import Outcome
from models.operations.operation_base import OnApplication, check_stated, in_known_round
from models.operations.rows.write_applications import number_shared_words
from models.papers.paper_words import plural
from models.queries.awards.award_rows import AwardRow
from models.schema.awards import succession_table
from models.session import Session, replace_row, row_of, stamp
from models.values.awards import Successor
from models.values.rows import ApplicationRow
from scoring.allocating.organisations import alias_of
from scoring.written.days import full_day
from scoring.written.text import Refused


class SetSuccessor(OnApplication, frozen=True):
    """Let another organisation take an award over in law; None takes that back.

    `number` counts an award's successors from 1: each takes it over from the one before, after the day of
    that. The next is added, the newest corrected or taken back; the ones before stay as they are.

    Payments, reports and papers of the award go by its name and to its address from then on, and its account
    and supplier number are its own.
    Papers that were issued, and what the public is told of the award, keep the name as it was awarded.
    """

    kind = "set successor"
    titled = "{0.successor:Let a successor in law take over|Take back the succession of} {0.application}"
    told = "{1} {0.successor:is taken over by {0.successor.name}|goes by its earlier recipient's name again}."
    successor: Successor | None
    replacing: Successor | None
    number: int = 1

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Record it; refused without a name and a reason, and on a day that cannot be."""
        award = self.its_award(session)
        taken = award.successors
        last = len(taken) + (self.successor is not None)
        if not max(len(taken), 1) <= self.number <= last:
            raise Refused(
                f"{award.reference} has {len(taken)} {plural(taken, 'successor')}. You can change only the "
                "newest one, or record the next one. Look again."
            )
        held = taken[self.number - 1] if self.number == len(taken) else None
        self.refuse_stale(held, f"Who holds {award.reference}")
        row = None
        if self.successor is not None:
            self._check(award, self.successor)
            row = {**row_of(succession_table, self.successor), **stamp(session, "recorded")}
        key = {"application_id": award.number, "number": self.number}
        replace_row(session, succession_table, key, row)
        return self.done_exchanging("successor", award.reference, more=self._shared_words(session, award))

    def _shared_words(self, session: Session, award: AwardRow) -> str:
        """Say with whose number a successor is recorded, where that is none of those who had the award."""
        if self.successor is None:
            return ""
        numbers = self.successor.charity_number, self.successor.company_number
        known = {one.organisation for one in award.holders}
        return number_shared_words(session, self.successor.name, *numbers, known)

    def _check(self, award: AwardRow, successor: Successor) -> None:
        check_stated(successor.name, "Enter the name of the successor.")
        check_stated(
            successor.reason, "Enter why it takes over, such as a conversion or a transfer of assets."
        )
        if award.applied.withdrawn:
            raise Refused(f"{award.reference} is withdrawn, so there is nothing to take over.")
        former = award.holders[self.number - 1]
        if successor == self.replacing or _is_same_person(successor, former):
            raise Refused(f"{award.reference} goes by the name {successor.name} already.")
        if self.number > 1:
            before = award.successors[self.number - 2]
            if successor.from_on <= before.from_on:
                raise Refused(
                    f"{before.name} took {award.reference} over on {full_day(before.from_on)}. The next "
                    "successor takes it over after that."
                )
        elif award.decided_on is not None and successor.from_on < award.decided_on:
            raise Refused(
                f"{award.reference} was decided on {full_day(award.decided_on)}. A successor takes it over "
                "after that."
            )


def _is_same_person(successor: Successor, former: ApplicationRow) -> bool:
    """Whether the name is the same and no number tells the two apart."""
    name, *numbers = alias_of(successor.name, successor.charity_number, successor.company_number)
    known, *before = alias_of(former.organisation, former.charity_number, former.company_number)
    pairs = zip(numbers, before, strict=True)
    return name == known and all(mine in ("", theirs) for mine, theirs in pairs)
