"""Paint an outcome as shape, word and colour: in a table cell, or as a label of its own."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.label import PlainLabel
from gui.widgets.shorten import shortened

HEIGHT = 24
ICON = 14
WORD_NEEDS = 60
"""With less room than this the shape stands alone; the word is in the cell's spoken text and tip."""


def chip_width(look: Look, word: str) -> int:
    """Return how wide a chip with this word is."""
    metrics = QFontMetrics(look.font(12, 600))
    return look.px(8 + ICON + 5 + 10) + metrics.horizontalAdvance(word)


def is_chip_whole(look: Look, room: int, word: str) -> bool:
    """Whether a chip shows the whole of its word."""
    return room >= chip_width(look, word)


def paint_chip(painter: QPainter, look: Look, box: QRect, tone: Tone, word: str) -> None:
    """Paint a chip at the left of a box, centred in its height, elided when it does not fit."""
    height = look.px(HEIGHT)
    is_alone = box.width() < min(look.px(WORD_NEEDS), chip_width(look, word))
    width = look.px(8 + ICON + 8) if is_alone else min(chip_width(look, word), box.width())
    rect = QRectF(box.x(), box.y() + (box.height() - height) / 2, width, height)
    pair = look.theme.state(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(look.colour(pair.text), 2) if not look.theme.is_tinted else QPen(Qt.PenStyle.NoPen)
    painter.setPen(edge)
    painter.setBrush(look.colour(pair.fill))
    painter.drawRoundedRect(rect, height / 2, height / 2)
    _paint_words(painter, look, rect, tone, "" if is_alone else word)
    painter.restore()


def _paint_words(painter: QPainter, look: Look, rect: QRectF, tone: Tone, word: str) -> None:
    colour = look.theme.state(tone).text
    size = look.px(ICON)
    left = rect.x() + look.px(8)
    top = rect.y() + (rect.height() - size) / 2
    painter.drawPixmap(
        QPointF(round(left), round(top)), look.glyph(tone, colour, ICON, painter.device().devicePixelRatioF())
    )
    words = rect.adjusted(look.px(8 + ICON + 5), 0, -look.px(6), 0)
    painter.setPen(look.colour(colour))
    painter.setFont(look.font(12, 600))
    shown = shortened(painter.fontMetrics(), word, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ChipLabel(PlainLabel):
    """A chip as a widget; a screen reader reads its word."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self._tone = Tone.INFORMATION
        look.changed.connect(self._refresh)
        self._refresh()

    def show_state(self, tone: Tone, word: str) -> None:
        """Show another state."""
        self._tone = tone
        self.setText(word)
        self.setAccessibleName(word)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedSize(chip_width(self._look, self.text()), self._look.px(HEIGHT))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip instead of the label's plain text."""
        painter = QPainter(self)
        paint_chip(painter, self._look, self.rect(), self._tone, self.text())
        painter.end()
