"""The rows of a filled-in sheet, each cell by its heading."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from msgspec import Struct

from exchange.cells.values import DateColumn, cell_text, date_column, is_nothing, refuse_error
from exchange.reading.cell_names import cell_name
from exchange.reading.sheets import Book, Cell, NoSavedValue, SheetTable
from exchange.written_text import clean, one_line
from scoring.written.days import full_day
from scoring.written.text import Refused, Unreadable, listed, noun, tidied

LONGEST = 400
"""Most characters of a fault: a cell may hold a whole page."""
MOST_FAULTS = 200


class FormFaults(Refused):
    """A workbook breaks the rules of its form; `faults` has one line for each place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class FaultList:
    """Gathers the faults of one workbook.

    They are given in the order of its `sheets` and their cells, or as found where no sheets are named, and no
    more than `most` of them; all, where that is None. Rows and columns count from 1.
    """

    def __init__(self, sheets: Sequence[str] = (), *, most: int | None = MOST_FAULTS) -> None:
        self._sheets, self._most = tuple(sheets), most
        self._found: list[tuple[str, int, int, str]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add_sheet(self, sheet: str, words: str) -> None:
        """Add a fault of a whole sheet, a column or a field, which is named in `words`."""
        self._found.append((sheet, 0, 0, _line(sheet, words)))

    def add_cell(self, sheet: str, row: int, column: int, words: object) -> None:
        """Add a fault at a cell."""
        place = f"{sheet}!{cell_name(row, column)}"
        self._found.append((sheet, row, column, _line(place, words)))

    def add_cells(self, sheet: str, rows: tuple[int, int], column: int, words: str) -> None:
        """Add a fault of a run of cells in one column, from the first row to the last."""
        first, last = (cell_name(row, column) for row in rows)
        place = first if first == last else f"{first}:{last}"
        self._found.append((sheet, rows[0], column, _line(f"{sheet}!{place}", words)))

    def has(self, sheet: str, row: int, column: int) -> bool:
        return any(found[:3] == (sheet, row, column) for found in self._found)

    def lines(self) -> tuple[str, ...]:
        """Return what was found, a line each; the last one counts those beyond the most that are given."""
        lines = [line for *_, line in sorted(self._found, key=self._place)]
        most = len(lines) if self._most is None else self._most
        if len(lines) > most + 1:  # one more stands where it would be counted
            lines[most:] = [f"and {len(lines) - most:,} more like these."]
        return tuple(lines)

    def refuse(self) -> None:
        """Raise `FormFaults` with what was found, if there is anything."""
        lines = self.lines()
        if lines:
            raise FormFaults(lines)

    def _place(self, fault: tuple[str, int, int, str]) -> tuple[int, int, int]:
        """Return where a fault stands among the others; the sort keeps the order of those at one place."""
        sheet, row, column, _ = fault
        return (self._sheets.index(sheet), row, column) if self._sheets else (0, 0, 0)


def _line(place: str, words: object) -> str:
    said = one_line(str(words))
    return f"{place}: {said if len(said) <= LONGEST else said[: LONGEST - 1] + '…'}"


MOST_HEAD_ROWS = 12
V = TypeVar("V")
W = TypeVar("W")


class FormRow(Struct, frozen=True):
    """One row of a sheet: cells by heading, the column of each, from 1, and how its dates are read."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    cells: Mapping[str, Cell]
    faults: FaultList
    dates: Mapping[str, DateColumn]

    def place(self, heading: str) -> tuple[str, int, int]:
        return self.sheet, self.row, self.columns[heading]

    def words(self, heading: str) -> str:
        """Return a cell as one line of text, "" where the sheet has no such column."""
        return one_line(cell_text(self.cells.get(heading)))

    def fault(self, heading: str, words: object) -> None:
        self.faults.add_cell(*self.place(heading), words)

    def is_faulty(self, heading: str) -> bool:
        return heading in self.columns and self.faults.has(*self.place(heading))

    def is_blank(self, headings: Sequence[str]) -> bool:
        """Whether nothing stands in some cells."""
        cells = [self.cells[heading] for heading in headings]
        return not any(cell_text(cell) or isinstance(cell, NoSavedValue) for cell in cells)

    def read(self, heading: str, reader: Callable[[Cell], V | None]) -> V | None:
        """Return a cell as it is read, None for an empty one and for one that is a fault."""
        if heading not in self.columns:
            return None
        return read_cell(self.cells[heading], partial(_given, reader), None, self.faults, self.place(heading))

    def read_past_date(self, heading: str, today: date | None, rule: str) -> date | None:
        """Return a date in the order of day and month that its column shows, as `read` does.

        One after today, where that is given, is a fault that says the rule.
        """
        on = self.read(heading, self.dates[heading].read_date) if heading in self.dates else None
        if on is not None and today is not None and on > today:
            self.fault(heading, f"{full_day(on)} is still to come. {rule}")
        return on

    def text(self, heading: str, standing: str = "") -> str:
        """Return a cell's text; the text that stands in the record where the cell is as it was written."""
        said = read_cell(self.cells[heading], cell_text, "", self.faults, self.place(heading))
        return standing if said in ("", tidied(clean(standing))) else said


def read_cell(
    cell: Cell, read: Callable[[Cell], V], otherwise: W, faults: FaultList, place: tuple[str, int, int]
) -> V | W:
    """Return what a cell says; `otherwise` where it cannot be read, which is noted at its place."""
    try:
        refuse_error(cell)
        return read(cell)
    except Unreadable as no:
        faults.add_cell(*place, no)
        return otherwise


def _given(reader: Callable[[Cell], V | None], cell: Cell) -> V | None:
    return None if is_nothing(cell_text(cell)) else reader(cell)


def rows_of(book: Book, name: str, headings: Sequence[str], faults: FaultList) -> Iterator[FormRow]:
    """Yield the rows below a sheet's headings, in order; nothing where the sheet is not there."""
    table = next((one for one in book.sheets if one.name.strip().casefold() == name.casefold()), None)
    if table is None:
        return
    top, columns = _heading_row(table, headings[0])
    missing = [heading for heading in headings if heading not in columns]
    if missing:
        words = listed([f"“{heading}”" for heading in missing])
        heads = f"{noun(len(missing), 'heading')} {words} {noun(len(missing), 'is', 'are')}"
        faults.add_sheet(name, f"the {heads} missing. Keep the headings as they were written.")
        return
    chosen = {heading: columns[heading] for heading in headings}
    dates = dates_of(table, top, chosen)
    for row in range(top + 1, len(table.rows) + 1):
        cells = {heading: table.cell(row, column) for heading, column in chosen.items()}
        yield FormRow(name, row, chosen, cells, faults, dates)


def dates_of(table: SheetTable, head: int, columns: Mapping[str, int]) -> dict[str, DateColumn]:
    """Return how dates are read in each column below a row of headings."""
    numbers = range(head + 1, len(table.rows) + 1)
    return {
        heading: date_column(table.cell(row, column) for row in numbers)
        for heading, column in columns.items()
    }


def _heading_row(table: SheetTable, first: str) -> tuple[int, dict[str, int]]:
    for row in range(1, min(len(table.rows), MOST_HEAD_ROWS) + 1):
        named = {one_line(cell_text(cell)): n for n, cell in enumerate(table.rows[row - 1], 1)}
        if first in named:
            return row, named
    return 0, {}
