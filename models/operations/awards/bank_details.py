"""The account of an award: recorded once its agreement is signed, checked, shown, exported and deleted.

No operation here holds more than the last four digits and a salted sum. The account itself, with its salt,
goes into a table of its own by `put_bank_details`, in the transaction of `SetBankDetails`; see
`Record.perform_beside`.
"""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.operation_base import (
    AWARD,
    Barrier,
    InRound,
    OnApplication,
    in_known_round,
    refuse_changed,
    the_application,
    the_award,
)
from models.papers.finance import AccountLine, Accounts
from models.papers.issued import PaperFile, file_sum
from models.queries.awards.award_checks import FITS, accounts_of, bank_findings
from models.queries.awards.award_rows import AwardRow, BankState
from models.queries.awards.awards import awards
from models.schema.awards import bank_details_table, bank_ending_table
from models.schema.personal import TextAbout
from models.session import (
    Session,
    actor_name,
    moment,
    put,
    remove,
    replace_row,
    row_at,
    row_of,
    set_values,
    today,
)
from models.store import chain as journal
from models.trouble import refuse
from models.values.diligence import Finding
from models.values.payments import (
    LAST,
    NOT_RECORDED,
    SUM_DIGITS,
    BankDetails,
    flag_words,
    is_account_of,
    masked,
)
from scoring.written.days import full_day
from scoring.written.text import Refused, listed, with_capital

LONGEST_CALL = 300


class SetBankDetails(Barrier, OnApplication, frozen=True):
    """Record that an award has an account, by its last four digits and its sum; see `of`.

    A barrier: what it replaces is gone.
    """

    kind = "set bank details"
    titled = "Record the bank details of {0.application}"
    told = "The bank details of {1.reference} are saved: {2}."
    last_four: str
    replacing_last_four: str | None
    account_sum: str

    @classmethod
    def of(
        cls, round_id: int, application: str, details: BankDetails, replacing_last_four: str | None
    ) -> "SetBankDetails":
        return cls(round_id, application, details.last_four, replacing_last_four, details.sum)

    def apply(self, session: Session) -> Outcome:
        """Record it; refused before the agreement. A change after checking or payment is flagged."""
        award = self.its_award(session)
        is_ending = len(self.last_four) == LAST and self.last_four.isascii() and self.last_four.isdigit()
        refuse(AWARD.account(award, is_ending, len(self.account_sum) == SUM_DIGITS))
        _check_same(award, self.replacing_last_four)
        take_out_account(session, award.number)
        held = BankState(
            self.last_four,
            actor_name(session),
            moment(session),
            changed_after=_changed_after(award),
            account_sum=self.account_sum,
        )
        replace_row(session, bank_ending_table, {"application_id": award.number}, held)
        return self.done(None, award, masked(self.last_four))


class CallBack(Struct, frozen=True):
    """How an account was checked: whom of the payee one called, on which known number, and when."""

    spoke_to: TextAbout
    number: TextAbout
    called_on: date

    def __str__(self) -> str:
        return f"called {self.spoke_to} on {self.number}, {full_day(self.called_on)}"


class CheckBankDetails(OnApplication, frozen=True):
    """Record that an account was checked with the payee by somebody else; or take that back.

    `call` says how. `checked_by` and `checked_at` are of a check that is put back, which has no call of its
    own; else it is whoever records it, now.
    """

    kind = "check bank details"
    titled = "{0.is_checked:Verify|Take back the check of} the bank details of {0.application}"
    told = "The bank details of {1.reference} are {0.is_checked:verified|not verified}."
    last_four: str
    is_checked: bool = True
    checked_by: str = ""
    checked_at: datetime | None = None
    call: CallBack | None = None

    @property
    def detail(self) -> str:
        """Return what was done to check it."""
        return "" if self.call is None else with_capital(str(self.call))

    def check_at_entry(self, session: Session) -> None:
        """Refuse a check without a call on a number that the office knew before."""
        if self.is_checked and not self.checked_by:
            check_call(self.call, today(session))

    def apply(self, session: Session) -> Outcome:
        """Record it; refused to who recorded the details, and when they are another account's by now."""
        award = self.its_award(session)
        held = _held(award)
        _check_same(award, self.last_four)
        whose = f"The bank details of {self.application}"
        refuse_changed(bool(held.checked_by), not self.is_checked, whose, "were changed")
        if self.is_checked and held.entered_by in (self.checked_by, actor_name(session)):
            raise Refused(
                f"{actor_name(session)} recorded these bank details, so somebody else verifies them."
            )
        by = self.checked_by or actor_name(session) if self.is_checked else ""
        at = self.checked_at or moment(session) if self.is_checked else None
        set_values(session, bank_ending_table, {"application_id": award.number}, checked_by=by, checked_at=at)
        before = replace(self, checked_by=held.checked_by, checked_at=held.checked_at)
        return self.done(before.turned("is_checked"), award)


