"""Each member's marks as a strip about what the others gave: it shows severity and corrects nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme.look import fill_with, look
from gui.widgets.charts.rows_chart import RowsChart
from models.queries.papers.year_charts import StripLine
from scoring.money import score

PITCH, WIDE, FIGURE = 46, 240, 60


class SeverityStrip(RowsChart):
    """A row for each member: a dot for each gap, and two bars, the others' mean in the middle and the own."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "members", pitch=PITCH, wide=WIDE)

    def show_strips(self, lines: Sequence[StripLine], sentence: str) -> None:
        """Show other members."""
        self._lines = lines
        self._most = max((abs(gap) for line in lines for gap in line.gaps), default=0) or 100
        self.show_marks((line.words for line in lines), sentence)

    def paint_row(self, painter: QPainter, number: int, row: QRectF) -> None:
        """Paint a member's name and mean gap, and the strip beneath."""
        line = self._lines[number]
        top = QRectF(row.x(), row.y() + look.px(2), row.width(), row.height() / 2 - look.px(2))
        self._paint_person(painter, top, line.name, row.width() - look.px(FIGURE))
        painter.setFont(look.font(12))
        painter.setPen(look.theme.text2)
        painter.drawText(
            top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, signed_gap(line.mean)
        )
        middle, level = row.center().x(), row.y() + row.height() * 0.74
        half, reach = row.width() / 2 - look.px(12), look.px(9)
        painter.setPen(QPen(QColor(look.theme.track), 2))
        painter.drawLine(QPointF(middle - half, level), QPointF(middle + half, level))
        fill_with(painter, look.theme.bar_part)
        for gap in line.gaps:
            painter.drawEllipse(QPointF(middle + half * gap / self._most, level), 3.5, 3.5)
        for mean, colour in ((0, look.theme.muted), (line.mean, look.theme.text)):
            at = middle + half * mean / self._most
            painter.setPen(QPen(QColor(colour), 2.5))
            painter.drawLine(QPointF(at, level - reach), QPointF(at, level + reach))


def signed_gap(hundredths: int) -> str:
    """Return a gap in marks as read: "+0.42", "−1.25", "0.00"."""
    return f"{'+' if hundredths > 0 else ''}{score(hundredths)}"
