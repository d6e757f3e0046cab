"""A table of lines as a view: one row current, columns that give way, Enter to open."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QMetaMethod, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.tables.cell_text import ONE_LINE_UNDER
from gui.tables.column_widths import Need, needs, widths_by_name
from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.line_delegate import LineDelegate
from gui.tables.list_view import ListView
from gui.tables.rows_model import RowsModel
from gui.theme.look import Look

Row = TypeVar("Row")

ROW_HEIGHT = 40
WIDE_MINIMUM = 200
"""The least width of the one column that takes what is left."""


class LineView(ListView[Row], Generic[Row]):
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
        self._columns = tuple(columns)
        self._lines = LineDelegate(look, self._columns)
        super().__init__(look, RowsModel(self._columns, key, named), self._lines, ROW_HEIGHT, parent)
        self._say_areas()
        look.changed.connect(self._say_areas)
        self._wide_minimum = WIDE_MINIMUM
        self._needs: tuple[Need, ...] = ()
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._tell_opened)
        self._refresh()

    @Slot()
    def _say_areas(self) -> None:
        self._model.say_areas(self._look.area_label)

    @property
    def current(self) -> Any:
        """Return the key of the current row, None without one."""
        return self._model.key_at(self.currentIndex().row())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows and keep the current one if it is still there."""
        held = self.current
        self._model.show(rows)
        self._lay_rows()
        self._lay_columns()
        if held is not None and held != self.current:
            self.select(held)

    def select(self, key: Hashable) -> bool:
        """Make a row current; return whether it is on show."""
        number = self._model.row_of(key)
        if number is None:
            return False
        self._go(number, max(self.currentIndex().column(), 0))
        return True

    def select_first(self) -> None:
        """Make the first row current, if there is one."""
        if self._model.rows:
            self.setCurrentIndex(self._model.index(0, 0))

    def set_wide_minimum(self, width: int) -> None:
        """Set the least width of the column that takes what is left."""
        self._wide_minimum = width
        self._lay_columns()

    def _lay_rows(self) -> None:
        """Note the room that the columns ask for with these rows."""
        has_two = self._row_height >= ONE_LINE_UNDER
        self._needs = needs(self._look, self._columns, self._model.rows, has_two_lines=has_two)

    def _lay_columns(self) -> None:
        look = self._look
        widths = widths_by_name(look, self._needs, look.px(self._wide_minimum), self.viewport().width())
        self._give([column.name for column in self._columns], widths)
        self._lines.area = self._lost_area(widths)

    def _lost_area(self, widths: Mapping[str, int]) -> LineColumn[Row] | None:
        """Return the column of areas when it has given way and the rows are of several."""
        lost = (c for c in self._columns if Gives.AREA <= c.gives_way < Gives.STATE and not widths[c.name])
        several = (column for column in lost if len(set(map(column.text, self._model.rows))) > 1)
        return next(several, None)

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(current)  # Qt makes a row current with the focus, and does not mark it
        key = self._model.key_at(current.row())
        if key is not None:
            self.picked.emit(key)

    @Slot(QModelIndex)
    def _tell_opened(self, index: QModelIndex) -> None:
        key = self._model.key_at(index.row())
        if key is not None:
            self.opened.emit(key)

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
