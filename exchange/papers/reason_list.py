"""The panel's reasons as a list, one a line: written with drafts to be checked, and read back.

reasons = read_reasons(Path("reasons.csv"), ["ACF-001", "ACF-002"])
reasons["ACF-001"]     # "The patrols keep ..."
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from exchange.forms import FaultList, FormRow
from exchange.papers.finance.returned import find_table
from exchange.reading.sheets import read_book
from exchange.xlsx.table import TableBook, TableSheet, columns_of
from exchange.xlsx.table_book import write_table_book, write_table_csv
from models.trouble import Trouble
from scoring.allocating.causes import is_rule_note
from scoring.written.text import one_line

REFERENCE, REASON = "reference", "reason"
LONGEST = 5_000
"""How many characters a reason may have."""
_HEADS = {REFERENCE: (REFERENCE,), REASON: (REASON,)}
_MOST_FAULTS = 3
_MARKED = ("'=", "'+", "'-", "'@")
"""How a CSV begins a text that a spreadsheet would take for a formula."""
COLUMNS = columns_of("reasons")
NOTE = (
    "Check every reason: the applicant will read it, and that of an award is published. Then return the list."
)
ENDINGS = (".csv", ".xlsx")


def read_reasons(path: Path, known: Collection[str]) -> dict[str, str]:
    """Return the reasons of a list by reference; a line without a reason gives none.

    `known` are the references of the round. Raises `Trouble` for a file that cannot be read or has no such
    list, and `FormFaults` with every fault of one that has.
    """
    book = read_book(path)
    table = find_table(book, _HEADS, frozenset(_HEADS).issubset)
    if table is None:
        raise Trouble(
            f"{path.name} has no list of reasons: it needs the headings Reference and Reason in one row; "
            "nothing was changed."
        )
    faults, rows, reasons = FaultList(most=_MOST_FAULTS), dict[str, int](), dict[str, str]()
    for row in table.rows(faults):
        said = [row.text(heading) for heading in _HEADS]
        is_list = book.kind == "csv"
        reference, reason = (text[1:] if is_list and text.startswith(_MARKED) else text for text in said)
        reference = one_line(reference)
        if _is_read(row, reference, reason, known, rows):
            rows[reference] = row.row
            reasons |= {reference: reason} if reason else {}
    faults.refuse()
    return reasons


def _is_read(
    row: FormRow, reference: str, reason: str, known: Collection[str], rows: Mapping[str, int]
) -> bool:
    if row.is_faulty(REFERENCE) or row.is_faulty(REASON) or not (reference or reason):
        return False
    if not reference:
        row.fault(REFERENCE, "the reference is blank, but there is a reason beside it.")
    elif reference not in known:
        row.fault(REFERENCE, f"{reference} is not in the round. Correct the reference.")
    elif reference in rows:
        row.fault(REFERENCE, f"{reference} is in row {rows[reference]} already. Leave one of them out.")
    elif is_rule_note(reason):
        words = f"this is the list's own note on {reference}, not a reason. Write why it should get money."
        row.fault(REASON, words)
    elif len(reason) > LONGEST:
        row.fault(REASON, f"the reason has {len(reason):,} characters; the most is {LONGEST:,}.")
    else:
        return True
    return False


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
        return write_table_csv(path, COLUMNS, lines)
    sheet = TableSheet("Reasons", title, NOTE, COLUMNS, lines)
    return write_table_book(TableBook(title, marking, "To be checked", at, (sheet,)), path)
