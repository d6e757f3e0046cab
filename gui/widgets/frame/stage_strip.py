"""The stages in the header: ticks and a ringed dot for one area, counts for all of them; a button."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from gui.pages.page import Place
from gui.theme.look import fill_with, look, outline_with, smooth
from gui.theme.office_words import ours
from gui.widgets.label import shortened
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import set_tip
from models.values.rounds import DONE, WORDS, counts, spoken, stage_words, stages_at

DISC = 18
LINK = 8


class StageStrip(QPushButton):
    """Paint the stages; pressing it says what is allowed and what stops the next stage."""

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        look.changed.connect(self._refresh)
        self.show_place(None)

    def show_place(self, place: Place | None) -> None:
        """Show where the area or areas on show stand."""
        self._place = place if place is not None and place.line.areas else None
        self.setEnabled(self._place is not None)
        words = ours(spoken(self._place)) if self._place is not None else "No stage"
        self.setAccessibleName(words)
        set_tip(self, f"{words}. Press to see what is allowed and what comes next")
        self._refresh()

    def fit(self, *, is_short: bool) -> None:
        """Say the stage in words where the strip has no room."""
        if is_short != self._is_short:
            self._is_short = is_short
            self._refresh()

    @property
    def short_words(self) -> str:
        """Return what a narrow header shows: "Stage 4 of 5: Recommend"."""
        if self._place is None:
            return ""
        stages = stages_at(self._place)
        if len(stages) == 1:
            return f"Stage {min(stages[0] + 1, DONE)} of {DONE}: {stage_words(stages[0])}"
        return (
            " · ".join(f"{number} {WORDS[n]}" for n, number in enumerate(counts(stages)) if number) or "Done"
        )

    def sizeHint(self) -> QSize:
        """Return the room of the five stages, or of the words."""
        px = look.px
        if self._is_short:
            metrics = QFontMetrics(look.font(13, 600))
            part = 1  # of a pixel more, without which the last word would be cut
            return QSize(metrics.horizontalAdvance(self.short_words) + part + px(20), px(32))
        steps = sum(self._width(step) + px(DISC + 6) for step in range(DONE))
        return QSize(steps + (DONE - 1) * px(LINK + 8) + px(12), px(32))

    def _is_strong(self, step: int) -> bool:
        """Whether any area on show stands at a step."""
        return self._place is not None and step in stages_at(self._place)

    def _width(self, step: int) -> int:
        """Return the room of a step's word as it is painted."""
        font = look.font(13, 600 if self._is_strong(step) else 400)
        return QFontMetrics(font).horizontalAdvance(WORDS[step])

    def minimumSizeHint(self) -> QSize:
        """Let the words be cut before the switches are."""
        return QSize(look.px(60), look.px(32)) if self._is_short else self.sizeHint()

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stages or the words, and the ring after a key."""
        theme = look.theme
        with smooth(self) as painter:
            if self.underMouse() and self.isEnabled():
                fill_with(painter, theme.hover)
                painter.drawRoundedRect(QRectF(self.rect()), look.px(6), look.px(6))
            if self._place is not None and self._is_short:
                self._paint_short(painter)
            elif self._place is not None:
                self._paint_steps(painter, stages_at(self._place))
            if has_ring(self):
                paint_ring(painter, QRectF(self.rect()), look.px(6))

    def _paint_short(self, painter: QPainter) -> None:
        painter.setFont(look.font(13, 600))
        painter.setPen(look.theme.text2)
        room = self.rect().adjusted(look.px(10), 0, -look.px(10), 0)
        words = shortened(painter.fontMetrics(), self.short_words, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_steps(self, painter: QPainter, stages: tuple[int, ...]) -> None:
        theme = look.theme
        left, middle = float(look.px(6)), self.height() / 2
        numbers = counts(stages)
        for step, word in enumerate(WORDS):
            if step:
                painter.setPen(QPen(QColor(theme.control), 1))
                painter.drawLine(
                    QPointF(left + look.px(4), middle), QPointF(left + look.px(4 + LINK), middle)
                )
                left += look.px(LINK + 8)
            disc = QRectF(left, middle - look.px(DISC) / 2, look.px(DISC), look.px(DISC))
            if len(stages) == 1:
                _paint_tick(painter, disc, step, stages[0])
            else:
                _paint_count(painter, disc, numbers[step])
            is_strong = self._is_strong(step)
            painter.setFont(look.font(13, 600 if is_strong else 400))
            painter.setPen(theme.text if is_strong else theme.muted)
            words = QRectF(disc.right() + look.px(6), 0, self._width(step), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, word)
            left = words.right()


def _paint_tick(painter: QPainter, disc: QRectF, step: int, stage: int) -> None:
    """Paint a past, present or future stage."""
    theme = look.theme
    inner = disc.adjusted(1, 1, -1, -1)
    if step < stage:
        fill_with(painter, theme.accent)
        painter.drawEllipse(inner)
        left, top = disc.x() + look.px(3), disc.y() + look.px(3)
        look.paint_glyph(painter, left, top, "check", theme.on_accent, DISC - 6)
        return
    colour = theme.accent_text if step == stage else theme.control
    outline_with(painter, colour, 2 if step == stage else 1.5)
    painter.drawEllipse(inner)
    if step == stage:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(disc.center(), look.px(4), look.px(4))


def _paint_count(painter: QPainter, disc: QRectF, number: int) -> None:
    """Paint how many areas are at a stage."""
    theme = look.theme
    fill_with(painter, theme.accent if number else theme.track)
    painter.drawEllipse(disc)
    painter.setFont(look.font(11, 600))
    painter.setPen(theme.on_accent if number else theme.muted)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))
