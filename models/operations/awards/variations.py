"""Varying an award, at once or by the sign-off chain's word, and money of it that is asked back."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.authorities import (
    AllowOverPot,
    allowed_words,
    authority_words,
    pots_allowed,
    record_allowed,
    recorded_with,
)
from models.operations.awards.budget import check_pounds, within_held_money, within_year_of
from models.operations.awards.checks import refuse_before_decision, require_minimal
from models.operations.awards.make_awards import (
    plan_returns,
    require_sound,
    set_award,
    set_state,
    varied_parts,
    what_changes,
)
from models.operations.awards.monitoring import AwardPlan, require_plan, the_monitored
from models.operations.awards.paying import refuse_asked_early
from models.operations.deciding.signing import refuse_given, refuse_more
from models.operations.deciding.turns import hand_in
from models.operations.operation_base import (
    AWARD,
    TOLD,
    Barrier,
    OnApplication,
    RegisteredOperation,
    check_stated,
    refuse_changed,
    require_confirmed,
    the_award,
)
from models.queries.awards.amendments import terms_of
from models.queries.awards.award_rows import PAYING, AwardRow
from models.queries.awards.awards import payments
from models.queries.awards.budget import round_budget
from models.queries.awards.direct_awards import onward_grants
from models.queries.awards.variations import IN_EFFECT, PROPOSED, WITHDRAWN, VariationRow
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.awaiting import correction_fault
from models.queries.deciding.award_gate import award_doubts, open_amount
from models.queries.deciding.decisions import Hand, Signed, chain_of, needed_steps, waiting
from models.queries.deciding.signatories import stranger_fault
from models.queries.permissions.declarations import stated_by
from models.queries.set_up.rounds import round_line
from models.reference.sign_off import Chain
from models.schema.awards import recovery_table, variation_signature_table, variation_table
from models.schema.personal import TextAbout
from models.session import Session, actor_name, moment, put, remove, row_of, stamp
from models.trouble import refuse
from models.values import canonical
from models.values.awards import Instalment, Terms
from scoring.allocating.gate import Beyond, Doubt
from scoring.budget.limits import signing_refusal
from scoring.money import pounds
from scoring.written.days import full_day
from scoring.written.names import is_same_text
from scoring.written.text import Refused, listed

NOT_VARIED = "Nothing was varied."


class VaryAward(OnApplication, frozen=True):
    """Vary an award, with a reason. `number` is the variation's own, one more than there were.

    More money waits for the steps of the chain that the new total requires; all else is in effect from `on`.
    Until both parties have signed it, budgets hold the larger of the agreed and the proposed amount.
    """

    kind = "vary award"
    titled = "Vary the award of {0.application}"
    number: int
    terms: Terms
    reason: TextAbout
    on: date
    confirmed: tuple[str, ...] = ()
    allowed: tuple[AllowOverPot, ...] = ()

    @property
    def detail(self) -> str:
        return authority_words(self.allowed)

    def check_at_entry(self, session: Session) -> None:
        """Refuse a day before the decision on the award, and a sum with something still to be confirmed.

        And while a correction waits: once the award is varied, nobody could complete the correction.
        """
        award, before = self.its_award(session), given_amounts(session, self.round_id)
        refuse(correction_fault(session, self.round_id, award, "the award is varied"))
        refuse_before_decision(award, self.on, "it is said to be varied")
        if award.signed_on is not None and self.on < award.signed_on:
            raise Refused(
                f"The agreement of {award.reference} was signed on {full_day(award.signed_on)}. A variation "
                "that is proposed after that holds from that date or a later one. Correct the date."
            )
        require_confirmed(self.doubts(session), self.confirmed)
        after = {**before, self.application: before[self.application] + self._more_pence(award)}
        refuse_more(session, self.round_id, before, after, NOT_VARIED, pots_allowed(self.allowed))

    def _more_pence(self, award: AwardRow) -> int:
        """Return how much more the award takes of its budgets once it is varied, below nothing for less."""
        pence = self.terms.amount_pence
        return 0 if pence is None else max(award.agreed_pence, pence) - award.held_pence

    def beyond(self, session: Session) -> tuple[Beyond, ...]:
        """Return which budgets it passes by money that nobody allows."""
        return open_amount(session, self.round_id, self.application).beyond(self.terms.amount_pence)

    def doubts(self, session: Session) -> tuple[Doubt, ...]:
        return _doubts(session, self, self.terms.amount_pence)

    def apply(self, session: Session) -> Outcome:
        """Vary it; refused without a reason, below what is paid, and for more than the year's money."""
        award, back = self.its_award(session), record_allowed(session, self.allowed)
        self._check_turn(award)
        check_stated(self.reason, "Say why the award is varied: the letter and every paper give the reason.")
        stands, ways = terms_of(session, self.round_id, award), payments(session, self.round_id)
        becomes = what_changes(self.terms, stands)
        require_sound(award, becomes, stands, ways)
        parts = varied_parts(award, becomes, ways)
        paying = ("profile", "parts") if PAYING & {*becomes.said} else ()
        was = Terms(**{name: getattr(stands, name) for name in (*becomes.said, *paying)})
        number = award.number
        amount = becomes.amount_pence or award.amount_pence
        self._check_onward(session, award, amount)
        if becomes.returns is not None:
            reports = the_monitored(session, self.round_id, self.application)
            require_plan(AwardPlan(self.application, becomes.returns, reports.planned), reports)
        require_minimal(session, award, amount)
        with within_year_of(session, self.round_id, NOT_VARIED, (self.application,)):
            self._put(session, number, (award.amount_pence, amount), (was, becomes))
            if amount <= award.amount_pence:
                set_award(session, number, amount, profile_of(award, becomes), parts)
                set_state(session, number, self.number, IN_EFFECT, self.on)
        if amount <= award.amount_pence:
            plan_returns(session, self.round_id, award, was.returns, becomes.returns)
        inverse = TakeBackVariation(replace(self, terms=becomes), award.profile, award.open_parts, back)
        return Outcome(inverse, f"{self._words(session, award, amount)}{allowed_words(self.allowed)}")

    def _check_turn(self, award: AwardRow) -> None:
        """Refuse while another variation waits, and where one was made since."""
        if award.proposed is not None:
            waits = f"Variation {award.proposed.number} of {award.reference} waits for its signatures."
            raise Refused(f"{waits} Sign or withdraw it before the next.")
        made = len(award.variations) + 1
        refuse_changed(self.number, made, f"The award of {self.application}", "was varied")
        require_not_withdrawn(award)

    def _check_onward(self, session: Session, award: AwardRow, amount: int) -> None:
        """Refuse less than what its recipient passes on to others."""
        onward = onward_grants(session).get(award.number, ())
        passed = sum(one.amount_pence for one in onward)
        refuse(AWARD.passed_on(award, passed, amount, NOT_VARIED))

    def _put(
        self,
        session: Session,
        number: int,
        pence: tuple[int, int],
        terms: tuple[Terms, Terms],
    ) -> None:
        row = row_of(
            variation_table,
            self,
            application_id=number,
            state=PROPOSED,
            from_pence=pence[0],
            to_pence=pence[1],
            was=canonical.to_text(terms[0]),
            becomes=canonical.to_text(terms[1]),
            reason=self.reason.strip(),
            proposed_on=self.on,
            proposed_by=actor_name(session),
            recorded_at=moment(session),
            effective_on=None,
            ended_because="",
            ended_at=None,
        )
        put(session, variation_table, [row])

    def _words(self, session: Session, award: AwardRow, amount: int) -> str:
        waits = waiting(chain_of(session, self.round_id), amount, ()) if amount > award.amount_pence else None
        state = state_words(self.its_award(session))
        return TOLD.varied(award, self.number, amount, state, waits.posts if waits else ())


