"""Challenges to decisions: what they keep to, recording and changing them, and declining anew on one."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.bank_details import take_out_account
from models.operations.awards.make_awards import set_state
from models.operations.operation_base import DECIDING, TOLD, OnApplication
from models.queries.awards.awards import awards
from models.queries.awards.variations import WITHDRAWN
from models.queries.deciding.challenges import HeldChallenge, called, held_challenges, part_in
from models.queries.deciding.decisions import decisions, earlier_decisions, final_decisions
from models.schema.deciding import challenge_table
from models.session import Session, put, remove, row_of, set_values, stamp
from models.trouble import refuse
from models.values.awards import NOTHING, Challenge, ChallengeKind, Finding
from models.values.recommending import DecisionRow
from scoring.money import pounds
from scoring.written.text import Refused

LONGEST, LONGEST_NAME = 8_000, 300
MAY_CHANGE = (Finding.UPHELD, Finding.PARTLY)
"""What may call for a new decision."""


def tidied_challenge(challenge: Challenge) -> Challenge:
    """Return a challenge as it is stored: its words without spaces around them."""
    texts = ("asked_by", "grounds", "looked_at_by", "looked_at_post", "reasons", "address", "remedy")
    return replace(challenge, **{name: getattr(challenge, name).strip() for name in texts})


def require_sound(session: Session, round_id: int, application: str, challenge: Challenge) -> None:
    """Refuse a challenge that does not hold together, and one that somebody with a part in it looks at."""
    finding = challenge.finding is None
    is_told = finding == (challenge.answered_on is None) == (not challenge.reasons)
    names = (challenge.asked_by, challenge.looked_at_by, challenge.looked_at_post)
    is_line = all(len(name) <= LONGEST_NAME and len(name.splitlines()) <= 1 for name in names)
    refuse(
        DECIDING.bounded(challenge, is_line, LONGEST_NAME, LONGEST),
        DECIDING.challenge(challenge, is_told, challenge.finding in MAY_CHANGE),
    )
    name = challenge.looked_at_by
    part = part_in(session, round_id, application, name) if name else ""
    if part:
        raise Refused(
            f"{name} {part}, so somebody else looks at the challenge to the decision on {application}."
        )


def require_remedy(challenge: Challenge) -> None:
    """Refuse a complaint that is upheld without a word on what follows; the letter would promise nothing."""
    is_upheld = challenge.kind is ChallengeKind.COMPLAINT and challenge.finding in MAY_CHANGE
    if is_upheld and not (challenge.remedy.strip() or challenge.calls_for_decision):
        raise Refused("Say what will be done about it: a complaint that is upheld is answered with that.")


class SetChallenge(OnApplication, frozen=True):
    """Set all that is known of a challenge: who asks, who looks at it, its days, what came of it.

    `number` is its own in the record. `replacing` is what stood there, None to record it; as None it goes, as
    one that was recorded by mistake.
    """

    kind = "set challenge"
    titled = "{0._deed} challenge {0.number}, on {0.application}"
    number: int
    becomes: Challenge | None
    replacing: Challenge | None

    @property
    def _deed(self) -> str:
        if self.replacing is None or self.becomes is None:
            return "Remove" if self.becomes is None else "Record"
        return "Answer" if self.becomes.finding and not self.replacing.finding else "Change"

    def check_at_entry(self, session: Session) -> None:
        """Refuse the answer to a complaint that is upheld and says nothing of what is done about it."""
        if self.becomes and self.replacing and self.becomes.finding is not self.replacing.finding:
            require_remedy(self.becomes)

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where it does not hold together, and where something rests on its answer.

        It keeps the decision that stood when it came.
        """
        number, held = self.its_number(session), self._held(session)
        was = "was changed" if self.replacing else "was recorded"
        self.refuse_stale(held and held.challenge, f"Challenge {self.number}", was)
        if self.becomes is None:
            return self._remove(session)
        decided = held.decision if held else self._decided(session, self.becomes.received_on)
        may = [*map(called, held.may_carry_out), NOTHING] if held else []
        refuse(DECIDING.rests(self.application, self.number, self.becomes, decided, held, may))
        becomes = tidied_challenge(self.becomes)
        require_sound(session, self.round_id, self.application, becomes)
        values = row_of(challenge_table, becomes)
        if held is None:
            of = {"application_id": number, "decision_id": decided and decided.number}
            row = {"number": self.number, **of, **values, **stamp(session, "recorded")}
            put(session, challenge_table, [row])
        else:
            set_values(session, challenge_table, {"number": self.number}, **values)
        inverse = replace(self, becomes=self.replacing, replacing=becomes)
        return Outcome(
            inverse,
            TOLD.challenge(self.number, becomes, self.replacing, becomes.finding and becomes.finding.value),
        )

    def _held(self, session: Session) -> HeldChallenge | None:
        """Return it as it stands; refused where one of its number is on something else, or it is gone."""
        held = next((one for one in held_challenges(session) if one.number == self.number), None)
        here = self.round_id, self.application
        is_new = self.replacing is None and self.becomes is not None
        if not is_new and (held is None or (held.round_id, held.application) != here):
            raise Refused(f"There is no challenge {self.number} on {self.application}. Look again.")
        return held

    def _remove(self, session: Session) -> Outcome:
        if self.replacing is not None and self.replacing.finding is not None:
            raise Refused(f"Challenge {self.number} is answered, so it stays in the record.")
        remove(session, challenge_table, number=self.number)
        return Outcome(self.exchanged("becomes"), f"Challenge {self.number} is removed.")

    def _decided(self, session: Session, on: date) -> DecisionRow | None:
        """Return what stood on a day, though it was decided anew since; else what stands."""
        every = decisions(session, self.round_id)
        final = final_decisions(every).get(self.application)
        if final is None or final.signed_on <= on:
            return final
        before = [row for row in earlier_decisions(every).get(self.application, ()) if row.signed_on <= on]
        return before[-1] if before else final


def called_for(session: Session, round_id: int, applications: Iterable[str]) -> frozenset[str]:
    """Return those of some applications on which the answer to a challenge calls for a new decision."""
    waiting = {
        held.application
        for held in held_challenges(session)
        if held.round_id == round_id and held.waits_for_decision
    }
    return frozenset(waiting.intersection(applications))


def give_up_awards(session: Session, round_id: int, notice: str, declined: Iterable[str]) -> None:
    """End the variations of awards that are declined anew, and delete the accounts that they had.

    Refused where a part is paid: then the award is varied to what is paid, and that is asked back.
    """
    chosen = frozenset(declined)
    for award in awards(session, round_id):
        if award.application not in chosen:
            continue
        if award.paid_pence:
            raise Refused(
                f"{pounds(award.paid_pence)} of {award.reference} is paid, so it cannot be declined. Vary "
                "it to "
                "what is paid, and ask for the money back."
            )
        number = award.number
        for row in award.variations:
            if row.state != WITHDRAWN:
                because = f"declined anew, notice {notice}"
                set_state(session, number, row.number, WITHDRAWN, row.effective_on, because)
        take_out_account(session, number)
