"""Payments of a ledger: recorded together, refused together, undone together."""

import pytest

from models.operations.awards.paying import PayInstalment
from models.operations.awards.payments.record_payments import RecordPayments
from models.record import Record
from scoring.refused import Refused
from tests.models.operations.awards.variations.varied_awards import MARCH, OF, half_paid, the_award
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.rounds import OFFICER, assert_replays

LAST = PayInstalment(1, OF, 3, MARCH, None)
MOVED = PayInstalment(1, OF, 1, MARCH, DAY)


def test_they_are_recorded_and_undone_together(record: Record) -> None:
    half_paid(record)

    outcome = record.perform(RecordPayments("ledger.csv", (LAST, MOVED)), FINANCE)

    assert outcome.words == "2 payments of ledger.csv recorded."
    assert [part.paid_on for part in the_award(record).instalments] == [MARCH, None, MARCH]
    assert outcome.inverse is not None
    undone = record.perform(outcome.inverse, FINANCE)
    assert undone.words == "2 payments of ledger.csv taken back."
    assert [part.paid_on for part in the_award(record).instalments] == [DAY, None, None]
    assert_replays(record)


def test_one_that_is_refused_refuses_all(record: Record) -> None:
    half_paid(record)

    with pytest.raises(Refused, match="waits for proof of purchase"):
        record.perform(RecordPayments("ledger.csv", (LAST, PayInstalment(1, OF, 2, MARCH, None))), FINANCE)
    with pytest.raises(Refused, match="says nothing of payments that is new"):
        record.perform(RecordPayments("ledger.csv", ()), FINANCE)
    with pytest.raises(Refused, match="finance"):
        record.perform(RecordPayments("ledger.csv", (LAST,)), OFFICER)

    assert the_award(record).paid_pence == 50_000
