"""Awards after they are decided: parts that add up, who pays, finance's codes and ledger, what comes back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operation import Actor
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import CheckBankDetails
from models.operations.awards.finance import (
    RecordPayments,
    SetFinanceCodes,
    SetPaymentLayout,
    SetSupplierNumber,
    taken_back_by_bank,
)
from models.operations.awards.paying import HoldAward, PayInstalment, SetInstalments
from models.operations.set_up.areas import RemoveArea
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import (
    FinanceCodes,
    codes_in,
    finance_codes,
    parts_of,
    payment_layout,
    payment_layouts,
)
from models.record import Record
from models.reference.defaults import Payment
from models.values.awards import Instalment
from models.values.payments import STANDARD, LayoutColumn, PaymentLayout
from scoring.written.text import Refused
from tests.models.both_signed import both_sign
from tests.models.operations.awards.varied_awards import MARCH, OF, the_award
from tests.models.operations.deciding_rounds import DAY, DECIDER, FINANCE
from tests.models.ready_to_pay import CALL, verified_account
from tests.models.rounds import OFFICER, refused, refuses, undo

# 33 %, 33 % and 34 % of £1,000.00
USUAL = (Instalment(33_000, "signature"), Instalment(33_000, "half way"), Instalment(34_000, "the end"))
HALVES = (Instalment(50_000, "signature"), Instalment(50_000, "proof of purchase"))
LATER = date(2026, 12, 20)
IN_HALVES = SetInstalments(1, "ACF-001", "", HALVES, USUAL)
SIGNED = both_sign("ACF-001", DAY)


@given(amount=st.integers(1, 10**9), percents=st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_the_parts_of_an_award_add_up_to_it(amount: int, percents: list[int]) -> None:
    parts = parts_of(amount, Payment("any", "Any", tuple((percent, "then") for percent in percents)))

    assert sum(part.amount_pence for part in parts) == amount
    assert all(part.amount_pence > 0 for part in parts)


def test_instalments_hold_together_and_a_signed_agreement_keeps_them(decided: Record) -> None:
    for parts, words in (
        (HALVES[:1], "add up to £500.00, the award to £1,000.00"),
        ((), "add up to £0.00"),
        ((*HALVES, Instalment(0, "never")), "an amount above £0.00"),
        ((Instalment(100_000, " "),), "say what it waits for"),
        ((Instalment(100_000, "now", DAY),), "say what it waits for"),
    ):
        refuses(decided, words, SetInstalments(1, "ACF-001", "", parts, USUAL))
    signed = decided.perform(SIGNED, OFFICER)

    refuses(decided, "A-031-01 is signed, and says how it is paid", IN_HALVES)

    assert the_award(decided).instalments == USUAL
    undo(decided, signed)
    decided.perform(IN_HALVES, OFFICER)
    assert the_award(decided).instalments == HALVES


def test_finance_pays_after_the_agreement_and_once_the_account_is_verified(decided: Record) -> None:
    pay = PayInstalment(1, "ACF-001", 1, LATER, None)
    refuses(decided, "The agreement of A-031-01 is not signed", pay, FINANCE)
    decided.perform(SIGNED, OFFICER)
    refuses(decided, "nobody who decides may authorise payments", pay, Actor("Dan Decides", "finance"))
    refuses(decided, r"A-031-01: there are no bank details yet\. Nothing is paid before that", pay, FINANCE)
    verified_account(decided, "ACF-001", FINANCE)
    unverified = CheckBankDetails(1, "ACF-001", "4958", is_checked=False)
    decided.perform(unverified, FINANCE)
    refuses(decided, "the bank details are not verified", pay, FINANCE)
    decided.perform(CheckBankDetails(1, "ACF-001", "4958", call=CALL), FINANCE)
    early = replace(pay, on=DAY - timedelta(days=1))
    for operation in (early, RecordPayments("ledger.csv", (early, replace(pay, number=2)))):
        with pytest.raises(Refused, match=r"was signed on 2 December 2026, after 1 December 2026\. Nothing"):
            decided.perform(operation, FINANCE)

    outcome = decided.perform(pay, FINANCE)

    assert outcome.words == (
        "Instalment 1 of A-031-01, £330.00, is paid. Due diligence: none of the 9 checks is settled."
    )
    refuses(decided, "Instalment 1 of A-031-01 was paid already, on ", pay, FINANCE)
    assert the_award(decided).paid_pence == 33_000
    with pytest.raises(Refused, match="its instalments cannot be changed"):
        decided.perform(SetInstalments(1, "ACF-001", "", HALVES, the_award(decided).instalments), OFFICER)
    refuses(decided, "its agreement cannot be changed", SignAgreement(1, "ACF-001", None, DAY))
    undo(decided, outcome)
    assert the_award(decided).paid_pence == 0


WHOLE = FinanceCodes("", "0042", "003100", "P-007")
DUDLEY = FinanceCodes("Dudley", "0043")


def codes(record: Record) -> tuple[FinanceCodes, ...]:
    return record.ask(lambda session: finance_codes(session, 1))


def test_what_is_none_or_no_longer_fits_is_refused(decided: Record) -> None:
    decided.perform(both_sign("ACF-002", DAY), OFFICER)
    for operation, words in (
        (SetFinanceCodes(1, (), (WHOLE,)), "The finance codes were changed in the meantime"),
        (SetFinanceCodes(1, (FinanceCodes("Sandwell", "1"),), ()), "There is no area Sandwell in the round"),
        (SetFinanceCodes(1, (DUDLEY, DUDLEY), ()), "Each area has its codes once"),
        (SetFinanceCodes(1, (FinanceCodes("", " 0042"),), ()), "A finance code must be on one line"),
        (SetFinanceCodes(1, (FinanceCodes("", "", "", "4\n2"),), ()), "A finance code must be on one line"),
        (SetFinanceCodes(1, (FinanceCodes("", "0" * 41),), ()), "up to 40 characters"),
        (SetSupplierNumber(1, "ACF-001", "1", "9"), "The supplier number of ACF-001 was changed in the mean"),
        (SetSupplierNumber(1, "ACF-001", "1\t", ""), "A supplier number must be on one line"),
        (SetSupplierNumber(1, "ACF-003", "1", ""), "ACF-003 has no award"),
        (SetInstalments(1, "ACF-001", "", HALVES, ()), "The instalments of ACF-001 were changed"),
        (replace(SIGNED, replacing=DAY), "The agreement of ACF-001 was changed"),
        (PayInstalment(1, "ACF-002", 1, DAY, LATER), "Instalment 1 was changed in the meantime"),
        (PayInstalment(1, "ACF-002", 4, DAY, LATER), "A-031-02 has no instalment 4"),
        (both_sign("ACF-003", DAY), "ACF-003 has no award"),
    ):
        refuses(decided, words, operation, FINANCE)
    assert codes(decided) == ()
    # Codes are kept with their noughts.
    decided.perform(SetFinanceCodes(1, (WHOLE, DUDLEY), ()), FINANCE)

    assert codes(decided) == (WHOLE, DUDLEY)
    assert codes_in(codes(decided), "Dudley") == FinanceCodes("Dudley", "0043", "003100", "P-007")
    assert codes_in(codes(decided), "Coventry").parts == WHOLE.parts
    assert codes_in((), "Coventry").parts == ("", "", "")
    refuses(decided, "Dudley has finance codes of its own", RemoveArea(1, "Dudley"))


def test_codes_come_with_the_first_award(recommended: Record) -> None:
    refuses(recommended, "No award is made in this round yet", SetFinanceCodes(1, (WHOLE,), ()))


LAST = PayInstalment(1, OF, 3, MARCH, None)
MOVED = PayInstalment(1, OF, 1, MARCH, DAY)


def test_one_that_is_refused_refuses_all(half_paid: Record) -> None:
    with pytest.raises(Refused, match="waits for proof of purchase"):
        half_paid.perform(RecordPayments("ledger.csv", (LAST, PayInstalment(1, OF, 2, MARCH, None))), FINANCE)
    refuses(half_paid, "says nothing of payments that is new", RecordPayments("ledger.csv", ()), FINANCE)
    refuses(half_paid, "finance", RecordPayments("ledger.csv", (LAST,)))

    with pytest.raises(Refused, match="There is no application ACF-999"):
        half_paid.perform(RecordPayments("ledger.csv", (replace(LAST, application="ACF-999"),)), FINANCE)
    refuses(half_paid, "was paid already", RecordPayments("ledger.csv", (LAST, LAST)), FINANCE)
    decider = replace(DECIDER, role="finance")
    with pytest.raises(Refused, match="nobody who decides may authorise payments"):
        half_paid.perform(RecordPayments("ledger.csv", (LAST, MOVED)), decider)

    assert the_award(half_paid).paid_pence == 50_000

    # They are recorded and undone together.
    outcome = half_paid.perform(RecordPayments("ledger.csv", (LAST, MOVED)), FINANCE)
    assert outcome.words == (
        "2 payments of ledger.csv recorded. Due diligence: none of the 9 checks is settled."
    )
    assert [part.paid_on for part in the_award(half_paid).instalments] == [MARCH, None, MARCH]
    assert undo(half_paid, outcome).words == "2 payments of ledger.csv taken back."
    assert [part.paid_on for part in the_award(half_paid).instalments] == [DAY, None, None]


NEXT = DAY + timedelta(days=1)
AGAIN_PAID = PayInstalment(1, OF, 1, NEXT, None)


def sent_back(
    row: AwardRow, number: int = 1, came_on: date = NEXT, reason: str = "wrong sort code"
) -> PayInstalment:
    return taken_back_by_bank(1, row, number, came_on=came_on, reason=reason)


def test_what_the_bank_sent_back_may_not_be_paid_before_the_hold_is_lifted(half_paid: Record) -> None:
    for number, came_on, reason, words in (
        (2, NEXT, "closed", "Instalment 2 of A-031-01 is not paid"),
        (1, DAY - timedelta(days=1), "closed", "The bank sends nothing back before that"),
        (1, NEXT, " ", "Say why the bank sent it back"),
    ):
        refused(words, sent_back, the_award(half_paid), number, came_on, reason)
    outcome = half_paid.perform(sent_back(the_award(half_paid)), FINANCE)
    held = the_award(half_paid)
    assert (held.paid_pence, held.may_be_paid(NEXT)) == (0, ())
    assert all(words in held.held_for for words in ("2 December 2026", "3 December 2026", "wrong sort code"))
    assert "is on hold; nothing more is paid." in outcome.words
    for operation in (AGAIN_PAID, RecordPayments("ledger.csv", (AGAIN_PAID,))):
        with pytest.raises(Refused, match="is on hold: on 3 December 2026 the bank sent back instalment 1"):
            half_paid.perform(operation, FINANCE)
    half_paid.perform(HoldAward(1, OF, "", held.held_for), OFFICER)
    half_paid.perform(AGAIN_PAID, FINANCE)
    # A payment recorded by mistake holds nothing.
    half_paid.perform(PayInstalment(1, OF, 1, None, NEXT), FINANCE)
    assert the_award(half_paid).held_for == ""
    half_paid.perform(AGAIN_PAID, FINANCE)


@pytest.mark.parametrize("before", ["", "no report yet."])
def test_one_undo_takes_payment_and_hold_back_together(half_paid: Record, before: str) -> None:
    if before:
        half_paid.perform(HoldAward(1, OF, before, ""), OFFICER)
    stood = the_award(half_paid)
    outcome = half_paid.perform(sent_back(stood), FINANCE)
    held = the_award(half_paid)
    assert held.held_for.startswith("no report yet; on 3" if before else "on 3")

    undone = undo(half_paid, outcome)
    assert replace(the_award(half_paid), instalments=()) == replace(stood, instalments=())
    assert the_award(half_paid).paid_pence == stood.paid_pence

    undo(half_paid, undone)
    assert the_award(half_paid) == held


OWN = PaymentLayout(
    "Ledger load",
    (LayoutColumn("Type", "words", "GRANT"), LayoutColumn("Net", "amount"), LayoutColumn("Pay by", "due")),
    *("semicolon", "yyyy-mm-dd", "ready"),
    has_mark=False,
)


def layouts(record: Record) -> tuple[PaymentLayout, ...]:
    return record.ask(payment_layouts)


def test_a_layout_is_saved_changed_and_removed(record: Record) -> None:
    saved = record.perform(SetPaymentLayout(OWN.name, OWN, None), FINANCE)
    changed = replace(OWN, has_headings=False, columns=OWN.columns[1:])
    record.perform(SetPaymentLayout(OWN.name, changed, OWN), OFFICER)

    assert layouts(record) == (STANDARD, changed)
    assert record.ask(lambda session: payment_layout(session, " LEDGER  load")) == changed
    assert saved.words == "The payment layout Ledger load was saved."
    with pytest.raises(Refused, match=r"There is no layout “BACS” of payment files\. The layouts: Standard"):
        record.ask(lambda session: payment_layout(session, "BACS"))

    record.perform(SetPaymentLayout(OWN.name, None, changed), OFFICER)
    assert layouts(record) == (STANDARD,)


def _with(*columns: LayoutColumn) -> PaymentLayout:
    return replace(OWN, columns=columns)


NET = LayoutColumn("Net", "amount")


def test_what_no_file_can_be_made_of_is_refused(record: Record) -> None:
    for operation, words in (
        (SetPaymentLayout(OWN.name, OWN, OWN), "was changed in the meantime"),
        (SetPaymentLayout(OWN.name, None, None), "nothing to remove"),
        (SetPaymentLayout("", replace(OWN, name=""), None), "The name of a layout"),
        (SetPaymentLayout("A", OWN, None), "The name of a layout"),
        (SetPaymentLayout("standard", replace(OWN, name="standard"), None), "a layout Standard already"),
        (SetPaymentLayout(OWN.name, _with(LayoutColumn("Pay by", "due")), None), "with the amount"),
        (SetPaymentLayout(OWN.name, _with(*[NET] * 61), None), "up to 60 columns"),
        (SetPaymentLayout(OWN.name, replace(OWN, separator="|"), None), "comma, semicolon or tab"),
        (SetPaymentLayout(OWN.name, replace(OWN, dates="mm/dd/yyyy"), None), "Choose dd/mm/yyyy"),
        (SetPaymentLayout(OWN.name, replace(OWN, covers="some"), None), "outstanding, ready or all"),
        (
            SetPaymentLayout(OWN.name, _with(NET, LayoutColumn("a", "b")), None),
            "“b” in column 2 is not known",
        ),
        (
            SetPaymentLayout(OWN.name, _with(LayoutColumn("N", "amount", "x")), None),
            "There are words for column 1",
        ),
        (SetPaymentLayout(OWN.name, _with(LayoutColumn("N\n", "amount")), None), "on one line"),
        (
            SetPaymentLayout(OWN.name, _with(LayoutColumn("", "amount")), None),
            "There is no heading for column 1",
        ),
        (SetPaymentLayout(OWN.name, _with(NET, LayoutColumn("net", "due")), None), "headed “net”"),
    ):
        refuses(record, words, operation, FINANCE)
    assert layouts(record) == (STANDARD,)
