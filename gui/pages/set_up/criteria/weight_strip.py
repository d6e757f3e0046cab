"""The weight strip: every criterion's share of 100, side by side, quality first and cost after."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from gui.theme.look import Look
from gui.widgets.charts.chart import Chart
from gui.widgets.ring import paint_ring
from scoring import money
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 32
RING = 3
GAP = 2
HUNDRED_1E4 = 1_000_000


class WeightStrip(Chart):
    """Chart C3: a painted strip that adds to 100; a screen reader reads its weights as a list.

    With the focus, the arrows pick the criterion before or after, and T goes to the table of weights.
    """

    stepped_to = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Weights", "weights")
        self._criteria: tuple[Criterion, ...] = ()
        self._picked = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self._refresh)
        self._refresh()

    @property
    def picked(self) -> str:
        """Return the code that is picked out, the first where none is."""
        return self._picked or next((c.code for c in self._criteria), "")

    def show_scheme(self, scheme: Scheme, picked: str) -> None:
        """Show the weights of a scheme, one criterion picked out."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        self._picked = picked
        codes = [criterion.code for criterion in self._criteria]
        self.at = codes.index(picked) if picked in codes else 0
        self.show_again()

    def count(self) -> int:
        """Return how many weights there are."""
        return len(self._criteria)

    def mark_words(self, number: int) -> str:
        """Return a weight in full words."""
        at = self._criteria[number]
        return f"{at.code} {at.title}, {money.percent(at.weight_1e4)} of 100"

    def sentence(self) -> str:
        """Return all weights in one sentence."""
        words = ", ".join(f"{c.code} {money.percent(c.weight_1e4)}" for c in self._criteria)
        return f"Weights: {words}." if words else "No weights yet."

    def slot(self, number: int) -> QRectF:
        """Return where a weight stands."""
        bar = self._bar()
        whole = max(HUNDRED_1E4, sum(c.weight_1e4 for c in self._criteria))
        before = sum(c.weight_1e4 for c in self._criteria[:number])
        width = bar.width() * self._criteria[number].weight_1e4 / whole
        left = bar.left() + bar.width() * before / whole
        return QRectF(left, bar.top(), max(width - GAP, 1.0), bar.height())

    def _go(self, number: int) -> None:
        super()._go(number)
        if 0 <= number < len(self._criteria):
            self.stepped_to.emit(self._criteria[number].code)

    def _bar(self) -> QRectF:
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

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

    def paint_marks(self, painter: QPainter) -> None:
        """Paint a segment for each criterion, and what is left to 100 as empty track."""
        look, theme = self._look, self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.track))
        painter.drawRoundedRect(self._bar(), look.px(5), look.px(5))
        for number, criterion in enumerate(self._criteria):
            self._paint_segment(painter, criterion, self.slot(number))
        if self.hasFocus():  # it comes by key alone
            paint_ring(painter, look, QRectF(self.rect()), look.px(5) + 2)

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
