"""How an award is paid: what payments wait for, when they are due, what finance paid, and what comes back."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.budget import within_held_money, within_year
from models.operations.awards.checks import refuse_matches
from models.operations.awards.make_awards import are_whole, put_parts
from models.operations.operation_base import AWARD, OnApplication, the_instalment
from models.queries.applications.organisations import owed_elsewhere
from models.queries.awards.award_checks import checks_of_round, open_checks
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.budget import budget_key
from models.queries.awards.finance import look_at_first
from models.queries.awards.year_end_figures import Key
from models.reference.reporting import year_of
from models.schema.awards import award_table, instalment_table, return_table
from models.schema.personal import TextAbout
from models.session import Session, actor_name, numbered, replace_rows, set_values, today
from models.trouble import refuse
from models.values.awards import Instalment, Returned
from scoring.written.days import full_day
from scoring.written.text import Refused, with_capital


def refuse_before_proof(award: AwardRow, number: int, on: date) -> None:
    """Refuse a day of a payment, its instalment counted from 1, before the papers came that it waits for."""
    refuse(AWARD.before_proof(award, award.instalments[number - 1], number, on))


def refuse_asked_early(award: AwardRow, pence: int, on: date) -> None:
    """Refuse to ask for more back on a day than had been paid by then."""
    refuse(AWARD.asked_early(award, award.paid_by_pence(on), pence, on))


def refuse_come_early(award: AwardRow, came: tuple[Returned, ...], known: tuple[Returned, ...]) -> None:
    """Refuse money that came, beside what is known of, before it was asked for, or before it was paid."""
    asked = {one.number: one.asked_on for one in award.asked_back}
    for one in (part for part in came if part not in known):
        back = sum(part.amount_pence for part in came if part.on <= one.on)
        refuse(
            AWARD.come_early(award, one.on, asked.get(one.recovery or 0), back, award.paid_by_pence(one.on))
        )


def refuse_moved_past(before: AwardRow, after: AwardRow) -> None:
    for day in (*(one.asked_on for one in before.asked_back), *(one.on for one in before.returned)):
        if after.paid_by_pence(day) < _needed_by(before, day) <= before.paid_by_pence(day):
            raise Refused(
                f"Money of {before.reference} was asked back or came on {full_day(day)}, so it was paid "
                "before that. Correct the day."
            )


def _needed_by(award: AwardRow, day: date) -> int:
    """Return how much must have been paid by a day for what was asked back on it, or came by then."""
    came = sum(one.amount_pence for one in award.returned if one.on <= day)
    return max([came, *(one.amount_pence for one in award.asked_back if one.asked_on == day)])


class Proof(Struct, frozen=True):
    """That a claim or proof of purchase came in on a day, and what it was."""

    on: date
    words: TextAbout


def proof_of(part: Instalment) -> Proof | None:
    return None if part.proof_on is None else Proof(part.proof_on, part.proof)


class _OnInstalment(OnApplication, frozen=True):
    """One on an instalment of an award, counted from 1."""

    number: int

    def replaces(self, session: Session, stands: Callable[[Instalment], object]) -> AwardRow:
        """Return its award; refused where another value `stands` by now, and once the instalment is paid."""
        award = self.its_award(session)
        part = the_instalment(award, self.number)
        self.refuse_stale(stands(part), f"Instalment {self.number}")
        if part.paid_on is not None:
            raise Refused(f"Instalment {self.number} of {award.reference} is paid already.")
        return award

    def set_part(self, session: Session, award: AwardRow, **values: object) -> None:
        key = {"application_id": award.number, "number": self.number}
        set_values(session, instalment_table, key, **values)


class SetProof(_OnInstalment, frozen=True):
    """Record that the proof of an instalment, counted from 1, came in; None takes it back."""

    kind = "set proof"
    titled = "{0.proof:Record|Take back} the proof for payment {0.number} of {0.application}"
    told = "The proof for instalment {0.number} of {1.reference} {0.proof:came in|has not come in}."
    proof: Proof | None
    replacing: Proof | None

    def apply(self, session: Session) -> Outcome:
        """Record it; refused without words, and once the instalment is paid."""
        award = self.replaces(session, proof_of)
        if self.proof is not None and not self.proof.words.strip():
            raise Refused("Say what came in, such as receipts 1 to 4.")
        on, words = (None, None) if self.proof is None else (self.proof.on, self.proof.words)
        self.set_part(session, award, proof_on=on, proof=words)
        return self.done_exchanging("proof", award)


class HoldAward(OnApplication, frozen=True):
    """Put an award on hold, so that nothing more is paid for now; a reason of "" lifts the hold."""

    kind = "hold award"
    titled = "{0.reason:Hold|Lift the hold on} the award of {0.application}"
    told = "{1.reference} is {2:on hold; nothing more is paid|no longer on hold}."
    reason: TextAbout
    replacing: TextAbout

    def apply(self, session: Session) -> Outcome:
        """Put it on hold or lift the hold; refused where nothing would change."""
        award = self.its_award(session)
        self.refuse_stale(award.held_for, f"The hold on {self.application}")
        if self.reason.strip() == award.held_for:
            state = "on hold for that already" if award.held_for else "not on hold"
            raise Refused(f"{award.reference} is {state}.")
        held = self.reason.strip() or None
        set_values(session, award_table, {"application_id": award.number}, held_for=held)
        return self.done(replace(self, reason=self.replacing, replacing=self.reason.strip()), award, held)


class SetReturned(OnApplication, frozen=True):
    """Set what came back of an award, all of it in order."""

    kind = "set returned"
    titled = "Record what came back of {0.application}"
    told = "{2:pounds} of {1.reference} came back in all."
    returned: tuple[Returned, ...]
    replacing: tuple[Returned, ...]

    def apply(self, session: Session) -> Outcome:
        """Set it; refused without a reason, for more than was paid, and before it was paid or asked for."""
        award = self.its_award(session)
        self.refuse_stale(award.returned, f"What came back of {self.application}")
        refuse_come_early(award, self.returned, self.replacing)
        self._check(award)
        with ExitStack() as years:
            years.enter_context(within_held_money(session, self.round_id, "What came back stays as it was."))
            for key in self._years(session):
                years.enter_context(within_year(session, key, "What came back stays as it was."))
            rows = numbered(return_table, self.returned, returned_on="on")
            replace_rows(session, return_table, {"application_id": award.number}, rows)
        total = sum(part.amount_pence for part in self.returned)
        return self.done_exchanging("returned", award, total)

    def _years(self, session: Session) -> list[Key]:
        """Return the years whose money the change is of: those in which something came back."""
        fund, _ = budget_key(session, self.round_id)
        days = (part.on for part in (*self.returned, *self.replacing))
        return [(fund, year) for year in sorted(set(map(year_of, days)))]

    def _check(self, award: AwardRow) -> None:
        is_bare = any(part.amount_pence <= 0 or not part.reason.strip() for part in self.returned)
        refuse(AWARD.returned(award, sum(part.amount_pence for part in self.returned), is_bare))
        known = {one.number: one.amount_pence for one in award.asked_back}
        for number in {part.recovery for part in self.returned if part.recovery is not None}:
            came = sum(part.amount_pence for part in self.returned if part.recovery == number)
            refuse(AWARD.returned_beyond(award, came, known.get(number, 0)))


class SetDue(_OnInstalment, frozen=True):
    """Set when an instalment, counted from 1, is due; None leaves it without a date."""

    kind = "set due"
    titled = "Set when payment {0.number} of {0.application} is due"
    told = "Instalment {0.number} of {1.reference} {0.on:is due on {0.on:short day}|has no date yet}."
    on: date | None
    replacing: date | None

    def apply(self, session: Session) -> Outcome:
        """Set it; refused once the instalment is paid. Those beside it stand as they are."""
        award = self.replaces(session, attrgetter("due_on"))
        self.set_part(session, award, due_on=self.on)
        return self.done_exchanging("on", award)


class SetInstalments(OnApplication, frozen=True):
    """Set how an award is paid; the parts add up to it to the penny. `profile` is "" for lines of its own."""

    kind = "set instalments"
    titled = "Set the instalments of {0.application}"
    told = "{1.reference} is paid in {0.parts:instalment}."
    profile: str
    parts: tuple[Instalment, ...]
    replacing: tuple[Instalment, ...]

    def apply(self, session: Session) -> Outcome:
        """Set them; refused unless they add up, and once the agreement is signed, which says them."""
        award = self.its_award(session)
        self.refuse_stale(award.instalments, f"The instalments of {self.application}", "were changed")
        refuse(AWARD.instalments(award, are_whole(self.parts), sum(part.amount_pence for part in self.parts)))
        set_values(session, award_table, {"application_id": award.number}, profile=self.profile)
        put_parts(session, award.number, self.parts)
        return self.done_exchanging("parts", award, profile=award.profile)


class PayInstalment(_OnInstalment, frozen=True):
    """Authorise an instalment, counted from 1, as paid on a day; None takes it back. Finance's.

    `hold` is the change to the hold of its award that goes with it, where the bank sent the payment back.
    """

    kind = "pay instalment"
    titled = (
        "{0.on:Record|Take back} payment {0.number} of {0.application}"
        "{0.on:|{0.hold:, sent back by the bank|}}"
    )
    told = "Instalment {0.number} of {1.reference}, {2.amount_pence:pounds}, is {0.on:paid|not paid}."
    on: date | None
    replacing: date | None
    hold: HoldAward | None = None

    def check_at_entry(self, session: Session) -> None:
        """Refuse what is not due yet, and while a match on the sanctions list waits for a person."""
        check_payments(session, (self,), today(session))

    def apply(self, session: Session) -> Outcome:
        """Record it; refused before agreement and verified account, and for who decided in the round."""
        outcome = self.apply_to(self.its_award(session), session)
        if self.hold is not None:
            outcome = self._with_hold(outcome, self.hold.apply(session))
        return replace(outcome, words=f"{outcome.words}{checks_left(session, (self,))}")

    def apply_to(self, award: AwardRow, session: Session) -> Outcome:
        """Do the same with an award that was asked for already."""
        if award.agreed_on is None:
            raise Refused(f"The agreement of {award.reference} is not signed. Nothing is paid before that.")
        part = the_instalment(award, self.number)
        if part.paid_on is not None and self.is_new:
            paid = f"Instalment {self.number} of {award.reference} was paid already"
            raise Refused(f"{paid}, on {full_day(part.paid_on)}.")
        self.refuse_stale(part.paid_on, f"Instalment {self.number}")
        left = award.paid_pence - part.amount_pence
        refuse(AWARD.paid(award, part, self.number, left, self.on is None, self.hold is not None))
        by = "" if self.on is None else actor_name(session)
        self.set_part(session, award, paid_on=self.on, authorised_by=by)
        return self.done_exchanging("on", award, part)

    def _with_hold(self, outcome: Outcome, held: Outcome) -> Outcome:
        """Return the payment's outcome with that of the hold, so that one undo takes both back."""
        assert isinstance(outcome.inverse, PayInstalment)
        assert isinstance(held.inverse, HoldAward)
        inverse = replace(outcome.inverse, hold=held.inverse)
        return replace(outcome, inverse=inverse, words=f"{outcome.words} {held.words}")

    @property
    def is_new(self) -> bool:
        """Whether it pays what was not paid yet."""
        return self.on is not None and self.replacing is None

    def made_of(self, award: AwardRow) -> AwardRow:
        """Return an award as it stands after this payment."""
        parts = list(award.instalments)
        parts[self.number - 1] = replace(parts[self.number - 1], paid_on=self.on)
        return replace(award, instalments=tuple(parts))


