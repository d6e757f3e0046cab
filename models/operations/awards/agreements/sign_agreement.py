"""Signing the agreement on an award: what it waits for, and the day."""

from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import update

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.awards.agreements.details_rows import (
    early_words,
    put_details,
    require_details,
    require_issued,
    unanswered_words,
)
from models.operations.awards.checks.undecided_matches import refuse_matches
from models.operations.awards.lookup import the_award
from models.operations.awards.monitoring import AwardPlan, require_plan
from models.operations.awards.monitoring_rows import put_plan
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.papers.monitoring.award_monitoring import PlannedReturn
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.checks.award_checks import checks_of, rules_of_checks
from models.queries.awards.direct.direct_awards import is_direct
from models.queries.awards.monitoring import monitored_award
from models.schema.awards.award import award_table
from models.session import Session
from models.values.award_terms import NOT_SENT, AgreementDetails
from models.values.diligence.checks import PUBLIC_MONEY
from scoring.refused import Refused
from scoring.written.days import full_day

_TOUCHED = frozenset({Topic.AWARDS})


class SignAgreement(RegisteredOperation, frozen=True):
    """Record when the agreement on an award was signed; None takes it back.

    `details` say who signed for each side and where it is held; None leaves what is known of that. `returns`
    are those that the agreement asks for, planned with it; None leaves what is planned.
    """

    kind: ClassVar[str] = "sign agreement"
    round_id: int
    application: str
    on: date | None
    replacing: date | None
    details: AgreementDetails | None = None
    replacing_details: AgreementDetails | None = None
    returns: tuple[PlannedReturn, ...] | None = None
    replacing_returns: tuple[PlannedReturn, ...] | None = None

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"{'Take back' if self.on is None else 'Record'} the agreement of {self.application}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse while a probable match of the recipient on the sanctions list waits for a person."""
        refuse_matches(session, (self,), at.date(), "signed")

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused to be taken back once something is paid or bank details are held."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(award.agreed_on, self.replacing, f"The agreement of {self.application}")
        if self.on is None and award.paid_pence:
            raise Refused(f"Part of {award.reference} is paid already, so its agreement cannot be changed.")
        if self.on is None and award.bank is not None:
            raise Refused(
                f"{award.reference} has bank details, so its agreement cannot be changed. Delete the "
                "bank details first."
            )
        self._check(session, award, at.date())
        number = the_application(session, self.round_id, self.application)
        table = award_table
        session.execute(update(table).where(table.c.application_id == number).values(agreed_on=self.on))
        inverse = self.exchanged("on")
        if self.details is not None:
            put_details(session, number, self.details)
            inverse = replace(inverse, details=award.agreement, replacing_details=self.details)
        planned = self._plan(session, number)
        if planned:
            inverse = replace(inverse, returns=self.replacing_returns, replacing_returns=self.returns)
        words = f"The agreement of {award.reference} {self._state}.{planned}{self._warning(session, award)}"
        words += early_words(session, self.round_id, award.reference, self._version, self.on)
        if self.on is not None:
            words += unanswered_words(session, self.round_id, award.reference, self._version)
        return Outcome(_TOUCHED, inverse, words)

    @property
    def _state(self) -> str:
        if self.on is None:
            return "is not signed"
        if self.replacing in (None, self.on):
            return "is signed"
        return f"is signed on {full_day(self.on)}, in place of {full_day(self.replacing)}"

    @property
    def _version(self) -> int | None:
        return None if self.details is None else self.details.signed_version

    def _plan(self, session: Session, number: int) -> str:
        """Plan the returns that it asks for, and say so; "" where what is planned is left."""
        if self.returns is None:
            return ""
        plan = AwardPlan(self.application, self.returns, self.replacing_returns or ())
        require_plan(plan, monitored_award(session, self.round_id, self.application))
        put_plan(session, number, plan.returns, plan.replacing)
        if not plan.returns:
            return " Its returns are not planned any more."
        first, many = full_day(min(one.due_on for one in plan.returns)), len(plan.returns)
        which = "Its return is planned," if many == 1 else f"The first of its {many} returns is"
        return f" {which} due by {first}."

    def _warning(self, session: Session, award: AwardRow) -> str:
        """Say of an award without a competition that nobody recorded whether it is a subsidy."""
        if self.on is None or award.subsidy is not None or not is_direct(session, self.round_id):
            return ""
        return " Whether it is a subsidy is not recorded yet."

    def _check(self, session: Session, award: AwardRow, today: date) -> None:
        """Refuse details that cannot be, and a signature before the decision or what it waits for."""
        if self.details is not None:
            refuse_changed(
                award.agreement, self.replacing_details or NOT_SENT, f"The agreement of {self.application}"
            )
            require_details(self.details, self.on, today)
            require_issued(session, self.round_id, award.reference, self.details)
        if self.on is None:
            return
        self._check_subsidy(session, award, self.on)
        self._check_diligence(session, award)
        decided = award.decision.signed_on if award.decision is not None else None
        if decided is not None and self.on < decided:
            raise Refused(
                f"{award.reference} was decided on {full_day(decided)}, after {full_day(self.on)} on which "
                "its agreement is said to be signed. Correct the day."
            )

    def _check_diligence(self, session: Session, award: AwardRow) -> None:
        done = checks_of(session, the_application(session, self.round_id, self.application))
        missing = rules_of_checks(session, self.round_id).barring(done)
        if missing:
            raise Refused(
                f"{award.reference}: {missing}, which its fund requires before an agreement. "
                "Record the result of due diligence first."
            )

    def _check_subsidy(self, session: Session, award: AwardRow, on: date) -> None:
        if award.subsidy is None:
            if PUBLIC_MONEY in rules_of_checks(session, self.round_id).required:
                raise Refused(
                    f"{award.reference}: subsidy control is not recorded, which its fund requires before an "
                    "agreement. Record whether it is a subsidy first."
                )
            return
        if award.subsidy.waits_for:
            raise Refused(f"{award.reference}: {award.subsidy.waits_for}. Nothing is signed before that.")
        confirmed = award.subsidy.confirmed_on
        if confirmed is not None and on < confirmed:
            raise Refused(
                f"The recipient confirmed the assistance on {full_day(confirmed)}; the agreement is not "
                "signed before that day."
            )
