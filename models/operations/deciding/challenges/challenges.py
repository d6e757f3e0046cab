"""Recording a challenge to a decision, changing what is known of it, and taking it out again."""

from datetime import date, datetime
from typing import Any, ClassVar

from msgspec.structs import asdict
from sqlalchemy import select, update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.deciding.challenges.checks import require_remedy, require_sound, tidied_challenge
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.queries.deciding.challenges.challenges import HeldChallenge, called, held_challenges
from models.queries.deciding.decisions import DecisionRow, decisions, earlier_decisions, final_decisions
from models.schema.deciding.challenge import challenge_table
from models.session import Session
from models.values.challenge import NOTHING, Challenge
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.days import short_day

TOUCHED = frozenset({Topic.DECISIONS})


class AddChallenge(RegisteredOperation, frozen=True):
    """Record a challenge to what was decided on an application; `number` is its own in the record."""

    kind: ClassVar[str] = "add challenge"
    round_id: int
    application: str
    number: int
    challenge: Challenge

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record challenge {self.number}, on {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it, with the decision that stood when it came; refused where it does not hold together."""
        number = the_application(session, self.round_id, self.application)
        table = challenge_table
        there = session.scalar(select(table.c.number).where(table.c.number == self.number))
        refuse_changed(there, None, "Another challenge", "was recorded")
        decided = _decided(session, self.round_id, self.application, self.challenge.received_on)
        _check_received(self.challenge.received_on, decided)
        require_sound(session, self.round_id, self.application, self.challenge)
        row = {
            "number": self.number,
            "application_id": number,
            "decision_id": None if decided is None else decided.number,
            **_values(self.challenge),
            "recorded_by": actor.name,
            "recorded_at": at,
        }
        put(session, table, [row])
        inverse = RemoveChallenge(
            self.round_id, self.application, self.number, tidied_challenge(self.challenge)
        )
        due = short_day(self.challenge.due_on)
        return Outcome(TOUCHED, inverse, f"Challenge {self.number} is recorded. The answer is due by {due}.")


class RemoveChallenge(RegisteredOperation, frozen=True):
    """Take out a challenge that nobody has answered, as one that was recorded by mistake."""

    kind: ClassVar[str] = "remove challenge"
    round_id: int
    application: str
    number: int
    challenge: Challenge

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Remove challenge {self.number}, on {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it out; refused once it is answered, or was changed since."""
        held = _the_challenge(session, self)
        _require_unchanged(held, self.challenge)
        if self.challenge.finding is not None:
            raise Refused(f"Challenge {self.number} is answered, so it stays in the record.")
        remove(session, challenge_table, challenge_table.c.number == self.number)
        inverse = AddChallenge(self.round_id, self.application, self.number, self.challenge)
        return Outcome(TOUCHED, inverse, f"Challenge {self.number} is removed.")


class SetChallenge(RegisteredOperation, frozen=True):
    """Change what is known of a challenge: who looks at it, its days, what came of it. `replacing` stood."""

    kind: ClassVar[str] = "set challenge"
    round_id: int
    application: str
    number: int
    becomes: Challenge
    replacing: Challenge

    @property
    def label(self) -> str:
        """Return the change in words."""
        is_answer = self.becomes.finding is not None and self.replacing.finding is None
        return f"{'Answer' if is_answer else 'Change'} challenge {self.number}, on {self.application}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse the answer to a complaint that is upheld and says nothing of what is done about it."""
        if self.becomes.finding is not self.replacing.finding:
            require_remedy(self.becomes)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change it; refused where it does not hold together, and once a new decision rests on its answer."""
        held = _the_challenge(session, self)
        _require_unchanged(held, self.replacing)
        _check_received(self.becomes.received_on, held.decision)
        self._check_answer(held)
        self._check_carried_out(held)
        require_sound(session, self.round_id, self.application, self.becomes)
        table = challenge_table
        session.execute(update(table).where(table.c.number == self.number).values(**_values(self.becomes)))
        becomes = tidied_challenge(self.becomes)
        inverse = SetChallenge(self.round_id, self.application, self.number, self.replacing, becomes)
        return Outcome(TOUCHED, inverse, _words(self.number, self.becomes, self.replacing))

    def _check_answer(self, held: HeldChallenge) -> None:
        """Refuse to take back the answer on which something was decided anew."""
        was, now = self.replacing, self.becomes
        if held.changed_by is not None and (was.finding, was.calls_for_decision) != (
            now.finding,
            now.calls_for_decision,
        ):
            raise Refused(
                f"{self.application} was decided again on challenge {self.number}, so its outcome stays."
            )

    def _check_carried_out(self, held: HeldChallenge) -> None:
        """Refuse to name as done on it what is not in the record."""
        named = self.becomes.carried_out_by
        may = [called(one) for one in held.may_carry_out]
        if named not in ("", NOTHING, *may):
            known = listed([*may, NOTHING], "or")
            raise Refused(
                f"{self.application} has no {named} since the challenge came. What carried it out is {known}."
            )


def _decided(session: Session, round_id: int, application: str, on: date) -> DecisionRow | None:
    """Return what stood on a day, though it was decided anew since; else what stands, None for nothing."""
    every = decisions(session, round_id)
    final = final_decisions(every).get(application)
    if final is None or final.signed_on <= on:
        return final
    before = [row for row in earlier_decisions(every).get(application, ()) if row.signed_on <= on]
    return before[-1] if before else final


def _check_received(on: date, decided: DecisionRow | None) -> None:
    if decided is not None and on < decided.signed_on:
        raise Refused(
            f"The challenge would be received on {short_day(on)}, before the decision of "
            f"{short_day(decided.signed_on)}. Correct the day."
        )


def _the_challenge(session: Session, operation: "RemoveChallenge | SetChallenge") -> HeldChallenge:
    for held in held_challenges(session):
        if (held.round_id, held.application, held.number) == (
            operation.round_id,
            operation.application,
            operation.number,
        ):
            return held
    raise Refused(f"There is no challenge {operation.number} on {operation.application}. Look again.")


def _require_unchanged(held: HeldChallenge, stood: Challenge) -> None:
    refuse_changed(held.challenge, stood, f"Challenge {held.number}")


def _values(challenge: Challenge) -> dict[str, Any]:
    stored = tidied_challenge(challenge)
    return {
        **asdict(stored),
        "kind": stored.kind.value,
        "finding": None if stored.finding is None else stored.finding.value,
    }


def _words(number: int, now: Challenge, was: Challenge) -> str:
    if now.finding is None or now.finding is was.finding:
        return f"Challenge {number} is changed."
    more = " It calls for a new decision." if now.calls_for_decision else ""
    return f"Challenge {number} is answered: {now.finding.value}.{more}"
