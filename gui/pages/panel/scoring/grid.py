"""All sheets in one table: applications down, criteria across, the reason of the current cell beneath."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.pages.panel.scoring.marks import (
    CLEARS,
    LONGEST_ROW,
    Grade,
    PanelTick,
    ReasonBox,
    digit_of,
    grades_of,
    typed_digit,
)
from gui.pages.panel.scoring.sheets import EDITABLE, Sheets
from gui.tables.column_widths import HeadFont
from gui.tables.columns import Column
from gui.tables.rows_model import RowsModel
from gui.text import NOTHING
from gui.theme.look import look
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import Card, column_of, fill, row_of
from models.queries.panel.score_sheets import CLOSED, SheetLine, SheetState
from scoring import money
from scoring.marks.sheets import sheet_total
from scoring.scheme import Criterion, Scheme

MARK_WIDTH, TOTAL_WIDTH = 46, 96


class GridTable(QTableView):
    """A cell for each mark of the `sheets`, on which it gives them; the record's answer fills the cell."""

    picked = Signal(str, str)
    sheets: Sheets

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("heads", "cells")  # over what the style writes into cells; before there is a head
        self._begun = ""
        self.scheme: Scheme | None = None
        self._is_paper, self._maximum = False, 0
        self._codes: tuple[str, ...] = ()
        self._model: RowsModel[SheetLine] = RowsModel((), _key, _named, self)
        self.setAccessibleName("Marks of every application")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        HeadFont(self.horizontalHeader())
        look.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        """Follow the text size: letters, heights and widths."""
        last = self._model.columnCount() - 1
        self.setFont(look.font())
        self.verticalHeader().setDefaultSectionSize(look.px(30))
        for column in range(1, last + 1):
            self.setColumnWidth(column, look.px(TOTAL_WIDTH if column == last else MARK_WIDTH))

    def _take_scheme(self, scheme: Scheme, *, is_paper: bool) -> None:
        """Lay out the columns of a scheme."""
        self.scheme, self._is_paper = scheme, is_paper
        self._codes, self._maximum = scheme.judged_codes, scheme.scale_maximum
        old, self._model = self._model, RowsModel(_columns(scheme, is_paper=is_paper), _key, _named, self)
        self.setModel(self._model)
        old.deleteLater()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._tell)
        self._refresh()

    def show_sheets(self, scheme: Scheme) -> None:
        """Show the sheets as they stand; the current cell stays, else the first without a mark is current."""
        lines, is_paper = self.sheets.lines, self.sheets.is_paper
        if (scheme, is_paper) != (self.scheme, self._is_paper):
            self._take_scheme(scheme, is_paper=is_paper)
        held, column = self.reference, self.currentIndex().column()
        self._model.show(lines)
        if self.currentIndex().isValid() or not lines:
            return
        row = self._model.row_of(held)
        if row is None:
            self.forget()
            self.go_to_gap()
        else:
            self.setCurrentIndex(self._model.index(row, column))

    def forget(self) -> None:
        """Begin at the first cell without a mark when sheets are shown next."""
        self.setCurrentIndex(QModelIndex())

    @property
    def reference(self) -> str:
        """Return the application of the current row, "" without one."""
        key = self._model.key_at(self.currentIndex().row())
        return key if isinstance(key, str) else ""

    def choose(self, reference: str, code: str = "") -> None:
        """Go to an application, at a criterion when one is named, else at the first without a mark."""
        row = self._model.row_of(reference)
        if row is not None:
            named = [(row, self._codes.index(code) + 1)] if code in self._codes else []
            gaps = (cell for cell in self._cells() if cell[0] == row and self._lacks_mark(*cell))
            self._go((*named, *gaps, (row, 1)))

    def go_to_gap(self) -> bool:
        """Go to the next cell without a mark, after the last to the first; return whether there is one."""
        cells, at = self._cells(), self._at
        gaps = [cell for cell in cells if self._lacks_mark(*cell)]
        if gaps or not self.currentIndex().isValid():
            self._go((*(cell for cell in gaps if cell > at), *gaps, *cells, (0, 1)))
        return bool(gaps)

    def step(self, rows: int) -> None:
        """Go to the next sheet that takes marks, or (-1) to the one before."""
        beyond = [row for row, _ in self._cells() if (row - self._at[0]) * rows > 0]
        if beyond:
            self.choose(self._model.rows[min(beyond) if rows > 0 else max(beyond)].reference)

    @property
    def _at(self) -> tuple[int, int]:
        """Return row and column of the current cell."""
        return self.currentIndex().row(), self.currentIndex().column()

    def _cells(self) -> list[tuple[int, int]]:
        """Return row and column of all that take a mark, along the rows and then down."""
        return [
            (row, column)
            for row, line in enumerate(self._model.rows)
            for column, code in enumerate(self._codes, 1)
            if line.state in EDITABLE and code not in line.not_applicable
        ]

    def _go(self, cells: Iterable[tuple[int, int]]) -> None:
        """Go to the first of some cells; without any, stay."""
        for cell in islice(cells, 1):
            self.setCurrentIndex(self._model.index(*cell))

    def _lacks_mark(self, row: int, column: int) -> bool:
        return self._model.rows[row].marks[column - 1] is None

    @property
    def cell(self) -> tuple[str, str]:
        """Return the application and the criterion of the current cell, empty on another cell."""
        index = self.currentIndex()
        if not index.isValid() or not 1 <= index.column() <= len(self._codes):
            return "", ""
        return self._model.rows[index.row()].reference, self._codes[index.column() - 1]

    @Slot(QModelIndex, QModelIndex)
    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        self._begun = ""
        self.picked.emit(*self.cell)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: letters and digits have work to do."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current cell in sight, where the box for its reason takes room from the rows."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the mark of a digit and go on; clear with Delete. The page answers for what gives no mark."""
        is_digit, takes = typed_digit(event) is not None, self._at in self._cells()
        value = self._value(event) if takes else None
        if value is not None:
            self._give(value)
        elif is_digit or event.key() == Qt.Key.Key_P or (event.key() in CLEARS and not takes):
            event.ignore()
        elif event.key() in CLEARS and self.cell[1]:
            self.sheets.mark(*self.cell, None)
        elif self._begun and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _value(self, event: QKeyEvent) -> int | None:
        """Return the mark that a key gives: on a long scale its digit goes on from the one before."""
        if self._maximum <= LONGEST_ROW:
            return digit_of(event, self._maximum)
        digit = typed_digit(event)
        value = None if digit is None else int(f"{self._begun}{digit}")
        return value if value is not None and value <= self._maximum else None

    def _give(self, value: int) -> None:
        """Give a mark and go on, unless another digit may follow."""
        begun = str(value) if self._maximum > LONGEST_ROW and 0 < value * 10 <= self._maximum else ""
        self.sheets.mark(*self.cell, value)
        self._begun = begun
        if not begun:
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next cell that takes a mark, along the row and then down; at the last one, stay."""
        self._go(cell for cell in self._cells() if cell > self._at)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Pass over rows that are closed to the member; in the column of names they can be read."""
        index, current = super().moveCursor(action, modifiers), self.currentIndex()
        step = 1 if index.row() > current.row() else -1
        while index.isValid() and index.column() > 0 and self._model.rows[index.row()].state in CLOSED:
            index = index.siblingAtRow(index.row() + step)
        return index if index.isValid() else current


def _columns(scheme: Scheme, *, is_paper: bool) -> list[Column[SheetLine]]:
    grades = grades_of(scheme)
    who = "the member" if is_paper else "you"
    columns: list[Column[SheetLine]] = [
        Column(
            "application",
            "Application",
            lambda of: f"{of.reference}  {of.organisation}",
            _named,
            _named,
        )
    ]
    for number, criterion in enumerate(scheme.judged):
        text = partial(_mark, number, criterion.code)
        spoken = partial(_spoken_mark, number, criterion, grades, scheme, who)
        columns.append(Column(criterion.code, criterion.code, text, spoken, spoken, is_right=True))
    total = partial(_total, scheme)
    columns.append(Column("total", "Total", total, is_right=True))
    return columns


_key: Callable[[SheetLine], str] = attrgetter("reference")


def _named(line: SheetLine) -> str:
    return f"{line.reference}, {line.organisation}, {line.state}"


def _mark(number: int, code: str, line: SheetLine) -> str:
    if line.state in CLOSED:
        return "⊘"
    if line.is_kept_from_typist:
        return "✓"
    if code in line.not_applicable:
        return "n/a"
    mark = line.marks[number]
    return "·" if mark is None else str(mark)


def _spoken_mark(
    number: int, criterion: Criterion, grades: tuple[Grade, ...], scheme: Scheme, who: str, line: SheetLine
) -> str:
    name = f"{criterion.code} {criterion.title}"
    if line.state in CLOSED:
        return f"{line.organisation}, {name}, {_closed_words(line, who)}"
    if line.is_kept_from_typist:
        return f"{line.organisation}, {name}, handed in"
    if criterion.code in line.not_applicable:
        return f"{line.organisation}, {name}, not applicable"
    mark = line.marks[number]
    said = "no mark yet" if mark is None else grades[mark].spoken.replace(",", "")
    reason = "reason given" if line.reasons[number] else "no reason"
    reason += ", for the panel only" if criterion.code in line.for_panel else ""
    total = sheet_total(scheme, line.marks, line.not_applicable).words
    return f"{line.organisation}, {name}, {said}, {reason}, total {total}"


def _closed_words(line: SheetLine, who: str) -> str:
    said = {SheetState.CONFLICT: "declared an interest", SheetState.ABSTAINED: "abstained"}
    return f"{who} {said.get(line.state, 'has not declared yet')}"


def _total(scheme: Scheme, line: SheetLine) -> str:
    if line.state in CLOSED:
        return ""
    if line.is_kept_from_typist:
        return "Handed in"
    total = sheet_total(scheme, line.marks, line.not_applicable)
    if total.is_complete:
        return money.score(total.points_1e2)
    return f"{len(total.missing)} to give" if line.state in EDITABLE else NOTHING


STATE_WORDS = "Choose a mark: the reason for it is shown below."


class GridView(Card):
    """The grid with the reason of its cell; it tells which sheet the cursor is on."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__(inset=(2, 2))
        self._cell = ("", "")
        self.table = GridTable()
        self.about = ElidedLabel(STATE_WORDS, size=12, tone="text2")
        self.reason = ReasonBox("Why this mark?")
        self.for_panel = PanelTick(self.reason)
        self.keys = Label(size=11, tone="text2")
        above = row_of((self.about, 1), self.keys, self.for_panel, spacing=12)
        foot = column_of(above, self.reason, edges=(14, 6, 14, 10), spacing=4)
        fill(self.body, (self.table, 1), foot)
        self.reason.typed.connect(partial(self._give, lambda sheets, *typed: sheets.kept.keep(*typed)))
        self.reason.left.connect(partial(self._give, Sheets.explain))
        self.for_panel.kept.connect(partial(self._give, Sheets.keep_for_panel))
        self.table.picked.connect(self._pick)

    def show_sheets(self, scheme: Scheme) -> None:
        """Show all sheets in one table; those of another member when they are typed in from paper."""
        self.table.show_sheets(scheme)
        self.keys.setText(f"0–{scheme.scale_maximum} mark and go on   ·   Delete clears")
        self._show_reason()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the reason of the current cell for the panel with P, which the table leaves."""
        if not self.for_panel.takes(event):
            super().keyPressEvent(event)

    @Slot(str, str)
    def _pick(self, reference: str, code: str) -> None:
        self.reason.enter()
        self._cell = (reference, code)
        self._show_reason()
        self.picked.emit()

    def _show_reason(self) -> None:
        line, scheme = self.table.sheets.line(self._cell[0]), self.table.scheme
        self.reason.setEnabled(line is not None and bool(line.reasons))
        self.keys.setVisible(line is None or line.state in EDITABLE)
        if line is None or not line.reasons or scheme is None:
            self.about.setText(STATE_WORDS)
            self.reason.show_text("")
            self.for_panel.show_tick("no reason", is_ticked=False, may_keep=False)
            return
        number = scheme.judged_codes.index(self._cell[1])
        asked = scheme.judged[number]
        self.about.setText(
            f"{line.reference} {line.organisation}, {asked.code} {asked.title}: why this mark?"
        )
        may_change = line.state in EDITABLE
        self.reason.setReadOnly(not may_change)
        self.reason.show_text(line.reasons[number])
        what, is_kept = f"the reason on {asked.code} of {line.reference}", asked.code in line.for_panel
        self.for_panel.show_tick(what, is_ticked=is_kept, may_keep=may_change)

    def _give(self, does: Callable[[Sheets, str, str, Any], object], what: object) -> None:
        if self._cell[0]:
            does(self.table.sheets, *self._cell, what)
