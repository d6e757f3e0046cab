"""The list of recommendations with a draft of each reason, written to be checked and given back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from exchange.xlsx.csv_file import write_csv
from exchange.xlsx.csv_text import csv_text
from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book
from scoring.money import plain_pounds

COLUMNS = (
    TableColumn("Reference", 12),
    TableColumn("Organisation", 28, "wrapped"),
    TableColumn("Recommended", 14),
    TableColumn("Amount", 12, "pounds"),
    TableColumn("Reason", 70, "wrapped"),
    TableColumn("Comes from", 26, "wrapped"),
)
NOTE = (
    "Check every reason: the applicant will read it, and that of an award is published. Then return the list."
)
ENDINGS = (".csv", ".xlsx")


class DraftedLine(NamedTuple):
    """One recommendation with its reason so far, and what that was drafted from."""

    reference: str
    organisation: str
    outcome: str
    amount_pence: int | None
    reason: str
    source: str


def write_drafted(lines: Sequence[DraftedLine], title: str, marking: str, at: datetime, path: Path) -> Path:
    """Write the list as CSV or, for any other ending, as a workbook; return the path it really has."""
    if path.suffix.casefold() == ".csv":
        headings = [column.heading for column in COLUMNS]
        return write_csv(path, headings, map(_plain, lines), len(lines))
    sheet = TableSheet("Reasons", title, NOTE, COLUMNS, [tuple(line) for line in lines], frozen_columns=1)
    return write_table_book(TableBook(title, marking, "To be checked", at, (sheet,)), path)


def _plain(line: DraftedLine) -> list[str]:
    """Return a line as CSV has it."""
    amount = "" if line.amount_pence is None else plain_pounds(line.amount_pence)
    texts = (line.reference, line.organisation, line.outcome, amount, line.reason, line.source)
    return [csv_text(text) for text in texts]
