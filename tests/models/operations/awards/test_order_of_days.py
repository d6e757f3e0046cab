"""Money is asked back, and comes, once it was paid; what is paid on proof is paid once that came."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operation import Operation
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import (
    PayInstalment,
    Proof,
    SetProof,
    SetReturned,
    refuse_asked_early,
    refuse_before_proof,
    refuse_come_early,
    refuse_moved_past,
)
from models.operations.awards.variations import AskBack
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations import Recovery
from models.record import Record
from models.values.awards import AwardParts, Instalment, Returned
from scoring.written.text import Refused
from tests.models.operations.awards.varied_awards import MARCH, OF, half_paid, the_award
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.rounds import OFFICER, assert_replays

BEFORE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
ASK = AskBack(1, OF, 1, 20_000, DAY, "two sessions were not held")
BARE = AwardRow(OF, "A-031-01", "Choir", "Coventry", 100_000, "", None, ())
days = st.dates(date(2026, 12, 1), date(2026, 12, 9))
sums = st.integers(1, 3).map(lambda of: of * 100)


@pytest.fixture
def agreed(record: Record) -> Record:
    return half_paid(record)


def refused(record: Record, operation: Operation, words: str) -> None:
    with pytest.raises(Refused, match=words):
        record.perform(operation, FINANCE)


def test_money_is_asked_back_once_it_was_paid(agreed: Record) -> None:
    refused(agreed, replace(ASK, on=BEFORE), r"£0\.00 of A-031-01 had been paid, so £200\.00 cannot have")

    agreed.perform(ASK, OFFICER)

    assert_replays(agreed)


def test_money_comes_back_once_it_was_paid_and_asked_for(agreed: Record) -> None:
    freely, asked = Returned(1_000, BEFORE, "not needed"), Returned(1_000, DAY, "of that", 1)
    refused(agreed, SetReturned(1, OF, (freely,), ()), r"£0\.00 of A-031-01 had been paid, so £10\.00")
    agreed.perform(replace(ASK, on=NEXT), OFFICER)
    refused(agreed, SetReturned(1, OF, (asked,), ()), "was asked back on .* so nothing came of that on")

    agreed.perform(SetReturned(1, OF, (replace(asked, on=NEXT), replace(freely, on=DAY)), ()), FINANCE)

    assert the_award(agreed).returned_pence == 2_000
    refused(agreed, PayInstalment(1, OF, 1, MARCH, DAY), "asked back or came on .* so it was paid before")
    assert_replays(agreed)


def test_what_waits_for_proof_is_paid_once_that_came(agreed: Record) -> None:
    agreed.perform(SetProof(1, OF, 2, Proof(NEXT, "receipts 1 to 9"), None), OFFICER)
    early = PayInstalment(1, OF, 2, DAY, None)
    for operation in (early, RecordPayments("ledger.csv", (early,))):
        refused(agreed, operation, r"proof for instalment 2 of A-031-01 came in on .* Nothing is paid on it")
    found = the_award(agreed)
    parts = AwardParts(1, OF, found.reference, found.instalments)
    assert "what it waits for came in after that, on " in parts.bars(2, DAY)
    assert parts.bars(2, NEXT) == ""

    outcome = agreed.perform(replace(early, on=NEXT), FINANCE)

    assert outcome.inverse is not None
    agreed.perform(outcome.inverse, FINANCE)
    assert_replays(agreed)


def test_days_that_a_ledger_replaces_are_told(agreed: Record) -> None:
    one = PayInstalment(1, OF, 1, NEXT, DAY)

    moved = agreed.perform(RecordPayments("ledger.csv", (one,)), FINANCE)

    assert "1 payment of ledger.csv recorded, in place of the day that it had." in moved.words


@given(
    st.lists(st.tuples(sums, days), max_size=3),
    st.lists(st.tuples(sums, days), max_size=3),
    sums,
    days,
)
def test_at_no_day_is_more_asked_back_or_come_than_was_paid(
    paid: list[tuple[int, date]], came: list[tuple[int, date]], pence: int, day: date
) -> None:
    award = replace(BARE, instalments=tuple(Instalment(pence, "x", paid_on=on) for pence, on in paid))
    back = tuple(Returned(pence, on, "why") for pence, on in came)
    by = {one: sum(pence for pence, on in paid if on <= one) for one in (day, *(on for _, on in came))}
    total = sum(pence for pence, _ in paid)

    is_refused = False
    try:
        refuse_come_early(award, back, ())
    except Refused:
        is_refused = True
    needed = {on: sum(pence for pence, other in came if other <= on) for _, on in came}
    assert is_refused == any(by[on] < needed[on] <= total for on in needed)
    refuse_come_early(award, back, back)  # what is known stays as it is

    is_refused = False
    try:
        refuse_asked_early(award, pence, day)
    except Refused:
        is_refused = True
    assert is_refused == (by[day] < pence <= total)


@given(days, days, days)
def test_a_payment_moves_past_no_day_on_which_money_of_it_was_asked_back(
    was: date, now: date, asked: date
) -> None:
    recovery = Recovery(OF, 1, 100, asked, "why", "Olive")
    before = replace(BARE, instalments=(Instalment(100, "x", paid_on=was),), asked_back=(recovery,))
    after = replace(before, instalments=(Instalment(100, "x", paid_on=now),))

    is_refused = False
    try:
        refuse_moved_past(before, after)
    except Refused:
        is_refused = True

    assert is_refused == (was <= asked < now)
    refuse_before_proof(BARE, 1, now)  # it has no such part, which the payment itself says
