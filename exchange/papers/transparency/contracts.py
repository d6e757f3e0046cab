"""The list of contracts in its three forms."""

from pathlib import Path

from exchange.papers.document.values import Document
from exchange.papers.transparency.pages import list_document
from exchange.papers.transparency.public_list import Sheet, Tick, up_to, write_list_csv, write_list_xlsx
from exchange.papers.transparency.taken_back import gone_blocks, gone_sheet
from exchange.xlsx.table_book import TableCell, TableColumn
from models.papers.status import PaperStatus
from models.papers.transparency.contracts import Contract, ContractList

COLUMNS = (
    TableColumn("Award reference", 14),
    TableColumn("Supplier", 24, "wrapped"),
    TableColumn("Registration no.", 12, "wrapped"),
    TableColumn("Contract", 24, "wrapped"),
    TableColumn("Purpose", 30, "wrapped"),
    TableColumn("Fund", 18, "wrapped"),
    TableColumn("How it was awarded", 20, "wrapped"),
    TableColumn("Why there was no competition", 28, "wrapped"),
    TableColumn("Amount", 13, "pounds"),
    TableColumn("From", 11, "day"),
    TableColumn("To", 11, "day"),
    TableColumn("Option years", 8, "count"),
    TableColumn("May be ended early on", 11, "day"),
    TableColumn("Decided on", 11, "day"),
    TableColumn("Notice", 9),
    TableColumn("Agreed on", 11, "day"),
    TableColumn("Changed since", 30, "wrapped"),
    TableColumn("Decided by", 24, "wrapped"),
)
NONE = "No contract above the limit was awarded in this period."
NONE_STANDS = "No contract above the limit that was awarded in this period stands."
NOT_SIGNED = "Not signed yet"
"""What stands for the day of an agreement that both sides have still to sign."""


def write_contracts_xlsx(value: ContractList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list as a workbook and return the path it really has."""
    return write_list_xlsx(
        value, status, path, tick, _sheet(value, status), tuple(gone_sheet(value, value.gone))
    )


def write_contracts_csv(value: ContractList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list as CSV and return its path."""
    return write_list_csv(path, tick, COLUMNS, _lines(value))


def contracts_document(value: ContractList, status: PaperStatus) -> Document:
    """Return the list as pages."""
    heads = ("Award reference", "Supplier", "Amount")
    none = up_to(NONE_STANDS if value.gone else NONE, value.ends_on, status)
    return list_document(value, status, _sheet(value, status), heads, none, tuple(gone_blocks(value.gone)))


def _sheet(value: ContractList, status: PaperStatus) -> Sheet:
    return ("Contracts", up_to("By the day of decision", value.ends_on, status), COLUMNS, _lines(value))


def _lines(value: ContractList) -> list[tuple[TableCell, ...]]:
    return [_cells(one) for one in value.contracts]


def _cells(one: Contract) -> tuple[TableCell, ...]:
    return (
        one.award,
        one.supplier,
        one.numbers,
        one.what,
        one.purpose,
        one.fund,
        one.route_words,
        one.route_reason,
        one.amount_pence,
        one.starts_on,
        one.ends_on,
        one.option_years or None,
        one.break_on,
        one.decided_on,
        one.notice,
        one.agreed_on or NOT_SIGNED,
        one.changed,
        one.decided_by,
    )
