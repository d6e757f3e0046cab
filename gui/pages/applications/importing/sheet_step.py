"""Step 2: the sheet and the heading row as they were guessed; choose another to correct them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from exchange.applications.draft import FIRST_ROWS, Draft
from exchange.cells.values import cell_text
from exchange.reading.cell_names import column_name
from exchange.reading.sheets import Cell
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label, stretch
from gui.widgets.nesting import nest
from gui.widgets.turned import ChoiceList
from scoring.written.days import sheet_moment

SHOWN_COLUMNS = 8
COLUMN_WIDTH = 96
"""So wide, for a 13 px base, that the columns that are shown stand beside one another without hashes."""
NOT_SHOWN = "Columns A to {last} of {count} are shown here. The next step lists every one of them."
HINT = "The marked row holds the headings. Choose another row if that is wrong: arrow keys, or a click."


class SheetRow(Struct, frozen=True):
    """One of the first rows of a sheet, as text; `is_header` is the row of headings."""

    number: int
    cells: tuple[str, ...]
    is_header: bool


class SheetStep(QWidget):
    """A list of sheets, and the first rows of the one chosen."""

    sheet_chosen = Signal(str)
    header_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._is_filling = False
        self.sheets = ChoiceList()
        self.sheets.setAccessibleName("Sheet")
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheets.setMinimumWidth(look.px(160))
        self.table: LineView[SheetRow] = LineView(look, _columns(), _number, _spoken)
        self.table.setAccessibleName("First rows of the sheet")
        self.table.set_row_height(30)
        self.table.set_wide_minimum(120)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(Label(look, "Sheet", weight=600))
        row.addWidget(self.sheets)
        row.addWidget(stretch())
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(look.px(7))
        nest(column, row)
        column.addWidget(Label(look, HINT, tone="text2").wrapped())
        card = Card(look, inset=(3, 3))
        card.fill_with(self.table)
        column.addWidget(card, 1)
        self.not_shown = Label(look, tone="text2").wrapped()
        column.addWidget(self.not_shown)
        self.sheets.activated.connect(self._choose_sheet)
        self.table.picked.connect(self._choose_header)

    def show_draft(self, draft: Draft) -> None:
        """Show the sheet of a draft, its heading row marked."""
        self._is_filling = True
        book = draft.file.book
        self.sheets.clear()
        for sheet in book.sheets:
            hidden = "" if sheet.visible else " (hidden)"
            self.sheets.addItem(f"{sheet.name}{hidden}", sheet.name)
        self.sheets.setCurrentIndex(max(self.sheets.findData(draft.found.sheet), 0))
        rows = next(sheet.rows for sheet in book.sheets if sheet.name == draft.found.sheet)
        header = draft.found.header_row
        last = max(FIRST_ROWS, header + 3)
        shown = [
            SheetRow(n, tuple(map(shown_cell, row[:SHOWN_COLUMNS])), n == header)
            for n, row in enumerate(rows[:last], 1)
        ]
        self.table.show_rows(shown)
        self.table.select(header)
        self._say_not_shown(max(map(_width, rows[:last]), default=0))
        self._is_filling = False

    def _say_not_shown(self, count: int) -> None:
        """Say that there are more columns than have room."""
        self.not_shown.setText(NOT_SHOWN.format(last=column_name(SHOWN_COLUMNS), count=count))
        self.not_shown.setVisible(count > SHOWN_COLUMNS)

    @Slot(int)
    def _choose_sheet(self, index: int) -> None:
        self.sheet_chosen.emit(str(self.sheets.itemData(index)))

    @Slot(object)
    def _choose_header(self, number: object) -> None:
        if not self._is_filling and isinstance(number, int):
            self.header_chosen.emit(number)


def _columns() -> list[LineColumn[SheetRow]]:
    columns = [LineColumn("row", "Row", _row, _spoken, width=52)]
    for index in range(SHOWN_COLUMNS):
        text = partial(_cell, index)
        columns.append(
            LineColumn(
                column_name(index + 1),
                column_name(index + 1),
                text,
                text,
                text,
                width=COLUMN_WIDTH if index else 0,
            )
        )
    return columns


def _width(row: Sequence[Cell]) -> int:
    """Return how many columns a row has up to its last cell with something in it."""
    return max((number for number, cell in enumerate(row, 1) if shown_cell(cell)), default=0)


def shown_cell(cell: Cell) -> str:
    """Return a cell on one line, a day as the spreadsheet shows it."""
    if isinstance(cell, date):
        return sheet_moment(cell)
    return " ".join(cell_text(cell).split())


def _row(row: SheetRow) -> str:
    return f"{row.number}"


_number: Callable[[SheetRow], int] = attrgetter("number")


def _cell(index: int, row: SheetRow) -> str:
    return row.cells[index] if index < len(row.cells) else ""


def _spoken(row: SheetRow) -> str:
    heading = ", the headings" if row.is_header else ""
    return f"Row {row.number}{heading}: {', '.join(cell for cell in row.cells if cell)}"
