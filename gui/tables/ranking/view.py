"""The ranked table as a view: its rows, keys, heights, columns that give way, and the sticky budget line."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter, ne

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from gui.tables.columns import Column
from gui.tables.density import Density
from gui.tables.list_view import LOW_HEAD, ListView
from gui.tables.ranking.amount_editor import AmountEditor, Check
from gui.tables.ranking.columns import (
    AMOUNT,
    MEASURED,
    RANKING_COLUMNS,
    RUNNING,
    TOTAL,
    Needs,
    chosen_columns,
    needs,
    widths,
)
from gui.tables.ranking.delegate import RankingDelegate, paint_budget_line
from gui.tables.ranking.rows import SPANNING, Key, Kind, TableRow
from gui.tables.rows_model import Index, RowsModel
from gui.theme.look import Look, smooth
from gui.widgets.speech.announcing import announce
from models.queries.deciding.round_list import Mark

LETTERS = {
    Qt.Key.Key_F: Mark.FUND,
    Qt.Key.Key_P: Mark.PART,
    Qt.Key.Key_R: Mark.RESERVE,
    Qt.Key.Key_D: Mark.DECLINE,
    Qt.Key.Key_L: Mark.DEFER,
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DRAWN = (Kind.BUDGET, Kind.TOLERANCE)


class RankingModel(RowsModel[TableRow]):
    """Rows by kind and name; another choice of columns is a reset."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(RANKING_COLUMNS, _key, _name, parent)

    def choose(self, columns: Sequence[Column[TableRow]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let keys and clicks pass over the lines where the money ends: they are drawn, not chosen."""
        is_drawn = index.isValid() and self.rows[index.row()].kind in DRAWN
        return Qt.ItemFlag.NoItemFlags if is_drawn else super().flags(index)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns' names in their order."""
        return tuple(column.name for column in self.columns)


_key: Callable[[TableRow], Key] = attrgetter("key")
_name: Callable[[TableRow], str] = attrgetter("spoken")


class StickyLine(QAbstractButton):
    """A copy of the budget line that stays at the table's edge while the real one is out of sight."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._is_over = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def stand_for(self, row: TableRow, top: int, height: int, room: QSize) -> None:
        """Show a line at the edge behind which it is, by where its top is; hide while it is in sight."""
        if 0 <= top <= room.height() - height:
            self.hide()
            return
        edge = room.height() - height if top > 0 else 0
        self.setGeometry(0, edge, room.width(), height)
        self.show_row(row, is_below=top > 0)

    def covers(self, top: int, height: int) -> int:
        """Return how far to scroll for a row to come out from under the line, up where it is negative."""
        if not self.isVisible():
            return 0
        edge = self.geometry()
        if edge.top() == 0:
            return min(top - edge.height(), 0)
        return max(top + height - edge.top(), 0)

    def show_row(self, row: TableRow, *, is_below: bool) -> None:
        """Copy a budget line, saying where it really is."""
        self._is_over = row.is_over
        self.setText(f"{row.words}   {'below ∨' if is_below else 'above ∧'}")
        self.setAccessibleName(f"Go to the budget line, {row.spoken}")
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line on the table's own ground."""
        with smooth(self) as painter:
            painter.fillRect(self.rect(), self._look.colour(self._look.theme.surface))
            paint_budget_line(painter, self._look, self.rect(), self.text(), is_over=self._is_over)


BUDGET_HEIGHT = 26
MOST_IN_A_STEP = 3
"""So many rows apart two rows are at most when one key goes from one to the other."""


class RankingView(ListView[TableRow]):
    """The ranked table. It shows rows, tells which one is current, and folds those not ranked."""

    picked = Signal(str)
    opened = Signal(str)
    fold_asked = Signal()
    recommended = Signal(str, object)
    edit_asked = Signal(str)
    amount_given = Signal(str, object)
    escaped = Signal()
    menu_asked = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._ranking = RankingModel()
        self._needs: Needs | None = None
        self._painter = RankingDelegate(look, self._ranking.names)
        super().__init__(look, self._ranking, self._painter, Density.TWO_LINE, parent)
        self.may_edit: Callable[[str], bool] = _anything
        self.check_amount: Check = _nothing_wrong
        self.editor: AmountEditor | None = None
        self.sticky = StickyLine(look, self.viewport())
        self.sticky.clicked.connect(self._go_to_line)
        self.doubleClicked.connect(self._tell_opened)
        self._sticky_row = -1
        self._lines: list[int] = []
        self.setAccessibleName("Ranked applications")
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.verticalScrollBar().valueChanged.connect(self._place_sticky)
        self.verticalScrollBar().valueChanged.connect(self._place_editor)
        self._refresh()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows and keep the current one if it is still there."""
        held = self._model.key_at(self.currentIndex().row())
        old = self._model.rows
        self._model.show(rows)
        if [row.key for row in old] != [row.key for row in self._model.rows]:
            self._lay_rows()
            self._lay_columns()
            self._restore(held)
        elif any(map(ne, map(MEASURED, old), map(MEASURED, self._model.rows))):
            self._needs = None
            self._lay_columns()
        if self.editor is not None and isinstance(held, tuple) and self._model.row_of(held) is not None:
            self.editor.show_row(self._model.rows[self.currentIndex().row()])
            self._place_editor()
        self._place_sticky()

    def choose_columns(self, names: Collection[str]) -> None:
        """Show the further columns of these names beside the table's own."""
        held = self._model.key_at(self.currentIndex().row())
        self._needs = None  # other columns need other widths, and Qt may ask for them at once
        self._ranking.choose(chosen_columns(names))
        self._painter.columns = self._ranking.names
        self._lay_rows()
        self._lay_columns()
        self._restore(held)

    @Slot(str)
    def edit_amount(self, reference: str) -> None:
        """Open the amount of a ranked application in its cell."""
        number = self._model.row_of((Kind.LINE, reference))
        if number is None or not self.may_edit(reference):
            return
        self._go(number)
        row = self._model.rows[number]
        self.editor = AmountEditor(
            self._look, row, self.check_amount, self.amount_given.emit, self.viewport()
        )
        self.editor.destroyed.connect(self._forget_editor)
        self._place_editor()
        self.editor.show()
        self.editor.setFocus()

    @Slot()
    def go_to_line(self, area: str = "") -> None:
        """Bring the budget line of an area into sight, the nearest where none is named."""
        number = next((n for n in self._lines if self._model.rows[n].area == area), self._nearest_line())
        if number >= 0:
            self._go_beside(number)
            self.setFocus()

    @Slot()
    def _place_editor(self) -> None:
        if self.editor is None:
            return
        index = self._model.index(self.currentIndex().row(), self._ranking.names.index(AMOUNT))
        self.editor.lie_over(self.visualRect(index))

    @Slot()
    def _forget_editor(self) -> None:
        self.editor = None

    def select(self, reference: str) -> bool:
        """Make an application current; return whether it is on show."""
        for kind in (Kind.LINE, Kind.UNRANKED):
            number = self._model.row_of((kind, reference))
            if number is not None:
                self._go(number)
                return True
        return False

    def select_first(self) -> None:
        """Make the first application current, if there is one."""
        for number, row in enumerate(self._model.rows):
            if not row.spans:
                self._go(number)
                return

    def _lay_rows(self) -> None:
        self._needs = None
        heads = self.verticalHeader()
        heads.setDefaultSectionSize(self._look.px(self._row_height))
        self.clearSpans()
        heights = {kind: self._look.px(self._height(kind)) for kind in Kind}
        for number, row in enumerate(self._model.rows):
            if heads.sectionSize(number) != heights[row.kind]:
                heads.resizeSection(number, heights[row.kind])
            if row.kind is not Kind.LINE:
                self._span(number, row)
        self._lines = [n for n, row in enumerate(self._model.rows) if row.kind is Kind.BUDGET]
        self._place_sticky()

    def _height(self, kind: Kind) -> int:
        if kind in DRAWN:
            return BUDGET_HEIGHT
        return self._head if kind in SPANNING else self._row_height

    def minimumSizeHint(self) -> QSize:
        """Keep three applications in sight beside the head of an area and the budget line."""
        return super().minimumSizeHint() + QSize(0, self._look.px(LOW_HEAD + BUDGET_HEIGHT))

    def _span(self, number: int, row: TableRow) -> None:
        names = self._ranking.names
        if row.spans:
            self.setSpan(number, 0, 1, len(names))
        elif row.kind is Kind.UNRANKED:
            first = names.index(TOTAL)
            self.setSpan(number, first, 1, names.index(RUNNING) - first + 1)

    def _lay_columns(self) -> None:
        if self._needs is None:
            self._needs = needs(self._look, self._model.columns, self._model.rows)
        found = widths(self._look, self._model.columns, self._needs, self.viewport().width())
        self._give(self._ranking.names, found)
        self._place_editor()

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, before: QModelIndex) -> None:
        self._tell_lines_passed(before.row(), current.row())
        key = self._model.key_at(current.row())
        if isinstance(key, tuple) and key[0] in (Kind.LINE, Kind.UNRANKED):
            self.picked.emit(key[1])

    @Slot(QModelIndex)
    def _tell_opened(self, index: QModelIndex) -> None:
        reference = self._reference_at(index)
        if reference:
            self.opened.emit(reference)

    def _current(self) -> str:
        return self._reference_at(self.currentIndex())

    def _reference_at(self, index: QModelIndex) -> str:
        key = self._model.key_at(index.row())
        is_line = isinstance(key, tuple) and key[0] in (Kind.LINE, Kind.UNRANKED)
        return str(key[1]) if is_line and isinstance(key, tuple) else ""

    @Slot()
    def _go_to_line(self) -> None:
        self._go_beside(self._sticky_row)

    def _go_beside(self, number: int) -> None:
        """Take the application above a budget line in hand, or the one below; the line itself is drawn."""
        rows = self._model.rows
        around = (*range(number - 1, -1, -1), *range(number + 1, len(rows)))
        beside = next((n for n in around if not rows[n].spans), -1)
        if beside >= 0:
            self._go(beside)
        self.scrollTo(self._model.index(number, 0))

    def _tell_lines_passed(self, before: int, now: int) -> None:
        """Say the budget lines that a step goes over to whoever does not see them."""
        low, high = sorted((before, now))
        if low >= 0 and high - low <= MOST_IN_A_STEP:
            for row in self._model.rows[low + 1 : high]:
                if row.kind in DRAWN:
                    announce(self, row.spoken)

    def _restore(self, held: object) -> None:
        number = self._model.row_of(held) if isinstance(held, tuple) else None
        if number is not None:
            self._go(number)

    @Slot()
    def _place_sticky(self) -> None:
        self._sticky_row = self._nearest_line()
        if self._sticky_row < 0:
            self.sticky.hide()
            return
        top = self.rowViewportPosition(self._sticky_row)
        height = self._look.px(BUDGET_HEIGHT)
        self.sticky.stand_for(self._model.rows[self._sticky_row], top, height, self.viewport().size())

    def _nearest_line(self) -> int:
        """Return the budget line of the area at the top of the viewport, -1 when there is none."""
        first = self.rowAt(1)
        rows = self._model.rows
        area = rows[first].area if 0 <= first < len(rows) else ""
        own = next((number for number in self._lines if rows[number].area == area), -1)
        return self._lines[-1] if own < 0 and self._lines else own

    def _toggle_if_head(self) -> bool:
        key = self._model.key_at(self.currentIndex().row())
        if isinstance(key, tuple) and key[0] == Kind.NOT_RANKED:
            self.fold_asked.emit()
            return True
        return False

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, and out from under the sticky line."""
        super().scrollTo(index, hint)
        if not self.isVisible():
            return
        self._place_sticky()
        hidden = self.sticky.covers(self.rowViewportPosition(index.row()), self.rowHeight(index.row()))
        if hidden:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold those not ranked by Enter or Space; Enter opens, letters recommend, F2 is for the amount."""
        key, is_plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (*ENTER, Qt.Key.Key_Space) and self._toggle_if_head():
            return
        reference = self._current()
        if key in ENTER and is_plain:
            self._tell_opened(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif reference and is_plain and key in LETTERS:
            self.recommended.emit(reference, LETTERS[key])
        elif reference and is_plain and key == Qt.Key.Key_F2:
            is_ranked = self._model.row_of((Kind.LINE, reference)) is not None
            (self.edit_amount if is_ranked else self.edit_asked.emit)(reference)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current application, by mouse or by key."""
        reference, at = self._current(), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            cell = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(cell.bottomLeft() + QPoint(self._look.px(40), 0))
        if reference:
            self.menu_asked.emit(reference, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold those not ranked with a click."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._toggle_if_head()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns anew; the current row stays in sight if it was."""
        top = self.rowViewportPosition(self.currentIndex().row())
        was_in_sight = self.currentIndex().isValid() and 0 <= top < event.oldSize().height()
        super().resizeEvent(event)
        if was_in_sight:
            self.scrollTo(self.currentIndex())
        self._place_sticky()


def _anything(reference: str) -> bool:
    return True


def _nothing_wrong(reference: str, pence: int) -> str:
    return ""
