"""Finding the table of expenditure in a finance workbook: its sheet, its row of headings, its columns."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from exchange.cells.values import cell_text
from exchange.forms import FaultList, FormRow, dates_of
from exchange.reading.sheets import Book, Cell, SheetTable, filled
from scoring.written.amounts import unit_in
from scoring.written.area_label import AreaLabel
from scoring.written.text import one_line

MOST_HEAD_ROWS = 30
LINE, AWARD, SPENT, START_UP, AS_AT, SOURCE = "line", "award", "spent", "start-up", "as at", "source"
WORDS: Mapping[str, tuple[str, ...]] = {
    LINE: (
        "area or line",
        "area",
        "npu",
        "npus",
        "lpu",
        "lpa",
        "local policing area",
        "line",
        "grant",
        "scheme",
        "service area",
        "local authority",
    ),
    AWARD: ("award", "award reference", "award ref", "grant reference", "grant ref", "reference"),
    SPENT: (
        "expenditure",
        "total expenditure",
        "actual expenditure",
        "expenditure to date",
        "spent",
        "actual",
        "actual spend",
        "spend to date",
        "spend",
    ),
    START_UP: (
        "start up spent",
        "start up expenditure",
        "of which start up",
        "start up spend",
        "startup expenditure",
        "start up",
    ),
    AS_AT: ("as at", "as at date", "position at", "date"),
    SOURCE: ("source", "ledger"),
}
"""The words of each column, the surest first."""
Words = Mapping[str, tuple[str, ...]]
Enough = Callable[[Collection[str]], bool]


class SpentTable(Struct, frozen=True):
    """A sheet with its row of headings, counted from 1, and the column of each thing, counted from 1."""

    sheet: SheetTable
    head: int
    columns: Mapping[str, int]

    def rows(self, faults: FaultList) -> Iterator[FormRow]:
        """Yield the rows below the headings, each cell by what it is of; faults are noted where given."""
        dates = dates_of(self.sheet, self.head, self.columns)
        for row in range(self.head + 1, len(self.sheet.rows) + 1):
            cells = {what: self.sheet.cell(row, column) for what, column in self.columns.items()}
            yield FormRow(self.sheet.name, row, self.columns, cells, faults, dates)


def is_expenditure(columns: Collection[str]) -> bool:
    """Whether the columns of a table are enough for expenditure: how much, and whose."""
    return SPENT in columns and (LINE in columns or AWARD in columns)


def with_area_words(of: AreaLabel) -> Words:
    """Return the words of each column, an office's own word for an area among those of a line."""
    own = (_plain(of.one), _plain(of.several))
    return {**WORDS, LINE: (*own, *WORDS[LINE])}


def find_table(book: Book, words: Words = WORDS, is_enough: Enough = is_expenditure) -> SpentTable | None:
    """Return the table of a book that has enough of some columns, None where it has none.

    A hidden sheet is passed over. Of several it is the one with most of the headings, and of those the first.
    """
    shown = [sheet for sheet in book.sheets if sheet.visible]
    tables = [table for sheet in shown for table in _tables(sheet, words, is_enough)]
    return max(tables, key=_headings, default=None)


def _tables(sheet: SheetTable, words: Words, is_enough: Enough) -> list[SpentTable]:
    """Return the table of a sheet, from its first row of headings."""
    for number, row in enumerate(sheet.rows[:MOST_HEAD_ROWS], 1):
        columns = _columns(row, words)
        if is_enough(columns):
            return [SpentTable(filled(sheet), number, columns)]
    return []


def _headings(table: SpentTable) -> int:
    return len(table.columns)


def _columns(row: Sequence[Cell], of: Words) -> dict[str, int]:
    heads = ["" if unit_in(cell_text(cell)) else _plain(cell) for cell in row]  # none of these is in pounds
    found = {}
    for what, words in of.items():
        place = next((heads.index(word) + 1 for word in words if word in heads), None)
        if place is not None:
            found[what] = place
    return found


def _plain(cell: Cell) -> str:
    """Return a heading without case, punctuation and sign of money."""
    words = re.sub(r"['’`]", "", one_line(cell_text(cell)).casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", words).split())
