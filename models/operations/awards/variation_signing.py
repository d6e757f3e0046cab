"""The sign-off chain's word on a variation that takes more money, and money that is asked back."""

from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import delete

from models.operation import Actor, Outcome
from models.operations.awards.budget import check_pounds, within_year_of
from models.operations.awards.checks import require_minimal
from models.operations.awards.make_awards import plan_returns, set_award, set_state, varied_parts
from models.operations.awards.monitoring import the_monitored
from models.operations.awards.payment_terms import refuse_asked_early
from models.operations.awards.variations import (
    NOT_VARIED,
    TOUCHED,
    profile_of,
    require_not_withdrawn,
    state_words,
)
from models.operations.deciding.turns import hand_in
from models.operations.operation_base import (
    Barrier,
    OnApplication,
    RegisteredOperation,
    check_stated,
    refuse_changed,
    the_application,
    the_award,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import payments
from models.queries.awards.variations import IN_EFFECT, PROPOSED, WITHDRAWN, VariationRow
from models.queries.deciding.decisions import Hand, Signed, chain_of, waiting
from models.queries.permissions.declarations import stated_by
from models.reference.sign_off import Chain
from models.schema.awards import recovery_table, variation_signature_table
from models.schema.base import TextAbout
from models.session import Session, put
from scoring.money import pounds
from scoring.written.names import is_same_text
from scoring.written.text import Refused, listed


class SignVariation(Barrier, OnApplication, frozen=True):
    """Sign a variation for one post of a step, counted from 0. A barrier, as signing is.

    It takes effect with the last signature that the new total requires. `from_paper` records the last step by
    somebody who signed elsewhere.
    """

    kind: ClassVar[str] = "sign variation"
    titled: ClassVar[str] = "Sign variation {0.number} of {0.application}"
    number: int
    step: int
    by: str
    post: str
    on: date
    interests: str
    from_paper: bool = False

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Sign it; refused out of turn, twice, with an interest, and past the year's money."""
        award = the_award(session, self.round_id, self.application)
        require_not_withdrawn(session, self.round_id, self.application)
        row, chain = waiting_one(award, self.number), chain_of(session, self.round_id)
        check_stated(
            self.interests, "State the interests of the person who signs, or “none” if there are none."
        )
        hand = hand_in(chain, self.step, self.by, self.post)
        self._check_turn(row, chain, hand)
        self._check_person(row)
        self._put(session, actor, at, hand)
        mine = Signed(self.step, hand.post, self.from_paper)
        waits = waiting(chain, row.to_pence, (*row.signed, mine))
        named = f"Variation {self.number} of {award.reference}"
        if waits is not None:
            return Outcome(TOUCHED, None, f"{named} is signed, and waits for the {listed(waits.posts)}.")
        self._take_effect(session, award, row)
        state = state_words(the_award(session, self.round_id, self.application), self.number)
        return Outcome(TOUCHED, None, f"{named}, to {pounds(row.to_pence)}, {state}.")

    def _check_turn(self, row: VariationRow, chain: Chain, hand: Hand) -> None:
        turn = row.turn(chain, from_paper=self.from_paper)
        if self.step != turn:
            whose = chain[turn].words
            raise Refused(
                f"Variation {row.number} of {row.application} waits for the {whose}, step {turn + 1}."
            )
        if hand.taken in [hand.step.post_taken(one.post) for one in row.signatures if one.step == self.step]:
            raise Refused(f"The {hand.taken} signed variation {row.number} of {row.application} already.")

    def _check_person(self, row: VariationRow) -> None:
        """Refuse who signed it for another post."""
        before = next((one for one in row.signatures if is_same_text(one.signed_by, self.by)), None)
        if before is not None:
            raise Refused(
                f"{self.by} signed it as {before.post}. Each step of the chain must be signed by a "
                "different person."
            )

    def _put(self, session: Session, actor: Actor, at: datetime, hand: Hand) -> None:
        said = self.interests.strip()
        row = {
            "application_id": the_application(session, self.round_id, self.application),
            "number": self.number,
            "step": self.step,
            "post": hand.post,
            "signed_by": self.by.strip(),
            "signed_on": self.on,
            "interests": said if self.from_paper else stated_by(session, self.round_id, self.by, said),
            "is_from_paper": self.from_paper,
            "recorded_by": actor.name,
            "recorded_at": at,
        }
        put(session, variation_signature_table, [row])

    def _take_effect(self, session: Session, award: AwardRow, row: VariationRow) -> None:
        parts = varied_parts(award, row.becomes, payments(session, self.round_id))
        number = the_application(session, self.round_id, self.application)
        require_minimal(session, award, number, row.to_pence)
        with within_year_of(session, self.round_id, NOT_VARIED):
            set_award(session, number, row.to_pence, profile_of(award, row.becomes), parts)
        reports = the_monitored(session, self.round_id, self.application)
        plan_returns(session, reports, number, row.was.returns, row.becomes.returns)
        set_state(session, number, self.number, IN_EFFECT, on=self.on)


class WithdrawVariation(OnApplication, frozen=True):
    """Withdraw a variation that waits for signatures, with a reason; `back` has it wait again."""

    kind: ClassVar[str] = "withdraw variation"
    number: int
    reason: TextAbout
    back: bool = False

    @property
    def label(self) -> str:
        action = "Reinstate" if self.back else "Withdraw"
        return f"{action} variation {self.number} of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Withdraw it, or have it wait again; refused without a reason, and where another was made since."""
        award = the_award(session, self.round_id, self.application)
        number = the_application(session, self.round_id, self.application)
        if self.back:
            last = [(one.number, one.state) for one in award.variations[-1:]]
            refuse_changed(last, [(self.number, WITHDRAWN)], f"The award of {self.application}", "was varied")
            set_state(session, number, self.number, PROPOSED)
        else:
            waiting_one(award, self.number)
            check_stated(self.reason, "Say why the variation is withdrawn.")
            set_state(session, number, self.number, WITHDRAWN, because=self.reason.strip())
        state = "waits for its signatures again" if self.back else "is withdrawn"
        words = f"Variation {self.number} of {award.reference} {state}."
        return Outcome(TOUCHED, replace(self, back=not self.back), words)


def waiting_one(award: AwardRow, number: int) -> VariationRow:
    """Return the variation that waits for signatures; refused where it is not that one."""
    if award.proposed is None or award.proposed.number != number:
        raise Refused(f"No variation {number} of {award.reference} waits for a signature.")
    return award.proposed


class AskBack(OnApplication, frozen=True):
    """Ask for money of an award back, with a reason; `number` is the request's own, one more than there were.

    The year's money is what it was until the money comes.
    """

    kind: ClassVar[str] = "ask back"
    number: int
    amount_pence: int
    on: date
    reason: TextAbout

    @property
    def label(self) -> str:
        return f"Ask for {pounds(self.amount_pence)} of {self.application} back"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a day before the money was paid."""
        refuse_asked_early(the_award(session, self.round_id, self.application), self.amount_pence, self.on)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Ask for it; refused without a reason, and for more than is paid and not asked back yet."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(self.number, len(award.asked_back) + 1, f"What is asked back of {self.application}")
        check_pounds(self.amount_pence, "What is asked back")
        check_stated(self.reason, "Say why the money is asked back: the letter gives the reason.")
        left = award.may_be_asked_pence
        if self.amount_pence > left:
            raise Refused(
                f"{pounds(left)} of {award.reference} is paid and neither returned nor asked back, so "
                f"{pounds(self.amount_pence)} cannot be asked back."
            )
        row = {
            "application_id": the_application(session, self.round_id, self.application),
            "number": self.number,
            "amount_pence": self.amount_pence,
            "asked_on": self.on,
            "reason": self.reason.strip(),
            "asked_by": actor.name,
        }
        put(session, recovery_table, [row])
        words = f"{pounds(self.amount_pence)} of {award.reference} is asked back."
        return Outcome(TOUCHED, TakeBackRequest(self), words)


class TakeBackRequest(RegisteredOperation, frozen=True):
    """Take back the newest request for money of an award, of which nothing has come."""

    kind: ClassVar[str] = "take back request"
    asked: AskBack

    @property
    def round_id(self) -> int:
        """Return the round that it is about."""
        return self.asked.round_id

    @property
    def application(self) -> str:
        """Return the application whose award it is about."""
        return self.asked.application

    @property
    def label(self) -> str:
        return f"Take back the request for {pounds(self.asked.amount_pence)} of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it back; refused once money of it has come, or another request was made since."""
        award = the_award(session, self.round_id, self.application)
        last_number = [one.number for one in award.asked_back[-1:]]
        refuse_changed(last_number, [self.asked.number], f"What is asked back of {self.application}")
        last = award.asked_back[-1]
        if last.received(award.returned):
            raise Refused(f"Money of {award.reference} came back for this request, so it stays.")
        table = recovery_table
        number = the_application(session, self.round_id, self.application)
        mine = (table.c.application_id == number) & (table.c.number == last.number)
        session.execute(delete(table).where(mine))
        words = f"{pounds(last.amount_pence)} of {award.reference} is not asked back any more."
        return Outcome(TOUCHED, self.asked, words)
