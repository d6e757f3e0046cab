"""What is done with the account of the award at hand: entered, shown, verified, erased."""

from collections.abc import Callable
from datetime import date
from functools import partial

from msgspec.structs import replace

from gui.listed.acts import Act, Confirm, Deed, Later, Told, always
from gui.listed.form import AtField, Day, Form, Line, Saying
from gui.pages.awards.lines import AwardAct, AwardAt, award_of, flag_words
from gui.record.clock import current_day
from gui.text import ENDS_UNDO
from gui.widgets.typed import WHICH_DAY
from models.operation import Operation
from models.operations.awards.bank_details import (
    CallBack,
    CheckBankDetails,
    DeleteBankDetails,
    SetBankDetails,
    ShowBankDetails,
    put_bank_details,
    whole_bank_details,
)
from models.queries.awards.award_rows import AwardRow, BankState
from models.values.payments import (
    NAME_WANTED,
    NUMBER_WANTED,
    SORT_CODE_WANTED,
    BankDetails,
    account_name_of,
    account_number_of,
    masked,
    sort_code_of,
)
from scoring import money
from scoring.written.text import Refused

CALL_TO_COME = "That day is still to come. Record the call once it was made."
SECONDS = 30
"""For so long an account is shown."""
OVERLOOKED = "See that nobody looks over your shoulder, and that no screen is shared."
ERASED = (
    "The account {} of {} is erased from this record, and the journal notes who did it. This cannot be "
    "undone. {}"
)
COPIES = (
    "Backups and copies of the record that were made before still hold it, until newer ones take their place "
    "or somebody deletes them."
)
FILLED_UP = "Only {} digits were typed, so {} put in front. Check the number, then save."
FLAGGED = "This change will be flagged: {}. Ring the payee on a number you already had before you verify it."
CHECKED_AFTER = (
    "Once they are saved, it is shown below them whether the number fits its sort code, where the banks' "
    "tables are loaded."
)


ASKED: tuple[tuple[str, str, str, Callable[[str], str | None], str], ...] = (
    ("name", "Account name", "as the bank has it", account_name_of, NAME_WANTED),
    ("sort_code", "Sort code", "such as 08-99-99", sort_code_of, SORT_CODE_WANTED),
    ("number", "Account number", "eight digits", account_number_of, NUMBER_WANTED),
)
"""What is asked of an account: its name here and in words, an example, how it is read, and what is wanted."""


def bank_form(row: AwardRow, does: Callable[[BankDetails], Deed]) -> Form:
    """Return what asks for an account, of which nothing is filled in beforehand.

    A number of six or seven digits is shown with its zeros, and looked at before it is saved.
    """

    def given(**typed: str) -> Deed:
        name, sort_code, number = (read(typed[of]) or "" for of, _, _, read, _ in ASKED)
        digits = sum(letter.isdigit() for letter in typed["number"])
        if digits < len(number):
            zeros = "a zero was" if digits == len(number) - 1 else "two zeros were"
            raise AtField(FILLED_UP.format(digits, zeros), "number", becomes=number)
        return does(BankDetails(name, sort_code, number))

    return Form(
        title=f"Bank details of {row.reference}",
        sentences=_words(row),
        action="Save bank details",
        does=given,
        is_final=True,
        fields=(
            *(
                Line(of, words, hint=hint, read=partial(_as_typed, read, wanted), is_secret=True)
                for of, words, hint, read, wanted in ASKED
            ),
            Saying(CHECKED_AFTER),
        ),
    )


def _as_typed(read: Callable[[str], str | None], wanted: str, text: str) -> str:
    """Return a part of an account as it is typed; refused where it cannot be read."""
    if read(text) is None:
        raise Refused(wanted)
    return text


def _words(row: AwardRow) -> tuple[str, ...]:
    words = [f"The account that {row.organisation} is paid into. Only its last four digits are shown later."]
    bank = row.bank
    if bank is not None:
        words.append(f"They take the place of the account {masked(bank.last_four)}, which is deleted.")
        if row.paid_pence:
            words.append(FLAGGED.format("a payment was made already"))
        elif bank.checked_by:
            words.append(FLAGGED.format(f"{bank.checked_by} verified the account before"))
        elif bank.changed_after:
            words.append(f"{flag_words(bank)} once before, so it stays flagged.")
    return (*words, ENDS_UNDO)


def _held(at: AwardAt) -> BankState:
    assert at.row.bank is not None, "an account that is held"
    return at.row.bank


def _enter(at: AwardAt) -> Form:
    return bank_form(at.row, partial(_keep, at))


