"""The lists of spending, contracts and subsidies, each in its three forms."""

from pathlib import Path

from msgspec.structs import replace

from exchange.papers.document.values import Document, Para
from exchange.papers.transparency.public_list import (
    PublicList,
    gone_blocks,
    gone_sheet,
    list_document,
    up_to,
    write_list_xlsx,
)
from exchange.xlsx.table_book import TableColumn, Tick, write_table_csv
from models.papers.status import PaperStatus
from models.papers.transparency.contracts import ContractList
from models.papers.transparency.spending import SpendingList
from models.papers.transparency.subsidies import SubsidyList
from models.values.subsidy import KINDS
from scoring.written.text import with_capital

BY_DAY = "By the day of decision"
SPENDING_COLUMNS = (
    TableColumn("Paid on", 11, "day", "on"),
    TableColumn("Paid to", 24, "wrapped", "payee"),
    TableColumn("Registration no.", 12, "wrapped", "numbers"),
    TableColumn("Amount", 12, "pounds", "amount_pence", is_summed=True),
    TableColumn("What", 12, "wrapped", "what"),
    TableColumn("Fund", 18, "wrapped", "fund"),
    TableColumn("Area", 14, "wrapped", "area"),
    TableColumn("Purpose", 32, "wrapped", "purpose"),
    TableColumn("Reasons", 32, "wrapped", "reasons"),
    TableColumn("Award reference", 14, "text", "award"),
    TableColumn("How it was awarded", 16, "wrapped", "route"),
)
NOTHING_PAID = "Nothing above the limit was paid in this period."
CONTRACT_COLUMNS = (
    TableColumn("Award reference", 14, "text", "award"),
    TableColumn("Supplier", 24, "wrapped", "supplier"),
    TableColumn("Registration no.", 12, "wrapped", "numbers"),
    TableColumn("Contract", 24, "wrapped", "what"),
    TableColumn("Purpose", 30, "wrapped", "purpose"),
    TableColumn("Fund", 18, "wrapped", "fund"),
    TableColumn("How it was awarded", 20, "wrapped", "route_words"),
    TableColumn("Why there was no competition", 28, "wrapped", "route_reason"),
    TableColumn("Amount", 13, "pounds", "amount_pence", is_summed=True),
    TableColumn("From", 11, "day", "starts_on"),
    TableColumn("To", 11, "day", "ends_on"),
    TableColumn("Option years", 8, "count", lambda contract: contract.option_years or None),
    TableColumn("May be ended early on", 11, "day", "break_on"),
    TableColumn("Decided on", 11, "day", "decided_on"),
    TableColumn("Notice", 9, "text", "notice"),
    TableColumn("Agreed on", 11, "day", lambda contract: contract.agreed_on or NOT_SIGNED),
    TableColumn("Changed since", 30, "wrapped", "changed"),
    TableColumn("Decided by", 24, "wrapped", "decided_by"),
)
NO_CONTRACT = "No contract above the limit was awarded in this period."
NO_CONTRACT_STANDS = "No contract above the limit that was awarded in this period stands."
NOT_SIGNED = "Not signed yet"
"""What stands for the day of an agreement that both sides have still to sign."""
SUBSIDY_COLUMNS = (
    TableColumn("Award reference", 14, "text", "award"),
    TableColumn("Recipient", 24, "wrapped", "organisation"),
    TableColumn("Registration no.", 12, "wrapped", "numbers"),
    TableColumn("What it is", 26, "wrapped", lambda subsidy: KINDS[subsidy.kind]),
    TableColumn("Instrument", 12, "wrapped", lambda _: GRANT),
    TableColumn("Legal basis", 24, "wrapped", "legal_power"),
    TableColumn("Fund", 18, "wrapped", "fund"),
    TableColumn("Project", 24, "wrapped", "project"),
    TableColumn("Purpose", 34, "wrapped", "purpose"),
    TableColumn("Amount", 13, "pounds", "amount_pence", is_summed=True),
    TableColumn("Decided on", 11, "day", "decided_on"),
    TableColumn("Notice", 9, "text", "notice"),
    TableColumn("Confirmed on", 11, "day", "confirmed_on"),
)
GRANT = "Direct grant"
"""What every award is in the words of the database."""
NOT_HELD = (
    "The database also asks for the size of the recipient, its sector and its region, which are chosen there."
)
NO_SUBSIDY = "No award decided in this period is a subsidy above the threshold."