class TakeBackVariation(RegisteredOperation, frozen=True):
    """Take back the newest variation of an award, which nobody signed, and who allowed its money.

    `parts` were still to be paid before it, and `allowed` takes back what was allowed with it.
    """

    kind = "take back variation"
    titled = "Take back variation {0.varied.number} of {0.application}"
    told = "Variation {0.varied.number} of {1.reference} is taken back."
    varied: VaryAward
    profile: str
    parts: tuple[Instalment, ...]
    allowed: tuple[AllowOverPot, ...] = ()

    @property
    def round_id(self) -> int:
        return self.varied.round_id

    @property
    def application(self) -> str:
        return self.varied.application

    def apply(self, session: Session) -> Outcome:
        """Take it back; refused once signed, once another followed, or once what it changed is paid."""
        award = the_award(session, self.round_id, self.application)
        row = award.variations[-1] if award.variations else None
        if row is None or row.number != self.varied.number or row.state == WITHDRAWN:
            raise Refused(f"The award of {self.application} was varied in the meantime. Look again.")
        if row.signatures:
            raise Refused(
                f"Variation {row.number} of {award.reference} is signed. Withdraw it, or vary it again."
            )
        withdrawable_one(award, row.number)
        number = award.number
        own = (self.application,)
        with within_held_money(session, self.round_id, "The variation stays as it is.", own):
            remove(session, variation_table, application_id=number, number=row.number)
            if row.is_in_effect:
                parts = parts_as_before(award, self.parts, row.from_pence)
                set_award(session, number, row.from_pence, self.profile, parts)
        if row.is_in_effect:
            plan_returns(session, self.round_id, award, row.becomes.returns, row.was.returns)
        record_allowed(session, self.allowed)
        return self.done(self.varied, award)


