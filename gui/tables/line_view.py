"""A table of lines as a view: one row current, columns that give way, Enter to open."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QMetaMethod, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from gui.tables.cell_text import ONE_LINE_UNDER
from gui.tables.column_widths import Need, lay, needs
from gui.tables.columns import Gives
from gui.tables.head_font import keep_head_font
from gui.tables.line_column import LineColumn
from gui.tables.line_delegate import LineDelegate
from gui.tables.list_look import look_like_a_list
from gui.tables.rows_model import RowsModel
from gui.theme.look import Look

Row = TypeVar("Row")

HEAD_HEIGHT = 32
ROW_HEIGHT = 40
KEPT_ROWS = 3
"""So many rows a list shows however little room there is: the page scrolls instead."""
WIDE_MINIMUM = 200
"""The least width of the one column that takes what is left."""


class LineView(QTableView, Generic[Row]):
    """A table of frozen rows; it tells which one is current and which one is to be opened."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        look: Look,
        columns: Sequence[LineColumn[Row]],
        key: Callable[[Row], Hashable],
        named: Callable[[Row], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = tuple(columns)
        self._row_height = ROW_HEIGHT
        self._wide_minimum = WIDE_MINIMUM
        self._needs: tuple[Need, ...] = ()
        self._model: RowsModel[Row] = RowsModel(self._columns, key, named, self)
        self._delegate = LineDelegate(look, self._columns, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        look_like_a_list(self)
        keep_head_font(look, self.horizontalHeader())
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._tell_opened)
        look.changed.connect(self._refresh)
        self._refresh()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows on show."""
        return self._model.rows

    @property
    def current(self) -> Any:
        """Return the key of the current row, None without one."""
        return self._model.key_at(self.currentIndex().row())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows and keep the current one if it is still there."""
        held = self.current
        self._model.show(rows)
        self._measure()
        self._lay_columns()
        if held is not None and held != self.current:
            self.select(held)

    def select(self, key: Hashable) -> bool:
        """Make a row current; return whether it is on show."""
        number = self._model.row_of(key)
        if number is None:
            return False
        index = self._model.index(number, max(self.currentIndex().column(), 0))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_first(self) -> None:
        """Make the first row current, if there is one."""
        if self._model.rows:
            self.setCurrentIndex(self._model.index(0, 0))

    def set_stale(self, *, is_stale: bool) -> None:
        """Grey the rows while newer ones are asked for."""
        self._delegate.is_stale = is_stale
        self.viewport().update()

    def set_row_height(self, height: int) -> None:
        """Set how high rows are, at 13 px text."""
        self._row_height = height
        self._refresh()

    def set_wide_minimum(self, width: int) -> None:
        """Set the least width of the column that takes what is left."""
        self._wide_minimum = width
        self._lay_columns()

    @Slot()
    def _refresh(self) -> None:
        look = self._look
        self.horizontalHeader().setFixedHeight(look.px(HEAD_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_height))
        self.verticalScrollBar().setSingleStep(look.px(self._row_height))
        self._measure()
        self._lay_columns()
        self.viewport().update()

    def _measure(self) -> None:
        """Note the room that the columns ask for with these rows."""
        has_two = self._row_height >= ONE_LINE_UNDER
        self._needs = needs(self._look, self._columns, self._model.rows, has_two_lines=has_two)

    def _lay_columns(self) -> None:
        header, look = self.horizontalHeader(), self._look
        widths = lay(look, self._needs, look.px(self._wide_minimum), self.viewport().width())
        for number, column in enumerate(self._columns):
            header.setSectionHidden(number, not widths[column.name])
            header.resizeSection(number, widths[column.name])
        self._delegate.area = self._lost_area(widths)

    def _lost_area(self, widths: Mapping[str, int]) -> LineColumn[Row] | None:
        """Return the column of areas when it has given way and the rows are of several."""
        lost = (c for c in self._columns if Gives.AREA <= c.gives_way < Gives.STATE and not widths[c.name])
        several = (column for column in lost if len(set(map(column.text, self._model.rows))) > 1)
        return next(several, None)

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, before: QModelIndex) -> None:
        key = self._model.key_at(current.row())
        if key is not None:
            self.picked.emit(key)

    @Slot(QModelIndex)
    def _tell_opened(self, index: QModelIndex) -> None:
        key = self._model.key_at(index.row())
        if key is not None:
            self.opened.emit(key)

    def _hover(self, number: int) -> None:
        if number != self._delegate.hovered:
            self._delegate.hovered = number
            self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a filter box finds words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter; where rows are not opened, Enter is for what is around them.

        Digits, of which a list has no use, are for the page to answer.
        """
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            event.ignore()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not self.isSignalConnected(QMetaMethod.fromSignal(self.opened)):
            event.ignore()
        elif self.currentIndex().isValid():
            self._tell_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note the row under the pointer."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the pointer."""
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns anew."""
        super().resizeEvent(event)
        self._lay_columns()

    def minimumSizeHint(self) -> QSize:
        """Keep the heads and three rows in sight."""
        high = HEAD_HEIGHT + self._row_height * KEPT_ROWS
        return QSize(super().minimumSizeHint().width(), self._look.px(high))

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives the rest."""
        return QSize(self._look.px(560), self._look.px(240))
