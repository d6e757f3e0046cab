"""Each member's marks as a strip beside what the others gave: it shows severity and corrects nothing."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme.look import fill_with, look
from gui.widgets.charts.rows_chart import RowsChart

PITCH, WIDE = 46, 240
SAID = "How each member marks beside the others on what they share. It corrects nothing."
LARGEST, LEAST = 8.0, 2.0


class Strip(NamedTuple):
    """A member: how often each mark from 0 was given, and both means in marks; `words` say the difference."""

    name: str
    counts: tuple[int, ...]
    own: float
    others: float
    words: str


class SeverityStrip(RowsChart):
    """A row for each member: a dot for each mark, the larger the more often; two bars are the means."""

    def __init__(self) -> None:
        super().__init__("Marks of each member", "members", pitch=PITCH, wide=WIDE)
        self._strips: tuple[Strip, ...] = ()

    def show_strips(self, strips: tuple[Strip, ...]) -> None:
        """Show other members."""
        self._strips = strips
        self.show_marks((strip.words for strip in strips), SAID)

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint a member's strip."""
        strip = self._strips[number]
        top = QRectF(row.x(), row.y() + look.px(2), row.width(), row.height() / 2 - look.px(2))
        self._paint_person(painter, top, strip.name, row.width() - look.px(60))
        painter.setFont(look.font(12))
        painter.setPen(look.theme.text2)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _signed(strip))
        middle = row.y() + row.height() * 0.74
        painter.setPen(QPen(QColor(look.theme.track), 2))
        painter.drawLine(self._at(strip, 0, middle), self._at(strip, len(strip.counts) - 1, middle))
        self._paint_dots(painter, strip, middle)
        for mean, colour in ((strip.others, look.theme.muted), (strip.own, look.theme.accent_text)):
            painter.setPen(QPen(QColor(colour), 2.5))
            at, half = self._at(strip, mean, middle), look.px(9)
            painter.drawLine(QPointF(at.x(), at.y() - half), QPointF(at.x(), at.y() + half))

    def _paint_dots(self, painter: QPainter, strip: Strip, middle: float) -> None:
        most = max(strip.counts, default=0) or 1
        fill_with(painter, look.theme.bar_consider)
        for mark, count in enumerate(strip.counts):
            if count:
                size = look.px(LEAST + (LARGEST - LEAST) * (count / most) ** 0.5) * 0.9
                painter.drawEllipse(self._at(strip, mark, middle), size, size)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _at(self, strip: Strip, mark: float, middle: float) -> QPointF:
        edge = look.px(12)
        room = max(self.width() - 2 * edge, 1)
        return QPointF(edge + room * mark / max(len(strip.counts) - 1, 1), middle)


def _signed(strip: Strip) -> str:
    difference = strip.own - strip.others
    return "0.00" if abs(difference) < 0.005 else f"{difference:+.2f}".replace("-", "−")
