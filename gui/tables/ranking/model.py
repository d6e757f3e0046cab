"""The rows of the ranked table as a model whose columns are chosen."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import QObject, Qt

from gui.tables.columns import Column
from gui.tables.ranking.columns import RANKING_COLUMNS
from gui.tables.ranking.rows import Key, Kind, TableRow
from gui.tables.rows_model import Index, RowsModel

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
