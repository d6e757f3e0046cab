"""The weight strip: every criterion's share of 100, side by side, quality first and cost after."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.theme.look import Look
from gui.widgets.ring import paint_ring
from scoring import money
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 32
RING = 3
KEYS = "Left and Right go along the weights, T to their table."
GAP = 2
HUNDRED_1E4 = 1_000_000


class WeightStrip(QLabel):
    """A painted strip that adds to 100; a screen reader reads its weights as a list.

    With the focus, the arrows pick the criterion before or after, and T goes to the table of weights.
    """

    stepped_to = Signal(str)
    table_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._criteria: tuple[Criterion, ...] = ()
        self._picked = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self._refresh)
        self._refresh()

    def show_scheme(self, scheme: Scheme, picked: str) -> None:
        """Show the weights of a scheme, one criterion picked out."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        self._picked = picked
        words = ", ".join(f"{c.code} {money.percent(c.weight_1e4)}" for c in self._criteria)
        self.setAccessibleName(f"Weights: {words}")
        at = next((c for c in self._criteria if c.code == picked), None)
        said = f"{at.code} {at.title}, {money.percent(at.weight_1e4)} of 100. " if at else ""
        self.setAccessibleDescription(f"{said}{KEYS}")
        self.setToolTip(words)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick the criterion before or after, or go to the table."""
        codes = [criterion.code for criterion in self._criteria]
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if codes and steps is not None:
            at = codes.index(self._picked) + steps if self._picked in codes else 0
            self.stepped_to.emit(codes[min(max(at, 0), len(codes) - 1)])
        elif codes and event.key() == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit(self._picked or codes[0])
        else:
            super().keyPressEvent(event)

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
        bar = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        painter.drawRoundedRect(bar, look.px(5), look.px(5))
        whole = max(HUNDRED_1E4, sum(c.weight_1e4 for c in self._criteria))
        left = bar.left()
        for criterion in self._criteria:
            width = bar.width() * criterion.weight_1e4 / whole
            box = QRectF(left, bar.top(), max(width - GAP, 1.0), bar.height())
            self._paint_segment(painter, criterion, box)
            left += width
        if self.hasFocus():  # it comes by key alone
            paint_ring(painter, look, QRectF(self.rect()), look.px(5) + 2)
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
