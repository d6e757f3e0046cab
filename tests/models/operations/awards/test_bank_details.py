"""Bank details: after agreement, to officers and finance, never in the journal; on paper with a reason."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, select, update

from models.journal.verify import verify_at
from models.operation import Actor, Operation, Outcome
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    ExportAccounts,
    NoteAccountsFiles,
    SetBankDetails,
    ShowBankDetails,
    accounts_asked_for,
    put_bank_details,
    whole_bank_details,
)
from models.operations.awards.paying import PayInstalment
from models.papers.finance import AccountLine
from models.papers.issued import file_sum
from models.queries.awards.award_rows import BankState
from models.queries.awards.awards import awards
from models.queries.papers.issues import files_like
from models.record import Record
from models.schema.awards import bank_details_table
from models.schema.journal import journal_body_table
from models.session import Session
from models.values.payments import BankDetails
from scoring.written.text import Refused
from tests.entitled import called
from tests.models.both_signed import both_sign
from tests.models.conftest import OPENER, tamper
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, FINANCE
from tests.models.ready_to_pay import CALL
from tests.models.rounds import OFFICER, refused, refuses, undo

ACCOUNT = BankDetails("Allotment Friends 1", "08-99-99", "66374958")
OTHER = BankDetails("Allotment Friends", "20-00-00", "55779911")
FIRST = SetBankDetails.of(1, "ACF-001", ACCOUNT, None)
CHANGE = SetBankDetails.of(1, "ACF-001", OTHER, "4958")
SHOW = ShowBankDetails(1, "ACF-001")
CHECK = CheckBankDetails(1, "ACF-001", "4958", call=CALL)
DELETE = DeleteBankDetails(1, "ACF-001", "4958")
ASKED = ExportAccounts(1, "", "Finn Pays", "the payment run of 9 December")


@pytest.fixture
def agreed(decided: Record) -> Record:
    """A record with an award of £1,000 whose agreement is signed."""
    decided.perform(both_sign("ACF-001", DAY), OFFICER)
    return decided


@pytest.fixture
def held(agreed: Record) -> Record:
    """The same with the account recorded by the officer."""
    keep(agreed)
    return agreed


def keep(
    record: Record, operation: SetBankDetails = FIRST, details: BankDetails = ACCOUNT, actor: Actor = OFFICER
) -> Outcome:
    beside = partial(put_bank_details, round_id=1, application=operation.application, details=details)
    return record.perform_beside(operation, beside, actor)[0]


def show(record: Record, actor: Actor) -> BankDetails:
    beside = partial(whole_bank_details, round_id=1, application="ACF-001")
    return record.perform_beside(SHOW, beside, actor)[1]


def bank(record: Record) -> BankState:
    found = record.ask(lambda session: awards(session, 1))[0].bank
    assert found is not None
    return found


def has_none(record: Record) -> bool:
    """Return whether neither the award nor the table knows of an account."""
    known = record.ask(lambda session: awards(session, 1))[0].bank
    return known is None and not record.ask(lambda session: session.scalars(select(bank_details_table)).all())


def bodies(record: Record) -> str:
    return "\n".join(record.ask(lambda session: session.scalars(select(journal_body_table.c.body)).all()))


def test_the_journal_holds_no_account_and_the_file_none_that_was_replaced_or_deleted(
    held: Record, record_path: Path
) -> None:
    keep(held, CHANGE, OTHER)
    show(held, FINANCE)
    said = re.sub(r'"account_sum":"[0-9a-f]{64}"', "", bodies(held))  # it may have any digits by chance

    assert '"last_four":"9911"' in said
    for part in ("66374958", "55779911", "6637", "5577", "08-99-99", "20-00-00", "089999", OTHER.salt):
        assert part not in said
    assert f'"account_sum":"{OTHER.sum}"' in bodies(held)
    assert held.ask(lambda session: awards(session, 1))[1].bank is None
    held.close()
    content = record_path.read_bytes()
    assert b"55779911" in content
    for part in ("66374958", "08-99-99", ACCOUNT.salt):
        assert part.encode() not in content
    with Record.open(record_path, OPENER) as again:
        again.perform(replace(DELETE, last_four="9911"), FINANCE)
    assert OTHER.salt.encode() not in record_path.read_bytes()
    # The same account recorded twice has another sum.
    again = BankDetails("Allotment Friends 1", "08-99-99", "66374958")

    assert again == ACCOUNT
    assert again.sum != ACCOUNT.sum
    assert replace(again, salt=ACCOUNT.salt).sum == ACCOUNT.sum


def test_an_account_before_the_agreement_or_other_than_the_one_recorded_is_refused_whole(
    decided: Record,
) -> None:
    refused(r"The agreement of A-031-01 is not signed\. Bank details", keep, decided)
    decided.perform(both_sign("ACF-001", DAY), OFFICER)
    before = decided.head()
    refused("not the one that was recorded", keep, decided, FIRST, OTHER)
    # An account without its journal row is refused.
    beside = partial(put_bank_details, round_id=1, application="ACF-002", details=ACCOUNT)
    refused("not the one that was recorded", decided.perform_beside, FIRST, beside, OFFICER)
    assert (has_none(decided), decided.head()) == (True, before)


def test_only_officers_and_finance_touch_an_account_that_nobody_changed_in_the_meantime(held: Record) -> None:
    for role in ("chair", "member", "adviser", "commander", "decider", "note-taker"):
        words = f"An officer or finance [a-z ]*bank details, not {called(role)}"
        for operation in (CHANGE, SHOW, CHECK, DELETE):
            refuses(held, words, operation, Actor("Ann Sample", role))
    for stale in (
        FIRST,
        replace(CHANGE, replacing_last_four="0000"),
        replace(CHECK, last_four="0000"),
        replace(CHECK, is_checked=False),
        replace(DELETE, last_four="0000"),
    ):
        refuses(held, "The bank details of ACF-001 were changed in the meantime", stale, FINANCE)


def test_what_is_not_held_and_what_is_no_account_is_refused(agreed: Record) -> None:
    for operation in (SHOW, CHECK, DELETE):
        refuses(agreed, "A-031-01 has no bank details", operation, FINANCE)
    # more or less than four digits never reach the journal
    for said in ("", "495", "66374958", "495x", "٤٩٥٨"):
        refuses(agreed, "by the last four digits", replace(FIRST, last_four=said), FINANCE)
    refuses(agreed, "64 hexadecimal digits", replace(FIRST, account_sum="abc"), FINANCE)


def test_somebody_else_verifies_an_account_and_takes_it_back(held: Record) -> None:
    refuses(held, "so somebody else verifies them", CHECK)
    for call in (None, replace(CALL, spoke_to=" "), replace(CALL, number="")):
        refuses(held, "on a number that you already had", replace(CHECK, call=call), FINANCE)
    refuses(held, "is still to come", replace(CHECK, call=replace(CALL, called_on=date(2199, 1, 1))), FINANCE)
    refuses(held, "at most 300 characters", replace(CHECK, call=replace(CALL, number="x" * 301)), FINANCE)
    assert CHECK.detail == "Called Pat Payee on the number on our last letter, 1 October 2026"

    outcome = held.perform(CHECK, FINANCE)

    assert outcome.words == "The bank details of A-031-01 are verified."
    stands = bank(held)
    assert (stands.checked_by, stands.checked_at is None) == (FINANCE.name, False)
    back = held.perform(replace(CHECK, is_checked=False), OFFICER).inverse
    refuses(held, "so somebody else verifies them", back)
    held.perform(back, Actor("Una Test"))
    assert bank(held) == stands  # Una did not verify it
    undo(held, outcome)
    assert (bank(held).checked_by, bank(held).checked_at) == ("", None)
    # Looking at an account is journalled each time.
    before = held.head().seq

    assert show(held, FINANCE) == ACCOUNT
    assert show(held, OFFICER) == ACCOUNT

    assert held.head().seq == before + 2
    # An agreement stands while bank details are held.
    take_back = SignAgreement(1, "ACF-001", None, DAY)
    refuses(held, "Delete the bank details first", take_back)

    assert held.perform(DELETE, OFFICER).words == "The bank details of A-031-01 are deleted."
    held.perform(take_back, OFFICER)

    assert has_none(held)


@pytest.mark.parametrize(
    ("before", "flag"),
    [((), ""), ((CHECK,), "checked"), ((CHECK, PayInstalment(1, "ACF-001", 1, DAY, None)), "paid")],
)
def test_a_change_after_checking_or_payment_is_flagged_and_stays_flagged(
    held: Record, before: Sequence[Operation], flag: str
) -> None:
    for operation in before:
        held.perform(operation, FINANCE)

    keep(held, CHANGE, OTHER)

    found = bank(held)
    assert (found.last_four, found.changed_after, found.checked_by) == ("9911", flag, "")
    assert show(held, FINANCE) == OTHER
    keep(held, SetBankDetails.of(1, "ACF-001", ACCOUNT, "9911"), ACCOUNT)
    assert bank(held).changed_after == flag


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bank_details SET account_number = '11112222'",
        "UPDATE bank_details SET account_number = '11114958'",
        "UPDATE bank_details SET sort_code = '11-22-33'",
        "UPDATE bank_details SET account_name = 'Somebody else'",
        "UPDATE bank_details SET salt = printf('%064d', 0)",
        "DELETE FROM bank_details",
    ],
)
def test_an_account_that_is_gone_or_not_the_one_recorded_is_found_and_not_shown(
    held: Record, record_path: Path, statement: str
) -> None:
    held.close()
    tamper(record_path, statement)

    found = verify_at(record_path, OPENER)

    assert [(check.name, "A-031-01" in check.words) for check in found.checks if not check.ok] == [
        ("bank", True)
    ]
    words = "Enter them again" if "DELETE" in statement else "not the ones that were recorded"
    with Record.open(record_path, OPENER) as record:
        refused(words, show, record, FINANCE)


@pytest.fixture
def listed(held: Record) -> Record:
    """The same with the account checked, and changed after it to one that begins with a nought."""
    held.perform(CHECK, FINANCE)
    changed = BankDetails("Allotment Friends", "20-00-00", "05779911")
    keep(held, SetBankDetails.of(1, "ACF-001", changed, "4958"), changed)
    return held


def asked(
    record: Record, operation: ExportAccounts = ASKED, actor: Actor = FINANCE
) -> tuple[AccountLine, ...]:
    beside = partial(accounts_asked_for, operation=operation)
    found = record.perform_beside(operation, beside, actor)[1]
    assert (found.asked_by, found.reason) == (operation.asked_by, operation.reason)
    assert found.journal_row == record.head().seq
    return found.lines


def test_nobody_unnamed_or_who_decided_gets_accounts_nor_without_a_reason(listed: Record) -> None:
    before = listed.head().seq
    for operation in (replace(ASKED, asked_by=" "), replace(ASKED, reason=" ")):
        refused("only when a named person asks for them", asked, listed, operation)
    refused("An officer or finance writes accounts", asked, listed, actor=DECIDER)
    for actor in (Actor("dan  DECIDES", "finance"), Actor(COMMANDER.name, "officer")):
        refused("decided in this round, and nobody who decides", asked, listed, actor=actor)
    assert listed.head().seq == before

    # An account that was altered in the file is never handed out.
    def altered(session: Session) -> object:
        session.execute(update(bank_details_table).values(account_number="05779912"))
        return accounts_asked_for(session, ASKED)

    before = listed.head().seq
    refused("A-031-01", listed.perform_beside, ASKED, altered, FINANCE)
    assert listed.head().seq == before

    # An account that the journal alone knows is asked for anew.
    def lose(session: object) -> None:
        session.execute(delete(bank_details_table))  # type: ignore[attr-defined]
        accounts_asked_for(session, ASKED)  # type: ignore[arg-type]

    refused("The account of A-031-01 is not in this record", listed.perform_beside, ASKED, lose, FINANCE)

    # An account is handed out whole, and journalled without.
    (line,) = asked(listed, ExportAccounts(1, "Coventry", "Finn Pays", "the payment run"))
    assert (line.reference, line.account_name) == ("A-031-01", "Allotment Friends")
    assert (line.sort_code, line.account_number) == ("20-00-00", "05779911")
    assert (line.flag, line.verified_on) == ("Changed after it was verified, not verified since", None)
    assert "05779911" not in repr(line)
    assert "the payment run" in bodies(listed)
    assert "05779911" not in bodies(listed)

    # An area without an account is refused.
    with pytest.raises(Refused, match="No award of Dudley has an account"):
        asked(listed, ExportAccounts(1, "Dudley", "Finn Pays", "why"))

    # An account that was verified since says so.
    listed.perform(CheckBankDetails(1, "ACF-001", "9911", call=CALL), FINANCE)
    (line,) = asked(listed)
    assert line.flag == "Changed after it was verified, verified since"
    assert line.verified_by == "Finn Pays"


def test_no_file_is_noted_of_a_round_that_is_not_there(listed: Record, tmp_path: Path) -> None:
    refuses(listed, "round", NoteAccountsFiles(99, 7, ()), FINANCE)

    # Of a file with accounts the sum alone is kept.
    path = tmp_path / "finance.csv"
    path.write_text("20-00-00,05779911\n", "utf-8")
    accounts = listed.perform_beside(ASKED, partial(accounts_asked_for, operation=ASKED), FINANCE)[1]
    outcome = listed.perform(NoteAccountsFiles.of(accounts, {path.name: path.read_bytes()}), FINANCE)
    assert outcome.inverse is None
    assert outcome.words == "1 file with accounts was written; the journal has the sum of each alone."
    found = listed.ask(partial(files_like, name="other.csv", sha256=file_sum(path.read_bytes()), digests=()))
    assert found.accounts is not None
    assert (found.accounts.asked_by, found.accounts.row) == ("Finn Pays", listed.head().seq)
    assert listed.ask(partial(files_like, name="finance.csv", sha256="ab" * 32, digests=())).accounts is None
