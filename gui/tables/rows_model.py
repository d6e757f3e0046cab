"""Show tuples of frozen rows in any view, and tell the view the least that changed."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.tables.columns import Column
from gui.theme.look import LEFT, RIGHT, look
from gui.widgets.speech.announcing import is_for_orca
from gui.widgets.tips import to_the_letter

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table of frozen rows. `data` is a look-up; rows change only through `show`."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        named: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._named = named
        self._rows: tuple[Row, ...] = ()
        self._keys: tuple[Hashable, ...] = ()
        self._brief: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows. The same keys: cells change. A new order: rows move. Else: a reset."""
        rows = tuple(rows)
        keys = tuple(self._key(row) for row in rows)
        if keys == self._keys:
            self._change_cells(rows)
        elif len(keys) == len(self._keys) and set(keys) == set(self._keys):
            self._move(rows, keys)
        else:
            self.beginResetModel()
            self._rows, self._keys = rows, keys
            self.endResetModel()

    def say_briefly(self, names: Iterable[str]) -> None:
        """Head these columns by their brief words, and all others in full."""
        brief = frozenset(names)
        if brief != self._brief:
            self._brief = brief
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row_of(self, key: Hashable) -> int | None:
        """Return the number of the row with a key, None when it is not on show."""
        return self._keys.index(key) if key in self._keys else None

    def key_at(self, number: int) -> Hashable | None:
        """Return the key of a row, None outside the table."""
        return self._keys[number] if 0 <= number < len(self._keys) else None

    def _change_cells(self, rows: tuple[Row, ...]) -> None:
        changed = [n for n, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        self._rows = rows
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(self.columns) - 1))

    def _move(self, rows: tuple[Row, ...], keys: tuple[Hashable, ...]) -> None:
        self.layoutAboutToBeChanged.emit()
        place = {key: number for number, key in enumerate(keys)}
        before = self.persistentIndexList()
        after = [self.createIndex(place[self._keys[index.row()]], index.column()) for index in before]
        self._rows, self._keys = rows, keys
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _cell(self, row: Row, column: Column[Row], role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            is_first = column is self.columns[0]
            return column.among(row, is_first=is_first) if is_for_orca() else column.said(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return to_the_letter(column.tip(row)) if column.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.is_right else LEFT
        return row if role == ROW_ROLE else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell holds for a role: a look-up, never a question to the record."""
        if not index.isValid():
            return None
        return self._cell(self._rows[index.row()], self.columns[index.column()], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head, or a row's name for screen readers."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            return self._head(self.columns[section], role)
        if orientation is Qt.Orientation.Vertical and 0 <= section < len(self._rows):
            names = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self._named(self._rows[section]) if role in names else None
        return None

    def _head(self, column: Column[Row], role: int) -> Any:
        label = look.area_label
        brief = column.brief or label.brief(column.head) if column.name in self._brief else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return brief or label.labelled(column.head)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return label.labelled(column.head)
        if role == Qt.ItemDataRole.ToolTipRole:
            return to_the_letter(label.labelled(column.head)) if brief else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.is_right else LEFT
        return None
