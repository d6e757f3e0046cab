"""The agreement on an award: what is known of it, its signing, and the office's own template."""

import base64
import binascii
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.budget import within_held_money
from models.operations.awards.checks import refuse_before_decision, refuse_matches
from models.operations.awards.monitoring import AwardPlan, put_plan, require_plan
from models.operations.operation_base import AWARD, TOLD, OnApplication, RegisteredOperation, refuse_changed
from models.operations.set_up.office import the_fund
from models.papers.grant_agreement import GrantAgreement
from models.papers.kinds import AGREEMENT
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import asked_returns, day_fault
from models.queries.awards.agreements import agreement_template, issued_values
from models.queries.awards.award_checks import checks_of_round
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_award, monitored_rows, reporting_rules
from models.queries.deciding.awaiting import correction_fault
from models.queries.deciding.signatories import office_signer_fault, office_signers
from models.queries.papers.issues import newest_issue
from models.reference.defaults import PUBLIC_MONEY
from models.schema.awards import agreement_template_table, award_agreement_table, award_table
from models.session import Session, replace_row, set_values, today
from models.trouble import refuse
from models.values.awards import NOT_SENT, SIDES, AgreementDetails, PlannedReturn
from scoring.written.names import is_same_text, post_fault
from scoring.written.text import Refused

LONGEST = 300
MOST = 600_000
"""Characters of a template in base64."""
_DOCX = b"PK"
SIGNED = "its agreement is recorded as signed"
NOT_RECORDED = "Nothing was recorded of the agreement."


def put_details(
    session: Session, award: AwardRow, details: AgreementDetails, signed_on: date | None, today: date
) -> None:
    """Put what is known of an agreement in, in place of what was; refused where that cannot be.

    No version that was never issued is signed. Nothing stands where nothing is known.
    """
    is_long = any(len(text) > LONGEST for text in (details.held_at, *details.signers))
    refuse(AWARD.agreement(details, award, is_long, LONGEST, signed_on, today))
    known = None if details == NOT_SENT else details
    replace_row(session, award_agreement_table, {"application_id": award.number}, known)


def _refuse_signer(
    session: Session, change: OnApplication, details: AgreementDetails, replacing: AgreementDetails
) -> None:
    """Refuse to record somebody else than before as who signed for the office, who is nobody that does.

    And a name without a post, or a post without a name, that was not recorded before.
    """
    signer, before = ((one.office_signer, one.office_post) for one in (details, replacing))
    if signer != before:
        known = office_signers(session, change.round_id, change.its_award(session).area)
        fault = office_signer_fault(*signer, known)
        refuse(f"{fault} The command does both with --new-signatory TEXT." if fault else "")
    sides = zip(SIDES, details.named_for, replacing.named_for, strict=True)
    refuse(
        *(
            post_fault(f"the person who signed for the {side}", *now)
            for side, now, was in sides
            if now != was and any(now)
        )
    )


class RecordAgreement(OnApplication, frozen=True):
    """Record when an agreement was sent, who signs it and where it is held; its day is `SignAgreement`'s."""

    kind = "record agreement"
    titled = "Record the papers of the agreement of {0.application}"
    told = "What is known of the agreement of {1.reference} is recorded."
    details: AgreementDetails
    replacing: AgreementDetails

    @property
    def is_signature(self) -> bool:
        """Whether it records that a new version was signed."""
        return self.details.signed_anew_on not in (None, self.replacing.signed_anew_on)

    def check_at_entry(self, session: Session) -> None:
        """Refuse a new version as signed while a correction, or a match on the sanctions list, waits.

        And who does not sign for the office, and one that is signed without a name for each side.
        """
        _refuse_signer(session, self, self.details, self.replacing)
        is_signed = self.its_award(session).agreed_on is not None
        if self.is_signature or (is_signed and not self.replacing.missing_sides):
            refuse(AWARD.unsigned(self.application, self.details.missing_sides))
        if self.is_signature:
            refuse(correction_fault(session, self.round_id, self.its_award(session), SIGNED))
            refuse_matches(session, ((self.round_id, self.application),), today(session), "signed")

    def apply(self, session: Session) -> Outcome:
        """Record it; refused where it says too much, or of a day that is still to come."""
        award = self.its_award(session)
        self.refuse_stale(award.agreement, f"The agreement of {self.application}")
        with within_held_money(session, self.round_id, NOT_RECORDED):
            put_details(session, award, self.details, award.agreed_on, today(session))
        signed = f" Version {self.details.signed_version} is signed." if self.is_signature else ""
        return self.done_exchanging("details", award, more=signed)


