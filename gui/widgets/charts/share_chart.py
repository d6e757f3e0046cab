"""Totals against the quality share: a straight line for each application, a band where nothing changes."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme.look import RIGHT, fill_with, look
from gui.widgets.charts.bars import Chart
from gui.widgets.ring import paint_ring
from scoring import money

if TYPE_CHECKING:
    from scoring.sensitivity.list_sensitivity import ShareLine

HIGH, WIDE = 190, 240
WHOLE_1E4, TOP_1E2 = 1_000_000, 10_000
STEP_1E2 = 1_000
"""The scale ends at whole tens of points."""


class Band(NamedTuple):
    """Where the list is the same and what is published, in ten-thousandths of a percent."""

    low_1e4: int
    high_1e4: int
    published_1e4: int


class ShareChart(Chart):
    """Lines from cost alone to quality alone; the one at hand stands out."""

    back, on = (Qt.Key.Key_Up,), (Qt.Key.Key_Down,)
    keys = "Up and Down"

    def __init__(self) -> None:
        super().__init__("Total against quality share", "applications")
        self._lines: tuple[ShareLine, ...] = ()
        self._band = Band(0, WHOLE_1E4, WHOLE_1E4)

    def show_lines(self, lines: tuple["ShareLine", ...], band: Band, words: str) -> None:
        """Show other applications; `words` say where the list is the same."""
        self._lines, self._band = lines, band
        said = f"Totals as the quality share goes from 0 to 100. {words}"
        self.show_marks(map(self._words_of, lines), said)

    def _words_of(self, line: "ShareLine") -> str:
        """Return an application's totals in full words."""
        at = money.percent(self._band.published_1e4)
        return (
            f"{line.reference} {line.organisation}, {money.score(line.total_1e2)} at {at}, "
            f"{money.score(line.at_nought_1e2)} on cost alone, "
            f"{money.score(line.at_hundred_1e2)} on quality alone, "
            f"{'funded' if line.is_funded else 'not funded'}"
        )

    def slot(self, number: int) -> QRectF:
        """Return the room round an application's published total."""
        half = look.px(7)
        at = self._at(self._band.published_1e4, self._lines[number].total_1e2)
        return QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)

    def sizeHint(self) -> QSize:
        """Return a shape wide enough for the lines."""
        return QSize(look.px(WIDE), look.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Keep the height, and give up width."""
        return QSize(look.px(WIDE // 2), look.px(HIGH))

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the band, the scale, the published share and the lines."""
        self._paint_band(painter)
        self._paint_scale(painter)
        for number in range(len(self.marks)):
            if number != self.at:
                self._paint_line(painter, number)
        if self.marks:
            self._paint_line(painter, self.at)
            if self.hasFocus():
                paint_ring(painter, self.slot(self.at), look.px(4))

    def _plot(self) -> QRectF:
        px = look.px
        return QRectF(px(30), px(18), max(self.width() - px(38), 1), max(self.height() - px(42), 1))

    def _scale(self) -> tuple[int, int]:
        """Return the lowest and highest total on show, at whole tens."""
        ends = [end for line in self._lines for end in (line.at_nought_1e2, line.at_hundred_1e2)]
        low = min(ends, default=0) // STEP_1E2 * STEP_1E2
        high = -(-max(ends, default=TOP_1E2) // STEP_1E2) * STEP_1E2
        return low, max(high, low + STEP_1E2)

    def _at(self, share_1e4: int, total_1e2: int) -> QPointF:
        plot, (low, high) = self._plot(), self._scale()
        across = plot.x() + plot.width() * share_1e4 / WHOLE_1E4
        return QPointF(across, plot.bottom() - plot.height() * (total_1e2 - low) / (high - low))

    def _paint_band(self, painter: QPainter) -> None:
        low, high = self._scale()
        start, end = self._at(self._band.low_1e4, high), self._at(self._band.high_1e4, low)
        if look.theme.is_tinted:
            painter.fillRect(QRectF(start, end), look.theme.selected)
        painter.setPen(QPen(QColor(look.theme.accent_text), 1, Qt.PenStyle.DotLine))
        for share in (self._band.low_1e4, self._band.high_1e4):
            painter.drawLine(self._at(share, low), self._at(share, high))

    def _paint_scale(self, painter: QPainter) -> None:
        plot, (low, high) = self._plot(), self._scale()
        painter.setPen(QPen(QColor(look.theme.line), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(QPen(QColor(look.theme.text), 1, Qt.PenStyle.DashLine))
        published = self._band.published_1e4
        painter.drawLine(self._at(published, low), self._at(published, high))
        painter.setFont(look.font(11))
        painter.setPen(look.theme.muted)
        left = QRectF(0, plot.y() - look.px(8), look.px(26), look.px(16))
        painter.drawText(left, RIGHT, str(high // 100))
        left.moveTop(plot.bottom() - look.px(8))
        painter.drawText(left, RIGHT, str(low // 100))
        under = QRectF(plot.x(), plot.bottom() + look.px(3), plot.width(), look.px(18))
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(under, Qt.AlignmentFlag.AlignRight, "100")
        painter.drawText(under, Qt.AlignmentFlag.AlignHCenter, "quality share")
        painter.setPen(look.theme.text)
        painter.setFont(look.font(11, 600))
        words = f"{money.percent(published)} as published"
        wide = painter.fontMetrics().horizontalAdvance(words)
        start = min(max(self._at(published, low).x() - wide / 2, 0), self.width() - wide - 2)
        painter.drawText(QPointF(start, plot.y() - look.px(5)), words)

    def _paint_line(self, painter: QPainter, number: int) -> None:
        line, theme = self._lines[number], look.theme
        is_at = number == self.at
        colour = theme.accent_text if line.is_funded else theme.muted
        style = Qt.PenStyle.SolidLine if line.is_funded else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(colour), 2.5 if is_at else 1, style))
        painter.drawLine(self._at(0, line.at_nought_1e2), self._at(WHOLE_1E4, line.at_hundred_1e2))
        if is_at:
            fill_with(painter, colour)
            size = look.px(3.5)
            painter.drawEllipse(self._at(self._band.published_1e4, line.total_1e2), size, size)
            painter.setBrush(Qt.BrushStyle.NoBrush)
