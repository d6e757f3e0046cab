"""The sheets of a workbook, or the lines of a list, as tables to look at."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QTableView

from gui.pages.papers.reports.table_tabs import TableTabs
from gui.papers.preview_pane import Preview
from gui.text import counted
from gui.theme.look import look
from gui.widgets.tips import to_the_letter

if TYPE_CHECKING:
    from exchange.papers.paper_preview import ShownSheet

Index = QModelIndex | QPersistentModelIndex
ROW, WIDEST, LEAST = 26, 260, 56
MEASURED = 40
"""How many rows a column's width is measured by."""


class SheetModel(QAbstractTableModel):
    """The first rows of one sheet."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet: ShownSheet | None = None

    def show(self, sheet: "ShownSheet | None") -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return how many rows are on show."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid() or self.sheet is None:
            return None
        cell = self.sheet.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return to_the_letter(cell.words) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.sheet.headings[index.column()]}: {cell.words or 'empty'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if cell.is_figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading or a row's number, as a spreadsheet has them."""
        if self.sheet is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return self.sheet.headings[section] if section < len(self.sheet.headings) else None


class SheetsPreview(Preview):
    """One sheet at a time, the first rows of it, and how many more there are."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[ShownSheet, ...] = ()
        self.tabs = TableTabs()
        self.tabs.setAccessibleName("Sheets")
        self.tabs.box.setAccessibleName("Sheet")
        self.table = QTableView()
        self.model = SheetModel(self.table)
        self.table.setModel(self.model)
        self._lay_out()
        self.tabs.changed.connect(self._show_sheet)

    def show_sheets(self, sheets: "tuple[ShownSheet, ...]", state: str, *, is_draft: bool) -> None:
        """Show another file, at the same sheet if it has one."""
        self._sheets = sheets
        self.show_state(state, is_draft=is_draft)
        self.tabs.show_codes([sheet.name for sheet in sheets])
        self.tabs.setVisible(len(sheets) > 1)
        self._show_sheet()

    def clear(self) -> None:
        """Let go of the file."""
        self._sheets = ()
        self.model.show(None)

    @Slot()
    def _show_sheet(self) -> None:
        if not self._sheets:
            return
        sheet = self._sheets[self.tabs.number]
        self.model.show(sheet)
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
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._card.body.addWidget(self.tabs)
        self._card.fill_with(table)
        look.follow(self._dress)

    @Slot()
    def _dress(self) -> None:
        self.table.setFont(look.font(12))
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.setFont(look.font(11))
        self.table.verticalHeader().setDefaultSectionSize(look.px(ROW))
