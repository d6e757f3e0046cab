"""The list of spending in its three forms."""

from pathlib import Path

from exchange.papers.document.values import Document, Para
from exchange.papers.transparency.pages import list_document
from exchange.papers.transparency.public_list import Sheet, Tick, up_to, write_list_csv, write_list_xlsx
from exchange.xlsx.table_book import TableCell, TableColumn
from models.papers.status import PaperStatus
from models.papers.transparency.spending import SpendingList, Spent

COLUMNS = (
    TableColumn("Paid on", 11, "day"),
    TableColumn("Paid to", 24, "wrapped"),
    TableColumn("Registration no.", 12, "wrapped"),
    TableColumn("Amount", 12, "pounds"),
    TableColumn("What", 12, "wrapped"),
    TableColumn("Fund", 18, "wrapped"),
    TableColumn("Area", 14, "wrapped"),
    TableColumn("Purpose", 32, "wrapped"),
    TableColumn("Reasons", 32, "wrapped"),
    TableColumn("Award reference", 14),
    TableColumn("How it was awarded", 16, "wrapped"),
)
NONE = "Nothing above the limit was paid in this period."


def write_spending_xlsx(value: SpendingList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list as a workbook and return the path it really has."""
    name, order, columns, lines = _sheet(value, status)
    told = f"{order}. {value.came_back.rstrip('.')}" if value.came_back else order
    return write_list_xlsx(value, status, path, tick, (name, told, columns, lines))


def write_spending_csv(value: SpendingList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list as CSV and return its path."""
    return write_list_csv(path, tick, COLUMNS, _lines(value))


def spending_document(value: SpendingList, status: PaperStatus) -> Document:
    """Return the list as pages."""
    after = (Para(value.came_back),) if value.came_back else ()
    return list_document(
        value,
        status,
        _sheet(value, status),
        ("Paid on", "Paid to", "Amount"),
        up_to(NONE, value.ends_on, status),
        after,
    )


def _sheet(value: SpendingList, status: PaperStatus) -> Sheet:
    return ("Spending", up_to("By day", value.ends_on, status), COLUMNS, _lines(value))


def _lines(value: SpendingList) -> list[tuple[TableCell, ...]]:
    return [_cells(one) for one in value.payments]


def _cells(one: Spent) -> tuple[TableCell, ...]:
    return (
        one.on,
        one.payee,
        one.numbers,
        one.amount_pence,
        one.what,
        one.fund,
        one.area,
        one.purpose,
        one.reasons,
        one.award,
        one.route,
    )
