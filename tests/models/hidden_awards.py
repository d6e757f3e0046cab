"""What is told of the award on a closed application, otherwise in one record of a pair than in the other.

Two things alone are the same in both: sums of money, for what a pot and a year have left is told to everybody
who keeps them, and how many changes were made and of which kinds, which the journal tells everybody.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.bank_details import SetBankDetails, put_bank_details
from models.operations.awards.checks import SetCheck, SetSubsidy, SetWithheldName
from models.operations.awards.direct_awards import proposal_change
from models.operations.awards.finance import SetSupplierNumber
from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetVisits,
)
from models.operations.awards.paying import HoldAward
from models.operations.awards.variations import VaryAward
from models.operations.awards.year_end import DecideYearEnd, DecisionChange, SetSpent, SpentChange
from models.operations.deciding.challenges import SetChallenge
from models.operations.retention import HoldApplication
from models.operations.set_up.people import GiveRole
from models.papers.monitoring.monitoring import AgreedOutput, OutputProgress, ReturnContent, Visit
from models.papers.year.year_facts import CARRY, Spent, YearDecision
from models.queries.awards.awards import awards
from models.record import Record
from models.role import Role
from models.values.awards import (
    Challenge,
    ChallengeKind,
    Finding,
    PlannedReturn,
    Subsidy,
    Terms,
    WithheldName,
)
from models.values.diligence import CheckResult
from models.values.direct_award import DirectAward, Route
from models.values.payments import BankDetails
from models.values.recommending import LineDecision
from scoring.ranking import Allowance
from tests.models.both_signed import BOTH, both_sign
from tests.models.operations.deciding_rounds import DECIDER, declare_to_sign, first_step, last_step
from tests.models.rounds import FUND, OFFICER

ON = date(2026, 11, 3)
"""The day of all that is recorded."""
COLE = Actor("Cole Other", "commander")
YEAR = "2026/27"
OPEN = "ACF-001"
"""Another application that is awarded, and closed to nobody."""


def name_signers(record: Record) -> None:
    """Name others than the reader to sign, who have no interest."""
    for one, role in ((COLE, Role.COMMANDER), (DECIDER, Role.DECIDER)):
        record.perform(GiveRole(1, one.name, role), OFFICER)
    declare_to_sign(record, COLE, DECIDER)


def sign_first(record: Record, references: tuple[str, ...]) -> None:
    """Have the first of the two sign what is recommended."""
    lines = tuple(map(LineDecision, references))
    record.perform(replace(first_step(*lines, by=COLE), on=ON), COLE)


def award_all(record: Record, references: tuple[str, ...]) -> None:
    """Have these sign all that is recommended."""
    sign_first(record, references)
    lines = tuple(map(LineDecision, references))
    record.perform(replace(last_step(*lines), on=ON), DECIDER)


def tell_of_award(record: Record, of: str, word: str, *, is_first: bool) -> None:
    """Record all that can be told of the award on an application, in a word."""
    award = next(one.reference for one in record.ask(awards, 1) if one.application == of)
    open_award = next(one.reference for one in record.ask(awards, 1) if one.application == OPEN)
    for operation in (
        *_told(of, award, word, is_first=is_first),
        *_told(OPEN, open_award, "said", is_first=True),
    ):
        record.perform(operation, OFFICER)
    for operation in _more(of, word, is_first=is_first):
        record.perform(operation, OFFICER)
    account = BankDetails(word, "08-99-99", "66374958" if is_first else "00012345")
    beside = partial(put_bank_details, round_id=1, application=of, details=account)
    record.perform_beside(SetBankDetails.of(1, of, account, None), beside, OFFICER)
    line = SpentChange("Coventry", "", Spent(90_000, 0, ON, "ledger"), None)
    record.perform(SetSpent(FUND.name, YEAR, (line,)), OFFICER)
    extending = DirectAward(
        organisation="Allotment Friends 3",
        amount_pence=20_000,
        route=Route.EXTENSION,
        reason="It keeps the peace",
        area="Coventry",
        project="A year more",
        route_reason=word,
        extends=award,
        starts_on=date(2026, 12, 20),
        ends_on=date(2027, 3, 1),
    )
    record.perform(record.ask(lambda s: proposal_change(s, FUND.name, YEAR, extending)), OFFICER)


def _told(of: str, award: str, word: str, *, is_first: bool) -> Iterator[Operation]:
    """Yield what is said of it in either record."""
    pence = 10_000 if is_first else 20_000
    allowed = Allowance("Coventry", 5_000, "Jo Sample", "Commissioner", word, ON, of)
    yield AllowOverPot(1, allowed)
    signed = both_sign(of, ON, post="Chief Executive")
    yield replace(signed, details=replace(BOTH, office_signer=DECIDER.name, office_post="Chief Executive"))
    yield SetSubsidy(1, of, Subsidy("none", word), None)
    yield SetWithheldName(1, of, WithheldName("safety", word, "Olu Example", "Chief Executive"), None)
    yield HoldAward(1, of, word, "")
    yield HoldApplication(1, of, word, "")
    yield SetAgreedOutputs(1, of, (AgreedOutput(1, word, 40),), ())
    yield SetSpent(FUND.name, YEAR, (SpentChange("", award, Spent(10_000, 0, ON, word), None),))
    left = YearDecision(pence, 0, word, f"{word}, Chief Executive", ON)
    yield DecideYearEnd(FUND.name, YEAR, (DecisionChange(CARRY, "", award, left, None),))
    yield VaryAward(1, of, 1, Terms(conditions=(word,)), word, ON)


def _more(of: str, word: str, *, is_first: bool) -> Iterator[Operation]:
    """Yield what passed, is late and waits for an answer in one record, and not in the other."""
    result = "passed" if is_first else "failed"
    yield SetCheck(1, of, "sanctions", CheckResult(result, ON, word), None)
    yield SetSupplierNumber(1, of, "4711" if is_first else "4712", "")
    due = (PlannedReturn(1, ON, word), PlannedReturn(2, ON if is_first else date(2027, 6, 1), word))
    yield PlanReturns(1, (AwardPlan(of, due, ()),))
    content = ReturnContent(ON, word, 5 if is_first else 6, (OutputProgress(1, 2),), ())
    yield PutReturns(1, (ReturnPut(of, 1, content, None),))
    visit = Visit(ON, "Grace Okoro", word)
    yield SetVisits(1, of, (visit,) if is_first else (visit, visit), ())
    asked = Challenge(ChallengeKind.COMPLAINT, word, word, ON, date(2026, 12, 20))
    if not is_first:
        asked = replace(
            asked,
            acknowledged_on=ON,
            looked_at_by="Ada Apart",
            looked_at_post="Auditor",
            finding=Finding.NOT_UPHELD,
            reasons=word,
            answered_on=ON,
        )
    yield SetChallenge(1, of, 1, asked, None)
