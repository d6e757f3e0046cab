"""Reading the lines of an award schedule back from its workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from exchange.papers.schedule.schedule_reading_lines import AREA_MONEY, ENDS, IssuedLine, ReadPaper
from exchange.reading.sheets import Book, Cell, SheetTable, read_book
from exchange.xlsx.xlsx_sheets import TABLE_HEADING_ROW
from models.trouble import Trouble

COLUMNS = (
    *("reference", "organisation", "number", "project", "area", "crime type", "requested"),
    *("recommended", "awarded", "score", "place", "outcome", "conditions", "reason"),
)
"""The columns of the sheet Schedule, by the names that differences are told in."""

AREA_COLUMNS = (
    *("area", "pot", "tolerance", "start-up", "committed", "lines"),
    *("requested", "recommended", "awarded", "left of the pot", "over the pot", "who allows it"),
)
"""The columns of the sheet Areas."""

CONDITION_COLUMNS = ("number", "condition")
"""The columns of the sheet Conditions, which earlier papers do not have."""

ONE_SUM_COLUMNS = (
    *("area", "pot", "start-up", "committed", "available", "lines"),
    *("requested", "recommended", "awarded", "remaining"),
)
"""Its columns on papers that show pot and tolerance as one sum."""

_WITH_PENCE = (*AREA_MONEY, *ENDS, "score", "remaining")


def read_xlsx(path: Path) -> ReadPaper:
    """Return the SHA-256 that a workbook prints, its lines and its areas."""
    book = read_book(path)
    sheet = _sheet(book, "Schedule")
    if sheet is None:
        raise Trouble(f"{path.name} has no sheet Schedule, so it is not an award schedule.")
    areas, conditions = _areas(book), _sheet(book, "Conditions")
    return ReadPaper(
        _digest(book),
        tuple(_lines(sheet, COLUMNS)),
        () if areas is None else tuple(_lines(areas, _area_columns(areas))),
        () if conditions is None else tuple(_lines(conditions, CONDITION_COLUMNS)),
    )


def _areas(book: Book) -> SheetTable | None:
    """Return the sheet of areas, whatever an office calls them: the one that has their pots."""
    return next((sheet for sheet in book.sheets if "Pot" in _heads(sheet)), None)


def _heads(sheet: SheetTable) -> Sequence[Cell]:
    return sheet.rows[TABLE_HEADING_ROW - 1] if len(sheet.rows) >= TABLE_HEADING_ROW else ()


def _area_columns(sheet: SheetTable) -> Sequence[str]:
    return AREA_COLUMNS if "Tolerance" in _heads(sheet) else ONE_SUM_COLUMNS


def _sheet(book: Book, name: str) -> SheetTable | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def _digest(book: Book) -> str:
    record = _sheet(book, "Record")
    rows = record.rows if record is not None else ()
    return next((str(row[1]) for row in rows if len(row) > 1 and row[0] == "SHA-256 of the data"), "")


def _lines(sheet: SheetTable, columns: Sequence[str]) -> Iterator[IssuedLine]:
    """Yield the rows of a table that have something in their first column."""
    for row in sheet.rows[TABLE_HEADING_ROW:]:
        cells = {name: _text(value, name) for name, value in zip(columns, row, strict=False)}
        if cells.get(columns[0]):
            yield IssuedLine(cells[columns[0]], cells)


def _text(value: Cell, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.2f}" if column in _WITH_PENCE else f"{value:.15g}"
    return str(value)
