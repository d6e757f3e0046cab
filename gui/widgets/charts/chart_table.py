"""The table of a chart's figures."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import Look

Figure = tuple[int, Any]
"""A place in a chart, and what stands there."""
ROW, HEAD = 30, 36
MOST = 8
"""So many rows are on show before the table scrolls."""


def height_of(look: Look, rows: int) -> int:
    """Return how high a table of figures with so many rows is."""
    return look.px(HEAD) + look.px(ROW) * min(rows, MOST)


class ChartTable(LineView[Figure]):
    """The figures of a chart; T goes back to it."""

    chart_asked = Signal()

    def __init__(
        self, look: Look, columns: Sequence[LineColumn[Any]], said: Callable[[Figure], str], title: str
    ) -> None:
        super().__init__(look, columns, _place, said)
        self.setAccessibleName(f"{title}, table")
        self.set_row_height(ROW)
        self.set_wide_minimum(100)

    def show_figures(self, rows: Sequence[Figure]) -> None:
        """Show figures, as many at once as there is room for."""
        self.show_rows(rows)
        self.setFixedHeight(height_of(self._look, len(rows)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.chart_asked.emit()
        else:
            super().keyPressEvent(event)


def _place(row: Figure) -> int:
    return row[0]
