"""All that is wrong with a round workbook, each fault in one line that begins with its place."""

from collections.abc import Iterable

from exchange.cells.cell_names import cell_name
from exchange.round_workbook.layout import SHEETS
from exchange.written_text import one_line
from scoring.refused import Refused

LONGEST = 400
"""Most characters of a fault: a cell may hold a whole page."""


class RoundFaults(Refused):
    """A round workbook breaks the rules of its format; `faults` has one line for each place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class FaultList:
    """Gathers the faults of one workbook and gives them in the order of its sheets and cells."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, int, str]] = []

    def add_sheet(self, sheet: str, words: str) -> None:
        """Add a fault of a whole sheet, a column or a field, which is named in `words`."""
        self._found.append((SHEETS.index(sheet), 0, 0, _line(sheet, words)))

    def add_cell(self, sheet: str, row: int, column: int, words: str) -> None:
        """Add a fault at a cell; row and column count from 1."""
        place = f"{sheet}!{cell_name(row, column)}"
        self._found.append((SHEETS.index(sheet), row, column, _line(place, words)))

    def add_cells(self, sheet: str, rows: tuple[int, int], column: int, words: str) -> None:
        """Add a fault of a run of cells in one column, from the first row to the last."""
        first, last = (cell_name(row, column) for row in rows)
        place = first if first == last else f"{first}:{last}"
        self._found.append((SHEETS.index(sheet), rows[0], column, _line(f"{sheet}!{place}", words)))

    def refuse(self) -> None:
        """Raise `RoundFaults` with every fault found, if there is one."""
        if self._found:
            in_order = sorted(self._found, key=_place)
            raise RoundFaults(line for *_, line in in_order)


def _line(place: str, words: str) -> str:
    said = one_line(words)
    return f"{place}: {said if len(said) <= LONGEST else said[: LONGEST - 1] + '…'}"


def _place(fault: tuple[int, int, int, str]) -> tuple[int, int, int]:
    return fault[:3]
