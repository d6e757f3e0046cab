"""Payments of a ledger: recorded together, refused together, undone together."""

from datetime import timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from models.operations.awards import payment_files
from models.operations.awards.paying import PayInstalment
from models.operations.awards.payment_files import RecordPayments
from models.queries.awards.awards import awards
from models.record import Record
from scoring.refused import Refused
from tests.models.operations.awards.variations.varied_awards import MARCH, OF, half_paid, the_award
from tests.models.operations.deciding_rounds import DAY, DECIDER, FINANCE
from tests.models.rounds import OFFICER, assert_replays

LAST = PayInstalment(1, OF, 3, MARCH, None)
MOVED = PayInstalment(1, OF, 1, MARCH, DAY)


def test_they_are_recorded_and_undone_together(record: Record) -> None:
    half_paid(record)

    outcome = record.perform(RecordPayments("ledger.csv", (LAST, MOVED)), FINANCE)

    assert outcome.words == (
        "2 payments of ledger.csv recorded, 1 of them in place of the day that it had. "
        "Due diligence: 9 of 9 checks are not settled. No day is set for what instalment 3 of A-031-01 "
        "(“the end”) waited for: check that it came."
    )
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

    with pytest.raises(Refused, match="There is no application ACF-999"):
        record.perform(RecordPayments("ledger.csv", (replace(LAST, application="ACF-999"),)), FINANCE)
    with pytest.raises(Refused, match="was paid already"):
        record.perform(RecordPayments("ledger.csv", (LAST, LAST)), FINANCE)
    decider = replace(DECIDER, role="finance")
    with pytest.raises(Refused, match="nobody who decides may authorise payments"):
        record.perform(RecordPayments("ledger.csv", (LAST, MOVED)), decider)

    assert the_award(record).paid_pence == 50_000


def test_many_are_asked_for_once_a_round(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    half_paid(record)
    asked: list[int] = []

    def counted(session: object, round_id: int) -> object:
        asked.append(round_id)
        return awards(session, round_id)  # type: ignore[arg-type]

    monkeypatch.setattr(payment_files, "awards", counted)
    days = [MARCH + timedelta(days=number) for number in range(101)]
    moves = [PayInstalment(1, OF, 1, after, before) for before, after in pairwise((DAY, *days))]

    record.perform(RecordPayments("ledger.csv", tuple(moves)), FINANCE)

    assert asked == [1]
    assert the_award(record).instalments[0].paid_on == days[-1]