def checks_left(session: Session, parts: Collection[PayInstalment]) -> str:
    """Return what is open of what is paid, checks and an agreement to renew, as sentences to go on with."""
    on = " on {}" if len({(part.round_id, part.application) for part in parts if part.is_new}) > 1 else ""
    return "".join(f" {words}" for words in _open_words(session, parts, on))


def look_words(session: Session, parts: Collection[PayInstalment]) -> str:
    """Return what is open of what is to be paid, in sentences, "" for nothing: it is asked about."""
    return " ".join(_open_words(session, parts, " on {}"))


def _with_awards(
    session: Session, parts: Iterable[PayInstalment]
) -> Iterator[tuple[PayInstalment, AwardRow]]:
    """Yield payments with their awards; one of an unknown award is left out, and refused where it is paid."""
    for part in parts:
        for row in awards(session, part.round_id):
            if row.application == part.application:
                yield part, row


def _open_words(session: Session, parts: Iterable[PayInstalment], on: str) -> Iterator[str]:
    """Yield what is open of what is paid, a sentence each; `on` names the application."""
    paid = {
        (part.round_id, row.application): row for part, row in _with_awards(session, parts) if part.is_new
    }
    on_day = {part.round_id: part.on for part in parts if part.on is not None}
    left = {number: open_checks(session, number, day) for number, day in on_day.items()}
    for number, of in sorted(paid):
        if words := left[number][of]:
            yield f"Due diligence{on.format(of)}: {words}."
    for number, of in sorted(paid):
        if words := look_at_first(paid[number, of], owed_elsewhere(session, number).get(of, "")):
            yield f"Look first{on.format(of)}: {words}."


