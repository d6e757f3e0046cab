"""The monthly list of awards as a workbook and as plain CSV, the same lines in both."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

from exchange.atomic import write_beside
from exchange.papers.headed import named, office_book
from exchange.papers.paper_words import NONE_GIVEN
from exchange.xlsx.csv_text import csv_text
from exchange.xlsx.table_book import (
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    write_table_book,
)
from models.papers.publication import PublicationList, PublishedAward
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring import money

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in lines; may raise to cancel."""

COLUMNS = (
    TableColumn("Award reference", 14),
    TableColumn("Fund", 18, "wrapped"),
    TableColumn("Financial year", 9),
    TableColumn("Recipient", 24, "wrapped"),
    TableColumn("Registration no.", 12, "wrapped"),
    TableColumn("Project", 22, "wrapped"),
    TableColumn("Purpose", 31, "wrapped"),
    TableColumn("Reasons", 32, "wrapped"),
    TableColumn("Conditions", 40, "wrapped"),
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
AMOUNT = next(number for number, column in enumerate(COLUMNS, 1) if column.heading == "Amount")


def write_publication_xlsx(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as a workbook and return the path it really has."""
    rows = [_cells(award) for award in published.awards]
    total = sum(award.amount_pence for award in published.awards)
    blanks: tuple[TableCell, ...] = (None,) * len(COLUMNS)
    last = list(blanks)
    last[0], last[AMOUNT - 1] = "Total", column_sum(AMOUNT, len(rows), total)
    note = f"{named(published)}. {published.control}. By the day of decision."
    sheet = TableSheet("Awards", published.title, note, COLUMNS, rows, (last,), frozen_columns=1)
    return write_table_book(office_book(published, status, (sheet,)), path, tick)


def write_publication_csv(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as CSV in UTF-8 with a mark that spreadsheets know it by; return its path.

    Amounts are plain pounds ("4500.00"), dates ISO. A text that a spreadsheet would take for a formula has
    an apostrophe before it.
    """
    return write_beside(
        path, partial(_write_csv, published, tick), partial(_check_csv, len(published.awards))
    )


def _write_csv(published: PublicationList, tick: Tick, part: Path) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream, quoting=csv.QUOTE_ALL)
        lines.writerow([column.heading for column in COLUMNS])
        for done, award in enumerate(published.awards, 1):
            lines.writerow(
                [_plain(cell, column) for cell, column in zip(_cells(award), COLUMNS, strict=True)]
            )
            if tick is not None:
                tick(done, len(published.awards))


def _check_csv(awards: int, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = sum(1 for _ in csv.reader(stream)) - 1
    if found != awards:
        raise Trouble(f"{path.name} was not written whole; try again; nothing was changed.")


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


def _plain(cell: TableCell, column: TableColumn) -> str:
    """Return a cell as CSV has it."""
    if cell is None:
        return ""
    if column.kind == "pounds" and isinstance(cell, int):
        return money.plain_pounds(cell)
    return csv_text(cell) if isinstance(cell, str) else str(cell)