def write_spending_xlsx(value: SpendingList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of spending as a workbook and return the path it really has."""
    listed = _told_besides(_spending(value, status), value.came_back)
    return write_list_xlsx(value, status, path, tick, listed)


def write_spending_csv(value: SpendingList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of spending as CSV and return its path."""
    return write_table_csv(path, SPENDING_COLUMNS, value.payments, tick)


def spending_document(value: SpendingList, status: PaperStatus) -> Document:
    """Return the list of spending as pages."""
    after = (Para(value.came_back),) if value.came_back else ()
    none = up_to(NOTHING_PAID, value.ends_on, status)
    return list_document(value, status, _spending(value, status), none, after)


def _spending(value: SpendingList, status: PaperStatus) -> PublicList:
    order, heads = up_to("By day", value.ends_on, status), ("Paid on", "Paid to", "Amount")
    return PublicList("Spending", order, SPENDING_COLUMNS, value.payments, heads)


def _told_besides(listed: PublicList, words: str) -> PublicList:
    """Return a list whose sheet says something besides its order."""
    return replace(listed, order=f"{listed.order}. {words.rstrip('.')}") if words else listed


def write_contracts_xlsx(value: ContractList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of contracts as a workbook and return the path it really has."""
    after = tuple(gone_sheet(value, value.gone))
    return write_list_xlsx(value, status, path, tick, _contracts(value, status), after)


def write_contracts_csv(value: ContractList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of contracts as CSV and return its path."""
    return write_table_csv(path, CONTRACT_COLUMNS, value.contracts, tick)


def contracts_document(value: ContractList, status: PaperStatus) -> Document:
    """Return the list of contracts as pages."""
    none = up_to(NO_CONTRACT_STANDS if value.gone else NO_CONTRACT, value.ends_on, status)
    return list_document(value, status, _contracts(value, status), none, tuple(gone_blocks(value.gone)))


def _contracts(value: ContractList, status: PaperStatus) -> PublicList:
    order, heads = up_to(BY_DAY, value.ends_on, status), ("Award reference", "Supplier", "Amount")
    return PublicList("Contracts", order, CONTRACT_COLUMNS, value.contracts, heads)


def write_subsidies_xlsx(value: SubsidyList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of subsidies as a workbook and return the path it really has."""
    listed = _told_besides(_subsidies(value, status), NOT_HELD if value.subsidies else "")
    return write_list_xlsx(value, status, path, tick, listed)


def write_subsidies_csv(value: SubsidyList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of subsidies as CSV and return its path."""
    return write_table_csv(path, SUBSIDY_COLUMNS, value.subsidies, tick)


def subsidies_document(value: SubsidyList, status: PaperStatus) -> Document:
    """Return the list of subsidies as pages."""
    after = (Para(NOT_HELD),) if value.subsidies else ()
    none = up_to(NO_SUBSIDY, value.ends_on, status)
    return list_document(value, status, _subsidies(value, status), none, after)


def _subsidies(value: SubsidyList, status: PaperStatus) -> PublicList:
    """Return the list as it is read; what is handed on as CSV keeps the legal basis as it was written."""
    begun = [replace(one, legal_power=with_capital(one.legal_power)) for one in value.subsidies]
    order, heads = up_to(BY_DAY, value.ends_on, status), ("Award reference", "Recipient", "Amount")
    return PublicList("Subsidies", order, SUBSIDY_COLUMNS, begun, heads)
