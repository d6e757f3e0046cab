"""The restricted sheet of a finance workbook: whole accounts, for the person who asked for them."""

from exchange.papers.paper_words import NONE_GIVEN
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet
from models.papers.accounts import AccountLine, Accounts
from models.papers.finance import FinanceSchedule

SENSITIVE = "OFFICIAL-SENSITIVE"
ACCOUNTS = "Accounts"
ACCOUNT_COLUMNS = (
    TableColumn("Award", 13),
    TableColumn("Payee", 30, "wrapped"),
    TableColumn("Supplier no.", 14, "wrapped"),
    TableColumn("Outstanding", 15, "pounds"),
    TableColumn("Account name", 30, "apart"),
    TableColumn("Sort code", 12),
    TableColumn("Account number", 16),
    TableColumn("By the banks' tables", 20),
    TableColumn("Entered by", 20, "wrapped"),
    TableColumn("Entered on", 12, "day"),
    TableColumn("Verified by", 20, "apart"),
    TableColumn("Verified on", 12, "day"),
    TableColumn("Account changed", 28, "apart"),
)


def accounts_sheet(schedule: FinanceSchedule, accounts: Accounts) -> TableSheet:
    """Return the accounts with who asked for them and why; an award without one stands there blank."""
    lines = {line.reference: line for line in accounts.lines}
    by_award = {award.reference: award for award in schedule.awards}
    rows: list[tuple[TableCell, ...]] = [
        (
            reference,
            award.payee,
            award.supplier_number,
            award.outstanding_pence,
            *_account(lines.get(reference)),
        )
        for reference, award in by_award.items()
    ]
    note = (
        f"{SENSITIVE}. Asked for by {accounts.asked_by}: {accounts.reason.rstrip('.')}. "
        f"Row {accounts.journal_row} of the journal says so. "
        "Delete this file once the payments are made."
    )
    return TableSheet(ACCOUNTS, f"Accounts: {SENSITIVE}", note, ACCOUNT_COLUMNS, rows)


def _account(line: AccountLine | None) -> tuple[TableCell, ...]:
    if line is None:
        return ("No account yet", None, None, None, None, None, None, None, None)
    return (
        line.account_name,
        line.sort_code,
        line.account_number,
        line.fits,
        line.entered_by,
        line.entered_on,
        line.verified_by or NONE_GIVEN,
        line.verified_on,
        line.flag,
    )
