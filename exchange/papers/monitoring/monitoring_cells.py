"""The rows of a filled-in sheet, each cell by its heading, and the list of what is wrong with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from exchange.cells.cell_text import refuse_error
from exchange.cells.values import cell_name, cell_text, is_nothing
from exchange.reading.sheets import Book, Cell, SheetTable
from exchange.written_text import clean, one_line
from scoring.counted import noun
from scoring.refused import Refused
from scoring.written.text import Unreadable, tidied

MOST_HEAD_ROWS = 12
MOST_FAULTS = 200
LONGEST_FAULT = 400
V = TypeVar("V")


class MonitoringFaults(Refused):
    """A workbook of returns cannot be taken in; `faults` has one line for each place, which begins it."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class FaultList:
    """Gathers the faults of one workbook in the order in which they are found."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._places: set[str] = set()

    def add(self, place: str, words: object) -> None:
        """Add a fault at a place such as "Returns!G5"."""
        self._places.add(place)
        said = one_line(str(words))
        self.found.append(f"{place}: {said[:LONGEST_FAULT]}")

    def has(self, place: str) -> bool:
        """Whether something is wrong at a place already."""
        return place in self._places

    def refuse(self) -> None:
        """Raise `MonitoringFaults` with what was found, if there is anything."""
        if len(self.found) > MOST_FAULTS:
            more = len(self.found) - MOST_FAULTS
            self.found[MOST_FAULTS:] = [f"and {more:,} more like these."]
        if self.found:
            raise MonitoringFaults(self.found)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a sheet: cells by heading, and where each of them stands."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    cells: Mapping[str, Cell]
    faults: FaultList

    def place(self, heading: str) -> str:
        """Return where a cell stands: "Returns!G5"."""
        return f"{self.sheet}!{cell_name(self.row, self.columns[heading])}"

    def fault(self, heading: str, words: object) -> None:
        """Add a fault at a cell."""
        self.faults.add(self.place(heading), words)

    def is_blank(self, headings: Sequence[str]) -> bool:
        """Whether nothing stands in some cells."""
        return all(
            not cell_text(self.cells[heading]) and _is_value(self.cells[heading]) for heading in headings
        )

    def read(self, heading: str, reader: Callable[[Cell], V | None]) -> V | None:
        """Return a cell as it is read, None for an empty one and for one that is a fault."""
        cell = self.cells[heading]
        try:
            refuse_error(cell)
            return None if is_nothing(cell_text(cell)) else reader(cell)
        except Unreadable as no:
            self.fault(heading, no)
            return None

    def text(self, heading: str, standing: str = "") -> str:
        """Return a cell's text; the text that stands in the record where the cell is as it was written."""
        cell = self.cells[heading]
        try:
            refuse_error(cell)
        except Unreadable as no:
            self.fault(heading, no)
            return standing
        said = cell_text(cell)
        return standing if said in ("", tidied(clean(standing))) else said


def rows_of(book: Book, name: str, headings: Sequence[str], faults: FaultList) -> Iterator[FormRow]:
    """Yield the rows below a sheet's headings, in order; nothing where the sheet is not there."""
    table = next((one for one in book.sheets if one.name.strip().casefold() == name.casefold()), None)
    if table is None:
        return
    top, columns = _heading_row(table, headings[0])
    missing = [heading for heading in headings if heading not in columns]
    if missing:
        words = " and ".join(f"“{heading}”" for heading in missing)
        heads = f"{noun(len(missing), 'heading')} {words} {noun(len(missing), 'is', 'are')}"
        faults.add(name, f"the {heads} missing. Keep the headings as they were written.")
        return
    chosen = {heading: columns[heading] for heading in headings}
    for row in range(top + 1, len(table.rows) + 1):
        cells = {heading: table.cell(row, column) for heading, column in chosen.items()}
        yield FormRow(name, row, chosen, cells, faults)


def _heading_row(table: SheetTable, first: str) -> tuple[int, dict[str, int]]:
    for row in range(1, min(len(table.rows), MOST_HEAD_ROWS) + 1):
        named = {one_line(cell_text(cell)): n for n, cell in enumerate(table.rows[row - 1], 1)}
        if first in named:
            return row, named
    return 0, {}


def _is_value(cell: Cell) -> bool:
    try:
        refuse_error(cell)
    except Unreadable:
        return False
    return True
