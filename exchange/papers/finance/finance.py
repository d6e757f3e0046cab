"""The finance schedule as a workbook: payments, awards, sums by area, code and month, and its controls.

Each sum is live and stands beside the figure of the record, so that whoever opens the workbook sees at
once that nothing was lost on the way. Whole accounts stand on a restricted sheet, for the person who asked.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from exchange.papers.finance.finance_payments import (
    Places,
    authorising_sheet,
    awards_sheet,
    changes_sheets,
    payments_sheet,
)
from exchange.papers.finance.finance_sums import area_sheet, code_sheet, controls_sheet, month_sheet
from exchange.papers.headed import office_book
from exchange.papers.paper_words import NONE_GIVEN
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, Tick, write_table_book
from models.papers.finance import AccountLine, Accounts, FinanceAward, FinanceSchedule
from models.papers.status import PaperStatus

SENSITIVE = "OFFICIAL-SENSITIVE"
ACCOUNTS = "Accounts"


def write_finance_xlsx(schedule: FinanceSchedule, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the schedule, each account by its last digits alone, and return the path it really has."""
    return write_table_book(office_book(schedule, status, _sheets(schedule, status)), path, tick)


def write_finance_with_accounts(
    schedule: FinanceSchedule, accounts: Accounts, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the same with the accounts on a restricted sheet of their own; the whole is marked for it."""
    sheets = (*_sheets(schedule, status), _accounts_sheet(schedule, accounts))
    return write_table_book(office_book(schedule, status, sheets, SENSITIVE), path, tick)


def _sheets(schedule: FinanceSchedule, status: PaperStatus) -> tuple[TableSheet, ...]:
    places = Places(schedule)
    return (
        payments_sheet(schedule, places, status),
        awards_sheet(schedule, places),
        *changes_sheets(schedule),
        area_sheet(schedule, places),
        code_sheet(schedule, places),
        month_sheet(schedule, places),
        controls_sheet(schedule, places),
        authorising_sheet(schedule),
    )


class AccountRow(NamedTuple):
    """An award and its account, None where it has none yet."""

    award: FinanceAward
    account: AccountLine | None


def _held(name: str, blank: str | None = None) -> Callable[[AccountRow], TableCell]:
    """Return what gets something of an account, which is `blank` where there is no account."""
    return lambda each: blank if each.account is None else getattr(each.account, name)


def _verified_by(each: AccountRow) -> str | None:
    return None if each.account is None else each.account.verified_by or NONE_GIVEN


ACCOUNT_COLUMNS = (
    TableColumn("Award", 13, "text", "award.reference"),
    TableColumn("Payee", 30, "wrapped", "award.payee"),
    TableColumn("Supplier no.", 14, "wrapped", "award.supplier_number"),
    TableColumn("Outstanding", 15, "pounds", "award.outstanding_pence"),
    TableColumn("Account name", 30, "apart", _held("account_name", "No account yet")),
    TableColumn("Sort code", 12, "text", _held("sort_code")),
    TableColumn("Account number", 16, "text", _held("account_number")),
    TableColumn("By the banks' tables", 20, "text", _held("fits")),
    TableColumn("Entered by", 20, "wrapped", _held("entered_by")),
    TableColumn("Entered on", 12, "day", _held("entered_on")),
    TableColumn("Verified by", 20, "apart", _verified_by),
    TableColumn("Verified on", 12, "day", _held("verified_on")),
    TableColumn("Account changed", 28, "apart", _held("flag")),
)


def _accounts_sheet(schedule: FinanceSchedule, accounts: Accounts) -> TableSheet:
    """Return the accounts with who asked for them and why; an award without one stands there blank."""
    lines = {line.reference: line for line in accounts.lines}
    by_award = {award.reference: award for award in schedule.awards}
    rows = [AccountRow(award, lines.get(reference)) for reference, award in by_award.items()]
    note = (
        f"{SENSITIVE}. Asked for by {accounts.asked_by}: {accounts.reason.rstrip('.')}. "
        f"Row {accounts.journal_row} of the journal says so. "
        "Delete this file once the payments are made."
    )
    return TableSheet(ACCOUNTS, f"Accounts: {SENSITIVE}", note, ACCOUNT_COLUMNS, rows)