def _keep(at: AwardAt, details: BankDetails) -> Later:
    round_id, of = award_of(at)
    operation = SetBankDetails.of(
        round_id, of, details, None if at.row.bank is None else at.row.bank.last_four
    )
    beside = partial(put_bank_details, round_id=round_id, application=of, details=details)
    return Later(
        lambda tools, _: tools.workspace.perform_beside(
            operation, beside, lambda outcome, _nothing: tools.toast_outcome(outcome)
        )
    )


def _ask_to_show(at: AwardAt) -> Confirm:
    journalled = f"The journal notes that you, {at.identity.name}, looked at them."
    words = (f"They are shown for {SECONDS} seconds. {journalled}", f"{OVERLOOKED} {ENDS_UNDO}")
    return Confirm(f"Show the bank details of {at.row.reference}", words, "Show", _shown(at))


def _shown(at: AwardAt) -> Later:
    """Note that somebody looks, and tell the page the award and its account."""
    round_id, of = award_of(at)
    beside = partial(whole_bank_details, round_id=round_id, application=of)
    return Later(
        lambda tools, do: tools.workspace.perform_beside(
            ShowBankDetails(round_id, of),
            beside,
            lambda _, details: do(Told((at.row, details))),
            is_kept=False,
        )
    )


def _verify(at: AwardAt) -> Form:
    """Ask what was done to check the account; all of it is needed."""

    def verify(spoke_to: str, number: str, on: date) -> Operation:
        check = CheckBankDetails(*award_of(at), _held(at).last_four)
        return replace(check, call=CallBack(spoke_to, number, on))

    account = masked(_held(at).last_four)
    return Form(
        title=f"Verify the bank details of {at.row.reference}",
        sentences=(
            f"Call {at.row.organisation} on a number that you already had, and not on one from the message "
            f"that gave the account. Have the account {account} read out to you.",
        ),
        action="Mark as verified",
        does=verify,
        fields=(
            Line("spoke_to", "Whom you called", wanted="Type the name of the person whom you called."),
            Line("number", "Known number", wanted="Type the number that you called and already had."),
            Day("on", WHICH_DAY, shown="Called on", value=current_day(), to_come=CALL_TO_COME),
        ),
    )


def _take_back(at: AwardAt) -> Operation:
    return CheckBankDetails(*award_of(at), _held(at).last_four, is_checked=False)


def _erase(at: AwardAt) -> Form:
    """Ask for the award's reference first, so that an account is never erased by a slip."""
    row, last = at.row, _held(at).last_four
    words = [ERASED.format(masked(last), row.organisation, ENDS_UNDO), COPIES]
    if row.outstanding_pence:
        words.append(f"{money.short_pounds(row.outstanding_pence)} is still to be paid into it.")
    wrong = f"Type {row.reference} exactly as shown. Nothing was erased."

    def fault(typed: str) -> str:
        return "" if typed.casefold() == row.reference.casefold() else wrong

    def erase(typed: str) -> Deed:
        return DeleteBankDetails(*award_of(at), last)

    return Form(
        title=f"Erase the bank details of {row.reference}",
        sentences=tuple(words),
        action="Erase",
        does=erase,
        is_final=True,
        fields=(Line("typed", f"Type {row.reference} to erase", hint=row.reference, check=fault),),
    )


def _is_checked(at: AwardAt) -> bool:
    return bool(_held(at).checked_by)


def _of_account(
    words: str, kind: str, does: Callable[[AwardAt], Deed], where: Callable[[AwardAt], bool] = always
) -> AwardAct:
    """Return an act of an account that is held once the agreement is signed."""

    def is_there(at: AwardAt) -> bool:
        return at.row.agreed_on is not None and at.row.bank is not None and where(at)

    return Act(words=words, kind=kind, where=is_there, does=does)


def _may_check(at: AwardAt) -> bool:
    """Whether the person may verify it: whoever entered it does not."""
    return not _is_checked(at) and _held(at).entered_by != at.identity.name


NO_ACCOUNT: tuple[AwardAct, ...] = (
    Act(
        words="Enter bank details…",
        kind=SetBankDetails.kind,
        where=lambda at: at.row.agreed_on is not None and at.row.bank is None,
        does=_enter,
    ),
)
ACCOUNT: tuple[AwardAct, ...] = (
    _of_account(f"Show for {SECONDS} seconds…", ShowBankDetails.kind, _ask_to_show),
    _of_account("Change…", SetBankDetails.kind, _enter),
    _of_account("Erase…", DeleteBankDetails.kind, _erase),
)
VERIFYING: tuple[AwardAct, ...] = (
    _of_account("Withdraw the verification", CheckBankDetails.kind, _take_back, _is_checked),
    _of_account("Mark as verified…", CheckBankDetails.kind, _verify, _may_check),
)
