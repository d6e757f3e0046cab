"""Accounts go on paper only for a named person with a reason, and the journal says so first."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from models.operation import Actor
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import (
    CheckBankDetails,
    ExportAccounts,
    NoteAccountsFiles,
    SetBankDetails,
    accounts_asked_for,
    put_bank_details,
)
from models.papers.finance import AccountLine
from models.papers.issued import file_sum
from models.queries.papers.issues import files_like
from models.record import Record
from models.schema.awards import bank_details_table
from models.schema.journal import journal_body_table
from models.session import Session
from models.values.payments import BankDetails
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, FINANCE, decided
from tests.models.rounds import OFFICER, assert_replays

ASKED = ExportAccounts(1, "", "Finn Pays", "the payment run of 9 December")


@pytest.fixture
def held(record: Record) -> Record:
    """A record whose first award has an account that was checked, and changed after it."""
    decided(record)
    record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)
    keep(record, BankDetails("Allotment Friends 1", "08-99-99", "66374958"), None)
    record.perform(CheckBankDetails(1, "ACF-001", "4958"), FINANCE)
    keep(record, BankDetails("Allotment Friends", "20-00-00", "05779911"), "4958")
    return record


def keep(record: Record, details: BankDetails, replacing: str | None) -> None:
    operation = SetBankDetails.of(1, "ACF-001", details, replacing)
    beside = partial(put_bank_details, round_id=1, application="ACF-001", details=details)
    record.perform_beside(operation, beside, OFFICER)


def asked(
    record: Record, operation: ExportAccounts = ASKED, actor: Actor = FINANCE
) -> tuple[AccountLine, ...]:
    beside = partial(accounts_asked_for, operation=operation)
    found = record.perform_beside(operation, beside, actor)[1]
    assert (found.asked_by, found.reason) == (operation.asked_by, operation.reason)
    assert found.journal_row == record.head().seq
    return found.lines


@pytest.mark.parametrize("area", ["", "Coventry"])
def test_an_account_is_handed_out_whole_and_journalled_without(held: Record, area: str) -> None:
    (line,) = asked(held, ExportAccounts(1, area, "Finn Pays", "the payment run"))

    assert (line.reference, line.account_name) == ("A-031-01", "Allotment Friends")
    assert (line.sort_code, line.account_number) == ("20-00-00", "05779911")
    assert line.flag == "Changed after it was verified, not verified since"
    assert line.verified_on is None
    assert "05779911" not in repr(line)
    bodies = "\n".join(held.ask(lambda session: session.scalars(select(journal_body_table.c.body)).all()))
    assert "the payment run" in bodies
    assert "05779911" not in bodies
    assert_replays(held)


def test_an_account_that_was_verified_since_says_so(held: Record) -> None:
    held.perform(CheckBankDetails(1, "ACF-001", "9911"), FINANCE)

    (line,) = asked(held)

    assert line.flag == "Changed after it was verified, verified since"
    assert line.verified_by == "Finn Pays"


@pytest.mark.parametrize(
    "operation", [ExportAccounts(1, "", " ", "the payment run"), ExportAccounts(1, "", "Finn Pays", " ")]
)
def test_nobody_unnamed_gets_accounts_nor_without_a_reason(held: Record, operation: ExportAccounts) -> None:
    with pytest.raises(Refused, match="only when a named person asks for them"):
        asked(held, operation)


def test_an_area_without_an_account_is_refused(held: Record) -> None:
    with pytest.raises(Refused, match="No award of Dudley has an account"):
        asked(held, ExportAccounts(1, "Dudley", "Finn Pays", "why"))


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (DECIDER, "An officer or finance writes accounts"),
        (Actor("dan  DECIDES", "finance"), "decided in this round, and nobody who decides"),
        (Actor(COMMANDER.name, "officer"), "decided in this round, and nobody who decides"),
    ],
)
def test_whoever_decided_gets_no_accounts(held: Record, actor: Actor, words: str) -> None:
    before = held.head().seq

    with pytest.raises(Refused, match=words):
        asked(held, actor=actor)

    assert held.head().seq == before


def test_an_account_that_the_journal_alone_knows_is_asked_for_anew(held: Record) -> None:
    def lose(session: object) -> None:
        session.execute(delete(bank_details_table))  # type: ignore[attr-defined]
        accounts_asked_for(session, ASKED)  # type: ignore[arg-type]

    before = held.head().seq
    with pytest.raises(Refused, match="The account of A-031-01 is not in this record"):
        held.perform_beside(ASKED, lose, FINANCE)

    assert held.head().seq == before


def test_the_label_says_of_where() -> None:
    assert ASKED.label == "Write the accounts of all areas on a restricted sheet"
    assert "Dudley" in ExportAccounts(1, "Dudley", "A", "b").label


def test_an_account_that_was_altered_in_the_file_is_never_handed_out(held: Record) -> None:
    def altered(session: Session) -> object:
        session.execute(update(bank_details_table).values(account_number="05779912"))
        return accounts_asked_for(session, ASKED)

    before = held.head().seq
    with pytest.raises(Refused, match="A-031-01"):
        held.perform_beside(ASKED, altered, FINANCE)
    assert held.head().seq == before


def test_of_a_file_with_accounts_the_sum_alone_is_kept(held: Record, tmp_path: Path) -> None:
    path = tmp_path / "finance.csv"
    path.write_text("20-00-00,05779911\n", "utf-8")
    accounts = held.perform_beside(ASKED, partial(accounts_asked_for, operation=ASKED), FINANCE)[1]

    outcome = held.perform(NoteAccountsFiles.of(accounts, {path.name: path.read_bytes()}), FINANCE)

    assert outcome.inverse is None
    assert outcome.words == "1 file with accounts was written; the journal has the sum of each alone."
    found = held.ask(partial(files_like, name="other.csv", sha256=file_sum(path.read_bytes()), digests=()))
    assert found.accounts is not None
    assert (found.accounts.asked_by, found.accounts.row) == ("Finn Pays", held.head().seq)
    assert held.ask(partial(files_like, name="finance.csv", sha256="ab" * 32, digests=())).accounts is None
    assert_replays(held)


def test_no_file_is_noted_of_a_round_that_is_not_there(held: Record) -> None:
    with pytest.raises(Refused, match="round"):
        held.perform(NoteAccountsFiles(99, 7, ()), FINANCE)
