"""A small round workbook to change in one place, and ways to read it."""

from pathlib import Path

from msgspec.structs import replace
from openpyxl import Workbook

from exchange.forms import FormFaults
from exchange.reading.cell_names import column_number
from exchange.reading.sheets import Book, Cell, SheetTable
from exchange.round_workbook.read import read_round, round_of
from models.values.rows import RoundRows

Sheets = dict[str, list[list[Cell]]]


def good_sheets() -> Sheets:
    """Give the sheets of a sound round: two areas, three criteria, three applications, two members."""
    return {
        "Round": [
            ["Field", "Value"],
            ["Format", 1],
            ["Fund", "Active Citizens Fund"],
            ["Round", "Autumn"],
            ["Financial year", "2026/27"],
            ["Scale maximum", 5],
            ["Quality", 80],
            ["Combine", "mean"],
            ["Quorum", 1],
            ["Ranking", "total"],
            ["Tie ladder", "criterion:A1, quality, received"],
            ["Allocation", "part"],
            ["Tolerance percent", 0],
            ["Not applicable allowed", "yes"],
        ],
        "Pots": [
            ["Area", "Amount", "Start-up", "Already committed"],
            ["Coventry", 20000, 1000, 0],
            ["Walsall", "£4,500.00", None, None],
        ],
        "Criteria": [
            ["Code", "Title", "Side", "Weight", "Method", "Basis", "Low", "High", "Bands", "Minimum mark"],
            ["A1", "Local priorities", "quality", 50, "judged", None, None, None, None, 2],
            ["A2", "Need", "quality", 30, None, None, None, None, None, None],
            ["A3", "Price", "cost", 20, "linear", "requested", 0, 5000, None, None],
        ],
        "Applications": [
            [
                *("Reference", "Organisation", "Project", "Area", "Amount requested", "Received"),
                *("Postcode", "Why?"),
            ],
            ["ACF-001", "Made-up Youth Club", "Boxing", "Coventry", 4500, "2026-09-01", "CV1 1AA", "Because"],
            ["ACF-002", "Invented Allotments", "Beds", "Walsall", "£1,200.50", None, None, None],
            ["ACF-003", "Imaginary Choir", "Songs", "Coventry", 900, "2026-09-02T10:30", None, None],
        ],
        "Members": [["Code", "Name", "Role"], ["M1", "Pat Example", "chair"], ["M2", "Sam Sample", None]],
        "Interests": [
            ["Member", "Application", "Kind", "Detail"],
            ["M1", None, "none", None],
            ["M2", "ACF-002", "pecuniary", "Treasurer"],
        ],
        "Marks": [
            ["Member", "Application", "Submitted", "A1", "A2", "A1 comment"],
            ["M1", "ACF-001", "yes", 4, 3, "Clear"],
            ["M2", "ACF-001", "yes", "5", 3.0, None],
            ["M1", "ACF-002", "no", None, 2, None],
        ],
        "Agreed": [
            ["Application", "A1", "A2", "A1 reason", "Dissent"],
            ["ACF-001", 4, None, "Agreed at once", "M2 wanted 5"],
        ],
        "Not applicable": [["Application", "Criterion", "Reason"], ["ACF-003", "A2", "No area"]],
        "Chair decisions": [
            ["Application", "Kind", "Value", "Reason"],
            ["ACF-001", "tie", 1, "More volunteers"],
            ["ACF-003", "exception", "fund", "Only choir there"],
        ],
    }


def put(sheets: Sheets, place: str, value: Cell) -> Sheets:
    """Put a value in one cell, named as a fault names it: "Marks!D2"."""
    sheet, _, cell = place.partition("!")
    letters = cell.rstrip("0123456789")
    row, column = int(cell.removeprefix(letters)), column_number(letters)
    rows = sheets[sheet]
    rows += [[] for _ in range(row - len(rows))]
    rows[row - 1] += [None] * (column - len(rows[row - 1]))
    rows[row - 1][column - 1] = value
    return sheets


def book_of(sheets: Sheets) -> Book:
    """Give the sheets as reading a file would."""
    return Book(
        "round",
        "xlsx",
        tuple(SheetTable(name, visible=True, rows=tuple(map(tuple, rows))) for name, rows in sheets.items()),
    )


def read(sheets: Sheets) -> RoundRows:
    """Read the sheets as a round."""
    return round_of(book_of(sheets))


def faults(sheets: Sheets) -> tuple[str, ...]:
    """Give the faults found in the sheets; none is an empty tuple."""
    try:
        read(sheets)
    except FormFaults as refused:
        return refused.faults
    return ()


def save(sheets: Sheets, path: Path, *, as_texts: bool = False) -> Path:
    """Write the sheets as a real workbook; `as_texts` writes also what looks like a formula as a text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in (cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)):
            cell.data_type = "s" if as_texts else cell.data_type
    book.save(path)
    return path


def read_file(sheets: Sheets, path: Path) -> RoundRows:
    """Write the sheets as a real workbook and read it."""
    return read_round(save(sheets, path))


def answers_in_order(rows: RoundRows) -> RoundRows:
    """Give the rows as a record has them: answers by column, agreed marks by the order of applications."""
    order = {row.reference: place for place, row in enumerate(rows.applications)}
    return replace(
        rows,
        applications=tuple(replace(a, answers=tuple(sorted(a.answers))) for a in rows.applications),
        agreed=tuple(sorted(rows.agreed, key=lambda row: order[row.application])),
        not_applicable=tuple(
            sorted(rows.not_applicable, key=lambda row: (order[row.application], row.criterion))
        ),
    )
