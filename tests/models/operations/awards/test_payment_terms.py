"""What payments wait for, and the days on which they are due."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.awards.paying import (
    HoldAward,
    PayInstalment,
    Proof,
    SetDue,
    SetInstalments,
    SetProof,
    SetReturned,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.record import Record
from models.values.awards import Instalment, Returned
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, undo

MARCH = date(2027, 3, 1)
PARTS = (
    Instalment(50_001, "agreement signed", due_on=DAY),
    Instalment(49_999, "proof of purchase", due_on=MARCH),
)
RECEIPTS = Proof(DAY, "receipts 1 to 4")
PROVE = SetProof(1, "ACF-001", 2, RECEIPTS, None)
HOLD = HoldAward(1, "ACF-001", "no report yet", "")
BACK = SetReturned(1, "ACF-001", (Returned(2_050, MARCH, "one session fewer"),), ())


@pytest.fixture
def unsigned(record: Record) -> Record:
    """An award of £1,000.00 in two parts, the second on proof."""
    decided(record)
    usual = the_award(record).instalments
    record.perform(SetInstalments(1, "ACF-001", "", PARTS, usual), OFFICER)
    return record


@pytest.fixture
def agreed(unsigned: Record) -> Record:
    """The same award with its agreement signed and its account verified."""
    ready_to_pay(unsigned, "ACF-001", DAY, FINANCE)
    return unsigned


def the_award(record: Record) -> AwardRow:
    return record.ask(lambda s: awards(s, 1))[0]


def pay(record: Record, number: int) -> None:
    record.perform(PayInstalment(1, "ACF-001", number, DAY, None), FINANCE)


def test_instalments_keep_when_they_are_due(agreed: Record) -> None:
    assert the_award(agreed).instalments == PARTS
    assert [part.needs_proof for part in PARTS] == [False, True]


def test_an_instalment_on_proof_is_paid_after_it_came_in(agreed: Record) -> None:
    pay(agreed, 1)
    with pytest.raises(Refused, match=r"waits for proof of purchase\. Record that it came in"):
        pay(agreed, 2)

    outcome = agreed.perform(PROVE, OFFICER)
    pay(agreed, 2)

    assert outcome.words == "The proof for instalment 2 of A-031-01 came in."
    assert the_award(agreed).outstanding_pence == 0
    assert the_award(agreed).instalments[1].proof == "receipts 1 to 4"
    assert the_award(agreed).instalments[1].authorised_by == "Finn Pays"
    assert_replays(agreed)


def test_a_proof_is_undone(agreed: Record) -> None:
    undone = undo(agreed, agreed.perform(PROVE, OFFICER))
    assert the_award(agreed).instalments == PARTS
    assert undone.words == "The proof for instalment 2 of A-031-01 has not come in."

    undo(agreed, undone)

    assert the_award(agreed).instalments[1].proof_on == DAY


def test_a_proof_goes_with_other_instalments_and_comes_back_with_them(unsigned: Record) -> None:
    unsigned.perform(PROVE, OFFICER)
    proved = the_award(unsigned).instalments
    outcome = unsigned.perform(SetInstalments(1, "ACF-001", "", PARTS, proved), OFFICER)
    assert the_award(unsigned).instalments == PARTS

    undo(unsigned, outcome)

    assert the_award(unsigned).instalments == proved


def test_nothing_is_paid_on_hold(agreed: Record) -> None:
    outcome = agreed.perform(HOLD, OFFICER)
    assert outcome.words == "A-031-01 is on hold; nothing more is paid."
    with pytest.raises(Refused, match=r"A-031-01 is on hold: no report yet\. Lift the hold first"):
        pay(agreed, 1)

    undone = undo(agreed, outcome)
    pay(agreed, 1)

    assert undone.words == "A-031-01 is no longer on hold."
    assert the_award(agreed).paid_pence == 50_001
    assert_replays(agreed)


def test_what_was_paid_before_a_hold_is_taken_back(agreed: Record) -> None:
    pay(agreed, 1)
    agreed.perform(HOLD, OFFICER)

    agreed.perform(PayInstalment(1, "ACF-001", 1, None, DAY), FINANCE)

    assert the_award(agreed).paid_pence == 0


def test_what_was_not_spent_comes_back(agreed: Record) -> None:
    pay(agreed, 1)
    outcome = agreed.perform(BACK, FINANCE)

    assert outcome.words == "£20.50 of A-031-01 came back in all."
    assert (the_award(agreed).paid_pence, the_award(agreed).returned_pence) == (50_001, 2_050)
    with pytest.raises(Refused, match=r"£20\.50 of A-031-01 came back, so what was paid cannot be changed"):
        agreed.perform(PayInstalment(1, "ACF-001", 1, None, DAY), FINANCE)
    undo(agreed, outcome)
    agreed.perform(PayInstalment(1, "ACF-001", 1, None, DAY), FINANCE)
    assert_replays(agreed)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (replace(PROVE, number=3), "A-031-01 has no instalment 3"),
        (replace(PROVE, number=0), "A-031-01 has no instalment 0"),
        (replace(PROVE, replacing=RECEIPTS), "was changed in the meantime"),
        (replace(PROVE, proof=Proof(DAY, " ")), "Say what came in"),
        (replace(PROVE, number=1), "Instalment 1 of A-031-01 is paid already"),
        (replace(HOLD, replacing="else"), "was changed in the meantime"),
        (replace(HOLD, reason=" "), "A-031-01 is not on hold"),
        (replace(BACK, replacing=BACK.returned), "was changed in the meantime"),
        (replace(BACK, returned=(Returned(50_002, MARCH, "all"),)), r"£500\.02 is more than the £500\.01"),
        (replace(BACK, returned=(Returned(0, MARCH, "all"),)), "an amount above"),
        (replace(BACK, returned=(Returned(1, MARCH, " "),)), "and a reason"),
    ],
)
def test_what_does_not_hold_together_is_refused(agreed: Record, operation: Operation, words: str) -> None:
    pay(agreed, 1)
    before = the_award(agreed)

    with pytest.raises(Refused, match=words):
        agreed.perform(operation, OFFICER)

    assert the_award(agreed) == before


def test_a_hold_is_not_put_on_twice(agreed: Record) -> None:
    agreed.perform(HOLD, OFFICER)

    with pytest.raises(Refused, match="A-031-01 is on hold for that already"):
        agreed.perform(replace(HOLD, replacing="no report yet"), OFFICER)


def test_an_award_knows_the_decision_that_made_it(agreed: Record) -> None:
    decision = the_award(agreed).decision

    assert decision is not None
    assert (decision.notice, decision.signed_by, decision.application) == (
        "031/2026",
        "Dan Decides",
        "ACF-001",
    )


def test_the_same_number_in_another_year_makes_other_references(record: Record) -> None:
    first, second, third = every_line()
    signed(record).perform(first_step(first, second, third), COMMANDER)
    record.perform(last_step(first), DECIDER)
    record.perform(last_step(second, notice="031/2027"), DECIDER)

    assert [a.reference for a in record.ask(lambda s: awards(s, 1))] == ["A-031-01", "A-031-2027-01"]
    assert_replays(record)


DUE = SetDue(1, "ACF-001", 2, MARCH, None)


@pytest.fixture
def begun(record: Record) -> Record:
    """An award in three parts, the first paid."""
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    return record


def days(record: Record) -> list[date | None]:
    return [part.due_on for part in record.ask(lambda session: awards(session, 1))[0].instalments]


def test_a_later_part_is_given_a_day_while_the_first_is_paid(begun: Record) -> None:
    outcome = begun.perform(DUE, FINANCE)

    assert days(begun) == [None, MARCH, None]
    assert outcome.words == "Instalment 2 of A-031-01 is due on 1 Mar 2027."
    assert_replays(begun)

    assert undo(begun, outcome).words == "Instalment 2 of A-031-01 has no date yet."
    assert days(begun) == [None, None, None]
    assert_replays(begun)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (replace(DUE, number=1), "Instalment 1 of A-031-01 is paid already"),
        (replace(DUE, number=4), "A-031-01 has no instalment 4"),
        (replace(DUE, number=0), "A-031-01 has no instalment 0"),
        (replace(DUE, replacing=DAY), "Instalment 2 was changed in the meantime"),
    ],
)
def test_what_cannot_be_given_a_day_is_refused(begun: Record, operation: SetDue, words: str) -> None:
    with pytest.raises(Refused, match=words):
        begun.perform(operation, OFFICER)

    assert days(begun) == [None, None, None]


def test_nobody_else_says_when_a_payment_is_due(begun: Record) -> None:
    with pytest.raises(Refused, match="An officer or finance manages awards"):
        begun.perform(DUE, COMMANDER)
