"""The charts of the reports: bars, two figures back to back, and gaps as dots about a middle line."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme.look import fill_with, look
from gui.theme.office_words import ours
from gui.widgets.charts.bars import Bar, BarChart, Bars, ChartKey, Part, Swatch
from gui.widgets.charts.rows_chart import BAR, RowsChart
from models.queries.papers.year_charts import AnyChart, BarLine, PairChart, PairLine, StripChart
from models.queries.papers.year_charts import BarChart as BarValues
from scoring.money import short_pounds
from scoring.written.text import counted

ROW, WIDE, FIGURE = 31, 380, 56
MOST_NAME = 0.42
"""Of the width, the most that names take."""
COLOURS = ("bar_recommended", "bar_consider")
LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


def painted(chart: AnyChart) -> RowsChart:
    """Return the widget that paints a chart."""
    if isinstance(chart, BarValues):
        lines = tuple(_bar(line) for line in chart.lines)
        return BarChart(Bars(chart.title, chart.called, chart.sentence, lines))
    return StripsChart(chart) if isinstance(chart, StripChart) else PairsChart(chart)


def key_of(chart: AnyChart) -> ChartKey:
    """Return what explains the colours of a chart."""
    inks = COLOURS if isinstance(chart, BarValues) else ("bar_part", "bar_recommended")
    marker = "" if isinstance(chart, PairChart) else chart.marker
    swatches = [Swatch(words, ink) for words, ink in zip(chart.key, inks, strict=False)]
    return ChartKey((*swatches, *((Swatch(marker, "text", is_mark=True),) if marker else ())))


def _bar(line: BarLine) -> Bar:
    parts = [Part(length, ink) for length, ink in zip(line.parts, COLOURS, strict=False)]
    return Bar(
        line.name,
        line.words,
        (*parts, Part(line.over, "bar_over")),
        rest=line.label,
        track=line.marker or 0,
        mark=line.marker,
    )


class _NamedRows(RowsChart):
    """A row for each name of a chart of a year."""

    def __init__(self, chart: PairChart | StripChart, words: Iterable[str]) -> None:
        super().__init__(chart.title, chart.called, pitch=ROW, wide=WIDE)
        self._names = [line.name for line in chart.lines]
        self.show_marks(words, ours(chart.sentence))

    def _after_name(self, painter: QPainter, number: int, row: QRectF) -> QRectF:
        """Paint the name of a row; return the room right of it."""
        px, longest = look.px, max(self._room_of(name, 400) for name in self._names)
        name = min(longest + px(10), row.width() * MOST_NAME)
        self._paint_name(painter, row, self._names[number], name - px(4))
        return row.adjusted(name + px(6), 0, -px(6), 0)


class PairsChart(_NamedRows):
    """Number and average back to back: few large projects, or many small ones."""

    def __init__(self, chart: PairChart) -> None:
        super().__init__(chart, map(_pair_words, chart.lines))
        self._lines = chart.lines
        self._most = max((line.count for line in chart.lines), default=1) or 1
        self._dearest = max((line.pence for line in chart.lines), default=1) or 1

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint the number to the left of a middle line and the average to the right."""
        line, room = self._lines[number], self._after_name(painter, number, row)
        words, tall = look.px(FIGURE), look.px(BAR)
        half, top = (room.width() - 2 * words) / 2, row.center().y() - tall / 2
        middle = room.x() + words + half
        few, dear = half * line.count / self._most, half * line.pence / self._dearest
        self._fill(painter, QRectF(middle - few - 1, top, few, tall), look.theme.bar_part)
        self._fill(painter, QRectF(middle + 1, top, dear, tall), look.theme.bar_recommended)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.theme.text)
        left = QRectF(middle - few - words - 6, row.y(), words, row.height())
        painter.drawText(left, RIGHT | MIDDLE, f"{line.count:,}")
        painter.drawText(
            QRectF(middle + dear + 6, row.y(), words, row.height()), LEFT | MIDDLE, _average(line)
        )


class StripsChart(_NamedRows):
    """Each member's gaps as dots, and their mean as a line, about the others' mean in the middle."""

    def __init__(self, chart: StripChart) -> None:
        super().__init__(chart, (line.words for line in chart.lines))
        self._lines = chart.lines
        self._most = max((abs(gap) for line in chart.lines for gap in line.gaps), default=0) or 100

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint a line for the others' mean, and a member's dots and mean about it."""
        line, room = self._lines[number], self._after_name(painter, number, row)
        half, middle, level = room.width() / 2, room.center().x(), row.center().y()
        painter.setPen(QPen(QColor(look.theme.control), 1))
        painter.drawLine(QPointF(middle, row.top()), QPointF(middle, row.bottom()))
        fill_with(painter, look.theme.bar_part)
        for gap in line.gaps:
            painter.drawEllipse(QPointF(middle + half * gap / self._most, level), 3.5, 3.5)
        at, reach = middle + half * line.mean / self._most, look.px(9)
        painter.setPen(QPen(QColor(look.theme.text), 2))
        painter.drawLine(QPointF(at, level - reach), QPointF(at, level + reach))


def _pair_words(line: PairLine) -> str:
    """Return a name's two figures in full words."""
    projects = counted(line.count, "project", "projects")
    return f"{line.name}, {projects}, {_average(line)} on average"


def _average(line: PairLine) -> str:
    return short_pounds(line.pence) if line.count else "–"