def check_payments(session: Session, parts: Collection[PayInstalment], today: date) -> None:
    """Refuse a payment that is not due yet, or while a check that the fund requires is not settled.

    A match on the sanctions list waits for a person too.
    """
    paid = [one for one in _with_awards(session, parts) if one[0].on is not None]
    for part, row in sorted(paid, key=lambda one: (one[0].on, one[0].round_id, one[0].application)):
        _refuse_early(row, part)
    refuse_matches(session, ((part.round_id, row.application) for part, row in paid), today, "paid")
    for part, row in paid:
        barring = checks_of_round(session, part.round_id)[row.application].barring
        if barring and part.is_new:
            raise Refused(
                f"{with_capital(barring)} for {row.application}, and the fund requires that before a "
                "payment. Record the result among the award's checks first."
            )


def _refuse_early(row: AwardRow, part: PayInstalment) -> None:
    """Refuse a payment before its agreement, the version of it that it waits for, and its own day.

    That there is no such instalment is left to the payment itself.
    """
    assert part.on is not None, "what is taken back has no day"
    if not 1 <= part.number <= len(row.instalments):
        return
    _refuse_day(row, part.number, part.on)
    refuse_before_proof(row, part.number, part.on)
    if part.replacing is not None:
        refuse_moved_past(row, part.made_of(row))


def _refuse_day(row: AwardRow, number: int, on: date) -> None:
    """Refuse a day of a payment; whatever bars it on any day is left to the payment itself."""
    part = row.instalments[number - 1]
    not_yet = "" if row.bars_payment or part.waits_for_proof else row.not_yet(part, on)
    refuse(AWARD.early(row, number, on, not_yet, bool(row.version_before(part))))