def check_call(call: CallBack | None, today: date) -> None:
    """Refuse a call that does not say whom one called, on which number, or that is still to come."""
    if call is None or not call.spoke_to.strip() or not call.number.strip():
        raise Refused(
            "Bank details are verified by a call to the payee on a number that you already had. Give whom "
            "you called, on which number, and on which day."
        )
    if max(len(call.spoke_to), len(call.number)) > LONGEST_CALL:
        raise Refused(f"Write at most {LONGEST_CALL} characters for whom you called and on which number.")
    if call.called_on > today:
        raise Refused(f"{full_day(call.called_on)} is still to come. Record the call once it was made.")


class ShowBankDetails(Barrier, OnApplication, frozen=True):
    """Record who looked at a whole account. Changes nothing; a barrier, as it cannot be unseen."""

    kind = "show bank details"
    titled = "Look at the bank details of {0.application}"
    told = "The bank details of {1.reference} were shown; the journal says to whom."

    def apply(self, session: Session) -> Outcome:
        """Change nothing; refused where there is no account, and for anyone but an officer or finance."""
        award = self.its_award(session)
        _held(award)
        return self.done(None, award)


class DeleteBankDetails(Barrier, OnApplication, frozen=True):
    """Delete the account of an award. A barrier: it is gone."""

    kind = "delete bank details"
    titled = "Delete the bank details of {0.application}"
    told = "The bank details of {1.reference} are deleted."
    last_four: str

    def apply(self, session: Session) -> Outcome:
        """Delete it, with what is known of it openly."""
        award = self.its_award(session)
        _held(award)
        _check_same(award, self.last_four)
        take_out_account(session, award.number)
        return self.done(None, award)


def put_bank_details(session: Session, round_id: int, application: str, details: BankDetails) -> None:
    """Keep the account that a `SetBankDetails` of the same transaction recorded."""
    number = the_application(session, round_id, application)
    ending = row_at(session, bank_ending_table, number)
    if ending is None or not is_account_of(details, ending.last_four, ending.account_sum):
        raise Refused("The account is not the one that was recorded. Enter the bank details again.")
    put(session, bank_details_table, [row_of(bank_details_table, details, application_id=number)])


def whole_bank_details(session: Session, round_id: int, application: str) -> BankDetails:
    """Return the whole account; asked only beside a `ShowBankDetails`, in its transaction."""
    details = accounts_of(session, round_id).get(application)
    award = the_award(session, round_id, application)
    if details is None or award.bank is None:
        raise Refused(f"The bank details of {application} are not in this record. Enter them again.")
    _refuse_astray(award, details)
    return details


def _held(award: AwardRow) -> BankState:
    if award.bank is None:
        raise Refused(f"{award.reference} has no bank details.")
    return award.bank


def _check_same(award: AwardRow, last_four: str | None) -> None:
    refuse_changed(
        None if award.bank is None else award.bank.last_four,
        last_four,
        f"The bank details of {award.application}",
        "were changed",
    )


def _changed_after(award: AwardRow) -> str:
    """Say what a change of the account comes after: "paid", "checked", or "" for nothing."""
    if award.bank is None:
        return ""
    if award.paid_pence:
        return "paid"
    return "checked" if award.bank.checked_by else award.bank.changed_after


def take_out_account(session: Session, number: int) -> None:
    """Delete an account, and what is known of it openly."""
    remove(session, bank_details_table, application_id=number)
    remove(session, bank_ending_table, application_id=number)


