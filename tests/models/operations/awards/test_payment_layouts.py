"""Layouts of payment files: saved by name, changed, removed, undone; refused where no file comes of one."""

import pytest
from msgspec.structs import replace

from models.operations.awards.payment_files import SetPaymentLayout
from models.queries.awards.finance_codes import payment_layout, payment_layouts
from models.record import Record
from models.values.payments import STANDARD, LayoutColumn, PaymentLayout
from scoring.refused import Refused
from tests.models.operations.deciding_rounds import FINANCE
from tests.models.rounds import OFFICER, assert_replays, undo

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
