"""The split of a scheme between quality and cost, with its strip of weights."""

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from gui.theme.look import fill_with, look
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.charts.chart import Chart
from gui.widgets.label import ChipLabel, Label
from gui.widgets.nesting import fill, row_of
from gui.widgets.ring import paint_ring
from gui.widgets.tips import set_tip
from gui.widgets.turned import LevelSlider
from scoring import money
from scoring.places.totals import left_to_share, share_words, split_range, with_split
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 32
RING = 3
GAP = 2
HUNDRED_1E4 = 1_000_000
ARROW, PAGE = 1, 5


class WeightStrip(Chart):
    """Chart C3: a painted strip that adds to 100; a screen reader reads its weights as a list.

    With the focus, the arrows pick the criterion before or after, and T goes to the table of weights.
    """

    stepped_to = Signal(str)

    def __init__(self) -> None:
        super().__init__("Weights", "weights")
        self._criteria: tuple[Criterion, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.follow(self._refresh)

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the weights of a scheme."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        codes = [criterion.code for criterion in self._criteria]
        weights = [money.percent(criterion.weight_1e4) for criterion in self._criteria]
        told = zip(self._criteria, weights, strict=True)
        each = ", ".join(map(" ".join, zip(codes, weights, strict=True)))
        self.show_marks((f"{c.code} {c.title}, {weight} of 100" for c, weight in told), f"Weights: {each}.")

    def pick(self, code: str) -> None:
        """Pick one criterion out."""
        codes = [criterion.code for criterion in self._criteria]
        self.at = codes.index(code) if code in codes else 0
        self._say()
        self.update()

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
        self.setFixedHeight(look.px(HEIGHT))
        self.update()

    def paint_marks(self, painter: QPainter) -> None:
        """Paint a segment for each criterion, and what is left to 100 as empty track."""
        theme = look.theme
        fill_with(painter, theme.track)
        painter.drawRoundedRect(self._bar(), look.px(5), look.px(5))
        for number, criterion in enumerate(self._criteria):
            self._paint_segment(painter, criterion, self.slot(number), is_picked=number == self.at)
        if self.hasFocus():  # it comes by key alone
            paint_ring(painter, QRectF(self.rect()), look.px(5) + 2)

    def _paint_segment(
        self, painter: QPainter, criterion: Criterion, box: QRectF, *, is_picked: bool
    ) -> None:
        theme = look.theme
        is_quality = criterion.side is Side.QUALITY
        fill_with(painter, theme.accent if is_quality else theme.bar_consider)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if is_picked:
            painter.setBrush(theme.text)
            foot = look.px(3)
            painter.drawRect(QRectF(box.x() + foot, box.bottom() - foot, box.width() - 2 * foot, foot))
        words = f"{criterion.code}  {money.percent(criterion.weight_1e4)}"
        ink = theme.on_accent if is_quality or not theme.is_dark else theme.window
        painter.setPen(ink)
        painter.setFont(look.font(12, 600))
        if painter.fontMetrics().horizontalAdvance(words) > box.width() - 4:
            words = money.percent(criterion.weight_1e4)
        if painter.fontMetrics().horizontalAdvance(words) <= box.width():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class SplitCard(Card):
    """Quality on the left, cost on the right; arrows move the split by 1, Page keys by 5."""

    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme | None = None
        self._base: Scheme | None = None
        self._mine: Scheme | None = None
        self.quality = Label(size=15, weight=600)
        self.cost = Label(size=15, weight=600)
        self.slider = LevelSlider()
        self.slider.setSingleStep(ARROW)
        self.slider.setPageStep(PAGE)
        self.state = ChipLabel()
        self.strip = WeightStrip()
        row = row_of(self.quality, (self.slider, 1), self.cost, self.state, spacing=10)
        fill(self.body, row, self.strip, spacing=8)
        self.slider.valueChanged.connect(self._move)

    @Slot(int)
    def _move(self, quality: int) -> None:
        """Scale from the weights as they stood when the slide began, so that going back is exact."""
        assert self._scheme is not None, "what slides is on show"
        if self._base is None or self._scheme != self._mine:
            self._base = self._scheme
        self._mine = with_split(self._base, quality)
        self.moved.emit(self._mine)

    def show_scheme(self, scheme: Scheme, *, is_open: bool) -> None:
        """Show the split of a scheme, which slides where it may be changed."""
        self._scheme = scheme
        least, most = split_range(scheme)
        quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
        with QSignalBlocker(self.slider):
            self.slider.setRange(least, most)
            self.slider.setValue(scheme.quality_1e4 // 10_000)
        self.slider.setEnabled(is_open and least < most)
        self.slider.setAccessibleName(f"Split, quality {quality} to cost {cost}")
        self.slider.setAccessibleDescription(_slider_words(least, most))
        set_tip(self.slider, _slider_words(least, most))
        self.quality.setText(f"Quality {quality}")
        self.cost.setText(f"{cost} Cost")
        tone = Tone.FUND if left_to_share(scheme) == 0 else Tone.WARNING
        self.state.show_state(tone, share_words(scheme))
        self.strip.show_scheme(scheme)


def _slider_words(least: int, most: int) -> str:
    if least == most:
        return "All criteria are on one side, so there is no split to move."
    return "Arrows move the split by 1, Page keys by 5. The weights of each side keep their proportions."
