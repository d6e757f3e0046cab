"""The painted charts of the reports: bars with parts and a marker, and two figures back to back."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.theme.tokens import Theme
from gui.widgets.charts.chart import Chart
from gui.widgets.label import PlainLabel
from gui.widgets.shorten import shortened
from models.queries.papers.year_charts import (
    AnyChart,
    BarChart,
    BarLine,
    PairChart,
    PairLine,
    StripChart,
)
from scoring.money import short_pounds
from scoring.written.text import counted

ROW, BAR, GAP = 30, 10, 2
MOST_NAME, LEAST_BAR = 0.42, 0.15
"""Of the width, the most that names take and the least for bars: figures are never cut, so names give way."""
LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class RowsChart(Chart):
    """A chart with a row for each name; Up and Down go along it too."""

    chart: AnyChart

    def __init__(self, look: Look, chart: AnyChart) -> None:
        super().__init__(look, chart.title, chart.called)
        self.chart = chart

    def count(self) -> int:
        """Return how many names there are."""
        return len(self.chart.lines)

    def sentence(self) -> str:
        """Return the chart in one sentence."""
        return ours(self.chart.sentence)

    def sizeHint(self) -> QSize:
        """Ask for a row for each mark."""
        return QSize(self._look.px(380), self._look.px(ROW) * max(self.count(), 1))

    def minimumSizeHint(self) -> QSize:
        """Keep every row readable; the page scrolls."""
        return QSize(self._look.px(240), self.sizeHint().height())

    def slot(self, number: int) -> QRectF:
        """Return a row's place."""
        tall = self._look.px(ROW)
        return QRectF(0, number * tall, self.width(), tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Up and Down for Left and Right."""
        steps = {Qt.Key.Key_Up: Qt.Key.Key_Left, Qt.Key.Key_Down: Qt.Key.Key_Right}
        key = steps.get(Qt.Key(event.key()))
        if key is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(QKeyEvent(event.type(), key, Qt.KeyboardModifier.NoModifier))
        self._come_into_view()

    def _come_into_view(self) -> None:
        """Scroll so far that the mark at hand is seen whole."""
        viewport = self.parentWidget()
        area = None if viewport is None else viewport.parentWidget()
        if isinstance(area, QScrollArea) and self.count():
            place = self.slot(self.at)
            area.ensureVisible(0, int(place.center().y()), 0, int(place.height() / 2) + 2)

    def _room_of(self, words: Iterable[str], most: float) -> float:
        """Return the room of the longest of some words, no more than a share of the width."""
        metrics = QFontMetricsF(self._look.font(12))
        longest = max((metrics.horizontalAdvance(one) for one in words), default=0.0)
        return min(longest + 12, self.width() * most)

    def _write(
        self,
        painter: QPainter,
        room: QRectF,
        words: str,
        side: Qt.AlignmentFlag,
        *,
        tone: str = "",
        weight: int = 400,
    ) -> None:
        painter.setFont(self._look.font(12, weight))
        painter.setPen(self._look.colour(tone or self._look.theme.text))
        shown = shortened(painter.fontMetrics(), words, int(room.width()))
        painter.drawText(room, side | MIDDLE, shown)

    def _fill(self, painter: QPainter, rect: QRectF, colour: str) -> None:
        if rect.width() > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(colour))
            painter.drawRoundedRect(rect, 2, 2)

    def _ring(self, painter: QPainter, number: int) -> None:
        if self.hasFocus() and number == self.at:
            painter.setPen(QPen(self._look.colour(self._look.theme.accent_text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.slot(number).adjusted(2, 2, -2, -2), 4, 4)


class BarsChart(RowsChart):
    """A bar for each name: its parts, what is over its limit, and a marker at the limit."""

    chart: BarChart

    def __init__(self, look: Look, chart: BarChart) -> None:
        super().__init__(look, chart)
        self._most = max((line.reach for line in chart.lines), default=1) or 1
        self.show_again()

    def mark_words(self, number: int) -> str:
        """Return a bar in full words."""
        return self.chart.lines[number].words

    def paint_marks(self, painter: QPainter) -> None:
        """Paint each bar between its name and its figures."""
        name = self._room_of((line.name for line in self.chart.lines), MOST_NAME)
        label = self._room_of((line.label for line in self.chart.lines), 1)
        name = min(name, self.width() * (1 - LEAST_BAR) - label)
        for number, line in enumerate(self.chart.lines):
            slot = self.slot(number).adjusted(6, 0, -6, 0)
            self._write(painter, QRectF(slot.x(), slot.y(), name - 8, slot.height()), line.name, LEFT)
            place = QRectF(slot.right() - label, slot.y(), label, slot.height())
            self._write(painter, place, line.label, RIGHT, tone=self._look.theme.text2)
            tall = self._look.px(BAR)
            room = QRectF(
                slot.x() + name, slot.center().y() - tall / 2, slot.width() - name - label - 10, tall
            )
            self._paint_bar(painter, room, line)
            self._ring(painter, number)

    def _paint_bar(self, painter: QPainter, room: QRectF, line: BarLine) -> None:
        theme, unit = self._look.theme, room.width() / self._most
        if line.marker is not None:
            track = QRectF(room.x(), room.y(), line.marker * unit, room.height())
            self._fill(painter, track, theme.track)
        left = room.x()
        for part, colour in zip(
            (*line.parts, line.over), (*_colours(theme, len(line.parts)), theme.bar_over), strict=True
        ):
            wide = part * unit
            self._fill(
                painter, QRectF(left, room.y(), max(wide - GAP, 1.5 if part else 0), room.height()), colour
            )
            left += wide
        if line.marker is not None:
            painter.setPen(QPen(self._look.colour(theme.text), 2))
            at, reach = room.x() + line.marker * unit, self._look.px(3)
            painter.drawLine(QPointF(at, room.top() - reach), QPointF(at, room.bottom() + reach))


class PairsChart(RowsChart):
    """Number and average back to back: few large projects, or many small ones."""

    chart: PairChart

    def __init__(self, look: Look, chart: PairChart) -> None:
        super().__init__(look, chart)
        self._most = max((line.count for line in chart.lines), default=1) or 1
        self._dearest = max((line.pence for line in chart.lines), default=1) or 1
        self.show_again()

    def mark_words(self, number: int) -> str:
        """Return a name's two figures in full words."""
        line = self.chart.lines[number]
        projects = counted(line.count, "project", "projects")
        return f"{line.name}, {projects}, {_average(line)} on average"

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the number to the left of a middle line and the average to the right."""
        theme, tall, words = self._look.theme, self._look.px(BAR), self._look.px(56)
        name = self._room_of((line.name for line in self.chart.lines), MOST_NAME)
        for number, line in enumerate(self.chart.lines):
            slot = self.slot(number).adjusted(6, 0, -6, 0)
            self._write(painter, QRectF(slot.x(), slot.y(), name - 8, slot.height()), line.name, LEFT)
            room = slot.width() - name - 2 * words
            middle, top = slot.x() + name + words + room / 2, slot.center().y() - tall / 2
            few, dear = room / 2 * line.count / self._most, room / 2 * line.pence / self._dearest
            self._fill(painter, QRectF(middle - few - 1, top, few, tall), theme.bar_part)
            self._fill(painter, QRectF(middle + 1, top, dear, tall), theme.bar_recommended)
            left = QRectF(middle - few - words - 6, slot.y(), words, slot.height())
            self._write(painter, left, f"{line.count:,}", RIGHT, weight=600)
            right = QRectF(middle + dear + 6, slot.y(), words, slot.height())
            self._write(painter, right, _average(line), LEFT, weight=600)
            self._ring(painter, number)


class StripsChart(RowsChart):
    """Each member's gaps as dots, and their mean as a line, about the others' mean in the middle."""

    chart: StripChart

    def __init__(self, look: Look, chart: StripChart) -> None:
        super().__init__(look, chart)
        self._most = max((abs(gap) for line in chart.lines for gap in line.gaps), default=0) or 100
        self.show_again()

    def mark_words(self, number: int) -> str:
        """Return a member in full words."""
        return self.chart.lines[number].words

    def paint_marks(self, painter: QPainter) -> None:
        """Paint a line for the others' mean, and each member's dots and mean about it."""
        theme, name = self._look.theme, self._room_of((line.name for line in self.chart.lines), MOST_NAME)
        for number, line in enumerate(self.chart.lines):
            slot = self.slot(number).adjusted(6, 0, -6, 0)
            self._write(painter, QRectF(slot.x(), slot.y(), name - 8, slot.height()), line.name, LEFT)
            half = (slot.width() - name) / 2 - self._look.px(6)
            middle, level = slot.right() - half - self._look.px(6), slot.center().y()
            painter.setPen(QPen(self._look.colour(theme.control), 1))
            painter.drawLine(QPointF(middle, slot.top()), QPointF(middle, slot.bottom()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(theme.bar_part))
            for gap in line.gaps:
                painter.drawEllipse(QPointF(middle + half * gap / self._most, level), 3.5, 3.5)
            at, reach = middle + half * line.mean / self._most, self._look.px(9)
            painter.setPen(QPen(self._look.colour(theme.text), 2))
            painter.drawLine(QPointF(at, level - reach), QPointF(at, level + reach))
            self._ring(painter, number)


class ChartKey(PlainLabel):
    """What the colours of a chart mean; its text is what a screen reader says."""

    def __init__(self, look: Look, chart: AnyChart) -> None:
        marker = "" if isinstance(chart, PairChart) else chart.marker
        super().__init__(f"Key: {', '.join(filter(None, [*chart.key, marker]))}")
        self._look, self._chart, self._marker = look, chart, marker
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(self._look.px(200), self._look.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each swatch with its words, and the marker as a line."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setFont(look.font(12))
        left, size = 6, look.px(10)
        entries = [*zip(self._chart.key, self._colours(theme), strict=True)]
        if self._marker:
            entries.append((self._marker, theme.text))
        for words, colour in entries:
            wide = 2 if words == self._marker else size
            painter.fillRect(left, (self.height() - size) // 2, wide, size, look.colour(colour))
            left += wide + look.px(5)
            painter.setPen(look.colour(theme.text2))
            painter.drawText(left, 0, look.px(200), self.height(), MIDDLE, words)
            left += painter.fontMetrics().horizontalAdvance(words) + look.px(14)
        painter.end()

    def _colours(self, theme: Theme) -> tuple[str, ...]:
        if isinstance(self._chart, PairChart):
            return theme.bar_part, theme.bar_recommended
        if isinstance(self._chart, StripChart):
            return (theme.bar_part,)
        return _colours(theme, len(self._chart.key))


def painted(look: Look, chart: AnyChart) -> RowsChart:
    """Return the widget that paints a chart."""
    if isinstance(chart, StripChart):
        return StripsChart(look, chart)
    return PairsChart(look, chart) if isinstance(chart, PairChart) else BarsChart(look, chart)


def _colours(theme: Theme, parts: int) -> tuple[str, ...]:
    return (theme.bar_recommended, theme.bar_consider)[:parts]


def _average(line: PairLine) -> str:
    return short_pounds(line.pence) if line.count else "–"
