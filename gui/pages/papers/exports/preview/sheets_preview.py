"""The sheets of a workbook, or the lines of a list, as tables to look at."""

from collections.abc import Iterator
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QTableView

from gui.papers.preview_pane import Preview
from gui.tables.columns import Column
from gui.tables.rows_model import RowsModel
from gui.text import counted
from gui.theme.look import look
from gui.widgets.pill_tabs import ManyTabs

if TYPE_CHECKING:
    from exchange.papers.paper_preview import ShownCell, ShownSheet

Row = tuple[int, "tuple[ShownCell, ...]"]
"""A row: its number, and its cells."""
ROW, WIDEST, LEAST = 26, 260, 56
MEASURED = 40
"""How many rows a column's width is measured by."""


def _columns(sheet: "ShownSheet") -> Iterator[Column[Row]]:
    """Yield the columns of a sheet; figures stand at the right, under whatever is over them."""
    for number, heading in enumerate(sheet.headings):
        words = partial(_words, number)
        is_right = any(row[number].is_figure for row in sheet.rows)
        spoken = partial(_spoken, number, heading)
        yield Column(str(number), heading, words, spoken, tip=words, is_right=is_right)


def _words(number: int, row: Row) -> str:
    return row[1][number].words


def _spoken(number: int, heading: str, row: Row) -> str:
    return f"{heading}: {_words(number, row) or 'empty'}"


class SheetsPreview(Preview):
    """One sheet at a time, the first rows of it, and how many more there are."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[ShownSheet, ...] = ()
        self.tabs = ManyTabs("Sheet")
        self.tabs.setAccessibleName("Sheets")
        self.table = QTableView()
        self._lay_out()
        self.tabs.changed.connect(self._show_sheet)

    def show_sheets(self, sheets: "tuple[ShownSheet, ...]", state: str, *, is_draft: bool) -> None:
        """Show another file, at the same sheet if it has one."""
        self._sheets = sheets
        self.show_state(state, is_draft=is_draft)
        self.tabs.offer([(sheet.name, sheet.name) for sheet in sheets])
        self.tabs.setVisible(len(sheets) > 1)
        self._show_sheet()

    def clear(self) -> None:
        """Let go of the file."""
        self._sheets = ()
        self.table.setModel(None)

    @Slot()
    def _show_sheet(self) -> None:
        if not self._sheets:
            return
        sheet = self._sheets[self.tabs.number]
        if before := self.table.model():
            before.deleteLater()
        self.model = RowsModel(tuple(_columns(sheet)), itemgetter(0), lambda row: str(row[0]), self.table)
        self.model.show(tuple(enumerate(sheet.rows, 1)))
        self.table.setModel(self.model)
        shown = len(sheet.rows)
        rows = counted(shown, "row", "rows")
        self.words.setText(f"First {rows}; the file has {sheet.more:,} more." if sheet.more else f"{rows}.")
        self.table.setAccessibleName(f"Sheet {sheet.name}, {self.words.text()} {self.state.text()}")
        self._fit_columns(sheet)

    def _fit_columns(self, sheet: "ShownSheet") -> None:
        """Give each column the room of its words, up to a limit; titles run across."""
        metrics, px = self.table.fontMetrics(), look.px
        self.table.clearSpans()
        for number, row in enumerate(sheet.rows):
            if len(row) > 1 and row[0].words and not any(cell.words for cell in row[1:]):
                self.table.setSpan(number, 0, 1, len(row))
        for number, heading in enumerate(sheet.headings):
            found = [
                row[number].words for row in sheet.rows[:MEASURED] if sum(bool(c.words) for c in row) > 1
            ]
            widest = max((metrics.horizontalAdvance(words) for words in (heading, *found)), default=0)
            self.table.setColumnWidth(number, max(px(LEAST), min(widest + px(18), px(WIDEST))))

    def _lay_out(self) -> None:
        table = self.table
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setCornerButtonEnabled(False)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self._card.body.addWidget(self.tabs)
        self._card.fill_with(table)
        look.follow(self._dress)

    @Slot()
    def _dress(self) -> None:
        self.table.setFont(look.font(12))
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.setFont(look.font(11))
        self.table.verticalHeader().setDefaultSectionSize(look.px(ROW))