def parts_as_before(award: AwardRow, parts: Sequence[Instalment], pence: int) -> tuple[Instalment, ...]:
    """Return an award's instalments with the unpaid ones as they were, and the proof that came in since.

    Raises Refused if some was paid since, so that they do not come to the amount.
    """
    if award.paid_pence + sum(part.amount_pence for part in parts) != pence:
        raise Refused(f"{award.reference} was paid since, so this cannot be undone.")
    return (*award.paid_parts, *_with_proofs(parts, award.open_parts))


def _doubts(session: Session, change: OnApplication, pence: int | None) -> tuple[Doubt, ...]:
    """Return what is to be confirmed of the sum that a variation makes of an award, None for no other."""
    return award_doubts(session, change.round_id, {change.application: pence} if pence else {})


def state_words(award: AwardRow) -> str:
    """Return how a variation stands that nobody of the chain has still to sign."""
    version = "the agreement" if award.agreed_on is None else "the new version of the agreement"
    return f"is proposed: it holds once both have signed {version}"


def profile_of(award: AwardRow, becomes: Terms) -> str:
    """Return the payment profile of an award under other terms, "" where its parts are its own."""
    if becomes.profile is not None:
        return becomes.profile
    return award.profile if becomes.parts is None else ""


def require_not_withdrawn(award: AwardRow) -> None:
    if award.applied.withdrawn:
        raise Refused(f"{award.application} is withdrawn, so its award cannot be varied.")


def _with_proofs(parts: Sequence[Instalment], now: Sequence[Instalment]) -> Iterator[Instalment]:
    """Yield parts with their proofs, or what came in since for the same one: never another's proof."""
    alike = {one.trigger: [each for each in now if each.trigger == one.trigger] for one in parts}
    for trigger, found in alike.items():
        if len(found) != sum(part.trigger == trigger for part in parts):
            alike[trigger] = []
    for part in parts:
        same = alike[part.trigger].pop(0) if alike[part.trigger] else part
        is_new = part.proof_on is None
        yield replace(part, proof_on=same.proof_on, proof=same.proof) if is_new else part


