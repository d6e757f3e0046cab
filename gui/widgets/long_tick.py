"""A tick box whose words run over as many lines as they need."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
ROUND = 3
"""What the ring around the words needs on every side."""
LEAST_LETTERS = 16
Metric, Primitive = QStyle.PixelMetric, QStyle.PrimitiveElement


class LongTick(QCheckBox):
    """As a tick box, but never cut: it is as high as its words at the width it is given."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Return the height of box and words at a width."""
        return max(self._words_in(width).bottom() + 1 + ROUND, self._side + 2 * ROUND)

    def sizeHint(self) -> QSize:
        """Ask for the width at hand, and the height that belongs to it."""
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Need the box and a few letters."""
        width = self._left + self.fontMetrics().averageCharWidth() * LEAST_LETTERS
        return QSize(width, self._side + 2 * ROUND)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click on the words as one on the box."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box beside the first line, the words, and the ring around them."""
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        words = self._words_in(self.width())
        option.rect = self._box()
        painter.drawPrimitive(Primitive.PE_IndicatorCheckBox, option)
        painter.setPen(option.palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(words, WRAPPED, self.text())
        if option.state & QStyle.StateFlag.State_HasFocus:
            option.rect = words.adjusted(-ROUND, -ROUND, ROUND, ROUND)
            painter.drawPrimitive(Primitive.PE_FrameFocusRect, option)
        painter.end()

    @property
    def _side(self) -> int:
        return self.style().pixelMetric(Metric.PM_IndicatorHeight, None, self)

    @property
    def _left(self) -> int:
        style = self.style()
        wide = style.pixelMetric(Metric.PM_IndicatorWidth, None, self)
        return wide + style.pixelMetric(Metric.PM_CheckBoxLabelSpacing, None, self)

    def _box(self) -> QRect:
        """Return where the box stands: at the middle of the first line of words, or that at its middle."""
        gap = max((self.fontMetrics().height() - self._side) // 2, 0)
        wide = self.style().pixelMetric(Metric.PM_IndicatorWidth, None, self)
        return QRect(0, ROUND + gap, wide, self._side)

    def _words_in(self, width: int) -> QRect:
        """Return where the words stand in a width."""
        metrics = self.fontMetrics()
        room = QRect(self._left, 0, max(width - self._left - ROUND, 1), 1 << 20)
        found = metrics.boundingRect(room, WRAPPED, self.text())
        gap = max((self._side - metrics.height()) // 2, 0)
        return QRect(self._left, ROUND + gap, room.width(), found.height())
