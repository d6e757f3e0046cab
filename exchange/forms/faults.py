"""All that is wrong with a filled-in workbook, each fault in one line that begins with its place."""

from collections.abc import Iterable, Sequence

from exchange.cells.cell_names import cell_name
from exchange.written_text import one_line
from scoring.refused import Refused

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
        """Whether something is wrong at a cell already."""
        return any(found[:3] == (sheet, row, column) for found in self._found)

    def lines(self) -> tuple[str, ...]:
        """Return what was found, a line each; the last one counts those beyond the most that are given."""
        lines = [line for *_, line in sorted(self._found, key=self._place)]
        most = len(lines) if self._most is None else self._most
        if len(lines) > most:
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
