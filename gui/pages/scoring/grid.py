"""Sheets from paper: applications down, criteria across, digits straight in, the reason beside."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from gui.pages.scoring.criterion_box import grades_of
from gui.pages.scoring.mark_button import CLEARS, Grade, digit_of
from gui.pages.scoring.reason_box import ReasonBox
from gui.pages.scoring.sheets import EDITABLE
from gui.tables.columns import Column
from gui.tables.rows_model import RowsModel
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.words import ShortWords
from models.queries.score_sheets import CLOSED, SheetLine, SheetState
from scoring import money
from scoring.scheme import Scheme
from scoring.sheet_total import sheet_total

MARK_WIDTH, TOTAL_WIDTH = 46, 96
STATE_WORDS = "Digits give marks, Delete clears, the reason of the cell stands beneath."


class GridTable(QTableView):
    """A cell for each mark. It asks for marks; the record's answer fills the cell."""

    marked = Signal(str, str, object)
    picked = Signal(str, str)

    def __init__(self, look: Look, scheme: Scheme, parent: QWidget, *, is_paper: bool = False) -> None:
        super().__init__(parent)
        self._look = look
        self._codes = tuple(c.code for c in scheme.judged)
        self._maximum = scheme.scale_maximum
        self._model: RowsModel[SheetLine] = RowsModel(_columns(scheme, is_paper=is_paper), _key, _named, self)
        self.setModel(self._model)
        self.setAccessibleName("Marks of every application")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        look.changed.connect(self._refresh)
        self._refresh()
        self.selectionModel().currentChanged.connect(self._tell)

    @Slot()
    def _refresh(self) -> None:
        """Follow the text size: letters, heights and widths."""
        look, last = self._look, self._model.columnCount() - 1
        self.setFont(look.font())
        self.verticalHeader().setDefaultSectionSize(look.px(30))
        self.horizontalHeader().setFont(look.font(12))
        for column in range(1, last + 1):
            self.setColumnWidth(column, look.px(TOTAL_WIDTH if column == last else MARK_WIDTH))

    def show_lines(self, lines: Sequence[SheetLine]) -> None:
        """Show the sheets as they stand; the current cell stays."""
        current = self.currentIndex()
        at = (current.row(), current.column()) if current.isValid() else (0, 1)
        self._model.show(lines)
        if not self.currentIndex().isValid() and lines:
            self.setCurrentIndex(self._model.index(min(at[0], len(lines) - 1), at[1]))

    @property
    def cell(self) -> tuple[str, str] | None:
        """Return the application and the criterion of the current cell, None on another cell."""
        index = self.currentIndex()
        if not index.isValid() or not 1 <= index.column() <= len(self._codes):
            return None
        return self._model.rows[index.row()].reference, self._codes[index.column() - 1]

    @Slot(QModelIndex, QModelIndex)
    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self.picked.emit(*(self.cell or ("", "")))

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: letters and digits have work to do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the mark of a digit and go on to the right; clear with Delete."""
        digit = digit_of(event, min(self._maximum, 10))
        if self.cell is not None and digit is not None:
            self.marked.emit(*self.cell, digit)
            self._go_right()
        elif self.cell is not None and event.key() in CLEARS:
            self.marked.emit(*self.cell, None)
        else:
            super().keyPressEvent(event)

    def _go_right(self) -> None:
        index = self.currentIndex()
        if index.column() < len(self._codes):
            self.setCurrentIndex(index.siblingAtColumn(index.column() + 1))
        elif index.row() + 1 < len(self._model.rows):
            self.setCurrentIndex(self._model.index(index.row() + 1, 1))


class GridView(Card):
    """The table, and the reason of the current cell beneath it."""

    marked = Signal(str, str, object)
    explained = Signal(str, str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(2, 2), parent=parent)
        self._look = look
        self._scheme: Scheme | None = None
        self._lines: dict[str, SheetLine] = {}
        self._cell = ("", "")
        self._is_paper = False
        self.table: GridTable | None = None
        self._place = QVBoxLayout()
        self.body.addLayout(self._place, 1)
        self.about = ShortWords(look, STATE_WORDS, size=12, tone="text2")
        self.reason = ReasonBox(look, "Why this mark?")
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(14), look.px(6), look.px(14), look.px(10))
        foot.setSpacing(look.px(4))
        foot.addWidget(self.about)
        foot.addWidget(self.reason)
        self.body.addLayout(foot)
        self.reason.left.connect(self._explain)

    def show_sheets(self, scheme: Scheme, lines: Sequence[SheetLine], *, is_paper: bool = False) -> None:
        """Show all sheets in one table; those of another member when they are typed in from paper."""
        self._lines = {line.reference: line for line in lines}
        if (scheme, is_paper) != (self._scheme, self._is_paper) or self.table is None:
            if self.table is not None:
                self.table.deleteLater()
            self._scheme, self._is_paper = scheme, is_paper
            self.table = GridTable(self._look, scheme, self, is_paper=is_paper)
            self.table.marked.connect(self.marked)
            self.table.picked.connect(self._pick)
            self._place.addWidget(self.table)
        self.table.show_lines(lines)
        self._show_reason()

    @Slot(str, str)
    def _pick(self, reference: str, code: str) -> None:
        self.reason.enter()
        self._cell = (reference, code)
        self._show_reason()

    def _show_reason(self) -> None:
        line = self._lines.get(self._cell[0])
        is_open = line is not None and bool(line.reasons) and self._scheme is not None
        self.reason.setEnabled(is_open)
        if line is None or not is_open or self._scheme is None:
            self.about.setText(STATE_WORDS)
            self.reason.show_text("")
            return
        number = [c.code for c in self._scheme.judged].index(self._cell[1])
        self.about.setText(f"{line.reference} {line.organisation}, {self._cell[1]}: why this mark?")
        self.reason.setReadOnly(line.state not in EDITABLE)
        self.reason.show_text(line.reasons[number])

    @Slot(str)
    def _explain(self, text: str) -> None:
        if self._cell[0]:
            self.explained.emit(*self._cell, text)


def _columns(scheme: Scheme, *, is_paper: bool) -> list[Column[SheetLine]]:
    grades = grades_of(scheme)
    who = "the member" if is_paper else "you"
    columns: list[Column[SheetLine]] = [Column("application", "Application", _name, _named, _named)]
    for number, criterion in enumerate(scheme.judged):
        text = partial(_mark, number)
        spoken = partial(_spoken_mark, number, f"{criterion.code} {criterion.title}", grades, scheme, who)
        columns.append(Column(criterion.code, criterion.code, text, spoken, spoken, is_right=True))
    total = partial(_total, scheme)
    columns.append(Column("total", "Total", total, total, is_right=True))
    return columns


def _key(line: SheetLine) -> str:
    return line.reference


def _name(line: SheetLine) -> str:
    return f"{line.reference}  {line.organisation}"


def _named(line: SheetLine) -> str:
    return f"{line.reference}, {line.organisation}, {line.state}"


def _mark(number: int, line: SheetLine) -> str:
    if line.state in CLOSED:
        return "⊘"
    if line.is_kept_from_typist:
        return "✓"
    mark = line.marks[number]
    return "·" if mark is None else str(mark)


def _spoken_mark(
    number: int, name: str, grades: tuple[Grade, ...], scheme: Scheme, who: str, line: SheetLine
) -> str:
    if line.state in CLOSED:
        return f"{line.organisation}, {name}, {_closed_words(line, who)}"
    if line.is_kept_from_typist:
        return f"{line.organisation}, {name}, handed in"
    mark = line.marks[number]
    said = "no mark yet" if mark is None else grades[mark].spoken.replace(",", "")
    reason = "reason given" if line.reasons[number] else "no reason"
    return f"{line.organisation}, {name}, {said}, {reason}, total {_words(scheme, line)}"


def _closed_words(line: SheetLine, who: str) -> str:
    said = {SheetState.CONFLICT: "declared an interest", SheetState.ABSTAINED: "abstained"}
    return f"{who} {said.get(line.state, 'did not declare yet')}"


def _total(scheme: Scheme, line: SheetLine) -> str:
    if line.state in CLOSED:
        return ""
    if line.is_kept_from_typist:
        return "Handed in"
    total = sheet_total(scheme, line.marks, line.aside)
    return money.score(total.points_1e2) if total.is_complete else f"{len(total.missing)} to give"


def _words(scheme: Scheme, line: SheetLine) -> str:
    return sheet_total(scheme, line.marks, line.aside).words
