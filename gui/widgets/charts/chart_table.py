"""The table of a chart's figures."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import look
from gui.widgets.charts.chart import Cells, Head

Figures = tuple[int, tuple[str, ...]]
"""A place in a chart, and the cells of what stands there."""
ROW, HEAD = 30, 36
MOST = 8
"""So many rows are on show before the table scrolls."""


class ChartTable(LineView[Figures]):
    """The figures of a chart, each line called as `said` of its place; T goes back to the chart."""

    chart_asked = Signal()

    def __init__(
        self, heads: Sequence[Head], said: Callable[[int], str], title: str, most: int = MOST
    ) -> None:
        self._most = most
        columns = [_column(number, head) for number, head in enumerate(heads)]
        super().__init__(columns, itemgetter(0), partial(_said, said))
        self.setAccessibleName(f"{title}, table")
        self.set_row_height(ROW)
        self.set_wide_minimum(100)

    def show_figures(self, rows: Cells) -> None:
        """Show figures, as many at once as there is room for."""
        self.show_rows(tuple(enumerate(rows)))

    def _lay_rows(self) -> None:
        super()._lay_rows()
        self.setFixedHeight(look.px(HEAD) + look.px(ROW) * min(len(self.rows), self._most))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.chart_asked.emit()
        else:
            super().keyPressEvent(event)


def _column(number: int, head: Head) -> LineColumn[Figures]:
    cell, is_first = partial(_cell, number), not number
    return LineColumn(
        *(head.words, head.words, cell, cell),
        width=head.width,
        is_strong=is_first,
        is_right=not is_first,
        keeps=head.keeps,
    )


def _cell(number: int, row: Figures) -> str:
    return row[1][number]


def _said(said: Callable[[int], str], row: Figures) -> str:
    return said(row[0])
