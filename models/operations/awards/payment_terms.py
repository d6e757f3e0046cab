"""What payments wait for, when they are due, what comes back, and the order of an award's days."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Actor, Outcome, Topic
from models.operations.awards.budget import within_year
from models.operations.operation_base import (
    OnApplication,
    refuse_changed,
    the_award,
    the_instalment,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.budget import budget_key
from models.queries.awards.year_end_figures import Key
from models.reference.reporting import year_of
from models.schema.awards import award_table, instalment_table, return_table
from models.schema.base import TextAbout
from models.session import Session, put, remove, row_of, set_values
from models.values.awards import Returned
from scoring.money import pounds
from scoring.written.days import full_day, short_day
from scoring.written.text import Refused

CORRECT = "Correct the day."
_TOUCHED = frozenset({Topic.AWARDS})


def refuse_before_proof(award: AwardRow, number: int, on: date) -> None:
    """Refuse a day of a payment, its instalment counted from 1, before the papers came that it waits for."""
    if not 1 <= number <= len(award.instalments):
        return
    part = award.instalments[number - 1]
    if part.came_after(on):
        assert part.proof_on is not None, "papers that came had a day"
        raise Refused(
            f"The proof for instalment {number} of {award.reference} came in on {full_day(part.proof_on)}, "
            f"after {full_day(on)}. Nothing is paid on it before that: correct the day."
        )


def refuse_asked_early(award: AwardRow, pence: int, on: date) -> None:
    """Refuse to ask for more back on a day than had been paid by then."""
    paid = award.paid_by_pence(on)
    if paid < pence <= award.may_be_asked_pence:
        raise Refused(
            f"By {full_day(on)} {pounds(paid)} of {award.reference} had been paid, so {pounds(pence)} cannot "
            f"have been asked back on that day. {CORRECT}"
        )


def refuse_come_early(award: AwardRow, came: tuple[Returned, ...], known: tuple[Returned, ...]) -> None:
    """Refuse money that came, beside what is known of, before it was asked for, or before it was paid."""
    asked = {one.number: one.asked_on for one in award.asked_back}
    for one in (part for part in came if part not in known):
        day = None if one.recovery is None else asked.get(one.recovery)
        if day is not None and one.on < day:
            raise Refused(
                f"Money of {award.reference} was asked back on {full_day(day)}, so nothing came of that on "
                f"{full_day(one.on)}. {CORRECT}"
            )
        back = sum(part.amount_pence for part in came if part.on <= one.on)
        paid = award.paid_by_pence(one.on)
        if paid < back <= award.paid_pence:
            raise Refused(
                f"By {full_day(one.on)} {pounds(paid)} of {award.reference} had been paid, so {pounds(back)} "
                f"cannot have come back by then. {CORRECT}"
            )


def refuse_moved_past(before: AwardRow, after: AwardRow) -> None:
    """Refuse to move a payment past a day on which money of it was asked back, or came."""
    for day in (*(one.asked_on for one in before.asked_back), *(one.on for one in before.returned)):
        if after.paid_by_pence(day) < _needed_by(before, day) <= before.paid_by_pence(day):
            raise Refused(
                f"Money of {before.reference} was asked back or came on {full_day(day)}, so it was paid "
                f"before that. {CORRECT}"
            )


def _needed_by(award: AwardRow, day: date) -> int:
    """Return how much must have been paid by a day for what was asked back on it, or came by then."""
    came = sum(one.amount_pence for one in award.returned if one.on <= day)
    return max([came, *(one.amount_pence for one in award.asked_back if one.asked_on == day)])


class Proof(Struct, frozen=True):
    """That a claim or proof of purchase came in on a day, and what it was."""

    on: date
    words: TextAbout


class SetProof(OnApplication, frozen=True):
    """Record that the proof of an instalment, counted from 1, came in; None takes it back."""

    kind: ClassVar[str] = "set proof"
    titled: ClassVar[str] = "{0.proof:Record|Take back} the proof for payment {0.number} of {0.application}"
    number: int
    proof: Proof | None
    replacing: Proof | None

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without words, and once the instalment is paid."""
        award = the_award(session, self.round_id, self.application)
        part = the_instalment(award, self.number)
        stands = None if part.proof_on is None else Proof(part.proof_on, part.proof)
        refuse_changed(stands, self.replacing, f"Instalment {self.number}")
        if part.paid_on is not None:
            raise Refused(f"Instalment {self.number} of {award.reference} is paid already.")
        if self.proof is not None and not self.proof.words.strip():
            raise Refused("Say what came in, such as receipts 1 to 4.")
        self._put(session, award)
        state = "has not come in" if self.proof is None else "came in"
        words = f"The proof for instalment {self.number} of {award.reference} {state}."
        return Outcome(_TOUCHED, self.exchanged("proof"), words)

    def _put(self, session: Session, award: AwardRow) -> None:
        none = {"proof_on": None, "proof": None}
        values = none if self.proof is None else {"proof_on": self.proof.on, "proof": self.proof.words}
        key = {"application_id": award.number, "number": self.number}
        set_values(session, instalment_table, key, **values)


