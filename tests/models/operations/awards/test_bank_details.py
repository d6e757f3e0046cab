"""Bank details: only after the agreement, only to officers and finance, and never in the journal."""

import re
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.journal.verify import Check, verify, verify_at
from models.operation import Actor, Operation, Outcome
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    SetBankDetails,
    ShowBankDetails,
    put_bank_details,
    whole_bank_details,
)
from models.operations.awards.paying import PayInstalment
from models.queries.awards.award_rows import BankState
from models.queries.awards.awards import awards
from models.record import Record
from models.schema.awards import bank_details_table
from models.schema.journal import journal_body_table
from models.values.payments import BankDetails
from scoring.written.text import Refused
from tests.entitled import called
from tests.models.conftest import OPENER, tamper
from tests.models.operations.deciding_rounds import DAY, FINANCE, decided
from tests.models.rounds import OFFICER, assert_replays, undo

ACCOUNT = BankDetails("Allotment Friends 1", "08-99-99", "66374958")
OTHER = BankDetails("Allotment Friends", "20-00-00", "55779911")
FIRST = SetBankDetails.of(1, "ACF-001", ACCOUNT, None)
CHANGE = SetBankDetails.of(1, "ACF-001", OTHER, "4958")
SHOW = ShowBankDetails(1, "ACF-001")
CHECK = CheckBankDetails(1, "ACF-001", "4958")
DELETE = DeleteBankDetails(1, "ACF-001", "4958")


@pytest.fixture
def agreed(record: Record) -> Record:
    """A record with an award of £1,000 whose agreement is signed."""
    decided(record)
    record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    return record


@pytest.fixture
def held(agreed: Record) -> Record:
    """The same with the account recorded by the officer."""
    keep(agreed)
    return agreed


def keep(
    record: Record,
    operation: SetBankDetails = FIRST,
    details: BankDetails = ACCOUNT,
    actor: Actor = OFFICER,
) -> Outcome:
    beside = partial(put_bank_details, round_id=1, application=operation.application, details=details)
    return record.perform_beside(operation, beside, actor)[0]


def show(record: Record, actor: Actor) -> BankDetails:
    beside = partial(whole_bank_details, round_id=1, application="ACF-001")
    return record.perform_beside(SHOW, beside, actor)[1]


def bank(record: Record) -> BankState | None:
    return record.ask(lambda session: awards(session, 1))[0].bank


def bodies(record: Record) -> str:
    return "\n".join(record.ask(lambda session: session.scalars(select(journal_body_table.c.body)).all()))


def accounts(record: Record) -> int:
    return len(record.ask(lambda session: session.scalars(select(bank_details_table)).all()))


def check(record: Record, name: str) -> Check:
    return next(found for found in verify(record).checks if found.name == name)


def test_an_account_is_kept_and_its_last_four_digits_are_known(agreed: Record) -> None:
    outcome = keep(agreed)

    found = bank(agreed)
    assert outcome.words == "The bank details of A-031-01 are saved: ••••4958."
    assert found is not None
    assert (found.last_four, found.entered_by, found.checked_by, found.changed_after) == (
        "4958",
        OFFICER.name,
        "",
        "",
    )
    assert_replays(agreed)


def test_the_journal_holds_no_account(held: Record) -> None:
    keep(held, CHANGE, OTHER)
    show(held, FINANCE)

    said = re.sub(r'"account_sum":"[0-9a-f]{64}"', "", bodies(held))  # it may have any digits by chance

    assert '"last_four":"9911"' in said
    for part in ("66374958", "55779911", "6637", "5577", "08-99-99", "20-00-00", "089999"):
        assert part not in said
    assert held.ask(lambda session: awards(session, 1))[1].bank is None


def test_nothing_of_a_replaced_account_stays_in_the_file(held: Record) -> None:
    keep(held, CHANGE, OTHER)
    path = held.path
    held.close()

    content = path.read_bytes()

    assert b"55779911" in content
    assert b"66374958" not in content
    assert b"08-99-99" not in content


