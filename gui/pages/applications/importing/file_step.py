"""The steps by name, and 1 and 2: drop a file or choose one; its sheet and heading row as guessed."""

from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QWidget

from exchange.applications.draft import FIRST_ROWS, Draft
from exchange.cells.values import cell_text
from exchange.reading.cell_names import column_name
from exchange.reading.sheets import Cell
from gui.dialogs.files import APPLICATIONS, FileDialogs, Kind
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label, small, stretch
from gui.widgets.nesting import column_of, fill, nest, row_of
from gui.widgets.turned import ChoiceList
from scoring.written.days import sheet_moment

STEPS = ("File", "Sheet and headings", "Match columns", "Check", "Summary")
WORDS = "Drop a workbook, filled-in forms, e-mails or a folder of them here, or choose them."
CHOSEN = "Chosen: {}. Continue with it, drop another here, or choose one."
CHOOSE, ANOTHER, FOLDER = "Choose files…", "Choose other files…", "Choose a folder…"
SAFE = "Nothing is written until the last step, and one undo removes everything again."
SHOWN_COLUMNS = 8
COLUMN_WIDTH = 96
"""So wide, for a 13 px base, that the columns that are shown stand beside one another without hashes."""
HINT = "The marked row holds the headings. Choose another row if that is wrong: arrow keys, or a click."
OF_FORMS = "The marked row holds what the forms ask, in columns; below it is a row for each form."


class Steps(QWidget):
    """A line of words: "1 File > 2 Sheet and headings > …"."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[tuple[Label, Label]] = []
        row = row_of(spacing=8, edges=(3, 0, 3, 0), inside=self)
        for number, name in enumerate(STEPS, 1):
            if number > 1:
                row.addWidget(Label("›", tone="muted"))
            here = Label(f"{number} {name}", weight=600, tone="accent")
            there = Label(f"{number} {name}", tone="muted")
            self._words.append((here, there))
            fill(row, here, there)
        row.addWidget(stretch())
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Mark the step on show."""
        for number, (here, there) in enumerate(self._words):
            here.setVisible(number == step)
            there.setVisible(number != step)
        self.setAccessibleName(f"Step {step + 1} of {len(STEPS)}, {STEPS[step]}")


class FileStep(Card):
    """A sheet to drop a file on, with a button for those who do not drag."""

    chosen = Signal(object)

    def __init__(self, files: FileDialogs) -> None:
        super().__init__()
        self._files = files
        self.setAcceptDrops(True)
        self.words = Label(WORDS, size=14, tone="text2").wrapped()
        safe = small(SAFE, tone="muted")
        self.choose = Button(CHOOSE, kind="primary", icon="folder")
        self.folder = Button(FOLDER, icon="folder")
        self.choose.clicked.connect(self._ask)
        self.folder.clicked.connect(self._ask_folder)
        column = column_of(2, spacing=12)
        for label in (self.words, safe):
            column.addWidget(label)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fill(column, row_of(1, self.choose, self.folder, 1, spacing=8), 3)
        nest(self.body, column)

    def show_chosen(self, name: str) -> None:
        """Say which file is chosen, "" none yet; one that is leaves the page's button the first place."""
        self.words.setText(CHOSEN.format(name) if name else WORDS)
        self.choose.show_words(ANOTHER if name else CHOOSE)
        self.choose.show_kind("plain" if name else "primary")

    @Slot()
    def _ask(self) -> None:
        paths = self._files.open_several(Kind.APPLICATIONS, "Choose applications", APPLICATIONS)
        if paths:
            self.chosen.emit(paths)

    @Slot()
    def _ask_folder(self) -> None:
        folder = self._files.choose_folder(Kind.APPLICATIONS, "Choose a folder of applications")
        if folder is not None:
            self.chosen.emit((folder,))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files and folders dropped."""
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.chosen.emit(paths)


class SheetRow(Struct, frozen=True):
    """One of the first rows of a sheet, as text; `is_header` is the row of headings."""

    number: int
    cells: tuple[str, ...]
    is_header: bool


class SheetStep(QWidget):
    """A list of sheets, and the first rows of the one chosen."""

    sheet_chosen = Signal(str)
    header_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._is_filling = self._is_of_forms = False
        self.sheets = ChoiceList("Sheet")
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheets.setMinimumWidth(look.px(160))
        self.table: LineView[SheetRow] = LineView(
            _columns(), attrgetter("number"), _spoken, called="First rows of the sheet"
        )
        self.table.set_row_height(30)
        self.table.set_wide_minimum(120)
        row = row_of(Label("Sheet", weight=600), self.sheets, stretch(), spacing=8)
        card = Card(inset=(3, 3)).fill_with(self.table)
        self.hint = Label(HINT, tone="text2").wrapped()
        column_of(
            row,
            self.hint,
            (card, 1),
            inside=self,
            spacing=7,
            edges=(3, 0, 3, 0),
        )
        self.sheets.activated.connect(self._choose_sheet)
        self.table.picked.connect(self._choose_header)

    def show_draft(self, draft: Draft) -> None:
        """Show the sheet of a draft, its heading row marked; of forms no other can be chosen."""
        self._is_filling, self._is_of_forms = True, bool(draft.found.places)
        self.hint.setText(OF_FORMS if self._is_of_forms else HINT)
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
        self._is_filling = False

    @Slot(int)
    def _choose_sheet(self, index: int) -> None:
        self.sheet_chosen.emit(str(self.sheets.itemData(index)))

    @Slot(object)
    def _choose_header(self, number: object) -> None:
        if not (self._is_filling or self._is_of_forms) and isinstance(number, int):
            self.header_chosen.emit(number)


def _columns() -> list[LineColumn[SheetRow]]:
    columns = [LineColumn("row", "Row", lambda row: f"{row.number}", _spoken, width=52)]
    for index in range(SHOWN_COLUMNS):
        text = partial(_cell, index)
        columns.append(
            LineColumn(
                column_name(index + 1),
                column_name(index + 1),
                text,
                tip=text,
                width=COLUMN_WIDTH if index else 0,
            )
        )
    return columns


def shown_cell(cell: Cell) -> str:
    """Return a cell on one line, a day as the spreadsheet shows it."""
    if isinstance(cell, date):
        return sheet_moment(cell)
    return " ".join(cell_text(cell).split())


def _cell(index: int, row: SheetRow) -> str:
    return row.cells[index] if index < len(row.cells) else ""


def _spoken(row: SheetRow) -> str:
    heading = ", the headings" if row.is_header else ""
    return f"Row {row.number}{heading}: {', '.join(cell for cell in row.cells if cell)}"
