"""What an award is under subsidy control, and the limit of minimal financial assistance."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import asdict, replace

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_application, the_award
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.subsidies import minimal_total
from models.schema.monitoring import award_subsidy_table
from models.session import Session
from models.values.awards import KINDS, MINIMAL, Subsidy
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.days import full_day

MOST_PENCE = 10**12
LONGEST = 2_000


def require_minimal(session: Session, award: AwardRow, number: int, amount_pence: int) -> None:
    """Refuse an amount of an award (by its application's number) that takes its recipient past the limit.

    An award that is no minimal assistance is not asked about, nor one that is lowered.
    """
    if award.subsidy is None or award.subsidy.kind != MINIMAL or amount_pence < award.amount_pence:
        return
    total = minimal_total(session, number, award.subsidy.declared_pence or 0)
    total = replace(total, award_pence=amount_pence)
    if total.over_pence:
        raise Refused(
            f"{award.organisation} would have {pounds(total.total_pence)} of minimal financial "
            f"assistance, {pounds(total.over_pence)} above the limit. Assess it as a subsidy instead."
        )


class SetSubsidy(RegisteredOperation, frozen=True):
    """Record whether an award is a subsidy, and of minimal assistance its steps; None takes it all back."""

    kind: ClassVar[str] = "set subsidy"
    round_id: int
    application: str
    subsidy: Subsidy | None
    replacing: Subsidy | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record subsidy control of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused above the limit, and where a step stands before the one that it needs."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(award.subsidy, self.replacing, f"Subsidy control of {self.application}")
        number = the_application(session, self.round_id, self.application)
        if self.subsidy is not None:
            _check(session, award, number, self.subsidy, at.date())
        remove(session, award_subsidy_table, award_subsidy_table.c.application_id == number)
        if self.subsidy is not None:
            put(session, award_subsidy_table, [{"application_id": number, **asdict(self.subsidy)}])
        what = "not recorded" if self.subsidy is None else KINDS[self.subsidy.kind].lower()
        words = f"Subsidy control of {award.reference}: {what}."
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("subsidy"), words)


def _check(session: Session, award: AwardRow, number: int, subsidy: Subsidy, today: date) -> None:
    fault = next(_faults(subsidy, today), "")
    if fault:
        raise Refused(fault)
    if award.agreed_on is not None and subsidy.waits_for:
        raise Refused(f"The agreement of {award.reference} is signed, and {subsidy.waits_for}.")
    if award.agreed_on is not None and subsidy.confirmed_on and subsidy.confirmed_on > award.agreed_on:
        raise Refused(
            f"The agreement of {award.reference} was signed on {full_day(award.agreed_on)}, before the "
            f"recipient confirmed on {full_day(subsidy.confirmed_on)}. Correct one of the days."
        )
    require_minimal(session, replace(award, subsidy=subsidy), number, award.amount_pence)


def _faults(subsidy: Subsidy, today: date) -> Iterator[str]:
    if subsidy.kind not in KINDS:
        yield f"An award is {', '.join(KINDS)} under subsidy control, not “{subsidy.kind}”."
    elif subsidy.kind != MINIMAL and not subsidy.reason.strip():
        yield "Say why it is no subsidy, or where the assessment is held."
    if len(subsidy.reason) > LONGEST or len(subsidy.confirmed_by) > LONGEST:
        yield f"A text is longer than {LONGEST:,} characters. Shorten it."
    if not 0 <= (subsidy.declared_pence or 0) <= MOST_PENCE:
        yield "What the recipient declared must be £0.00 or more."
    if (subsidy.declared_pence is None) != (subsidy.declared_on is None):
        yield "What the recipient declared needs the day of its declaration."
    if (subsidy.confirmed_on is None) != (not subsidy.confirmed_by.strip()):
        yield "A confirmation needs its day and the name of the person who gave it."
    if subsidy.confirmed_on is not None and replace(subsidy, kind=MINIMAL).waits_for:
        yield "The recipient can confirm only after its declaration and our notice. Record those first."
    for day in (subsidy.declared_on, subsidy.notified_on, subsidy.confirmed_on):
        if day is not None and day > today:
            yield f"{full_day(day)} is still to come. Record it once it has happened."
    if subsidy.notified_on and subsidy.confirmed_on and subsidy.confirmed_on < subsidy.notified_on:
        yield "The recipient confirmed before our notice. Correct one of the days."