class ExportAccounts(Barrier, InRound, frozen=True):
    """Record who asked for the accounts of a round or an area on paper, and why. Changes nothing.

    A barrier, as it cannot be unseen. `area` is "" for all areas.
    """

    kind = "export accounts"
    titled = "Write the accounts of {0.area:or all areas} on a restricted sheet"
    told = "{1:account was/accounts were} asked for; the journal says by whom and why."
    area: str
    asked_by: str
    reason: str

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Change nothing; refused without a name and a reason, and where no award has an account."""
        if not self.asked_by.strip() or not self.reason.strip():
            raise Refused("Accounts are written only when a named person asks for them. Say who, and why.")
        held = _accounts_held(session, self.round_id, self.area)
        if not held:
            raise Refused(f"No award of {self.area or 'this round'} has an account.")
        return self.done(None, held)


class NoteAccountsFiles(Barrier, InRound, frozen=True):
    """Record the sums of files that show whole accounts, whose bytes are never kept. Changes nothing.

    `row` is the journal's row by which the accounts were asked for. A barrier, as the files are out.
    """

    kind = "note accounts files"
    told = (
        "{0.files:file with accounts was/files with accounts were} written; the journal has the sum of each "
        "alone."
    )
    row: int
    files: tuple[PaperFile, ...]

    @classmethod
    def of(cls, accounts: Accounts, written: Mapping[str, bytes]) -> "NoteAccountsFiles":
        """Return the operation that notes files by name, as they were written with these accounts."""
        files = tuple(
            PaperFile(name, file_sum(one), len(one), is_kept=False) for name, one in written.items()
        )
        return cls(accounts.round_id, accounts.journal_row, files)

    @property
    def label(self) -> str:
        return f"Write {listed([file.name for file in self.files])} with whole accounts"

    @property
    def detail(self) -> str:
        """Return by which row they were asked for, and their sums."""
        return ", ".join([f"Asked for by row {self.row}", *(f"SHA-256 {file.sha256}" for file in self.files)])

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Change nothing; refused of a round that is not there."""
        return self.done()


def accounts_asked_for(session: Session, operation: ExportAccounts) -> Accounts:
    """Return the whole accounts; asked only beside the operation, in its transaction.

    Raises Refused where one is known by its last digits alone, as after the journal was done over again, and
    where one is not the one that was recorded.
    """
    held = _accounts_held(session, operation.round_id, operation.area)
    whole = accounts_of(session, operation.round_id)
    missing = [award.reference for award in held if award.application not in whole]
    if missing:
        raise Refused(f"The account of {missing[0]} is not in this record. Enter it again.")
    for award in held:
        _refuse_astray(award, whole[award.application])
    said = bank_findings(session, operation.round_id)
    return Accounts(
        round_id=operation.round_id,
        asked_by=operation.asked_by.strip(),
        reason=operation.reason.strip(),
        journal_row=journal.head(session).seq,
        lines=tuple(_line(award, whole[award.application], said) for award in held),
    )


def _refuse_astray(award: AwardRow, details: BankDetails) -> None:
    if award.bank is None or not is_account_of(details, award.bank.last_four, award.bank.account_sum):
        raise Refused(NOT_RECORDED.format(award.reference))


def _accounts_held(session: Session, round_id: int, area: str) -> list[AwardRow]:
    return [row for row in awards(session, round_id) if row.bank is not None and area in ("", row.area)]


def _line(award: AwardRow, details: BankDetails, said: Mapping[str, Finding]) -> AccountLine:
    bank = award.bank
    assert bank is not None, "an account that is held"
    return AccountLine(
        reference=award.reference,
        account_name=details.account_name,
        sort_code=details.sort_code,
        account_number=details.account_number,
        entered_by=bank.entered_by,
        entered_on=bank.entered_at.date(),
        verified_by=bank.checked_by,
        verified_on=None if bank.checked_at is None else bank.checked_at.date(),
        flag=flag_words(bank.changed_after, is_verified=bool(bank.checked_by)),
        fits=FITS[said[award.application].state],
    )
