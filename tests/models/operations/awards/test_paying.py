"""Awards after they are decided: parts that add up, the agreement, and who pays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import CheckBankDetails
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import PayInstalment, SetInstalments
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, parts_of, payments
from models.record import Record
from models.reference.defaults import Payment
from models.values.awards import Instalment
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DAY, FINANCE, THIRDS, decided
from tests.models.ready_to_pay import verified_account
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo

# 33 %, 33 % and 34 % of £1,000.00
USUAL = (Instalment(33_000, "signature"), Instalment(33_000, "half way"), Instalment(34_000, "the end"))
HALVES = (Instalment(50_000, "signature"), Instalment(50_000, "proof of purchase"))
LATER = date(2026, 12, 20)


@pytest.fixture
def awarded(record: Record) -> Record:
    """A record with awards of £1,000 and £2,000."""
    decided(record)
    return record


def the_award(record: Record) -> AwardRow:
    return record.ask(lambda s: awards(s, 1))[0]


def test_a_decision_to_fund_makes_an_award_in_the_usual_parts(awarded: Record) -> None:
    found = the_award(awarded)

    assert (found.reference, found.amount_pence, found.profile) == ("A-031-01", 100_000, "thirds")
    assert found.instalments == USUAL
    assert (found.organisation, found.area) == ("Allotment Friends 1", "Coventry")


@given(
    amount=st.integers(1, 10**9),
    percents=st.lists(st.integers(1, 60), min_size=1, max_size=8),
)
def test_the_parts_of_an_award_add_up_to_it(amount: int, percents: list[int]) -> None:
    parts = parts_of(amount, Payment("any", "Any", tuple((percent, "then") for percent in percents)))

    assert sum(part.amount_pence for part in parts) == amount
    assert all(part.amount_pence > 0 for part in parts)


def test_a_fund_without_profiles_pays_in_one(record: Record) -> None:
    load(set_up_office(record))

    assert [profile.parts for profile in record.ask(lambda s: payments(s, 1))] == [((100, "signature"),)]


def test_instalments_are_set_and_undone(awarded: Record) -> None:
    outcome = awarded.perform(SetInstalments(1, "ACF-001", "", HALVES, USUAL), OFFICER)
    assert outcome.words == "A-031-01 is paid in 2 instalments."
    assert the_award(awarded).instalments == HALVES

    undone = undo(awarded, outcome)

    assert (the_award(awarded).profile, the_award(awarded).instalments) == ("thirds", USUAL)
    undo(awarded, undone)
    assert_replays(awarded)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (HALVES[:1], "add up to £500.00, the award to £1,000.00"),
        ((), "add up to £0.00"),
        ((*HALVES, Instalment(0, "never")), "an amount above £0.00"),
        ((Instalment(100_000, " "),), "say what it waits for"),
        ((Instalment(100_000, "now", DAY),), "say what it waits for"),
    ],
)
def test_instalments_that_do_not_hold_together_are_refused(
    awarded: Record, parts: tuple[Instalment, ...], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        awarded.perform(SetInstalments(1, "ACF-001", "", parts, USUAL), OFFICER)

    assert the_award(awarded).instalments == USUAL


def test_one_instalment_is_said_in_the_singular(awarded: Record) -> None:
    whole = (Instalment(100_000, "signature"),)

    assert awarded.perform(SetInstalments(1, "ACF-001", "", whole, USUAL), OFFICER).words.endswith(
        "1 instalment."
    )


def test_a_signed_agreement_keeps_how_the_award_is_paid(awarded: Record) -> None:
    signed = awarded.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)

    with pytest.raises(Refused, match="A-031-01 is signed, and says how it is paid"):
        awarded.perform(SetInstalments(1, "ACF-001", "", HALVES, USUAL), OFFICER)

    assert the_award(awarded).instalments == USUAL
    undo(awarded, signed)
    awarded.perform(SetInstalments(1, "ACF-001", "", HALVES, USUAL), OFFICER)
    assert the_award(awarded).instalments == HALVES


def test_the_agreement_is_recorded_and_taken_back(awarded: Record) -> None:
    outcome = awarded.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    assert (outcome.words, the_award(awarded).agreed_on) == ("The agreement of A-031-01 is signed.", DAY)

    undo(awarded, outcome)

    assert the_award(awarded).agreed_on is None
    assert_replays(awarded)


def test_finance_pays_after_the_agreement_and_once_the_account_is_verified(awarded: Record) -> None:
    pay = PayInstalment(1, "ACF-001", 1, LATER, None)
    with pytest.raises(Refused, match="The agreement of A-031-01 is not signed"):
        awarded.perform(pay, FINANCE)
    awarded.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    with pytest.raises(
        Refused, match=r"A-031-01: there are no bank details yet\. Nothing is paid before that"
    ):
        awarded.perform(pay, FINANCE)
    verified_account(awarded, "ACF-001", FINANCE)
    unverified = CheckBankDetails(1, "ACF-001", "4958", is_checked=False)
    awarded.perform(unverified, FINANCE)
    with pytest.raises(Refused, match="the bank details are not verified"):
        awarded.perform(pay, FINANCE)
    awarded.perform(CheckBankDetails(1, "ACF-001", "4958"), FINANCE)
    early = replace(pay, on=DAY - timedelta(days=1))
    for operation in (early, RecordPayments("ledger.csv", (early, replace(pay, number=2)))):
        with pytest.raises(Refused, match=r"was signed on 2 December 2026, after 1 December 2026\. Nothing"):
            awarded.perform(operation, FINANCE)

    outcome = awarded.perform(pay, FINANCE)

    assert outcome.words == (
        "Instalment 1 of A-031-01, £330.00, is paid. Due diligence: 9 of 9 checks are not settled."
    )
    with pytest.raises(Refused, match="Instalment 1 of A-031-01 was paid already, on "):
        awarded.perform(pay, FINANCE)
    assert the_award(awarded).paid_pence == 33_000
    with pytest.raises(Refused, match="its instalments cannot be changed"):
        awarded.perform(SetInstalments(1, "ACF-001", "", HALVES, the_award(awarded).instalments), OFFICER)
    with pytest.raises(Refused, match="its agreement cannot be changed"):
        awarded.perform(SignAgreement(1, "ACF-001", None, DAY), OFFICER)
    assert outcome.inverse is not None
    awarded.perform(outcome.inverse, FINANCE)
    assert the_award(awarded).paid_pence == 0
    assert_replays(awarded)


def test_nobody_who_decided_authorises_payment(awarded: Record) -> None:
    awarded.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)

    with pytest.raises(Refused, match="nobody who decides may authorise payments"):
        awarded.perform(PayInstalment(1, "ACF-001", 1, DAY, None), Actor("Dan Decides", "finance"))
    with pytest.raises(Refused, match="Only finance authorises payments, not the officer"):
        awarded.perform(PayInstalment(1, "ACF-001", 1, DAY, None), OFFICER)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SetInstalments(1, "ACF-001", "", HALVES, ()), "The instalments of ACF-001 were changed"),
        (SignAgreement(1, "ACF-001", DAY, DAY), "The agreement of ACF-001 was changed"),
        (PayInstalment(1, "ACF-002", 1, DAY, LATER), "Instalment 1 was changed in the meantime"),
        (PayInstalment(1, "ACF-002", 4, DAY, None), "A-031-02 has no instalment 4"),
        (SignAgreement(1, "ACF-003", DAY, None), "ACF-003 has no award"),
    ],
)
def test_what_no_longer_fits_is_refused(awarded: Record, operation: Operation, words: str) -> None:
    awarded.perform(SignAgreement(1, "ACF-002", DAY, None), OFFICER)

    with pytest.raises(Refused, match=words):
        awarded.perform(operation, FINANCE)


def test_a_member_keeps_no_awards(awarded: Record) -> None:
    with pytest.raises(Refused, match="An officer or finance manages awards, not the member"):
        awarded.perform(SignAgreement(1, "ACF-001", DAY, None), Actor("Ann Sample", "member"))


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SignAgreement(1, "ACF-001", DAY, None), "Record the agreement of ACF-001"),
        (SignAgreement(1, "ACF-001", None, DAY), "Take back the agreement of ACF-001"),
        (PayInstalment(1, "ACF-001", 2, DAY, None), "Record payment 2 of ACF-001"),
        (PayInstalment(1, "ACF-001", 2, None, DAY), "Take back payment 2 of ACF-001"),
    ],
)
def test_a_label_says_what_is_recorded_and_what_is_taken_back(operation: Operation, words: str) -> None:
    assert operation.label == words


def test_the_usual_parts_are_those_of_the_fund(awarded: Record) -> None:
    assert awarded.ask(lambda s: payments(s, 1)) == (THIRDS,)
