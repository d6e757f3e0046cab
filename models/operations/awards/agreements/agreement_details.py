"""What becomes of an agreement: it is sent, signed for each side, and its signed copy is held somewhere."""

from datetime import date, datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.awards.agreements.details_rows import (
    early_words,
    put_details,
    require_details,
    require_issued,
)
from models.operations.awards.checks.undecided_matches import refuse_matches
from models.operations.awards.lookup import the_award
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.session import Session
from models.values.award_terms import AgreementDetails


class RecordAgreement(RegisteredOperation, frozen=True):
    """Record when an agreement was sent, who signs it and where it is held; its day is `SignAgreement`'s."""

    kind: ClassVar[str] = "record agreement"
    round_id: int
    application: str
    details: AgreementDetails
    replacing: AgreementDetails

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record the papers of the agreement of {self.application}"

    @property
    def on(self) -> date | None:
        """Return the day on which a new version is said to be signed now, None for none."""
        anew = self.details.signed_anew_on
        return None if anew == self.replacing.signed_anew_on else anew

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a new version as signed while a probable match on the sanctions list waits for a person."""
        refuse_matches(session, (self,), at.date(), "signed")

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused where it says too much, or of a day that is still to come."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(award.agreement, self.replacing, f"The agreement of {self.application}")
        require_details(self.details, award.agreed_on, at.date())
        require_issued(session, self.round_id, award.reference, self.details)
        put_details(session, the_application(session, self.round_id, self.application), self.details)
        words = f"What is known of the agreement of {award.reference} is recorded."
        day, version = self.details.signed_anew_on or award.agreed_on, self.details.signed_version
        words += early_words(session, self.round_id, award.reference, version, day)
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("details"), words)
