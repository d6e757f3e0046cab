"""The overview's charts: a bar per area with its pot, and a bar per member. Each row reads itself out."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.pages.overview.figures import BudgetLine
from gui.round_state import Progress
from gui.text import NOTHING, column_money
from gui.theme.look import Look
from gui.theme.tokens import Tone

ROW = 31
LOW_ROW = 21
BAR = 9
NAME, PERSON, FIGURES = 118, 172, 160
GAP = 2


class ChartRow(QLabel):
    """A painted row; its text is what a screen reader says."""

    def __init__(self, look: Look, height: int) -> None:
        super().__init__()
        self._look = look
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def sizeHint(self) -> QSize:
        """Return the row's height; it takes the width there is."""
        return QSize(self._look.px(NAME + FIGURES + 90), self._look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Keep the row's height."""
        return QSize(self._look.px(200), self._look.px(self._height))

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def _say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def _paint_name(self, painter: QPainter, name: str, wide: int = NAME) -> None:
        look = self._look
        painter.setFont(look.font(13))
        painter.setPen(look.colour(look.theme.text))
        room = QRectF(0, 0, look.px(wide), self.height())
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _bar(self, right: int, wide: int = NAME) -> QRectF:
        px = self._look.px
        left = px(wide + 10)
        return QRectF(left, (self.height() - px(BAR)) / 2, max(self.width() - left - right, 1), px(BAR))

    def _fill(self, painter: QPainter, rect: QRectF, colour: str) -> None:
        if rect.width() > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(colour))
            painter.drawRoundedRect(rect, 2, 2)


class BudgetRow(ChartRow):
    """An area: what is recommended and still to consider on a track, a mark where the pot ends."""

    def __init__(self, look: Look, line: BudgetLine, scale: int) -> None:
        super().__init__(look, ROW)
        self._line = line
        self._scale = max(scale, 1)
        self._show = column_money((line.recommended, line.pot))
        self._say(self._spoken())

    def _spoken(self) -> str:
        line, show = self._line, self._show
        if line.over:
            return (
                f"{line.area}, {show(line.recommended)} recommended, {show(line.over)} over {show(line.pot)}"
            )
        left = f", {show(line.consider)} still to consider" if line.consider else ""
        return f"{line.area}, {show(line.recommended)} recommended{left}, of {show(line.pot)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        theme, line = self._look.theme, self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_name(painter, line.area)
        bar = self._bar(self._look.px(FIGURES))
        wide = bar.width() / self._scale
        within = min(line.recommended, line.pot)
        self._fill(painter, QRectF(bar.x(), bar.y(), line.pot * wide, bar.height()), theme.track)
        self._fill(painter, QRectF(bar.x(), bar.y(), within * wide, bar.height()), theme.bar_recommended)
        left = bar.x() + within * wide + (GAP if within else 0)
        rest = QRectF(left, bar.y(), line.consider * wide - GAP, bar.height())
        self._fill(painter, rest, theme.bar_consider)
        over = QRectF(bar.x() + line.pot * wide + GAP, bar.y(), line.over * wide - GAP, bar.height())
        self._fill(painter, over, theme.bar_over)
        painter.setPen(QPen(self._look.colour(theme.text), 2))
        at, reach = bar.x() + line.pot * wide, self._look.px(4)
        painter.drawLine(QPointF(at, bar.top() - reach), QPointF(at, bar.bottom() + reach))
        self._paint_figures(painter)
        painter.end()

    def _paint_figures(self, painter: QPainter) -> None:
        look, theme, line = self._look, self._look.theme, self._line
        room = QRectF(self.width() - look.px(FIGURES), 0, look.px(FIGURES), self.height())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if line.over:
            painter.setFont(look.font(13, 600))
            painter.setPen(look.colour(theme.state(Tone.DANGER).text))
            painter.drawText(room, align, f"{self._show(line.recommended)}, {self._show(line.over)} over")
            return
        of = f" of {self._show(line.pot)}"
        painter.setFont(look.font(13))
        painter.setPen(look.colour(theme.text2))
        painter.drawText(room, align, of)
        width = painter.fontMetrics().horizontalAdvance(of)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.colour(theme.text))
        figure = self._show(line.recommended) if line.recommended else NOTHING
        painter.drawText(room.adjusted(0, 0, -width, 0), align, figure)


class ProgressRow(ChartRow):
    """A member: how many sheets are handed in of those that are theirs."""

    def __init__(self, look: Look, line: Progress, *, is_you: bool) -> None:
        super().__init__(look, LOW_ROW)
        self._line = line
        self._name = f"{line.member.name} (you)" if is_you else line.member.name
        self._say(f"{self._name}, {line.handed_in:,} of {line.of:,} sheets handed in")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        look, theme, line = self._look, self._look.theme, self._line
        is_done = line.of > 0 and not line.left
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_name(painter, self._name, PERSON)
        bar = self._bar(look.px(96), PERSON)
        self._fill(painter, bar, theme.track)
        share = line.handed_in / line.of if line.of else 0
        done = QRectF(bar.x(), bar.y(), bar.width() * share, bar.height())
        self._fill(painter, done, theme.bar_recommended if is_done else theme.accent_text)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.colour(theme.text))
        room = QRectF(self.width() - look.px(96), 0, look.px(70), self.height())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, align, f"{line.handed_in:,} of {line.of:,}")
        tone, glyph = (theme.state(Tone.FUND).text, "fund") if is_done else (theme.muted, "clock")
        at = QPointF(self.width() - look.px(16), round((self.height() - look.px(16)) / 2))
        painter.drawPixmap(at, look.glyph(glyph, tone, 16, painter.device().devicePixelRatioF()))
        painter.end()


class Key(QLabel):
    """What the colours of the budget's bars mean."""

    def __init__(self, look: Look) -> None:
        super().__init__("Key: recommended, still to consider, over the pot, and a mark for the pot")
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(self._look.px(300), self._look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the swatches and their words."""
        look, theme = self._look, self._look.theme
        swatches = (
            (theme.bar_recommended, "Recommended"),
            (theme.bar_consider, "Still to consider"),
            (theme.bar_over, "Over the pot"),
            (theme.text, "Pot"),
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12))
        left = 0.0
        for colour, words in swatches:
            width = look.px(12) if words != "Pot" else 2
            tall = look.px(9 if words != "Pot" else 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(colour))
            painter.drawRoundedRect(QRectF(left, (self.height() - tall) / 2, width, tall), 2, 2)
            left += width + look.px(6)
            room = QRectF(left, 0, look.px(140), self.height())
            painter.setPen(look.colour(theme.text2))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            left += painter.fontMetrics().horizontalAdvance(words) + look.px(16)
        painter.end()