def test_no_account_is_taken_before_the_agreement(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match=r"The agreement of A-031-01 is not signed\. Bank details"):
        keep(record)

    assert (bank(record), accounts(record)) == (None, 0)


def test_an_account_other_than_the_one_recorded_is_refused_whole(agreed: Record) -> None:
    before = agreed.head()

    with pytest.raises(Refused, match="not the one that was recorded"):
        keep(agreed, FIRST, OTHER)

    assert (bank(agreed), accounts(agreed), agreed.head()) == (None, 0, before)


def test_an_account_without_its_journal_row_is_refused(agreed: Record) -> None:
    beside = partial(put_bank_details, round_id=1, application="ACF-002", details=ACCOUNT)

    with pytest.raises(Refused, match="not the one that was recorded"):
        agreed.perform_beside(FIRST, beside, OFFICER)

    assert bank(agreed) is None


@pytest.mark.parametrize("role", ["chair", "member", "adviser", "commander", "decider", "note-taker"])
@pytest.mark.parametrize("operation", [CHANGE, SHOW, CHECK, DELETE], ids=lambda operation: operation.kind)
def test_only_officers_and_finance_touch_an_account(held: Record, operation: Operation, role: str) -> None:
    with pytest.raises(Refused, match=f"An officer or finance [a-z ]*bank details, not {called(role)}"):
        held.perform(operation, Actor("Ann Sample", role))


@pytest.mark.parametrize("last_four", ["", "495", "66374958", "495x", "٤٩٥٨"])
def test_more_or_less_than_four_digits_never_reach_the_journal(agreed: Record, last_four: str) -> None:
    with pytest.raises(Refused, match="by the last four digits"):
        agreed.perform(replace(FIRST, last_four=last_four), OFFICER)


@pytest.mark.parametrize(
    "operation",
    [
        FIRST,
        replace(CHANGE, replacing_last_four="0000"),
        replace(CHECK, last_four="0000"),
        replace(CHECK, is_checked=False),
        replace(DELETE, last_four="0000"),
    ],
)
def test_what_was_changed_in_the_meantime_is_refused(held: Record, operation: Operation) -> None:
    with pytest.raises(Refused, match="The bank details of ACF-001 were changed in the meantime"):
        held.perform(operation, FINANCE)


@pytest.mark.parametrize("operation", [SHOW, CHECK, DELETE], ids=lambda operation: operation.kind)
def test_what_is_not_held_is_refused(agreed: Record, operation: Operation) -> None:
    with pytest.raises(Refused, match="A-031-01 has no bank details"):
        agreed.perform(operation, FINANCE)


def test_looking_at_an_account_is_journalled_each_time(held: Record) -> None:
    before = held.head().seq

    assert show(held, FINANCE) == ACCOUNT
    assert show(held, OFFICER) == ACCOUNT

    assert held.head().seq == before + 2
    assert_replays(held)


def test_somebody_else_verifies_an_account_and_takes_it_back(held: Record) -> None:
    with pytest.raises(Refused, match="so somebody else verifies them"):
        held.perform(CHECK, OFFICER)

    outcome = held.perform(CHECK, FINANCE)

    found = bank(held)
    assert outcome.words == "The bank details of A-031-01 are verified."
    assert found is not None
    assert (found.checked_by, found.checked_at is None) == (FINANCE.name, False)
    undo(held, outcome)
    found = bank(held)
    assert found is not None
    assert (found.checked_by, found.checked_at) == ("", None)
    assert_replays(held)


def test_a_change_before_anyone_checked_is_not_flagged(held: Record) -> None:
    keep(held, CHANGE, OTHER)

    found = bank(held)
    assert found is not None
    assert (found.last_four, found.changed_after) == ("9911", "")
    assert show(held, FINANCE) == OTHER


def test_a_change_after_checking_is_flagged_and_stays_flagged(held: Record) -> None:
    held.perform(CHECK, FINANCE)
    keep(held, CHANGE, OTHER)
    found = bank(held)
    assert found is not None
    assert (found.changed_after, found.checked_by) == ("checked", "")

    keep(held, SetBankDetails.of(1, "ACF-001", ACCOUNT, "9911"), ACCOUNT)

    found = bank(held)
    assert found is not None
    assert found.changed_after == "checked"
    assert_replays(held)


