"""Finance's codes, ledger and layouts, and payments that the bank sent back."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations import operation_base
from models.operations.awards.finance import (
    RecordPayments,
    SetFinanceCodes,
    SetPaymentLayout,
    SetSupplierNumber,
    taken_back_by_bank,
)
from models.operations.awards.paying import AGAIN, HoldAward, PayInstalment
from models.operations.set_up.areas import RemoveArea
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import (
    FinanceCodes,
    awards,
    codes_in,
    finance_codes,
    payment_layout,
    payment_layouts,
)
from models.record import Record
from models.values.payments import STANDARD, LayoutColumn, PaymentLayout
from scoring.written.text import Refused
from tests.models.operations.awards.varied_awards import MARCH, OF, half_paid, the_award
from tests.models.operations.deciding_rounds import DAY, DECIDER, FINANCE, decided, recommended
from tests.models.rounds import OFFICER, assert_replays, undo

WHOLE = FinanceCodes("", "0042", "003100", "P-007")
DUDLEY = FinanceCodes("Dudley", "0043")


@pytest.fixture
def made(record: Record) -> Record:
    """A record with two awards to Coventry, and Dudley with none."""
    decided(record)
    return record


def codes(record: Record) -> tuple[FinanceCodes, ...]:
    return record.ask(lambda session: finance_codes(session, 1))


def test_codes_are_kept_with_their_noughts_and_undone(made: Record) -> None:
    outcome = made.perform(SetFinanceCodes(1, (WHOLE, DUDLEY), ()), FINANCE)

    assert codes(made) == (WHOLE, DUDLEY)
    assert codes_in(codes(made), "Dudley") == FinanceCodes("Dudley", "0043", "003100", "P-007")
    assert codes_in(codes(made), "Coventry").parts == WHOLE.parts
    assert codes_in((), "Coventry").parts == ("", "", "")
    assert_replays(made)

    undo(made, outcome)

    assert codes(made) == ()
    assert_replays(made)


def test_a_row_without_a_code_is_left_out(made: Record) -> None:
    made.perform(SetFinanceCodes(1, (WHOLE, FinanceCodes("Dudley")), ()), OFFICER)

    assert codes(made) == (WHOLE,)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SetFinanceCodes(1, (), (WHOLE,)), "The finance codes were changed in the meantime"),
        (SetFinanceCodes(1, (FinanceCodes("Sandwell", "1"),), ()), "There is no area Sandwell in the round"),
        (SetFinanceCodes(1, (DUDLEY, DUDLEY), ()), "Each area has its codes once"),
        (SetFinanceCodes(1, (FinanceCodes("", " 0042"),), ()), "A finance code must be on one line"),
        (SetFinanceCodes(1, (FinanceCodes("", "", "", "4\n2"),), ()), "A finance code must be on one line"),
        (SetFinanceCodes(1, (FinanceCodes("", "0" * 41),), ()), "up to 40 characters"),
        (SetSupplierNumber(1, "ACF-001", "1", "9"), "The supplier number of ACF-001 was changed in the mean"),
        (SetSupplierNumber(1, "ACF-001", "1\t", ""), "A supplier number must be on one line"),
        (SetSupplierNumber(1, "ACF-003", "1", ""), "ACF-003 has no award"),
    ],
)
def test_what_is_none_is_refused(made: Record, operation: Operation, words: str) -> None:
    with pytest.raises(Refused, match=words):
        made.perform(operation, FINANCE)

    assert codes(made) == ()


def test_nobody_else_keeps_codes(made: Record) -> None:
    with pytest.raises(Refused, match="An officer or finance manages awards, not the person who decides"):
        made.perform(SetFinanceCodes(1, (WHOLE,), ()), DECIDER)


def test_codes_come_with_the_first_award(record: Record) -> None:
    recommended(record)

    with pytest.raises(Refused, match="No award is made in this round yet"):
        record.perform(SetFinanceCodes(1, (WHOLE,), ()), OFFICER)


def test_an_area_with_codes_of_its_own_is_not_removed(made: Record) -> None:
    made.perform(SetFinanceCodes(1, (DUDLEY,), ()), OFFICER)

    with pytest.raises(Refused, match="Dudley has finance codes of its own"):
        made.perform(RemoveArea(1, "Dudley"), OFFICER)


def test_a_supplier_number_belongs_to_the_payee(made: Record) -> None:
    first = made.perform(SetSupplierNumber(1, "ACF-001", "000123", ""), FINANCE)
    second = made.perform(SetSupplierNumber(1, "ACF-001", "000124", "000123"), OFFICER)

    assert [row.supplier_number for row in made.ask(lambda session: awards(session, 1))] == ["000124", ""]
    assert second.words == "The payee of A-031-01 is supplier 000124."
    assert_replays(made)

    undo(made, second)
    assert undo(made, first).words == "The payee of A-031-01 has no supplier number."
    assert [row.supplier_number for row in made.ask(lambda session: awards(session, 1))] == ["", ""]


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


def test_an_award_paid_many_times_is_asked_for_once(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    half_paid(record)
    asked: list[int] = []

    def counted(session: object, round_id: int) -> object:
        asked.append(round_id)
        return awards(session, round_id)  # type: ignore[arg-type]

    monkeypatch.setattr(operation_base, "awards", counted)
    days = [MARCH + timedelta(days=number) for number in range(101)]
    moves = [PayInstalment(1, OF, 1, after, before) for before, after in pairwise((DAY, *days))]

    record.perform(RecordPayments("ledger.csv", tuple(moves)), FINANCE)

    assert asked == [1]
    assert the_award(record).instalments[0].paid_on == days[-1]


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


OWN = PaymentLayout(
    "Ledger load",
    (LayoutColumn("Type", "words", "GRANT"), LayoutColumn("Net", "amount"), LayoutColumn("Pay by", "due")),
    *("semicolon", "yyyy-mm-dd", "ready"),
    has_mark=False,
)


def layouts(record: Record) -> tuple[PaymentLayout, ...]:
    return record.ask(payment_layouts)


def test_a_layout_is_saved_changed_removed_and_undone(record: Record) -> None:
    saved = record.perform(SetPaymentLayout(OWN.name, OWN, None), FINANCE)
    changed = replace(OWN, has_headings=False, columns=OWN.columns[1:])
    record.perform(SetPaymentLayout(OWN.name, changed, OWN), OFFICER)

    assert layouts(record) == (STANDARD, changed)
    assert record.ask(lambda session: payment_layout(session, " LEDGER  load")) == changed
    assert saved.words == "The payment layout Ledger load was saved."
    assert_replays(record)

    removed = record.perform(SetPaymentLayout(OWN.name, None, changed), OFFICER)
    assert layouts(record) == (STANDARD,)
    undo(record, removed)
    assert layouts(record) == (STANDARD, changed)
    assert_replays(record)


def test_an_office_has_its_own_standard_layout(record: Record) -> None:
    own = replace(OWN, name=STANDARD.name)

    record.perform(SetPaymentLayout(own.name, own, None), FINANCE)

    assert layouts(record) == (own,)


def test_a_layout_that_is_not_there_is_named(record: Record) -> None:
    with pytest.raises(Refused, match=r"There is no layout “BACS” of payment files\. The layouts: Standard"):
        record.ask(lambda session: payment_layout(session, "BACS"))


def _with(*columns: LayoutColumn) -> PaymentLayout:
    return replace(OWN, columns=columns)


NET = LayoutColumn("Net", "amount")


@pytest.mark.parametrize(
    ("operation", "words"),
    [
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
    ],
)
def test_what_no_file_can_be_made_of_is_refused(
    record: Record, operation: SetPaymentLayout, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        record.perform(operation, FINANCE)

    assert layouts(record) == (STANDARD,)
