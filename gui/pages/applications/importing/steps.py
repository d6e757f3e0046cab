"""The steps by name, and 1 to 3: a file is dropped or chosen, its sheet and heads taken, columns matched."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from exchange.applications.columns import KEEP
from exchange.applications.draft import FIRST_ROWS, NEW_AREA, Draft
from exchange.applications.fields import is_blank
from exchange.applications.preview import Matched, missing_words
from exchange.applications.table import FoundTable, Heading
from exchange.cells.values import cell_text
from exchange.reading.cell_names import column_name
from exchange.reading.sheets import Cell
from gui.dialogs.files import APPLICATIONS, FileDialogs, Kind
from gui.listed.form import AtField, Choice, Form, Leads
from gui.performance.turns import TimeSlicing
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.text import ours
from gui.theme.look import Tone, look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel, ElidedLabel, Label, small, stretch
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, nest, row_of, show_in
from gui.widgets.turned import ChoiceList
from models.values.applications import FIELD_WORDS
from models.values.rounds import FORCE_WIDE
from scoring.written.days import sheet_moment

UNKNOWN = "No row of this file has an area of this round. Its areas are written {}."
_SHOWN = 3
SPELLINGS = "Areas as written in this file: match each once and it is remembered"
NO_AREA = (
    "Applications whose area is kept as written are imported without one, and are not ranked until it "
    "is chosen."
)
READING = "Reading the columns…"
SAMPLES, SAMPLE_LETTERS = 3, 40


def one_area_form(found: Matched, wants_column: Callable[[], object]) -> Form:
    """Return what asks for the area of all rows, and leads back to the columns; "" is none yet."""
    areas = tuple(
        (area if area in found.areas else ours(f"{area} (a new area)"), area)
        for area in dict.fromkeys((*found.areas, FORCE_WIDE))
    )

    def chosen(area: str | None) -> str:
        if area is None:
            raise AtField("Choose an area, or say that there is none yet.", "area")
        return area

    return Form(
        title=ours("Which area are these applications for?"),
        sentences=(_words(found),),
        action="Use for the row" if found.rows == 1 else f"Use for all {found.rows:,} rows",
        does=chosen,
        fields=(
            Choice(
                *("area", ours("Area of all rows")),
                options=(*areas, ("None yet: not ranked until one is chosen", "")),
                first=ours("Choose an area…"),
                is_bare=True,
            ),
            Leads("Choose a column instead", wants_column, kind="plain"),
        ),
    )


def _words(found: Matched) -> str:
    written = [f"“{text}”" for text in list(found.written)[:_SHOWN]]
    more = len(found.written) - len(written)
    if not written:
        return ours("No column of this file is matched to an area.")
    return ours(UNKNOWN.format(", ".join(written) + (f" and {more:,} more" if more else "")))


class MatchStep(QWidget):
    """A line a heading: its name, first values, a choice of fields and how sure the choice is.

    What is `said` of the file returns the draft with it, of a draft and what the import is into.
    """

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QComboBox] = {}
        self._areas: dict[str, QComboBox] = {}
        self._chips: dict[QComboBox, ChipLabel] = {}
        self._shown: Matched | None = None
        self._time_slicing = TimeSlicing(self)
        self.count = Label(tone="text2").wrapped()
        self.reading = ScrollPane("Columns of the file")
        card = Card(inset=(2, 2)).fill_with(self.reading)
        column_of(self.count, (card, 1), inside=self, spacing=7, edges=(3, 0, 3, 0))

    @property
    def boxes(self) -> dict[str, QComboBox]:
        """Return the choice of each heading."""
        self._time_slicing.finish()
        return self._boxes

    @property
    def areas(self) -> dict[str, QComboBox]:
        """Return the choice of each text that is no area by itself."""
        self._time_slicing.finish()
        return self._areas

    def wait_for(self, found: FoundTable) -> None:
        """Show the heads at once while the columns are read, unless this table is on show already."""
        if self._shown is not None and self._shown.found is found:
            return
        self._time_slicing.finish()
        self._shown, self._boxes, self._areas, self._chips = None, {}, {}, {}
        self.count.setText("")
        page, grid = self._page()
        grid.addWidget(Label(READING, tone="muted"), 1, 0, 1, 4)
        grid.setRowStretch(2, 1)
        show_in(self.reading, page)

    def show_matched(self, found: Matched) -> None:
        """Show how headings are matched."""
        self._time_slicing.finish()
        before, self._shown = self._shown, found
        if before is not None and found.is_laid_as(before):
            self._stand(found)
        else:
            self._lay(found)
        self._count(found)

    @Slot()
    def choose_area_column(self) -> None:
        """Go to the column that may be the area: the first that is still an answer."""
        box = next((box for box in self.boxes.values() if box.currentData() == KEEP), None)
        if box is not None:
            self.reading.ensureWidgetVisible(box)
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay(self, found: Matched) -> None:
        """Lay the lines anew, those in sight first."""
        page, grid = self._page()
        self._boxes, self._areas, self._chips = {}, {}, {}
        self._time_slicing.begin(self._steps(grid, found))
        show_in(self.reading, page)

    def _page(self) -> tuple[QWidget, QGridLayout]:
        """Return a page with the heads of its columns."""
        page = QWidget()
        grid = space(QGridLayout(page), (14, 6), (12, 8, 12, 12))
        for number, share in enumerate((3, 4, 0, 0)):
            grid.setColumnStretch(number, share)
        _heads(grid)
        return page, grid

    def _steps(self, grid: QGridLayout, found: Matched) -> Iterator[None]:
        """Lay one line at a time."""
        for heading in found.found.headings:
            self._line(grid, found, heading, found.field_of(heading))
            yield
        if found.written:
            _spellings_head(grid)
        for written, said in found.written.items():
            self._spelling(grid, found, written, said)
            yield
        grid.setRowStretch(grid.rowCount(), 1)

    def _stand(self, found: Matched) -> None:
        """Let the lines that are there say how all is matched now."""
        for heading in found.found.headings:
            box, field = self._boxes[heading.text], found.field_of(heading)
            box.setCurrentIndex(box.findData(field))
            self._chips[box].show_state(*_status(found, heading, field))
        for written, said in found.written.items():
            box = self._areas[written]
            box.setCurrentIndex(max(box.findData(said), 0))
            self._chips[box].show_state(*_spelling_status(said))

    def _count(self, found: Matched) -> None:
        mapped, of = len(found.columns.mapped), len(found.found.headings)
        words = f"{mapped} of {of} columns go to a field; the others are kept as answers."
        if not found.columns.hidden:
            words = f"{words[:-1]}, so nothing is dropped."
        words = words if mapped < of else f"All {of} columns go to a field."
        self.count.setText(" ".join(filter(None, (missing_words(found.columns), words, *found.notes))))

    def _line(self, grid: QGridLayout, found: Matched, heading: Heading, field: str) -> None:
        row, of = grid.rowCount(), heading.text
        grid.addWidget(ElidedLabel(of, weight=600), row, 0)
        grid.addWidget(ElidedLabel(_samples(found.found, heading), tone="text2"), row, 1)
        hidden = [("Left out, as it is hidden", "")] if found.is_hidden(heading) else []
        others = ((ours(words), name) for name, words in FIELD_WORDS.items())
        fields = [*hidden, ("Kept as an answer", KEEP), *others]
        box = self._boxes[of] = self._choice(grid, f"“{of}” goes to", fields, field)
        self._chips[box].show_state(*_status(found, heading, field))
        box.setMinimumWidth(look.px(190))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.activated.connect(
            lambda: self.said.emit(lambda draft, target: draft.matched(target, of, box.currentData()))
        )

    def _choice(
        self, grid: QGridLayout, name: str, options: Iterable[tuple[str, str]], chosen: str
    ) -> ChoiceList:
        """Put what can be chosen at the end of the last line, with how sure that is."""
        row = grid.rowCount() - 1
        box = ChoiceList(name)
        box.fill_with(options, chosen)
        self._chips[box] = ChipLabel()
        grid.addWidget(box, row, 2)
        grid.addWidget(self._chips[box], row, 3)
        return box

    def _spelling(self, grid: QGridLayout, found: Matched, written: str, said: str) -> None:
        grid.addWidget(ElidedLabel(written), grid.rowCount(), 0, 1, 2)
        areas = [("Keep as written", ""), *zip(found.areas, found.areas, strict=True)]
        offered = [*areas, (ours("Add as a new area"), NEW_AREA)]
        box = self._areas[written] = self._choice(grid, ours(f"The area “{written}” is"), offered, said)
        self._chips[box].show_state(*_spelling_status(said))
        box.activated.connect(
            lambda: self.said.emit(lambda draft, target: draft.spelt(written, box.currentData()))
        )


def _samples(found: FoundTable, heading: Heading) -> str:
    filled = (row[heading.at] for row in found.rows if not is_blank(row[heading.at]))
    return ", ".join(_sample(shown_cell(cell)) for cell in islice(filled, SAMPLES))


def _sample(text: str) -> str:
    """Return the beginning of a value, whole words where it has any, and that more follows."""
    head = text[:SAMPLE_LETTERS]
    return text if head == text else f"{head.rsplit(maxsplit=1)[0]}…"


def _status(found: Matched, heading: Heading, field: str) -> tuple[Tone, str]:
    is_said = heading.text in found.by_hand
    if heading.text in found.remembered and not is_said:
        return Tone.FUND, "Remembered"
    if field == "area" and found.unknown_areas:
        return Tone.WARNING, f"{found.unknown_areas} to match"
    if is_said and field != KEEP:
        return Tone.FUND, "Matched"
    if heading in found.columns.hidden:
        return Tone.WARNING, "Hidden"
    if heading in found.columns.to_check or field in found.columns.rivals:
        return Tone.WARNING, "To check"
    return (Tone.DECLINE, "Answer") if field == KEEP else (Tone.INFORMATION, "Recognised")


def _spelling_status(said: str) -> tuple[Tone, str]:
    if not said:
        return Tone.WARNING, "To match"
    return (Tone.INFORMATION, ours("New area")) if said == NEW_AREA else (Tone.FUND, "Matched")


def _heads(grid: QGridLayout) -> None:
    for number, words in enumerate(("In the file", "First values", "Goes to", "Status")):
        grid.addWidget(Label(words, size=12, tone="muted"), 0, number)


def _spellings_head(grid: QGridLayout) -> None:
    row = grid.rowCount()
    grid.addWidget(Label(ours(SPELLINGS), weight=600).wrapped(), row, 0, 1, 4)
    grid.addWidget(small(ours(NO_AREA), tone="muted"), row + 1, 0, 1, 4)


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
