"""What is done with the account of the award at hand: entered, shown, verified, erased."""

from collections.abc import Callable
from functools import partial

from gui.listed.acts import Act, Box, Confirm, Deed, Later, Told, always
from gui.listed.form import Form, Line
from gui.pages.awards.bank_dialog import BankDialog
from gui.pages.awards.lines import AwardAct, AwardAt, award_of
from gui.text import ENDS_UNDO
from models.operation import Operation
from models.operations.awards.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    SetBankDetails,
    ShowBankDetails,
    put_bank_details,
    whole_bank_details,
)
from models.queries.awards.award_rows import BankState
from models.values.payments import BankDetails, masked
from scoring import money

SECONDS = 30
"""For so long an account is shown."""
JOURNALLED = "The journal notes that you, {}, looked at them."
OVERLOOKED = "See that nobody looks over your shoulder, and that no screen is shared."
ERASED = (
    "The account {} of {} is erased from this record, and the journal notes who did it. This cannot be "
    "undone. {}"
)
COPIES = (
    "Backups and copies of the record that were made before still hold it: they are deleted in time, or "
    "delete them under Settings."
)


def _held(at: AwardAt) -> BankState:
    assert at.row.bank is not None, "an account that is held"
    return at.row.bank


def _enter(at: AwardAt) -> Box:
    return Box(lambda look, window: BankDialog(look, at.row, window), partial(_keep, at))


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
    journalled = JOURNALLED.format(at.identity.name)
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


def _check(at: AwardAt, *, is_checked: bool) -> Operation:
    return CheckBankDetails(*award_of(at), _held(at).last_four, is_checked)


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
        width=460,
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
    _of_account(
        "Withdraw the verification", CheckBankDetails.kind, partial(_check, is_checked=False), _is_checked
    ),
    _of_account("Mark as verified", CheckBankDetails.kind, partial(_check, is_checked=True), _may_check),
)
