"""A small grid to type or paste lines into, as in a spreadsheet."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from exchange.reading.pasted import Pasted, Row, is_block, split_block
from gui.text import counted, ours
from gui.theme.look import FLUSH, RIGHT, look, space
from gui.widgets.buttons import ENTER, Button, is_alone
from gui.widgets.label import Label
from gui.widgets.nesting import tab_through
from gui.widgets.on_screen import room_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine
from scoring.written.names import text_key


class GridColumn(Struct, frozen=True):
    """A column: `tidy` returns a text as it is to stand, and raises ValueError where it cannot be read."""

    head: str
    tidy: Callable[[str], str]
    stretch: int = 1
    is_right: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()

    def tidied(self, text: str) -> str:
        """Return a text as it is to stand, as it is where it cannot be read."""
        try:
            return self.tidy(text.strip())
        except ValueError:
            return text


class Line(Struct, frozen=True):
    """The texts of one row. `is_offered`: nobody touched it; `is_checked`: its figures are not another's."""

    texts: Row
    is_offered: bool = False
    is_checked: bool = True

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for text in self.texts)

    @property
    def name(self) -> str:
        """Return what stands in its first cell, as names are compared."""
        return text_key(self.texts[0])


def pasted_over(lines: Sequence[Line], rows: Sequence[Row], at: int) -> tuple[list[Line], int]:
    """Return the lines once a block of whole rows is pasted at a row, and how many offered ones went.

    What was typed stays, but for what the block lies over or names anew. What was only offered stays no
    longer: the block says which there are.
    """
    names = {text_key(row[0]) for row in rows}
    covered = range(at, at + len(rows))
    typed = [
        (number, line)
        for number, line in enumerate(lines)
        if not (line.is_offered or line.is_blank or number in covered or line.name in names)
    ]
    before = [line for number, line in typed if number < at]
    after = [line for number, line in typed if number >= at]
    gone = sum(line.is_offered and line.name not in names for line in lines)
    return [*before, *(Line(row) for row in rows), *after], gone


def left_out_words(gone: int, one: str, several: str) -> str:
    """Return the sentence on offered lines that a pasted block does not have, by what each is called."""
    were = "was offered and is not in it: it is" if gone == 1 else "were offered and are not in it: they are"
    return f"{counted(gone, one, several)} {were} left out (Ctrl+Z takes the block back)."


def filled_from(lines: Sequence[Line], rows: Sequence[Row], at: int, column: int, width: int) -> list[Line]:
    """Return the lines once a block is pasted into the cells from a row and a column on."""
    blank = Line(("",) * width)
    result = [*lines, *[blank] * max(at + len(rows) - len(lines), 0)]
    for number, cells in enumerate(rows, at):
        room = cells[: width - column]
        texts = result[number].texts
        result[number] = Line((*texts[:column], *room, *texts[column + len(room) :]))
    return result


STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class GridCell(TextLine):
    """A line in a grid, at a row and a column. Enter and the arrows up and down leave it for another row."""

    def __init__(self, grid: "EntryGrid", place: tuple[int, int], column: GridColumn) -> None:
        super().__init__()
        self._grid, self.place = grid, place
        self.setPlaceholderText(column.hint if place[0] == 0 else "")
        if column.is_right:
            self.setAlignment(RIGHT)
        if column.choices:
            completer = QCompleter(column.choices, self)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)

    @property
    def is_last(self) -> bool:
        """Whether it stands in the empty row at the end, where Enter says that this was all."""
        return self.place[0] == self._grid.last_row

    @Slot()
    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if is_block(text):
            self._grid.paste(self, text)
        else:
            self.paste()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a block, go to another row, remove the row, or do the dialog's act with Ctrl+Enter."""
        is_with_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Undo) and self._grid.can_take_back:
            self._grid.take_back()
        elif is_with_control and event.key() in ENTER:
            self._grid.agreed.emit()
        elif is_with_control and event.key() == Qt.Key.Key_Delete:
            self._grid.remove(self.place[0])
        elif is_alone(event) and event.key() in ENTER:
            self._grid.enter(self)
        elif is_alone(event) and event.key() in STEPS:
            self._grid.step(self, STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Paste a block from the menu too."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self._paste)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the cell is left, whether something was typed or not, and show how its text begins."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.setCursorPosition(0)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._grid.tidy(self)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a block that is dropped."""
        text = event.mimeData().text()
        if is_block(text):
            event.acceptProposedAction()
            self._grid.paste(self, text)
        else:
            super().dropEvent(event)


NAME_WIDTH, FIGURE_WIDTH, TEXT_WIDTH = 134, 104, 90
"""The least room of a cell: "Birmingham West" is told from East, and "£999,999.99" is seen whole."""
REMOVED = "{} is removed. Ctrl+Z brings it back"
TO_CHECK, BRIEFLY = "to check", "!"
ROOM = 620
"""On a narrower screen, for a 13 px base, cells stand closer and what is to be checked says so in its tip."""


class GridRow(Struct, frozen=True):
    """The widgets of one row."""

    cells: tuple[GridCell, ...]
    note: Label
    away: Button


class EntryGrid(QWidget):
    """Rows of cells. Tab goes along, Enter and arrows go down and up, Ctrl+Delete removes a row.

    Enter after Tab goes to where typing began in the row, as in a spreadsheet.

    `what` is what a row is, one and several; `least` rows are there to invite.
    """

    changed = Signal()
    told = Signal(str, str)
    agreed = Signal()
    ended = Signal()
    """Enter in an empty row after the last line: there is no other area or member to be typed."""

    def __init__(
        self,
        what: tuple[str, str],
        columns: Sequence[GridColumn],
        read: Callable[[str], Pasted],
        *,
        least: int = 1,
    ) -> None:
        super().__init__()
        self._what, self._columns, self._read = what, tuple(columns), read
        self._least = least
        self._lines: list[Line] = []
        self._before: list[Line] | None = None
        self._typed = (-1, 0)
        self._rows: list[GridRow] = []
        self._is_narrow = room_of(self).width() < look.px(ROOM)
        self._grid = space(QGridLayout(self), (2 if self._is_narrow else 6, 4), FLUSH)
        for number, column in enumerate(self._columns):
            head = Label(ours(column.head), size=12, weight=600, tone="text2").wrapped()
            self._grid.addWidget(head.right() if column.is_right else head, 0, number)
            self._grid.setColumnStretch(number, column.stretch)
        self._put([])
        self.setFocusProxy(self._rows[0].cells[0])

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines in which something stands."""
        return tuple(line for line in self._lines if not line.is_blank)

    def cell(self, row: int, column: int) -> GridCell:
        """Return a cell, counted from 0; the row after the last is there to be typed into."""
        return self._rows[row].cells[column]

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._before = None
        self._put(lines)
        self.changed.emit()

    def row_of(self, line: Line) -> int:
        return self._lines.index(line)

    def is_at(self, cell: GridCell) -> bool:
        """Whether a cell is being typed, or, where nothing stands in it yet, another of its line."""
        beside = self._rows[cell.place[0]].cells if not cell.text().strip() else (cell,)
        return any(one.hasFocus() for one in beside)

    def check_all(self) -> None:
        self._put([replace(line, is_checked=True) for line in self._lines])

    def fault(self) -> tuple[str, GridCell] | None:
        """Return the first cell that cannot be read and why, None where all can be."""
        for number, line in enumerate(self._lines):
            for at, column in enumerate(self._columns):
                try:
                    column.tidy(line.texts[at].strip())
                except ValueError as error:
                    where = f"{ours(column.head)} of {line.texts[0].strip() or f'line {number + 1}'}"
                    return f"{where}: {error}" if at else str(error), self._rows[number].cells[at]
            if not line.is_blank and not line.texts[0].strip():
                what = self._columns[0].head.casefold()
                words = f"Line {number + 1} has no {what}. Enter one, or remove the line."
                return words, self._rows[number].cells[0]
        return None

    def _put(self, lines: Sequence[Line]) -> None:
        kept = [line for line in lines if not line.is_blank]
        blanks = max(self._least - len(kept), 1)
        self._lines = [*kept, *[Line(("",) * len(self._columns))] * blanks]
        while len(self._rows) < len(self._lines):
            self._add_row()
        for number, row in enumerate(self._rows):
            is_there = number < len(self._lines)
            for part in (*row.cells, row.note, row.away):
                part.setVisible(is_there)
            _retain_size(row.away, is_kept=is_there)
            if is_there:
                self._show_line(number)

    def _show_line(self, number: int) -> None:
        line, row = self._lines[number], self._rows[number]
        for cell, text in zip(row.cells, line.texts, strict=True):
            if cell.text() != text:
                cell.setText(text)
                cell.setCursorPosition(0)
                cell.setModified(not line.is_offered)  # what was pasted or mended is not thrown away unasked
        self._name_line(number)

    def _name_line(self, number: int) -> None:
        line, row = self._lines[number], self._rows[number]
        name = line.texts[0].strip()
        said = "" if line.is_checked else ", to check"
        for cell, column in zip(row.cells, self._columns, strict=True):
            of = f", {name}" if name and column is not self._columns[0] else ""
            cell.setAccessibleName(
                f"{ours(column.head)}, line {number + 1}{of}{said if column.is_right else ''}"
            )
        row.note.setText("" if line.is_checked else BRIEFLY if self._is_narrow else TO_CHECK)
        set_tip(row.note, "" if line.is_checked else TO_CHECK.capitalize())
        row.away.show_words("×", name=f"Remove {name or f'line {number + 1}'}")
        row.away.setVisible(not line.is_blank)

    def _add_row(self) -> None:
        number = len(self._rows)
        cells = tuple(self._cell(number, at) for at in range(len(self._columns)))
        note = Label(size=12, weight=600, tone="warning")
        away = Button("×", kind="link")
        away.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by key it is Ctrl+Delete
        away.clicked.connect(partial(self.remove, number))
        self._grid.addWidget(note, number + 1, len(cells))
        self._grid.addWidget(away, number + 1, len(cells) + 1)
        tab_through(self._rows[-1].cells[-1] if self._rows else cells[0], *cells)
        self._rows.append(GridRow(cells, note, away))

    def _cell(self, row: int, at: int) -> GridCell:
        column = self._columns[at]
        cell = GridCell(self, (row, at), column)
        least = NAME_WIDTH if at == 0 else FIGURE_WIDTH if column.is_right else TEXT_WIDTH
        cell.setMinimumWidth(look.px(least))
        cell.textEdited.connect(partial(self._take_text, cell))
        self._grid.addWidget(cell, row + 1, at)
        return cell

    def _take_text(self, cell: GridCell, text: str) -> None:
        row, at = cell.place
        line = self._lines[row]
        self._typed = (row, min(at, self._typed[1]) if self._typed[0] == row else at)
        texts = (*line.texts[:at], text, *line.texts[at + 1 :])
        is_checked = line.is_checked or self._columns[at].is_right
        self._lines[row] = Line(texts, is_checked=is_checked)
        self._before = None
        self._name_line(row)
        if row == len(self._lines) - 1 and text.strip():
            self._lines.append(Line(("",) * len(self._columns)))
            if len(self._rows) < len(self._lines):
                self._add_row()
            self._name_line(row)
            for part in (*self._rows[row + 1].cells, self._rows[row + 1].note, self._rows[row + 1].away):
                part.setVisible(True)
            self._show_line(row + 1)
        self.changed.emit()

    def tidy(self, cell: GridCell) -> None:
        """Show a cell that is left as it is to stand, where it can be read."""
        row, at = cell.place
        if row >= len(self._lines):
            return
        line = self._lines[row]
        text = self._columns[at].tidied(line.texts[at])
        if text != cell.text():
            cell.setText(text)
        self._lines[row] = replace(line, texts=(*line.texts[:at], text, *line.texts[at + 1 :]))
        self.changed.emit()

    def paste(self, cell: GridCell, text: str) -> None:
        """Lay a block over the cells from one on."""
        row, at = cell.place
        held: list[Line] = list(self.lines)
        notes: tuple[str, ...] = ()
        warning = ""
        if at == 0:
            found = self._read(text)
            lines, gone = pasted_over(self._lines, found.rows, row)
            notes, warning = found.notes, found.warning
            if gone:
                notes = (*notes, left_out_words(gone, *self._what))
        else:
            lines = filled_from(self._lines, split_block(text), row, at, len(self._columns))
        self._before = held
        self._put([self._tidied(line) for line in lines])
        announce(self, f"{counted(len(self.lines), *self._what)} in the list")
        self.changed.emit()
        self.told.emit(" ".join(notes), warning)

    def _tidied(self, line: Line) -> Line:
        return replace(
            line,
            texts=tuple(column.tidied(text) for column, text in zip(self._columns, line.texts, strict=True)),
        )

    def remove(self, row: int) -> None:
        """Take a row out."""
        if row >= len(self._lines) or self._lines[row].is_blank:
            return
        self._before = list(self.lines)
        announce(self, REMOVED.format(self._lines[row].texts[0].strip() or f"Line {row + 1}"))
        self._put([line for number, line in enumerate(self._lines) if number != row])
        self._rows[min(row, len(self._lines) - 1)].cells[0].setFocus()
        self.changed.emit()

    @property
    def last_row(self) -> int:
        """Return the number of the last row, which is there to be typed into."""
        return len(self._lines) - 1

    @property
    def can_take_back(self) -> bool:
        """Whether nothing was typed since a block came in or a row went, so that Ctrl+Z is meant for that."""
        return self._before is not None

    def take_back(self) -> None:
        """Undo the block that came in, or bring back the row that went."""
        held, self._before = self._before, None
        if held is not None:
            self._put(held)
            announce(self, f"As it was before: {counted(len(self.lines), *self._what)}")
            self.changed.emit()
            self.told.emit("", "")

    def step(self, cell: GridCell, by: int) -> None:
        """Go to the row above or below, where there is one."""
        row, at = cell.place
        if 0 <= row + by < len(self._lines):
            following = self._rows[row + by].cells[at]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.selectAll()

    def enter(self, cell: GridCell) -> None:
        """Go to the row below; in an empty row after the last line Enter says that this was all."""
        row, at = cell.place
        is_after = bool(self.lines) and all(line.is_blank for line in self._lines[row:])
        if cell.is_last or is_after:
            self.ended.emit()
            return
        began = self._typed[1] if self._typed[0] == row else at
        self.step(self._rows[row].cells[min(began, at)], 1)


def _retain_size(away: QWidget, *, is_kept: bool) -> None:
    """Keep the room of a line's cross while it is hidden: no line moves by it, and none leaves a gap."""
    stays = away.sizePolicy()
    stays.setRetainSizeWhenHidden(is_kept)
    away.setSizePolicy(stays)
