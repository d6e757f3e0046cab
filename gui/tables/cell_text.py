"""How words stand in a cell: one line that ends in an ellipsis, or two, the lower one quieter."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from gui.theme.look import Look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ONE_LINE_UNDER = 36
"""Rows lower than this (at 13 px text) have room for one line only."""


def paint_text(
    painter: QPainter,
    look: Look,
    rect: QRect,
    words: str,
    colour: str,
    weight: int,
    *,
    size: float = 13,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line, cut where there is no room."""
    painter.setFont(look.font(size, weight))
    painter.setPen(look.colour(colour))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
    painter.drawText(rect, align, shown)


def paint_two(
    painter: QPainter,
    look: Look,
    rect: QRect,
    words: tuple[str, str],
    inks: tuple[str, str],
    weight: int,
    align: Qt.AlignmentFlag,
) -> None:
    """Paint two lines about the middle of a cell."""
    middle = rect.center().y()
    upper = QRect(rect.x(), middle - look.px(18), rect.width(), look.px(19))
    lower = QRect(rect.x(), middle - look.px(1), rect.width(), look.px(18))
    paint_text(painter, look, upper, words[0], inks[0], weight, align=align)
    paint_text(painter, look, lower, words[1], inks[1], 400, size=12, align=align)
