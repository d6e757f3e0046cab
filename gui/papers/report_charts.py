"""The charts of the reports: bars, two figures back to back, and the strips of members."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gui.theme.look import look
from gui.theme.office_words import ours
from gui.widgets.charts.bars import Bar, BarChart, Bars, ChartKey, Part, Swatch
from gui.widgets.charts.rows_chart import BAR, RowsChart
from gui.widgets.charts.severity_strip import SeverityStrip
from models.queries.papers.year_charts import AnyChart, BarLine, PairChart, PairLine
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
    if isinstance(chart, PairChart):
        return PairsChart(chart)
    strips = SeverityStrip(chart.title)
    strips.show_strips(chart.lines, ours(chart.sentence))
    return strips


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


class PairsChart(RowsChart):
    """Number and average back to back: few large projects, or many small ones."""

    def __init__(self, chart: PairChart) -> None:
        super().__init__(chart.title, chart.called, pitch=ROW, wide=WIDE)
        self._lines = chart.lines
        self._most = max((line.count for line in chart.lines), default=1) or 1
        self._dearest = max((line.pence for line in chart.lines), default=1) or 1
        self.show_marks(map(_pair_words, chart.lines), ours(chart.sentence))

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint the number to the left of a middle line and the average to the right."""
        line, px = self._lines[number], look.px
        longest = max(self._room_of(one.name, 400) for one in self._lines)
        name = min(longest + px(10), row.width() * MOST_NAME)
        self._paint_name(painter, row, line.name, name - px(4))
        room = row.adjusted(name + px(6), 0, -px(6), 0)
        words, tall = px(FIGURE), px(BAR)
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


def _pair_words(line: PairLine) -> str:
    """Return a name's two figures in full words."""
    projects = counted(line.count, "project", "projects")
    return f"{line.name}, {projects}, {_average(line)} on average"


def _average(line: PairLine) -> str:
    return short_pounds(line.pence) if line.count else "–"
