"""The list for the transparency database of subsidies in its three forms."""

from pathlib import Path

from msgspec.structs import replace

from exchange.papers.document.values import Document, Para
from exchange.papers.transparency.pages import list_document
from exchange.papers.transparency.public_list import Sheet, Tick, up_to, write_list_csv, write_list_xlsx
from exchange.xlsx.table_book import TableCell, TableColumn
from models.papers.status import PaperStatus
from models.papers.transparency.subsidies import PublishedSubsidy, SubsidyList
from models.values.subsidy import KINDS
from scoring.written.text import with_capital

COLUMNS = (
    TableColumn("Award reference", 14),
    TableColumn("Recipient", 24, "wrapped"),
    TableColumn("Registration no.", 12, "wrapped"),
    TableColumn("What it is", 26, "wrapped"),
    TableColumn("Instrument", 12, "wrapped"),
    TableColumn("Legal basis", 24, "wrapped"),
    TableColumn("Fund", 18, "wrapped"),
    TableColumn("Project", 24, "wrapped"),
    TableColumn("Purpose", 34, "wrapped"),
    TableColumn("Amount", 13, "pounds"),
    TableColumn("Decided on", 11, "day"),
    TableColumn("Notice", 9),
    TableColumn("Confirmed on", 11, "day"),
)
GRANT = "Direct grant"
"""What every award is in the words of the database."""
BY_DAY = "By the day of decision"
NOT_HELD = (
    "The database also asks for the size of the recipient, its sector and its region, which are chosen there."
)
NONE = "No award decided in this period is a subsidy above the threshold."


def write_subsidies_xlsx(value: SubsidyList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list as a workbook and return the path it really has."""
    name, order, columns, lines = _sheet(value, status)
    told = f"{order}. {NOT_HELD.rstrip('.')}" if lines else order
    return write_list_xlsx(value, status, path, tick, (name, told, columns, lines))


def write_subsidies_csv(value: SubsidyList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list as CSV and return its path."""
    return write_list_csv(path, tick, COLUMNS, _lines(value))


def subsidies_document(value: SubsidyList, status: PaperStatus) -> Document:
    """Return the list as pages."""
    heads = ("Award reference", "Recipient", "Amount")
    after = (Para(NOT_HELD),) if value.subsidies else ()
    return list_document(
        value, status, _sheet(value, status), heads, up_to(NONE, value.ends_on, status), after
    )


def _sheet(value: SubsidyList, status: PaperStatus) -> Sheet:
    """Return the list as it is read; what is handed on as CSV keeps the legal basis as it was written."""
    begun = [replace(one, legal_power=with_capital(one.legal_power)) for one in value.subsidies]
    return ("Subsidies", up_to(BY_DAY, value.ends_on, status), COLUMNS, [_cells(one) for one in begun])


def _lines(value: SubsidyList) -> list[tuple[TableCell, ...]]:
    return [_cells(one) for one in value.subsidies]


def _cells(one: PublishedSubsidy) -> tuple[TableCell, ...]:
    return (
        one.award,
        one.organisation,
        one.numbers,
        KINDS[one.kind],
        GRANT,
        one.legal_power,
        one.fund,
        one.project,
        one.purpose,
        one.amount_pence,
        one.decided_on,
        one.notice,
        one.confirmed_on,
    )
