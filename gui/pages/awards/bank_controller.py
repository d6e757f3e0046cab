"""What is done with the account of the award at hand: entered, shown, verified, deleted."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.bank_dialog import BankDialog
from gui.pages.awards.bank_section import CHECK, DELETE, ENTER, SECONDS, SHOW, TAKE_BACK
from gui.pages.awards.detail import AwardDetail
from gui.pages.awards.erase_dialog import EraseDialog
from gui.pages.page import PageTools
from gui.text import ENDS_UNDO
from models.operation import Outcome
from models.operations.awards.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    SetBankDetails,
    ShowBankDetails,
    put_bank_details,
    whole_bank_details,
)
from models.queries.awards.award_rows import AwardRow
from models.values.payments import BankDetails, masked
from scoring import money

JOURNALLED = "The journal notes that you, {}, looked at them."
OVERLOOKED = "See that nobody looks over your shoulder, and that no screen is shared."


class BankController(AwardController):
    """Ask, then have the record do it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        tools.identity_changed.connect(self._hide)

    @Slot(str)
    def begin(self, action: str) -> None:
        """Begin what was asked for."""
        row = self._row
        begun = {
            ENTER: self._ask_account,
            SHOW: self._ask_to_show,
            CHECK: self._check,
            TAKE_BACK: self._take_back,
            DELETE: self._ask_to_delete,
        }
        begun[action](row)

    def _ask_account(self, row: AwardRow) -> None:
        dialog = BankDialog(self._tools.look, row, self._tools.dialogs.window)
        dialog.entered.connect(partial(self._keep, row))
        self._tools.dialogs.show(dialog)

    def _keep(self, row: AwardRow, details: BankDetails) -> None:
        replacing = None if row.bank is None else row.bank.last_four
        operation = SetBankDetails.of(self.round_id, row.application, details, replacing)
        beside = partial(
            put_bank_details, round_id=self.round_id, application=row.application, details=details
        )
        self._tools.workspace.perform_beside(operation, beside, self._kept)

    def _kept(self, outcome: Outcome, nothing: None) -> None:
        self._tools.toast_outcome(outcome)

    def _ask_to_show(self, row: AwardRow) -> None:
        words = (
            f"They are shown for {SECONDS} seconds. {JOURNALLED.format(self._tools.identity.name)}",
            f"{OVERLOOKED} {ENDS_UNDO}",
        )
        self._confirm(f"Show the bank details of {row.reference}", words, "Show", partial(self._show, row))

    def _show(self, row: AwardRow) -> None:
        beside = partial(whole_bank_details, round_id=self.round_id, application=row.application)
        operation = ShowBankDetails(self.round_id, row.application)
        shown = partial(self._shown, row)
        self._tools.workspace.perform_beside(operation, beside, shown, is_kept=False)

    def _shown(self, row: AwardRow, outcome: Outcome, details: BankDetails) -> None:
        """Show the account where it was asked for; where that is left by now, drop it."""
        section = self._detail.bank
        if section is not None and self._detail.row == row and section.isVisible():
            section.show_whole(details)

    def _check(self, row: AwardRow) -> None:
        self._set_checked(row, is_checked=True)

    def _take_back(self, row: AwardRow) -> None:
        self._set_checked(row, is_checked=False)

    def _set_checked(self, row: AwardRow, *, is_checked: bool) -> None:
        assert row.bank is not None, "an account that is held"
        operation = CheckBankDetails(self.round_id, row.application, row.bank.last_four, is_checked)
        self._tools.perform(operation)

    def _ask_to_delete(self, row: AwardRow) -> None:
        assert row.bank is not None, "an account that is held"
        words = [
            f"The account {masked(row.bank.last_four)} of {row.organisation} is erased from this record, "
            f"and the journal notes who did it. This cannot be undone. {ENDS_UNDO}",
            "Backups and copies of the record that were made before still hold it: they are deleted in "
            "time, or delete them under Settings.",
        ]
        if row.outstanding_pence:
            words.append(f"{money.short_pounds(row.outstanding_pence)} is still to be paid into it.")
        dialog = EraseDialog(self._tools.look, row.reference, words, self._tools.dialogs.window)
        dialog.agreed.connect(partial(self._delete, row))
        self._tools.dialogs.show(dialog)

    def _delete(self, row: AwardRow) -> None:
        assert row.bank is not None, "an account that is held"
        operation = DeleteBankDetails(self.round_id, row.application, row.bank.last_four)
        self._tools.perform(operation)

    def _confirm(self, title: str, words: tuple[str, ...], action: str, then: "partial[None]") -> None:
        dialog = ConfirmDialog(self._tools.look, title, words, action, self._tools.dialogs.window)
        dialog.agreed.connect(then)
        self._tools.dialogs.show(dialog)

    @Slot()
    def _hide(self) -> None:
        """Hide what the one before looked at."""
        if self._detail.bank is not None:
            self._detail.bank.hide_whole()
