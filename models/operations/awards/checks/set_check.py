"""Recording what came of a check of due diligence on an award."""

from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import asdict

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.awards.lookup import the_award
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.checks.award_checks import checks_of, rules_of_checks
from models.queries.awards.checks.due_diligence import due_diligence
from models.schema.awards.checks import award_check_table
from models.session import Session
from models.values.diligence.checks import CHECKS, CONCERN, PASSED, RESULTS, CheckResult, concern_words
from scoring.refused import Refused
from scoring.written.days import full_day

LONGEST = 2_000


class SetCheck(RegisteredOperation, frozen=True):
    """Record what came of one check of an award; None takes it back."""

    kind: ClassVar[str] = "set check"
    round_id: int
    application: str
    code: str
    result: CheckResult | None
    replacing: CheckResult | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        verb = "Take back" if self.result is None else "Record"
        return f"{verb} the check “{CHECKS.get(self.code, self.code)}” of {self.application}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse to pass over what the record found without a word."""
        if self.result is None or self.result.note.strip():
            return
        found = due_diligence(session, self.round_id, self.application, at.date())
        lines = () if found is None else found.lines
        if any(line.code == self.code and line.finding.state == CONCERN for line in lines):
            raise Refused(concern_words(self.code))

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without a reason where one is due, and where a signed agreement rests on it."""
        award = the_award(session, self.round_id, self.application)
        if self.code not in CHECKS:
            raise Refused(f"“{self.code[:40]}” is not a check. The checks: {', '.join(CHECKS)}.")
        number = the_application(session, self.round_id, self.application)
        held = checks_of(session, number).get(self.code)
        refuse_changed(
            None if held is None else held.result, self.replacing, f"This check of {self.application}"
        )
        if self.result is None and self.replacing is None:
            raise Refused(f"Nothing is recorded of this check of {self.application}.")
        if self.result is not None:
            _check(self.result, at.date())
        self._check_agreement(session, award)
        table = award_check_table
        remove(session, table, (table.c.application_id == number) & (table.c.code == self.code))
        if self.result is not None:
            self._put(session, number, self.result, actor)
        came = "not recorded" if self.result is None else RESULTS[self.result.result].lower()
        words = f"{award.reference}, {CHECKS[self.code].lower()}: {came}."
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("result"), words)

    def _put(self, session: Session, number: int, result: CheckResult, actor: Actor) -> None:
        row = {"application_id": number, "code": self.code, "checked_by": actor.name, **asdict(result)}
        put(session, award_check_table, [row])

    def _check_agreement(self, session: Session, award: AwardRow) -> None:
        """Refuse to unsettle what a signed agreement rests on."""
        is_settled = self.result is not None and self.result.is_settled
        was_settled = self.replacing is not None and self.replacing.is_settled
        if award.agreed_on is None or is_settled or not was_settled:
            return
        if self.code in rules_of_checks(session, self.round_id).required:
            raise Refused(
                f"The agreement of {award.reference} is signed, and its fund requires this check before. "
                "Remove the date of the agreement first."
            )


def _check(result: CheckResult, today: date) -> None:
    if result.result not in RESULTS:
        raise Refused(f"A check is {', '.join(RESULTS)}, not “{result.result[:40]}”.")
    if result.checked_on > today:
        raise Refused(f"{full_day(result.checked_on)} is still to come. Record a check once it is done.")
    if result.result != PASSED and not result.note.strip():
        raise Refused("Say in the note why it is not passed, or not needed here.")
    if len(result.note) > LONGEST:
        raise Refused(f"The note is longer than {LONGEST:,} characters. Shorten it.")