class SignVariation(Barrier, OnApplication, frozen=True):
    """Sign a variation for one post of a step, counted from 0. A barrier, as signing is.

    It takes effect with the last signature that the new total requires. `from_paper` records what somebody
    signed elsewhere; in older records the last step then stands for those before it.
    """

    kind = "sign variation"
    titled = "Sign variation {0.number} of {0.application}"
    number: int
    step: int
    by: str
    post: str
    on: date
    interests: str
    from_paper: bool = False
    confirmed: tuple[str, ...] = ()
    allowed: tuple[AllowOverPot, ...] = ()

    @property
    def detail(self) -> str:
        return authority_words(self.allowed)

    def check_at_entry(self, session: Session) -> None:
        """Refuse who is none of those who sign the step, and what `VaryAward` refuses of the sum.

        From paper also a step before which another has still to be signed.
        """
        signer, award, chain = (self.by, self.post), self.its_award(session), chain_of(session, self.round_id)
        waits = None if award.proposed is None else award.proposed.waits(chain)
        if self.from_paper and waits is not None and self.step > waits.step:
            raise Refused(
                f"The {chain[waits.step].words} has not signed variation {self.number} of {award.reference}. "
                "Record that signature first, with that post."
            )
        refuse(stranger_fault(session, self.round_id, self.step, signer, (self.application,)))
        require_confirmed(self.doubts(session), self.confirmed)
        if award.proposed is not None and award.proposed.change_pence > 0:
            held = given_amounts(session, self.round_id)
            allowed = pots_allowed(self.allowed)
            refuse_given(session, self.round_id, held, (self.application,), NOT_VARIED, allowed)

    def beyond(self, session: Session) -> tuple[Beyond, ...]:
        """Return which budgets the variation passes by money that nobody allows."""
        adds = self.its_award(session).money.adds_pence
        return open_amount(session, self.round_id, self.application, is_signing=True).signed(adds)

    def doubts(self, session: Session) -> tuple[Doubt, ...]:
        proposed = self.its_award(session).proposed
        return _doubts(session, self, None if proposed is None else proposed.to_pence)

    def apply(self, session: Session) -> Outcome:
        """Sign it; refused out of turn, twice, with an interest, and past the year's money."""
        award = self.its_award(session)
        record_allowed(session, self.allowed)
        require_not_withdrawn(award)
        row, chain = waiting_one(award, self.number), chain_of(session, self.round_id)
        check_stated(
            self.interests, "State the interests of the person who signs, or “none” if there are none."
        )
        hand = hand_in(chain, self.step, self.by, self.post)
        self._check_turn(row, chain, hand)
        self._check_person(row)
        self._put(session, award, hand)
        mine = Signed(self.step, hand.post, self.from_paper)
        waits = waiting(chain, row.to_pence, (*row.signatures, mine))
        named = f"Variation {self.number} of {award.reference}"
        if waits is not None:
            words = f"{named} is signed, and waits for the {listed(waits.posts)}."
        else:
            self._take_effect(session, award, row)
            state = state_words(self.its_award(session))
            words = f"{named}, to {pounds(row.to_pence)}, {state}."
        return Outcome(None, f"{words}{allowed_words(self.allowed)}")

    def _check_turn(self, row: VariationRow, chain: Chain, hand: Hand) -> None:
        waits = row.waits(chain)
        assert waits is not None, "a variation that is proposed waits for somebody"
        is_last = self.from_paper and self.step == needed_steps(chain, row.to_pence)[-1]
        if self.step != waits.step and not is_last:
            whose = chain[waits.step].words
            raise Refused(
                f"Variation {row.number} of {row.application} waits for the {whose}, step {waits.step + 1}."
            )
        if hand.taken in [hand.step.post_taken(one.post) for one in row.signatures if one.step == self.step]:
            raise Refused(f"The {hand.taken} signed variation {row.number} of {row.application} already.")

    def _check_person(self, row: VariationRow) -> None:
        """Refuse who signed it for another post, and a day before that of an earlier step."""
        later = next(
            (one for one in row.signatures if one.step < self.step and one.signed_on > self.on), None
        )
        before = next((one for one in row.signatures if is_same_text(one.signed_by, self.by)), None)
        refuse(AWARD.signed(later, before, self.by, self.on))

    def _put(self, session: Session, award: AwardRow, hand: Hand) -> None:
        said = self.interests.strip()
        row = row_of(
            variation_signature_table,
            self,
            application_id=award.number,
            post=hand.post,
            signed_by=self.by.strip(),
            signed_on=self.on,
            interests=said if self.from_paper else stated_by(session, self.round_id, self.by, said),
            is_from_paper=self.from_paper,
            **stamp(session, "recorded"),
        )
        put(session, variation_signature_table, [row])

    def _take_effect(self, session: Session, award: AwardRow, row: VariationRow) -> None:
        parts = varied_parts(award, row.becomes, payments(session, self.round_id))
        number = award.number
        require_minimal(session, award, row.to_pence)
        budget = round_budget(session, self.round_id, (self.application,))
        name = round_line(session, self.round_id).name
        adds = award.money.adds_pence
        words = signing_refusal(budget, award.area, name, adds, adds)
        refuse(f"{words} {NOT_VARIED}" if words else "")
        set_award(session, number, row.to_pence, profile_of(award, row.becomes), parts)
        plan_returns(session, self.round_id, award, row.was.returns, row.becomes.returns)
        on = max(self.on, award.signed_on or self.on)  # it varies what was signed by then
        set_state(session, number, self.number, IN_EFFECT, on)


