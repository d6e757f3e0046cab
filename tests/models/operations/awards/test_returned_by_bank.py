"""A payment that the bank sent back is held in the same step, until somebody lifts the hold."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from models.operations.awards.paying import AGAIN, PayInstalment
from models.operations.awards.payment_files import RecordPayments, taken_back_by_bank
from models.operations.awards.payment_terms import HoldAward
from models.queries.awards.award_rows import AwardRow
from models.record import Record
from scoring.refused import Refused
from tests.models.operations.awards.variations.varied_awards import OF, half_paid, the_award
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.rounds import OFFICER, assert_replays, undo

NEXT = DAY + timedelta(days=1)
AGAIN_PAID = PayInstalment(1, OF, 1, NEXT, None)
EARLIER = HoldAward(1, OF, "no report yet.", "")


@pytest.fixture
def paid(record: Record) -> Record:
    return half_paid(record)


def sent_back(
    row: AwardRow, number: int = 1, came_on: date = NEXT, reason: str = "wrong sort code"
) -> PayInstalment:
    return taken_back_by_bank(1, row, number, came_on=came_on, reason=reason)


def test_what_the_bank_sent_back_may_not_be_paid_before_the_hold_is_lifted(paid: Record) -> None:
    outcome = paid.perform(sent_back(the_award(paid)), FINANCE)

    held = the_award(paid)
    assert (held.paid_pence, held.may_be_paid(NEXT)) == (0, ())
    assert all(words in held.held_for for words in ("2 December 2026", "3 December 2026", "wrong sort code"))
    assert "is on hold; nothing more is paid. Correct the payee's account" in outcome.words
    for operation in (AGAIN_PAID, RecordPayments("ledger.csv", (AGAIN_PAID,))):
        with pytest.raises(Refused, match="is on hold: on 3 December 2026 the bank sent back instalment 1"):
            paid.perform(operation, FINANCE)
    paid.perform(HoldAward(1, OF, "", held.held_for), OFFICER)
    paid.perform(AGAIN_PAID, FINANCE)
    assert_replays(paid)


@pytest.mark.parametrize("before", ["", "no report yet."])
def test_one_undo_takes_payment_and_hold_back_together(paid: Record, before: str) -> None:
    if before:
        paid.perform(EARLIER, OFFICER)
    stood = the_award(paid)
    outcome = paid.perform(sent_back(stood), FINANCE)
    held = the_award(paid)
    assert held.held_for.startswith("no report yet; on 3" if before else "on 3")

    undone = undo(paid, outcome)
    assert replace(the_award(paid), instalments=()) == replace(stood, instalments=())
    assert the_award(paid).paid_pence == stood.paid_pence

    undo(paid, undone)
    assert the_award(paid) == held
    assert_replays(paid)


def test_a_payment_recorded_by_mistake_holds_nothing(paid: Record) -> None:
    outcome = paid.perform(PayInstalment(1, OF, 1, None, DAY), FINANCE)

    assert (the_award(paid).held_for, outcome.words.endswith(AGAIN)) == ("", True)
    paid.perform(AGAIN_PAID, FINANCE)


def test_nothing_is_said_of_paying_again_at_once_while_the_award_is_held(paid: Record) -> None:
    paid.perform(EARLIER, OFFICER)

    assert AGAIN not in paid.perform(PayInstalment(1, OF, 1, None, DAY), FINANCE).words


def test_the_history_tells_the_bank_s_return_from_a_mistake(paid: Record) -> None:
    change = sent_back(the_award(paid))

    assert change.label == f"Take back payment 1 of {OF}, sent back by the bank"
    assert replace(change, hold=None).label == f"Take back payment 1 of {OF}"
    assert replace(change, on=DAY).label == f"Record payment 1 of {OF}"


@pytest.mark.parametrize(
    ("number", "came_on", "reason", "words"),
    [
        (2, NEXT, "closed", "Instalment 2 of A-031-01 is not paid"),
        (1, DAY - timedelta(days=1), "closed", "The bank sends nothing back before that"),
        (1, NEXT, " ", "Say why the bank sent it back"),
    ],
)
def test_what_cannot_have_come_back_is_refused(
    paid: Record, number: int, came_on: date, reason: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        sent_back(the_award(paid), number, came_on, reason)
