"""The strokes that controls are made of: a box, a disc, a tick, a chevron and a groove."""

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

TICK = ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))
"""The tick's corners as shares of its box."""


class Brush(Struct, frozen=True):
    """A fill ("" for none) and an edge of a width, at a text factor; `mark` is the dot's colour."""

    fill: str
    edge: str
    width: float
    factor: float
    mark: str = ""


def paint_box(painter: QPainter, rect: QRectF, brush: Brush, radius: float) -> None:
    """Paint a rounded box, its edge wholly inside the rectangle."""
    _begin(painter, brush)
    half, round_by = brush.width / 2, radius * brush.factor
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), round_by, round_by)
    painter.restore()


def paint_disc(painter: QPainter, rect: QRectF, brush: Brush) -> None:
    """Paint a disc, with a dot when the brush has a mark."""
    _begin(painter, brush)
    half = brush.width / 2
    painter.drawEllipse(rect.adjusted(half, half, -half, -half))
    if brush.mark:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(brush.mark))
        painter.drawEllipse(rect.center(), rect.width() / 5, rect.height() / 5)
    painter.restore()


def paint_tick(painter: QPainter, rect: QRectF, colour: str, factor: float) -> None:
    """Paint a tick into a box."""
    corners = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in TICK]
    _line(painter, corners, colour, factor)


def paint_chevron(painter: QPainter, at: QPointF, colour: str, direction: int, factor: float) -> None:
    """Paint a chevron that points down (1) or up (-1)."""
    across, down = 3.5 * factor, 2 * factor * direction
    corners = [at + QPointF(-across, -down), at + QPointF(0, down), at + QPointF(across, -down)]
    _line(painter, corners, colour, factor)


def paint_groove(
    painter: QPainter, rect: QRectF, handle: QRectF, inks: tuple[str, str], factor: float
) -> None:
    """Paint a level groove: one ink up to the handle, the other after it."""
    thick = 4 * factor
    left = QRectF(rect.left() + thick, rect.center().y() - thick / 2, rect.width() - 2 * thick, thick)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for ink, end in ((inks[1], left.right()), (inks[0], handle.center().x())):
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(
            QRectF(left.left(), left.top(), end - left.left(), thick), thick / 2, thick / 2
        )
    painter.restore()


def _begin(painter: QPainter, brush: Brush) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(brush.edge), brush.width))
    painter.setBrush(QColor(brush.fill) if brush.fill else Qt.BrushStyle.NoBrush)


def _line(painter: QPainter, corners: list[QPointF], colour: str, factor: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), 1.8 * factor)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(corners))
    painter.restore()