def test_a_change_after_payment_is_flagged(held: Record) -> None:
    held.perform(CHECK, FINANCE)
    held.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)

    keep(held, CHANGE, OTHER)

    found = bank(held)
    assert found is not None
    assert found.changed_after == "paid"
    assert_replays(held)


def test_an_agreement_stands_while_bank_details_are_held(held: Record) -> None:
    take_back = SignAgreement(1, "ACF-001", None, DAY)
    with pytest.raises(Refused, match="Delete the bank details first"):
        held.perform(take_back, OFFICER)

    assert held.perform(DELETE, OFFICER).words == "The bank details of A-031-01 are deleted."
    held.perform(take_back, OFFICER)

    assert (bank(held), accounts(held)) == (None, 0)
    assert_replays(held)


def test_the_check_says_that_bank_details_are_left_out(held: Record) -> None:
    found = check(held, "replay")

    assert found.ok
    assert found.words.endswith("drafts and bank details left out.")
    assert check(held, "bank").ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bank_details SET account_number = '11112222'",
        "UPDATE bank_details SET account_number = '11114958'",
        "UPDATE bank_details SET sort_code = '11-22-33'",
        "UPDATE bank_details SET account_name = 'Somebody else'",
        "UPDATE bank_details SET salt = ''",
        "DELETE FROM bank_details",
    ],
)
def test_an_account_that_is_not_the_one_recorded_is_found(
    held: Record, record_path: Path, statement: str
) -> None:
    held.close()
    tamper(record_path, statement)

    found = verify_at(record_path, OPENER)

    assert [(check.name, "A-031-01" in check.words) for check in found.checks if not check.ok] == [
        ("bank", True)
    ]


@pytest.mark.parametrize("statement", ["sort_code = '11-22-33'", "account_name = 'Somebody else'"])
def test_an_account_that_is_not_the_one_recorded_is_not_shown(
    held: Record, record_path: Path, statement: str
) -> None:
    held.close()
    tamper(record_path, f"UPDATE bank_details SET {statement}")

    with (
        Record.open(record_path, OPENER) as record,
        pytest.raises(Refused, match="not the ones that were recorded"),
    ):
        show(record, FINANCE)


def test_the_journal_holds_the_sum_and_never_the_salt(held: Record, record_path: Path) -> None:
    keep(held, CHANGE, OTHER)

    said = bodies(held)

    assert f'"account_sum":"{OTHER.sum}"' in said
    assert OTHER.salt not in said
    held.perform(replace(DELETE, last_four="9911"), FINANCE)
    held.close()
    content = record_path.read_bytes()
    assert ACCOUNT.salt.encode() not in content
    assert OTHER.salt.encode() not in content


def test_the_same_account_recorded_twice_has_another_sum() -> None:
    again = BankDetails("Allotment Friends 1", "08-99-99", "66374958")

    assert again == ACCOUNT
    assert again.sum != ACCOUNT.sum
    assert replace(again, salt=ACCOUNT.salt).sum == ACCOUNT.sum


def test_a_sum_of_another_length_is_refused(agreed: Record) -> None:
    with pytest.raises(Refused, match="64 hexadecimal digits"):
        agreed.perform(replace(FIRST, account_sum="abc"), OFFICER)


def test_an_account_that_is_gone_cannot_be_shown(held: Record, record_path: Path) -> None:
    held.close()
    tamper(record_path, "DELETE FROM bank_details")

    with Record.open(record_path, OPENER) as record, pytest.raises(Refused, match="Enter them again"):
        show(record, FINANCE)


def test_a_label_says_what_was_done_and_no_digit_of_it() -> None:
    assert [
        operation.label for operation in (FIRST, CHECK, replace(CHECK, is_checked=False), SHOW, DELETE)
    ] == [
        "Record the bank details of ACF-001",
        "Verify the bank details of ACF-001",
        "Take back the check of the bank details of ACF-001",
        "Look at the bank details of ACF-001",
        "Delete the bank details of ACF-001",
    ]