class SignAgreement(OnApplication, frozen=True):
    """Record when the agreement on an award was signed; None takes it back.

    `details` say who signed for each side and where it is held; None leaves what is known of that. `returns`
    are those that the agreement asks for, planned with it; None leaves what is planned.
    """

    kind = "sign agreement"
    titled = "{0.on:Record|Take back} the agreement of {0.application}"
    told = "The agreement of {1.reference} is {0.on:signed|not signed}."
    on: date | None
    replacing: date | None
    details: AgreementDetails | None = None
    replacing_details: AgreementDetails | None = None
    returns: tuple[PlannedReturn, ...] | None = None
    replacing_returns: tuple[PlannedReturn, ...] | None = None

    def check_at_entry(self, session: Session) -> None:
        """Refuse while a correction or a match on the sanctions list waits, or what was issued is a draft.

        And who does not sign for the office, and one without a name for each side.
        """
        if self.details is not None:
            _refuse_signer(session, self, self.details, self.replacing_details or NOT_SENT)
        if self.on is not None:
            award = self.its_award(session)
            refuse(correction_fault(session, self.round_id, award, SIGNED))
            named = award.agreement if self.details is None else self.details
            refuse(AWARD.unsigned(self.application, named.missing_sides))
            refuse_matches(session, ((self.round_id, self.application),), today(session), "signed")
            newest = newest_issue(session, AGREEMENT, self.round_id, award.reference)
            value = issued_values(newest)
            if newest and value and value.awaits_answer and award.agreed_on is None:
                refuse(AWARD.not_for_signature(award, newest.version, value.settles_nothing))
            holder = award.recipient_on(self.on).organisation
            is_taken_over = bool(award.successors) and award.agreed_on is None
            if newest and value and is_taken_over and not is_same_text(value.organisation, holder):
                refuse(AWARD.made_out_to_another(award, newest.version, value.organisation, holder))

    def apply(self, session: Session) -> Outcome:
        """Record it; refused to be taken back once something is paid or bank details are held."""
        award = self.its_award(session)
        self.refuse_stale(award.agreed_on, f"The agreement of {self.application}")
        refuse("" if self.on else AWARD.not_agreed(award))
        with within_held_money(session, self.round_id, NOT_RECORDED):
            self._check(session, award, today(session))
            set_values(session, award_table, {"application_id": award.number}, agreed_on=self.on)
        inverse = self.exchanged("on")
        if self.details is not None:
            inverse = replace(inverse, details=award.agreement, replacing_details=self.details)
        planned = self._plan(session, award.number)
        if planned:
            inverse = replace(inverse, returns=self.replacing_returns, replacing_returns=self.returns)
        return self.done(inverse, award, more=planned)

    def _plan(self, session: Session, number: int) -> str:
        """Plan the returns that it asks for, and say so; "" where what is planned is left."""
        if self.returns is None:
            return ""
        plan = AwardPlan(self.application, self.returns, self.replacing_returns or ())
        require_plan(plan, monitored_award(session, self.round_id, self.application))
        put_plan(session, number, plan.returns, plan.replacing)
        return f" {TOLD.planned(plan.returns, min((one.due_on for one in plan.returns), default=None))}"

    def _check(self, session: Session, award: AwardRow, today: date) -> None:
        """Refuse details that cannot be, and a signature before the decision or what it waits for."""
        if self.details is not None:
            refuse_changed(
                award.agreement, self.replacing_details or NOT_SENT, f"The agreement of {self.application}"
            )
            put_details(session, award, self.details, self.on, today)
        if self.on is None:
            return
        checks = checks_of_round(session, self.round_id)[self.application]
        refuse(AWARD.agreed(award, self.on, PUBLIC_MONEY in checks.required, checks.barring))
        refuse_before_decision(award, self.on, "its agreement is said to be signed")


def with_returns(session: Session, signing: SignAgreement) -> SignAgreement:
    """Return a signature with the returns that the agreement names, where they are not planned so yet.

    What is planned of one that was signed before stays, and so does all of one of which a return came in.
    """
    if signing.on is None:
        return signing
    signed = monitored_rows(session, signing.round_id, signed={signing.application: signing.on})
    row, terms = next((one for one in signed if one[0].application == signing.application), (None, None))
    if row is None or terms is None or (terms.planned and (signing.replacing or terms.received)):
        return signing
    found = _returns(session, signing, row, terms)
    is_planned = not found or found == terms.planned
    return signing if is_planned else replace(signing, returns=found, replacing_returns=terms.planned)


def _returns(
    session: Session, signing: SignAgreement, row: AwardRow, terms: AwardMonitoring
) -> tuple[PlannedReturn, ...]:
    """Return what the newest version asks for; without one that holds, what it would on the day it is signed.

    Where others were planned since that version was issued, these stay.
    """
    rules = reporting_rules(session, signing.round_id)
    unsigned_on = signing.on if signing.replacing is None else None
    issued = issued_values(newest_issue(session, AGREEMENT, signing.round_id, row.reference))
    if issued is None or replace(row, agreed_on=signing.replacing).wants_agreement:
        return asked_returns(terms, *rules, unsigned_on)
    named = tuple(_named(issued, asked_returns(terms, *rules, None)))
    if terms.planned and not {one.due_on for one in named} <= {one.due_on for one in terms.planned}:
        return terms.planned
    is_past = any(day_fault(one, terms.start_on) for one in named)
    return asked_returns(terms, *rules, unsigned_on) if is_past else named


def _named(issued: GrantAgreement, planned: tuple[PlannedReturn, ...]) -> Iterator[PlannedReturn]:
    """Yield what a version asks for, counted from 1."""
    told = {one.due_on: one.covers_to for one in planned}
    for number, one in enumerate(issued.returns, 1):
        yield PlannedReturn(number, one.due_on, one.words, one.covers_to or told.get(one.due_on))


class SetAgreementTemplate(RegisteredOperation, frozen=True):
    """Take a Word document, in base64, as the template of a fund's agreements; "" is the one that ships."""

    kind = "set agreement template"
    titled = "Change the template of agreements of {0.fund}"
    told = "Agreements of {1.name} are written from {0.content:the office’s own|the one that ships}."
    fund: str
    content: str
    replacing: str

    def apply(self, session: Session) -> Outcome:
        """Take it; refused where it is no Word document, or another stands there."""
        fund = the_fund(session, self.fund)
        self.refuse_stale(agreement_template(session, fund.fund_id), "The template", then="change it")
        if self.content and not _is_word(self.content):
            raise Refused("The template is not a Word document of a size that is kept. Choose it again.")
        own = {"content": self.content} if self.content else None
        replace_row(session, agreement_template_table, {"fund_id": fund.fund_id}, own)
        return self.done_exchanging("content", fund)


def _is_word(content: str) -> bool:
    try:
        return len(content) <= MOST and base64.b64decode(content, validate=True).startswith(_DOCX)
    except binascii.Error:
        return False
