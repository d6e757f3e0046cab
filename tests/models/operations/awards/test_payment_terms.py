"""The days on which payments and returns are due, what they wait for, how they move; money asked back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.awards.finance import RecordPayments
from models.operations.awards.monitoring import AwardPlan, PlanReturns, PutReturns, ReturnPut
from models.operations.awards.paying import (
    HoldAward,
    PayInstalment,
    Proof,
    SetDue,
    SetProof,
    SetReturned,
    refuse_asked_early,
    refuse_come_early,
    refuse_moved_past,
)
from models.operations.awards.variations import AskBack, VaryAward
from models.papers.monitoring.monitoring import AwardMonitoring, ReturnContent
from models.papers.order import PaperOrder
from models.queries.awards.agreements import agreed_returns, grant_agreement, grant_now
from models.queries.awards.amendments import change_words, with_moved_returns
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitored, reporting_rules
from models.queries.awards.variation_letters import award_letters
from models.queries.awards.variations import Recovery
from models.record import Record
from models.values.awards import AwardParts, Instalment, PlannedReturn, Returned, Terms
from scoring.written.text import Refused
from tests.models.operations.awards.varied_awards import HALVES, MARCH, OF, sign_anew, the_award
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.rounds import OFFICER, refused, refuses, undo

RECEIPTS = Proof(DAY, "receipts 1 to 4")
PROVE = SetProof(1, OF, 2, RECEIPTS, None)
HOLD = HoldAward(1, OF, "no report yet", "")
BACK = SetReturned(1, OF, (Returned(2_050, MARCH, "one session fewer"),), ())
DUE = SetDue(1, OF, 3, MARCH, None)
ASK = AskBack(1, OF, 1, 20_000, DAY, "two sessions were not held")
BEFORE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
HALF = Returned(10_000, MARCH, "first part", 1)


def pay(record: Record, number: int) -> None:
    record.perform(PayInstalment(1, OF, number, DAY, None), FINANCE)


def test_an_instalment_on_proof_is_paid_after_it_came_in(half_paid: Record) -> None:
    assert the_award(half_paid).instalments[1:] == HALVES[1:]
    assert [part.needs_proof for part in HALVES] == [False, True, False]
    refused(r"waits for proof of purchase\. Record that it came in", pay, half_paid, 2)
    half_paid.perform(SetProof(1, OF, 2, Proof(NEXT, "receipts 1 to 9"), None), OFFICER)
    early = PayInstalment(1, OF, 2, DAY, None)
    for operation in (early, RecordPayments("ledger.csv", (early,))):
        words = "proof for instalment 2 of A-031-01 came in on .* Nothing is paid on it"
        refuses(half_paid, words, operation, FINANCE)
    found = the_award(half_paid)
    parts = AwardParts(1, OF, found.reference, found.instalments)
    assert "what it waits for came in after that, on " in parts.bars(2, DAY)
    assert parts.bars(2, NEXT) == ""
    half_paid.perform(replace(early, on=NEXT), FINANCE)
    pay(half_paid, 3)

    assert the_award(half_paid).outstanding_pence == 0
    second = the_award(half_paid).instalments[1]
    assert (second.proof, second.authorised_by) == ("receipts 1 to 9", "Finn Pays")


def test_what_is_recorded_is_taken_back_and_what_does_not_hold_together_refused(half_paid: Record) -> None:
    before = the_award(half_paid)
    for operation in (PROVE, HOLD, BACK, DUE, ASK):
        undo(half_paid, half_paid.perform(operation, OFFICER))
    for operation, words in (
        (replace(PROVE, number=4), "A-031-01 has no instalment 4"),
        (replace(PROVE, number=0), "A-031-01 has no instalment 0"),
        (replace(PROVE, replacing=RECEIPTS), "was changed in the meantime"),
        (replace(PROVE, proof=Proof(DAY, " ")), "Say what came in"),
        (replace(PROVE, number=1), "Instalment 1 of A-031-01 is paid already"),
        (replace(HOLD, replacing="else"), "was changed in the meantime"),
        (replace(HOLD, reason=" "), "A-031-01 is not on hold"),
        (replace(BACK, replacing=BACK.returned), "was changed in the meantime"),
        (replace(BACK, returned=(Returned(50_001, MARCH, "all"),)), r"£500\.01 is more than the £500\.00"),
        (replace(BACK, returned=(Returned(0, MARCH, "all"),)), "an amount above"),
        (replace(BACK, returned=(Returned(1, MARCH, " "),)), "and a reason"),
        (replace(BACK, returned=(HALF,)), r"£0\.00 of A-031-01 was asked back"),
        (replace(DUE, number=1, replacing=DAY), "Instalment 1 of A-031-01 is paid already"),
        (replace(DUE, number=0), "A-031-01 has no instalment 0"),
        (replace(DUE, replacing=DAY), "Instalment 3 was changed in the meantime"),
        (replace(ASK, number=2), "changed in the meantime"),
        (replace(ASK, amount_pence=0), "above £0.00"),
        (replace(ASK, amount_pence=50_001), r"£500\.00 of A-031-01 is paid and neither returned"),
        (replace(ASK, reason=" "), "Say why"),
    ):
        refuses(half_paid, words, operation)
    assert the_award(half_paid) == before


def test_nothing_is_paid_on_hold_and_what_was_paid_before_is_taken_back_once_nothing_came_of_it(
    half_paid: Record,
) -> None:
    came_back = half_paid.perform(BACK, FINANCE)
    unpaid = PayInstalment(1, OF, 1, None, DAY)
    assert (the_award(half_paid).paid_pence, the_award(half_paid).returned_pence) == (50_000, 2_050)
    refuses(half_paid, r"£20\.50 of A-031-01 came back, so what was paid cannot be changed", unpaid, FINANCE)
    undo(half_paid, came_back)

    outcome = half_paid.perform(HOLD, OFFICER)
    refused(r"A-031-01 is on hold: no report yet\. Lift the hold first", pay, half_paid, 3)
    half_paid.perform(unpaid, FINANCE)
    assert the_award(half_paid).paid_pence == 0

    undo(half_paid, outcome)
    pay(half_paid, 3)
    assert the_award(half_paid).paid_pence == 20_000


def test_the_same_number_in_another_year_makes_other_references(record: Record) -> None:
    first, second, third = every_line()
    signed(record).perform(first_step(first, second, third), COMMANDER)
    record.perform(last_step(first), DECIDER)
    record.perform(last_step(second, notice="031/2027"), DECIDER)

    assert [a.reference for a in record.ask(lambda s: awards(s, 1))] == ["A-031-01", "A-031-2027-01"]


BARE = AwardRow(OF, "A-031-01", "Choir", "Coventry", 100_000, "", None, ())
days_of = st.dates(date(2026, 12, 1), date(2026, 12, 9))
sums = st.integers(1, 3).map(lambda of: of * 100)


def test_money_comes_back_once_it_was_paid_and_asked_for(half_paid: Record) -> None:
    freely, asked = Returned(1_000, BEFORE, "not needed"), Returned(1_000, DAY, "of that", 1)
    with pytest.raises(Refused, match=r"£0\.00 of A-031-01 had been paid, so £10\.00"):
        half_paid.perform(SetReturned(1, OF, (freely,), ()), FINANCE)
    half_paid.perform(replace(ASK, on=NEXT), OFFICER)
    with pytest.raises(Refused, match=r"was asked back on .* so nothing came of that on"):
        half_paid.perform(SetReturned(1, OF, (asked,), ()), FINANCE)

    half_paid.perform(SetReturned(1, OF, (replace(asked, on=NEXT), replace(freely, on=DAY)), ()), FINANCE)

    assert the_award(half_paid).returned_pence == 2_000
    with pytest.raises(Refused, match=r"asked back or came on .* so it was paid before"):
        half_paid.perform(PayInstalment(1, OF, 1, MARCH, DAY), FINANCE)


@given(
    st.lists(st.tuples(sums, days_of), max_size=3),
    st.lists(st.tuples(sums, days_of), max_size=3),
    sums,
    days_of,
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


@given(days_of, days_of, days_of)
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


HALF_WAY = PlannedReturn(1, date(2027, 4, 28), "half way", date(2027, 3, 31))
THE_END = PlannedReturn(2, date(2027, 10, 28), "the end", date(2027, 9, 30))
END = date(2027, 12, 31)
LATER = PlannedReturn(2, date(2028, 1, 28), "the end", END)
"""28 days after the new end."""


def reports(record: Record) -> AwardMonitoring:
    return record.ask(lambda s: next(one for one in monitored(s, 1) if one.application == OF))


def vary(record: Record, **terms: object) -> Outcome:
    said = Terms(**terms)  # type: ignore[arg-type]
    award = the_award(record)
    moved = record.ask(lambda s: with_moved_returns(s, 1, award, said))
    number = len(award.variations) + 1
    return record.perform(VaryAward(1, OF, number, moved, "The hall is late.", DAY), OFFICER)


def came(record: Record, number: int) -> None:
    said = ReturnContent(DAY, "As agreed.")
    record.perform(PutReturns(1, (ReturnPut(OF, number, said, None),)), OFFICER)


def test_the_last_return_and_the_agreement_move_with_the_end_and_back(half_paid: Record) -> None:
    half_paid.perform(PlanReturns(1, (AwardPlan(OF, (HALF_WAY, THE_END), ()),)), OFFICER)
    outcome = vary(half_paid, end_on=END)

    award = reports(half_paid)
    assert (award.planned, award.ends_elsewhere) == ((HALF_WAY, LATER), "")
    rules = half_paid.ask(lambda s: reporting_rules(s, 1))
    assert [one.due_on for one in agreed_returns(award, *rules)] == [HALF_WAY.due_on, LATER.due_on]
    told = list(change_words(the_award(half_paid).varied[-1]))
    assert told[1] == "the reports are due on 28 Apr 2027 and 28 Jan 2028"
    undo(half_paid, outcome)
    assert reports(half_paid).planned == (HALF_WAY, THE_END)
    # Days that were planned since are left alone.
    outcome = vary(half_paid, end_on=END)
    own = (replace(HALF_WAY, words="spring"), LATER)
    half_paid.perform(PlanReturns(1, (AwardPlan(OF, own, (HALF_WAY, LATER)),)), OFFICER)
    undo(half_paid, outcome)
    assert reports(half_paid).planned == own
    # A return that came in is not varied away.
    came(half_paid, 1)
    gone = VaryAward(1, OF, 1, Terms(end_on=END, returns=(LATER,)), "The hall is late.", DAY)

    refuses(half_paid, "Return 1 of A-031-01 came in, so it stays", gone)


def test_money_is_asked_back_and_comes_in_parts(half_paid: Record) -> None:
    with pytest.raises(Refused, match=r"£0\.00 of A-031-01 had been paid, so £200\.00 cannot have"):
        half_paid.perform(replace(ASK, on=BEFORE), FINANCE)
    outcome = half_paid.perform(ASK, OFFICER)
    assert the_award(half_paid).stands_pence == 100_000

    half_paid.perform(SetReturned(1, OF, (HALF,), ()), FINANCE)

    (asked,) = the_award(half_paid).asked_back
    assert asked.received(the_award(half_paid).returned) == (HALF,)
    assert asked.outstanding_pence(the_award(half_paid).returned) == 10_000
    # 1,000 awarded less 100 recovered; 500 paid, 100 back and 100 asked: 300 may be asked.
    assert (the_award(half_paid).stands_pence, the_award(half_paid).may_be_asked_pence) == (90_000, 30_000)
    told = grant_now(the_award(half_paid), ())
    assert (told.asked_back_pence, told.to_pay_back_pence, told.other_back_pence) == (20_000, 10_000, 0)
    refused("came back for this request", undo, half_paid, outcome)


def test_more_than_was_asked_does_not_come_and_what_was_paid_stays(half_paid: Record) -> None:
    half_paid.perform(ASK, OFFICER)

    with pytest.raises(Refused, match=r"£200\.00 of A-031-01 was asked back"):
        half_paid.perform(SetReturned(1, OF, (replace(HALF, amount_pence=20_001),), ()), FINANCE)
    with pytest.raises(Refused, match="is asked back, so what was paid cannot be changed"):
        half_paid.perform(PayInstalment(1, OF, 1, None, DAY), FINANCE)

    # Its letter tells the award of its own day.
    later = VaryAward(1, OF, 1, Terms(90_000), "fewer sessions", MARCH)
    half_paid.perform(later, OFFICER)
    sign_anew(half_paid, MARCH + timedelta(days=1))
    half_paid.perform(replace(ASK, number=2, on=MARCH), OFFICER)
    order = PaperOrder("award-letters", datetime(2027, 3, 2, tzinfo=UTC), round_id=1)
    letters = half_paid.ask(lambda s: award_letters(s, order)).letters
    # £1,000.00 as decided, £900.00 from 1 March on
    asked = [one.offered_pence for one in letters if one.asked_back_pence is not None]
    assert asked == [100_000, 90_000]
    assert [one.comes_to_pence for one in letters if one.asked_back_pence is not None] == [80_000, 50_000]
    assert "The grant, £1,000.00, becomes £900.00" in letters[0].changes
    agreement = half_paid.ask(lambda s: grant_agreement(s, replace(order, award=OF)))
    assert "£200.00 of it back; without that the grant comes to £500.00. Two " in agreement.changes[-1]