class WithdrawVariation(OnApplication, frozen=True):
    """Withdraw a variation that both parties have not signed, with a reason, as when the recipient declines.

    The award is as before the variation: amount, payments and reports. What was paid since stays paid. What
    was allowed over budgets for it ends with it. `back` proposes the variation again, with the payments,
    `profile` and `parts`, that it had, and with who `allowed` it.
    """

    kind = "withdraw variation"
    titled = "{0.back:Reinstate|Withdraw} variation {0.number} of {0.application}"
    told = "Variation {0.number} of {1.reference} is {0.back:proposed again|withdrawn}."
    number: int
    reason: TextAbout
    back: bool = False
    profile: str = ""
    parts: tuple[Instalment, ...] = ()
    allowed: tuple[AllowOverPot, ...] = ()

    def apply(self, session: Session) -> Outcome:
        """Withdraw it, or propose it again; refused without a reason, once signed, or varied since."""
        award = self.its_award(session)
        row = self._returning(award) if self.back else withdrawable_one(award, self.number)
        check_stated(self.reason, "Say why the variation is withdrawn.")
        inverse = replace(self, back=not self.back, profile="", parts=(), allowed=())
        record_allowed(session, self.allowed)
        own = (self.application,)
        with within_held_money(session, self.round_id, "The variation is not changed.", own):
            if self.back:
                state = PROPOSED if row.effective_on is None else IN_EFFECT
                set_state(session, award.number, self.number, state, row.effective_on)
            else:
                because = self.reason.strip()
                set_state(session, award.number, self.number, WITHDRAWN, row.effective_on, because)
            if row.effective_on is not None:
                self._set_award(session, award, row)
                if not self.back:
                    inverse = replace(inverse, profile=award.profile, parts=award.open_parts)
        if not self.back:
            ended = recorded_with(session, self.round_id, own, row.recorded_at)
            inverse = replace(inverse, allowed=record_allowed(session, ended))
        return self.done(inverse, award)

    def _returning(self, award: AwardRow) -> VariationRow:
        """Return the variation that is proposed again; refused where another was made since."""
        since = [row for row in award.variations if row.number >= self.number]
        is_last = bool(since) and all(row.state == WITHDRAWN for row in since)
        refuse_changed(is_last, True, f"The award of {self.application}", "was varied")
        return since[0]

    def _set_award(self, session: Session, award: AwardRow, row: VariationRow) -> None:
        """Set the award as before a variation that was in effect, or as the variation had it."""
        if self.back:
            pence, terms, stood = row.to_pence, row.becomes, row.was
            parts = parts_as_before(award, self.parts, pence)
        else:
            pence, terms, stood = row.from_pence, row.was, row.becomes
            refuse(AWARD.withdrawn_below_paid(award, row))
            parts = _parts_without(award, row)
            passed = sum(one.amount_pence for one in onward_grants(session).get(award.number, ()))
            refuse(AWARD.passed_on(award, passed, pence, "The variation was not withdrawn."))
        if PAYING & {*row.becomes.said}:
            profile = self.profile if self.back else row.was.profile or ""
            set_award(session, award.number, pence, profile, parts)
        plan_returns(session, self.round_id, award, stood.returns, terms.returns)


