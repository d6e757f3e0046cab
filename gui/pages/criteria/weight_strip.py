"""The weight strip: every criterion's share of 100, side by side, quality first and cost after."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.theme.look import Look
from scoring import money
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 26
GAP = 2
HUNDRED_1E4 = 1_000_000


class WeightStrip(QLabel):
    """A painted strip that adds to 100; a screen reader reads its weights as a list."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._criteria: tuple[Criterion, ...] = ()
        self._picked = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_scheme(self, scheme: Scheme, picked: str) -> None:
        """Show the weights of a scheme, one criterion picked out."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        self._picked = picked
        words = ", ".join(f"{c.code} {money.percent(c.weight_1e4)}" for c in self._criteria)
        self.setAccessibleName(f"Weights: {words}")
        self.setToolTip(words)
        self.update()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(self._look.px(HEIGHT))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the strip's height and a fair width."""
        return QSize(self._look.px(240), self._look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Let the strip shrink with its card."""
        return QSize(self._look.px(80), self._look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a segment for each criterion, and what is left to 100 as empty track."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.track))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(5), look.px(5))
        whole = max(HUNDRED_1E4, sum(c.weight_1e4 for c in self._criteria))
        left = 0.0
        for criterion in self._criteria:
            width = self.width() * criterion.weight_1e4 / whole
            self._paint_segment(painter, criterion, QRectF(left, 0, max(width - GAP, 1.0), self.height()))
            left += width
        painter.end()

    def _paint_segment(self, painter: QPainter, criterion: Criterion, box: QRectF) -> None:
        look, theme = self._look, self._look.theme
        is_quality = criterion.side is Side.QUALITY
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.accent if is_quality else theme.bar_consider))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if criterion.code == self._picked:
            painter.setBrush(look.colour(theme.text))
            foot = look.px(3)
            painter.drawRect(QRectF(box.x() + foot, box.bottom() - foot, box.width() - 2 * foot, foot))
        words = f"{criterion.code}  {money.percent(criterion.weight_1e4)}"
        ink = theme.on_accent if is_quality or not theme.is_dark else theme.window
        painter.setPen(look.colour(ink))
        painter.setFont(look.font(12, 600))
        if painter.fontMetrics().horizontalAdvance(words) > box.width() - 4:
            words = money.percent(criterion.weight_1e4)
        if painter.fontMetrics().horizontalAdvance(words) <= box.width():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
