"""An award that may be paid: its agreement signed, its account recorded and verified by two people."""

from datetime import date
from functools import partial

from models.operation import Actor
from models.operations.awards.bank_details import (
    CallBack,
    CheckBankDetails,
    SetBankDetails,
    put_bank_details,
)
from models.record import Record
from models.values.payments import BankDetails
from tests.models.both_signed import BOTH, both_sign
from tests.models.rounds import OFFICER

CALL = CallBack("Pat Payee", "the number on our last letter", date(2026, 10, 1))
ACCOUNT = BankDetails("Allotment Friends 1", "08-99-99", "66374958")


def ready_to_pay(
    record: Record, application: str, on: date, by: Actor, round_id: int = 1, *, post: str = BOTH.office_post
) -> None:
    """Sign the agreement, put an account down and verify it; `by` is finance."""
    record.perform(both_sign(application, on, round_id=round_id, post=post), OFFICER)
    verified_account(record, application, by, round_id)


def verified_account(record: Record, application: str, by: Actor, round_id: int = 1) -> None:
    """Put an account down and verify it; the agreement is signed already."""
    beside = partial(put_bank_details, round_id=round_id, application=application, details=ACCOUNT)
    record.perform_beside(SetBankDetails.of(round_id, application, ACCOUNT, None), beside, OFFICER)
    record.perform(CheckBankDetails(round_id, application, ACCOUNT.last_four, call=CALL), by)