def _parts_without(award: AwardRow, row: VariationRow) -> tuple[Instalment, ...]:
    """Return instalments as before a variation, with the proofs that came in since.

    Where some was paid since, what is left is shared in proportion to what was not.
    """
    stood = [Instalment(one.amount_pence, one.trigger, due_on=one.due_on) for one in row.was.parts or ()]
    paid = {one.trigger for one in award.paid_parts}
    is_paid_since = award.paid_pence + sum(one.amount_pence for one in stood) != row.from_pence
    if is_paid_since:
        stood = [one for one in stood if one.trigger not in paid] or stood
    parts = (*award.paid_parts, *_with_proofs(stood, award.open_parts))
    return varied_parts(replace(award, instalments=parts), Terms(amount_pence=row.from_pence), ())


def withdrawable_one(award: AwardRow, number: int) -> VariationRow:
    """Return the variation to withdraw; refused where it is not the newest, or both have signed it."""
    row = award.withdrawable
    if row is None or row.number != number:
        refuse(AWARD.not_withdrawable(award, number, row))
    assert row is not None, "what is refused goes no further"
    return row


def waiting_one(award: AwardRow, number: int) -> VariationRow:
    """Return the variation that waits for signatures; refused where it is not that one."""
    if award.proposed is None or award.proposed.number != number:
        raise Refused(f"No variation {number} of {award.reference} waits for its sign-off chain.")
    return award.proposed


class AskBack(OnApplication, frozen=True):
    """Ask for money of an award back, with a reason; `number` is the request's own, one more than there were.

    The year's money is what it was until the money comes. `is_back` takes back the newest request, of which
    nothing has come.
    """

    kind = "ask back"
    titled = (
        "{0.is_back:Take back the request|Ask} for {0.amount_pence:pounds} of {0.application}"
        "{0.is_back:| back}"
    )
    told = "{0.amount_pence:pounds} of {1.reference} is {0.is_back:not asked back any more|asked back}."
    number: int
    amount_pence: int
    on: date
    reason: TextAbout
    is_back: bool = False

    def apply(self, session: Session) -> Outcome:
        """Ask for it; refused without a reason, before it was paid, and for more than may be asked back."""
        award = self.its_award(session)
        done = self.done_turning("is_back", award)
        if self.is_back:
            self._take_back(session, award)
            return done
        refuse_changed(self.number, len(award.asked_back) + 1, f"What is asked back of {self.application}")
        check_pounds(self.amount_pence, "What is asked back")
        check_stated(self.reason, "Say why the money is asked back: the letter gives the reason.")
        refuse_asked_early(award, self.amount_pence, self.on)
        refuse(AWARD.asked_beyond(award, self.amount_pence))
        row = {"asked_on": self.on, "reason": self.reason.strip(), "asked_by": actor_name(session)}
        put(session, recovery_table, [row_of(recovery_table, self, application_id=award.number, **row)])
        return done

    def _take_back(self, session: Session, award: AwardRow) -> None:
        """Take it out; refused once money of it has come, or another request was made since."""
        last = award.asked_back[-1:]
        refuse_changed(
            [one.number for one in last], [self.number], f"What is asked back of {self.application}"
        )
        if any(one.received(award.returned) for one in last):
            raise Refused(f"Money of {award.reference} came back for this request, so it stays.")
        remove(session, recovery_table, application_id=award.number, number=self.number)
