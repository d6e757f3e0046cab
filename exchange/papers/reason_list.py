"""The panel's reasons as a list, one a line: written with drafts to be checked, and read back.

reasons = read_reasons(Path("reasons.csv"), ["ACF-001", "ACF-002"])
reasons["ACF-001"]     # "The patrols keep ..."
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from exchange.cells.cell_names import cell_name
from exchange.cells.values import cell_text, refuse_error
from exchange.reading.sheets import Book, SheetTable, filled, read_book
from exchange.xlsx.table_book import TableBook, TableColumn, TableSheet, write_table_book, write_table_csv
from models.trouble import Trouble
from scoring.allocating.causes import is_rule_note
from scoring.written.text import Refused, Unreadable, one_line

REFERENCE, REASON = "reference", "reason"
LONGEST = 5_000
"""How many characters a reason may have."""
_MOST_FAULTS = 4
_MOST_HEAD_ROWS = 30
_MARKED = ("'=", "'+", "'-", "'@")
"""How a CSV begins a text that a spreadsheet would take for a formula."""
COLUMNS = (
    TableColumn("Reference", 12, "text", "reference"),
    TableColumn("Organisation", 28, "wrapped", "organisation"),
    TableColumn("Recommended", 14, "text", "outcome"),
    TableColumn("Amount", 12, "pounds", "amount_pence"),
    TableColumn("Reason", 70, "wrapped", "reason"),
    TableColumn("Comes from", 26, "wrapped", "source"),
)
NOTE = (
    "Check every reason: the applicant will read it, and that of an award is published. Then return the list."
)
ENDINGS = (".csv", ".xlsx")


class ReasonFaults(Refused):
    """A list of reasons cannot be taken; `faults` has a line for each of the first, its cell first."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - _MOST_FAULTS
        shown = faults if more <= 0 else [*faults[: _MOST_FAULTS - 1], f"and {more + 1:,} more like these."]
        self.faults = tuple(shown)
        super().__init__("\n".join(shown))


class _Found(Struct, frozen=True):
    sheet: SheetTable
    head: int
    columns: dict[str, int]


class _Work(Struct):
    """One reading under way: what is known, what is read with its row, and what is wrong."""

    found: _Found
    known: Collection[str]
    is_csv: bool
    reasons: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fault(self, row: int, column: str, words: object) -> None:
        place = cell_name(row, self.found.columns[column])
        self.faults.append(f"{self.found.sheet.name}!{place}: {one_line(str(words))}")


def read_reasons(path: Path, known: Collection[str]) -> dict[str, str]:
    """Return the reasons of a list by reference; a line without a reason gives none.

    `known` are the references of the round. Raises `Trouble` for a file that cannot be read or has no such
    list, and `ReasonFaults` with every fault of one that has.
    """
    book = read_book(path)
    found = next((table for sheet in book.sheets if sheet.visible for table in _tables(sheet)), None)
    if found is None:
        raise Trouble(
            f"{path.name} has no list of reasons: it needs the headings Reference and Reason in one row; "
            "nothing was changed."
        )
    return _read(book, found, known)


def _read(book: Book, found: _Found, known: Collection[str]) -> dict[str, str]:
    work = _Work(found, known, is_csv=book.kind == "csv")
    for row in range(found.head + 1, len(found.sheet.rows) + 1):
        _read_row(row, work)
    if work.faults:
        raise ReasonFaults(work.faults)
    return work.reasons


def _tables(sheet: SheetTable) -> Iterator[_Found]:
    for number, row in enumerate(sheet.rows[:_MOST_HEAD_ROWS], 1):
        heads = [one_line(cell_text(cell)).casefold() for cell in row]
        if REFERENCE in heads and REASON in heads:
            columns = {name: heads.index(name) + 1 for name in (REFERENCE, REASON)}
            yield _Found(filled(sheet), number, columns)
            return


def _read_row(row: int, work: _Work) -> None:
    reference, reason = (_text(row, column, work) for column in (REFERENCE, REASON))
    if reference is None or reason is None or not (reference or reason):
        return
    reference = one_line(reference)
    if not reference:
        work.fault(row, REFERENCE, "the reference is blank, but there is a reason beside it.")
    elif reference not in work.known:
        work.fault(row, REFERENCE, f"{reference} is not in the round. Correct the reference.")
    elif reference in work.rows:
        words = f"{reference} is in row {work.rows[reference]} already. Leave one of them out."
        work.fault(row, REFERENCE, words)
    elif is_rule_note(reason):
        words = f"this is the list's own note on {reference}, not a reason. Write why it should get money."
        work.fault(row, REASON, words)
    elif len(reason) > LONGEST:
        work.fault(row, REASON, f"the reason has {len(reason):,} characters; the most is {LONGEST:,}.")
    else:
        work.rows[reference] = row
        work.reasons |= {reference: reason} if reason else {}


def _text(row: int, column: str, work: _Work) -> str | None:
    """Return a cell as text; None where it is at fault, which is noted."""
    cell = work.found.sheet.cell(row, work.found.columns[column])
    try:
        refuse_error(cell)
    except Unreadable as error:
        work.fault(row, column, error)
        return None
    text = cell_text(cell)
    return text[1:] if work.is_csv and text.startswith(_MARKED) else text


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
