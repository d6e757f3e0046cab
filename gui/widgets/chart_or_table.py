"""A chart that T, or its button, turns into a table of the same figures, and back."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.chart import Chart

AS_TABLE, AS_CHART = "Show as table", "Show as chart"
ROW, HEAD = 30, 36
MOST = 8
"""So many rows are on show before the table scrolls."""


class ChartTable(LineView[Any]):
    """The figures of a chart; T goes back to it."""

    def __init__(self, look: Look, columns: Sequence[LineColumn[Any]], turn: "ChartOrTable") -> None:
        super().__init__(look, columns, _place, turn.said, turn)
        self._turn = turn
        self.set_row_height(ROW)
        self.set_wide_minimum(100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self._turn.turn()
        else:
            super().keyPressEvent(event)


class ChartOrTable(QWidget):
    """Either is on show; what stands beside the button is kept with both."""

    def __init__(
        self, look: Look, chart: Chart, columns: Sequence[LineColumn[Any]], beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self.chart = chart
        self.table = ChartTable(look, columns, self)
        self.turned = Button(look, AS_TABLE, kind="link")
        self.table.setAccessibleName(f"{chart.title}, table")
        self.turned.setAccessibleName(f"{AS_TABLE}, {chart.title}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(chart)
        column.addWidget(self.table)
        row = QHBoxLayout()
        if beside is not None:
            row.addWidget(beside, 1)
        else:
            row.addStretch(1)
        row.addWidget(self.turned)
        column.addLayout(row)
        self.table.hide()
        chart.table_asked.connect(self.turn)
        self.turned.clicked.connect(self.turn)

    @property
    def is_table(self) -> bool:
        """Whether the table is on show."""
        return not self.table.isHidden()

    def said(self, row: Any) -> str:
        """Return a row as the chart says its mark."""
        return self.chart.mark_words(_place(row))

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the chart's figures: pairs of a place in it and what stands there."""
        self.table.show_rows(rows)
        high = self._look.px(HEAD) + self._look.px(ROW) * min(len(rows), MOST)
        self.table.setFixedHeight(high)

    @Slot()
    def turn(self) -> None:
        """Turn the chart into the table, or back; the focus goes along."""
        had_focus = (self.table if self.is_table else self.chart).hasFocus()
        is_table = not self.is_table
        self.table.setVisible(is_table)
        self.chart.setVisible(not is_table)
        words = AS_CHART if is_table else AS_TABLE
        self.turned.show_words(words, name=f"{words}, {self.chart.title}")
        if is_table:
            self.table.select(self.chart.at)
        if had_focus:
            (self.table if is_table else self.chart).setFocus()


def _place(row: tuple[int, Any]) -> int:
    return row[0]