class HoldAward(OnApplication, frozen=True):
    """Put an award on hold, so that nothing more is paid for now; a reason of "" lifts the hold."""

    kind: ClassVar[str] = "hold award"
    titled: ClassVar[str] = "{0.reason:Hold|Lift the hold on} the award of {0.application}"
    reason: TextAbout
    replacing: TextAbout

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put it on hold or lift the hold; refused where nothing would change."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(award.held_for, self.replacing, f"The hold on {self.application}")
        if self.reason.strip() == award.held_for:
            state = "on hold for that already" if award.held_for else "not on hold"
            raise Refused(f"{award.reference} is {state}.")
        held = self.reason.strip() or None
        set_values(session, award_table, {"application_id": award.number}, held_for=held)
        inverse = replace(self, reason=self.replacing, replacing=self.reason.strip())
        state = "is on hold; nothing more is paid" if held else "is no longer on hold"
        return Outcome(_TOUCHED, inverse, f"{award.reference} {state}.")


class SetReturned(OnApplication, frozen=True):
    """Set what came back of an award, all of it in order."""

    kind: ClassVar[str] = "set returned"
    titled: ClassVar[str] = "Record what came back of {0.application}"
    returned: tuple[Returned, ...]
    replacing: tuple[Returned, ...]

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse money that came before it was paid, or before it was asked for."""
        refuse_come_early(the_award(session, self.round_id, self.application), self.returned, self.replacing)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused without a reason, or for more than was paid."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(award.returned, self.replacing, f"What came back of {self.application}")
        self._check(award)
        with ExitStack() as years:
            for key in self._years(session):
                years.enter_context(within_year(session, key, "What came back stays as it was."))
            _put_returned(session, award.number, self.returned)
        total = sum(part.amount_pence for part in self.returned)
        inverse = self.exchanged("returned")
        return Outcome(_TOUCHED, inverse, f"{pounds(total)} of {award.reference} came back in all.")

    def _years(self, session: Session) -> list[Key]:
        """Return the years whose money the change is of: those in which something came back."""
        fund, _ = budget_key(session, self.round_id)
        days = (part.on for part in (*self.returned, *self.replacing))
        return [(fund, year) for year in sorted(set(map(year_of, days)))]

    def _check(self, award: AwardRow) -> None:
        if any(part.amount_pence <= 0 or not part.reason.strip() for part in self.returned):
            raise Refused("Money that came back must have an amount above £0.00, and a reason.")
        total = sum(part.amount_pence for part in self.returned)
        if total > award.paid_pence:
            raise Refused(
                f"{pounds(total)} is more than the {pounds(award.paid_pence)} that was paid of "
                f"{award.reference}."
            )
        known = {one.number: one.amount_pence for one in award.asked_back}
        for number in {part.recovery for part in self.returned if part.recovery is not None}:
            came = sum(part.amount_pence for part in self.returned if part.recovery == number)
            if came > known.get(number, 0):
                asked = pounds(known.get(number, 0))
                raise Refused(
                    f"{asked} of {award.reference} was asked back, and {pounds(came)} is more than that."
                )


def _put_returned(session: Session, number: int, returned: Sequence[Returned]) -> None:
    table = return_table
    remove(session, table, table.c.application_id == number)
    rows = [
        row_of(table, part, application_id=number, number=index, returned_on=part.on)
        for index, part in enumerate(returned, start=1)
    ]
    put(session, table, rows)


class SetDue(OnApplication, frozen=True):
    """Set when an instalment, counted from 1, is due; None leaves it without a date."""

    kind: ClassVar[str] = "set due"
    titled: ClassVar[str] = "Set when payment {0.number} of {0.application} is due"
    number: int
    on: date | None
    replacing: date | None

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused once the instalment is paid. Those beside it stand as they are."""
        award = the_award(session, self.round_id, self.application)
        part = the_instalment(award, self.number)
        refuse_changed(part.due_on, self.replacing, f"Instalment {self.number}")
        if part.paid_on is not None:
            raise Refused(f"Instalment {self.number} of {award.reference} is paid already.")
        key = {"application_id": award.number, "number": self.number}
        set_values(session, instalment_table, key, due_on=self.on)
        state = "has no date yet" if self.on is None else f"is due on {short_day(self.on)}"
        words = f"Instalment {self.number} of {award.reference} {state}."
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("on"), words)
