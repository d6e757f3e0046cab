"""An area's money as a small tile, and the row of tiles that switches the area."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QScrollArea, QWidget

from gui.theme.look import LEFT, Tone, fill_with, look
from gui.widgets.label import shortened
from gui.widgets.nesting import row_of, take_out
from gui.widgets.pill import PaintedRadio
from gui.widgets.tips import set_tip

HEIGHT = 56
LOW_HEIGHT = 36
MINIMUM_WIDTH = 108
MAXIMUM_WIDTH = 240
GAP = 2


class PotFigures(Struct, frozen=True):
    """One tile: `used_1e3` is how much of the pot is offered, in thousandths; `is_over` past what is allowed.

    `area` is None for all areas together; `used_1e3` is None when nobody is ranked yet. `fence` says what
    the money is ring-fenced for, "" where it is not; `tip` says who allows what is over the pot.
    `over_1e3` is what is over it, in thousandths of it: what is allowed, and what is not.
    """

    area: str | None
    name: str
    words: str
    used_1e3: int | None
    is_over: bool = False
    spoken: str = ""
    fence: str = ""
    tip: str = ""
    over_1e3: tuple[int, int] = (0, 0)


class Pot(PaintedRadio):
    """A painted tile that is a radio button to keys and screen readers."""

    def __init__(self, figures: PotFigures) -> None:
        super().__init__()
        self._is_low = False
        self.figures = figures
        self._refresh()
        self.show_figures(figures)

    def show_figures(self, figures: PotFigures) -> None:
        """Show other figures of the same area."""
        self.figures = figures
        fenced = ", ring-fenced" if figures.fence else ""
        self.setAccessibleName(f"{figures.spoken or f'{figures.name}, {figures.words}'}{fenced}")
        fence = f"\nNothing moves in or out: {figures.fence}." if figures.fence else ""
        set_tip(self, f"{figures.name}, {figures.tip or figures.words}{fence}")
        self.dress()

    def set_low(self, is_low: bool) -> None:
        """Stand on one line, for low windows."""
        self._is_low = is_low
        self._refresh()

    def dress(self) -> None:
        """Be no wider than a tile is at this size of text; on one line, as wide as its words."""
        self.setMaximumWidth(self.sizeHint().width() if self._is_low else look.px(MAXIMUM_WIDTH))
        super().dress()

    def sizeHint(self) -> QSize:
        """Return the tile's size with the ring's 3 px around: wide enough for name and first figure."""
        metrics = QFontMetrics(look.font(12, 600))
        icon = look.px(17) if self.figures.is_over else 0
        if not self._is_low:
            figure = metrics.horizontalAdvance(self.figures.words.partition(", ")[0]) + icon
            inner = max(self._name_width() + self._fence_width(), figure) + look.px(18) + 8
            return QSize(min(max(look.px(MINIMUM_WIDTH), inner), look.px(MAXIMUM_WIDTH)), look.px(HEIGHT) + 6)
        words = metrics.horizontalAdvance(self.figures.words)
        wide = self._name_width() + self._fence_width() + words + icon + look.px(28) + 8
        return QSize(wide, look.px(LOW_HEIGHT) + 6)

    def paint(self, painter: QPainter) -> float:
        """Paint the tile: name, bar, what is left."""
        rect = self.paint_tile(painter, look.px(8), strong=True)
        inner = rect.adjusted(look.px(9), look.px(4), -look.px(9), -look.px(4))
        self._paint_name(painter, inner)
        if not self._is_low:
            self._paint_bar(painter, inner)
        self._paint_words(painter, inner)
        return look.px(8) + 2

    def _ink(self, plain: str) -> str:
        theme = look.theme
        return plain if theme.is_tinted or not self.isChecked() else theme.on_accent

    def _paint_name(self, painter: QPainter, inner: QRectF) -> None:
        box = QRectF(inner.x(), inner.y(), inner.width(), look.px(17))
        if self._is_low:
            box = QRectF(inner.x(), inner.y(), self._name_width(), inner.height())
        if self.figures.fence:
            _sign(painter, box, "lock", self._ink(look.theme.text2))
            box.adjust(self._fence_width(), 0, self._fence_width() if self._is_low else 0, 0)
        self._text(painter, box, self.figures.name, self._ink(look.theme.text), 600, is_name=True)

    def _paint_bar(self, painter: QPainter, inner: QRectF) -> None:
        theme = look.theme
        height = look.px(5)
        box = QRectF(inner.x(), inner.center().y() - height / 2 + look.px(1), inner.width(), height)
        fill_with(painter, theme.track)
        painter.drawRoundedRect(box, height / 2, height / 2)
        allowed, beyond = self.figures.over_1e3
        used = min(self.figures.used_1e3 or 0, 1000)
        parts = (
            (used, theme.bar_recommended),
            (allowed, theme.state(Tone.WARNING).text),
            (beyond, theme.bar_over),
        )
        left, scale = box.x(), box.width() / (1000 + allowed + beyond)
        for part, colour in parts:
            if part:
                painter.setBrush(colour)
                wide = max(part * scale - (GAP if left > box.x() else 0), height / 2)
                painter.drawRoundedRect(QRectF(left, box.y(), wide, height), height / 2, height / 2)
                left += wide + GAP

    def _paint_words(self, painter: QPainter, inner: QRectF) -> None:
        box = QRectF(inner.x(), inner.bottom() - look.px(17), inner.width(), look.px(17))
        if self._is_low:
            used = self._name_width() + self._fence_width() + look.px(8)
            box = QRectF(inner.x() + used, inner.y(), inner.width() - used, inner.height())
        if not self.figures.is_over:
            self._text(painter, box, self.figures.words, self._ink(look.theme.text2), 400)
            return
        danger = look.theme.state(Tone.DANGER).text
        _sign(painter, box, "danger", danger)
        self._text(painter, box.adjusted(look.px(17), 0, 0, 0), self.figures.words, danger, 600)

    def _fence_width(self) -> int:
        """Return the room for the padlock before the name."""
        return look.px(17) if self.figures.fence else 0

    def _name_width(self) -> int:
        return QFontMetrics(look.font(12, 600)).horizontalAdvance(self.figures.name) + 1

    def _text(
        self, painter: QPainter, box: QRectF, words: str, colour: str, weight: int, *, is_name: bool = False
    ) -> None:
        """Paint words; a name gives way in its middle, since areas often differ in their last word."""
        painter.setFont(look.font(12, weight))
        painter.setPen(colour)
        if not is_name and painter.fontMetrics().horizontalAdvance(words) > box.width():
            words = words.partition(", ")[0]  # the first figure whole; the tooltip has them all
        side = Qt.TextElideMode.ElideMiddle if is_name else Qt.TextElideMode.ElideRight
        shown = shortened(painter.fontMetrics(), words, int(box.width()), side)
        painter.drawText(box, LEFT, shown)


class PotRow(QScrollArea):
    """All areas of the round side by side; when there are too many, the row scrolls."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._is_low = False
        self._pots: list[Pot] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        inner = QWidget()
        inner.setObjectName("page")
        inner.setAccessibleName("Pots")
        self._row = row_of(0, inside=inner)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.follow(self._refresh)

    def show_pots(self, figures: Sequence[PotFigures], area: str | None) -> None:
        """Show the pots, with one area chosen."""
        if [pot.figures.area for pot in self._pots] != [one.area for one in figures]:
            self._rebuild(figures)
        for pot, one in zip(self._pots, figures, strict=True):
            pot.show_figures(one)
            if one.area == area:
                pot.setChecked(True)
        self._show_chosen()
        QTimer.singleShot(0, self, self._show_chosen)  # once new tiles have their places

    def set_low(self, is_low: bool) -> None:
        """Stand on one line, for low windows."""
        self._is_low = is_low
        for pot in self._pots:
            pot.set_low(is_low)
        self._refresh()

    @property
    def pots(self) -> tuple[Pot, ...]:
        return tuple(self._pots)

    @Slot()
    def _show_chosen(self) -> None:
        pot = self._group.checkedButton()
        if pot is not None:
            self.ensureWidgetVisible(pot, 0, 0)

    def _rebuild(self, figures: Sequence[PotFigures]) -> None:
        for old in self._pots:
            self._group.removeButton(old)
            take_out(self._row, old)
        self._pots = [Pot(one) for one in figures]
        for pot in self._pots:
            pot.set_low(self._is_low)
            self._group.addButton(pot)
            self._row.insertWidget(self._row.count() - 1, pot, 1)

    @Slot(QRadioButton)
    def _tell(self, pot: QRadioButton) -> None:
        if isinstance(pot, Pot):
            self.ensureWidgetVisible(pot, 0, 0)
            self.chosen.emit(pot.figures.area)

    @Slot()
    def _refresh(self) -> None:
        self._row.setSpacing(look.px(8) - 6)
        height = LOW_HEIGHT if self._is_low else HEIGHT
        self.setFixedHeight(look.px(height) + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen tile in sight."""
        super().resizeEvent(event)
        self._show_chosen()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the row sideways, since it has no bar."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (event.angleDelta().y() or event.angleDelta().x()))
        event.accept()


def _sign(painter: QPainter, box: QRectF, name: str, ink: str) -> None:
    top = box.center().y() - look.px(6.5)
    look.paint_glyph(painter, box.x(), top, name, ink, 13)
