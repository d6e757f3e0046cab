"""The list of awards for the public as a workbook, as plain CSV and as pages, the same lines in each."""

from pathlib import Path

from exchange.papers.document.values import Document
from exchange.papers.paper_words import NONE_GIVEN
from exchange.papers.transparency.pages import list_document
from exchange.papers.transparency.public_list import Sheet, Tick, write_list_csv, write_list_xlsx
from exchange.xlsx.table_book import TableCell, TableColumn
from models.papers.publication import PublicationList, PublishedAward
from models.papers.status import PaperStatus

COLUMNS = (
    TableColumn("Award reference", 14),
    TableColumn("Fund", 18, "wrapped"),
    TableColumn("Financial year", 9),
    TableColumn("Recipient", 24, "wrapped"),
    TableColumn("Registration no.", 12, "wrapped"),
    TableColumn("Project", 22, "wrapped"),
    TableColumn("Purpose", 60, "wrapped"),
    TableColumn("Reasons", 32, "wrapped"),
    TableColumn("Conditions", 60, "wrapped"),
    TableColumn("From", 11, "day"),
    TableColumn("To", 11, "day"),
    TableColumn("Area", 14, "wrapped"),
    TableColumn("Amount", 12, "pounds"),
    TableColumn("Decided on", 11, "day"),
    TableColumn("Notice", 9),
    TableColumn("Decided at first", 12, "pounds"),
    TableColumn("Changed since", 32, "wrapped"),
    TableColumn("Counted under", 26, "wrapped"),
)


NONE = "No grant was awarded in this time."


def write_publication_xlsx(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as a workbook and return the path it really has."""
    return write_list_xlsx(published, status, path, tick, _sheet(published))


def write_publication_csv(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as CSV and return its path."""
    return write_list_csv(path, tick, COLUMNS, _lines(published))


def publication_document(published: PublicationList, status: PaperStatus) -> Document:
    """Return the list as pages."""
    heads = ("Award reference", "Recipient", "Amount")
    return list_document(published, status, _sheet(published), heads, NONE)


def _sheet(published: PublicationList) -> Sheet:
    return ("Awards", "By the day of decision", COLUMNS, _lines(published))


def _lines(published: PublicationList) -> list[tuple[TableCell, ...]]:
    return [_cells(award) for award in published.awards]


def _cells(award: PublishedAward) -> tuple[TableCell, ...]:
    return (
        award.reference,
        award.fund,
        award.year,
        award.recipient,
        award.numbers,
        award.project,
        award.purpose or NONE_GIVEN,
        award.reasons,
        "\n".join(award.conditions),
        award.start_on,
        award.end_on,
        award.area,
        award.amount_pence,
        award.decided_on,
        award.notice,
        award.first_pence,
        award.amended,
        award.counted_under,
    )
