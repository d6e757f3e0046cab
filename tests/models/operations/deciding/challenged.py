"""A decided round with an appeal against its third line, held in reserve, for the tests of challenges."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.deciding import RecordDecisions
from models.queries.deciding.challenges import HeldChallenge, held_challenges
from models.record import Record
from models.values.awards import Challenge, ChallengeKind, Finding
from models.values.recommending import LineDecision
from tests.models.made_once import made_once
from tests.models.operations.deciding_rounds import REASON, decided, last_step
from tests.models.rounds import OFFICER

DECLINED = "ACF-003"
RECEIVED, ANSWERED, ANEW = date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 16)
APPEAL = Challenge(
    ChallengeKind.APPEAL, "Uma Asker", "The panel read the old budget.", RECEIVED, date(2027, 1, 7)
)
UPHELD = replace(
    APPEAL,
    acknowledged_on=date(2026, 12, 8),
    looked_at_by="Rae Looker",
    looked_at_post="Head of Audit",
    finding=Finding.UPHELD,
    reasons="The budget that counts had come in time.",
    answered_on=ANSWERED,
    calls_for_decision=True,
)


def add(record: Record, challenge: Challenge = APPEAL, number: int = 1, of: str = DECLINED) -> Outcome:
    """Record a challenge."""
    return record.perform(SetChallenge(1, of, number, challenge, None), OFFICER)


def change(record: Record, **values: Any) -> Outcome:
    """Change the newest challenge."""
    held = the_challenge(record)
    becomes = replace(held.challenge, **values)
    return record.perform(SetChallenge(1, held.application, held.number, becomes, held.challenge), OFFICER)


def the_challenge(record: Record) -> HeldChallenge:
    """Return the newest challenge."""
    return record.ask(held_challenges)[-1]


def anew(pence: int | None, notice: str = "040/2026", of: str = DECLINED) -> RecordDecisions:
    """Return the new decision of the last step on a line: so much, or None to decline it."""
    outcome = "decline" if pence is None else "part_fund"
    line = LineDecision(of, "change", outcome, pence, "" if pence is None else REASON, "upheld on appeal")
    return replace(last_step(line, notice=notice), on=ANEW, correcting=True)


def uphold(record: Record, of: str = DECLINED) -> None:
    """Record an appeal against a line and uphold it."""
    add(record, of=of)
    record.perform(SetChallenge(1, of, 1, UPHELD, APPEAL), OFFICER)


@made_once
def upheld(record: Record) -> Record:
    """Have the appeal against the third line upheld, so that it is to be decided again."""
    decided(record)
    uphold(record)
    return record
