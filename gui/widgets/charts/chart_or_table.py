"""A chart that T, or its button, turns into a table of the same figures, and back."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from operator import itemgetter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.charts.bars import BarChart, Bars, Cells, Chart, ChartKey, Head
from gui.widgets.nesting import column_of, row_of

Figures = tuple[int, tuple[str, ...]]
"""A place in a chart, and the cells of what stands there."""
ROW, HEAD = 30, 36
MOST = 8
"""So many rows are on show before the table scrolls."""


class FiguresTable(LineView[Figures]):
    """Figures that a chart shows as well; T goes to it."""

    chart_asked = Signal()

    def __init__(
        self, columns: Sequence[LineColumn[Figures]], said: Callable[[Figures], str], title: str
    ) -> None:
        super().__init__(columns, itemgetter(0), said, called=f"{title}, table")
        self.set_row_height(ROW)

    def show_figures(self, rows: Cells) -> None:
        """Show figures, a line of cells for each row."""
        self.show_rows(tuple(enumerate(rows)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the chart with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.chart_asked.emit()
        else:
            super().keyPressEvent(event)


class ChartTable(FiguresTable):
    """The figures of a chart, each line called as `said` of its place; as high as there are rows."""

    def __init__(
        self, heads: Sequence[Head], said: Callable[[int], str], title: str, most: int = MOST
    ) -> None:
        self._most = most
        columns = [_column(number, head) for number, head in enumerate(heads)]
        super().__init__(columns, lambda row: said(row[0]), title)
        self.set_wide_minimum(100)

    def _lay_rows(self) -> None:
        super()._lay_rows()
        self.setFixedHeight(look.px(HEAD) + look.px(ROW) * min(len(self.rows), self._most))


def _column(number: int, head: Head) -> LineColumn[Figures]:
    cell, is_first = partial(cell_of, number), not number
    return LineColumn(
        *(head.words, head.words, cell, cell),
        width=head.width,
        is_strong=is_first,
        is_right=not is_first,
        keeps=head.keeps,
    )


def cell_of(number: int, row: Figures) -> str:
    return row[1][number]


AS_TABLE, AS_CHART = "Show as table", "Show as chart"


class ChartOrTable(QWidget):
    """Either is on show, with what stands beside the button; the table is made when it is asked for."""

    def __init__(self, chart: Chart, heads: Sequence[Head], beside: QWidget | None = None) -> None:
        super().__init__()
        self.chart = chart
        self._heads = heads
        self._figures: Cells = ()
        self.turned = Button("", kind="link")
        look.changed.connect(self._name)
        row = row_of(1 if beside is None else (beside, 1), self.turned)
        self._column = column_of(chart, row, spacing=0, inside=self)
        chart.table_asked.connect(self.turn)
        self.turned.clicked.connect(self.turn)
        self._name()

    @cached_property
    def table(self) -> ChartTable:
        """Return the table, made when it is first asked for."""
        table = ChartTable(self._heads, lambda number: self.chart.marks[number], self.chart.title)
        table.hide()
        table.chart_asked.connect(self.turn)
        table.show_figures(self._figures)
        self._column.insertWidget(1, table)
        self.setTabOrder(self.chart, table)
        return table

    @property
    def is_table(self) -> bool:
        return self.chart.isHidden()

    def show_rows(self, rows: Cells) -> None:
        """Show the chart's figures, a line of cells for each of its marks."""
        self._figures = rows
        if "table" in vars(self):
            self.table.show_figures(rows)

    @Slot()
    def _name(self) -> None:
        words = AS_CHART if self.is_table else AS_TABLE
        self.turned.show_words(words, name=f"{words}, {self.chart.title}")

    @Slot()
    def turn(self) -> None:
        """Turn the chart into the table, or back; the focus goes along."""
        had_focus = (self.table if self.is_table else self.chart).hasFocus()
        is_table = not self.is_table
        self.table.setVisible(is_table)
        self.chart.setVisible(not is_table)
        self._name()
        if is_table:
            self.table.select(self.chart.at)
        if had_focus:
            (self.table if is_table else self.chart).setFocus()


class BarsOrTable(ChartOrTable):
    """A chart of bars with the key to their colours, where these say something, or its table."""

    chart: BarChart

    def __init__(self, bars: Bars, heads: Sequence[Head]) -> None:
        self.key = ChartKey(bars.key) if bars.key else None
        super().__init__(BarChart(bars), heads, self.key)

    def show_bars(self, bars: Bars) -> None:
        """Show other bars, in both forms."""
        self.chart.show_bars(bars)
        if self.key is not None:
            self.key.show_swatches(bars.key)
        self.show_rows([bar.cells for bar in bars.lines])
