"""The list of recommendations with a draft of each reason, written to be checked and given back."""

import csv
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from exchange.atomic import write_beside
from exchange.xlsx.csv_text import csv_text
from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book
from models.trouble import Trouble
from scoring.money import plain_pounds

COLUMNS = (
    TableColumn("Reference", 12),
    TableColumn("Organisation", 28, "wrapped"),
    TableColumn("Recommended", 14),
    TableColumn("Amount", 12, "pounds"),
    TableColumn("Reason", 70, "wrapped"),
    TableColumn("Comes from", 26, "wrapped"),
)
NOTE = "Check every reason: the applicant is told, and that of an award is published. Then give it back."
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
        return write_beside(path, partial(_write_csv, lines), partial(_check_csv, len(lines)))
    sheet = TableSheet("Reasons", title, NOTE, COLUMNS, [tuple(line) for line in lines], frozen_columns=1)
    return write_table_book(TableBook(title, marking, "To be checked", at, (sheet,)), path)


def _write_csv(lines: Sequence[DraftedLine], part: Path) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream, quoting=csv.QUOTE_ALL)
        rows.writerow([column.heading for column in COLUMNS])
        for line in lines:
            amount = "" if line.amount_pence is None else plain_pounds(line.amount_pence)
            texts = (line.reference, line.organisation, line.outcome, amount, line.reason, line.source)
            rows.writerow([csv_text(text) for text in texts])


def _check_csv(lines: int, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = sum(1 for _ in csv.reader(stream)) - 1
    if found != lines:
        raise Trouble(f"{path.name} was not written whole; try again; nothing was changed.")
