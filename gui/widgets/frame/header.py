"""The head of the window: fund, round and area as three drop-downs, the stages, and the search box."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.keys.key_map import with_key
from gui.pages.page import Breakpoints, Place
from gui.text import ours
from gui.theme.controls import ARROW, INSET
from gui.theme.look import fill_with, look, outline_with, smooth
from gui.widgets.buttons import Button
from gui.widgets.label import Label, shortened
from gui.widgets.nesting import fill, row_of
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList
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
            if len(stages) == 1 or not any(numbers):
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


HEIGHT = 54
LOW_HEIGHT = 40
TINY_HEIGHT = 36
SEARCH = "Search or command"


class Fit(NamedTuple):
    """What the head shows: the words of the search, the stages drawn or in words, and what moves them on."""

    has_words: bool
    is_drawn: bool
    has_next: bool


FITS = (
    Fit(has_words=True, is_drawn=True, has_next=True),
    Fit(has_words=False, is_drawn=True, has_next=True),
    Fit(has_words=True, is_drawn=False, has_next=True),
    Fit(has_words=False, is_drawn=False, has_next=False),
)
"""From the most to the least: the first that has room is shown. What moves a stage on, the stage does too."""


class Switch(ChoiceList):
    """A drop-down of options, as wide as what is chosen and narrower where there is little room."""

    chosen = Signal(object)
    has_others = False
    """Whether there are others, which whoever looks has no part in."""

    def __init__(self, name: str, *, weight: int = 400) -> None:
        super().__init__()
        self._name, self._weight = name, weight
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus to the page it is about
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "quiet")
        self.activated.connect(self._tell)
        look.follow(self._dress)

    def show_options(self, options: Iterable[tuple[str, object]], value: object) -> None:
        """Show options by their words and what they stand for, with one of them chosen."""
        self.fill_with(options, value)
        self.updateGeometry()

    @property
    def has_choice(self) -> bool:
        """Whether there is anything to choose, here or for others: who has one of several is told which."""
        return self.count() + self.has_others > 1

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.currentData())

    @Slot()
    def _dress(self) -> None:
        self.setFont(look.font(13, self._weight))
        self.setAccessibleName(ours(self._name))

    def sizeHint(self) -> QSize:
        """Ask for the whole of the words."""
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(words + look.px(INSET + ARROW) + 2, look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a few letters in a narrow window."""
        return self.sizeHint().boundedTo(QSize(look.px(90), look.px(32)))


class SearchBox(Button):
    """What opens the search: a word and its key, or the glyph alone."""

    def __init__(self) -> None:
        super().__init__("", kind="search", icon="search", name=SEARCH)
        self._key, self._has_words = "", True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_key(self, key: str) -> None:
        """Show the key that opens the search, "" where it has none."""
        self._key = key
        set_tip(self, with_key(SEARCH, key))
        self.fit(has_words=self._has_words)

    def fit(self, *, has_words: bool) -> None:
        """Say the word and the key, or neither."""
        self._has_words = has_words
        self.setText(f"Search   {self._key.replace('+', ' ')}".rstrip() if has_words else "")


class Header(QWidget):
    """Fund / round / area. Switching keeps the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = HEIGHT
        self._is_narrow = self._is_tight = self._has_next = False
        self.fund = Switch("Fund")
        self.round = Switch("Round")
        self.area = Switch("Area", weight=600)
        self._switches = (self.fund, self.round, self.area)
        self._row = row_of(spacing=2, edges=(9, 0, 20, 0), inside=self)
        self._strokes = [Label("/", tone="muted") for _ in range(2)]
        for number, switch in enumerate(self._switches):
            if number:
                self._row.addWidget(self._strokes[number - 1])
            self._row.addWidget(switch)
        self._row.addStretch(1)
        self.stages = StageStrip()
        self.next = Button("", kind="plain")
        self.next.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it goes with its stage; the page keeps the focus
        self.next.hide()
        self.search = SearchBox()
        fill(self._row, self.stages, self.next)
        self._row.addSpacing(look.px(12))
        self._row.addWidget(self.search)
        look.follow(self._refresh)

    def fit(self, room: Breakpoints) -> None:
        """Be lower in a low window, and say the stage in words in a narrow one."""
        self._height = TINY_HEIGHT if room.is_tiny else LOW_HEIGHT if room.is_low else HEIGHT
        self._is_narrow = room.has_short_stages
        self._is_tight = room.has_icons_only
        self._fit_stages()
        self._refresh()

    @property
    def first(self) -> QWidget:
        """Return where the head begins for the keyboard: the first drop-down on show, else the search."""
        return next((one for one in self._switches if one.isVisible()), self.search)

    def offer_choices(self) -> None:
        """Show each drop-down in which there is something to choose, with a stroke between two."""
        shown = [switch for switch in self._switches if switch.has_choice]
        for switch in self._switches:
            switch.setVisible(switch.has_choice)
        for stroke, switch in zip(self._strokes, self._switches[1:], strict=True):
            stroke.setVisible(switch in shown[1:])
        self._fit_stages()

    def show_place(self, place: Place | None) -> None:
        """Show where the area or areas on show stand."""
        self.stages.show_place(place)
        self._fit_stages()

    def offer_next(self, verb: str, words: str) -> None:
        """Offer the next stage with its checklist, as the chair moves it on; "" offers nothing."""
        self.next.show_words(f"{verb}…" if verb else "", name=words)
        set_tip(self.next, words)
        self._has_next = bool(verb)
        self._fit_stages()

    def _fit_stages(self) -> None:
        """Draw the stages while they fit, beside a smaller search box if need be; else say them in words."""
        for fit in FITS:
            self.search.fit(has_words=fit.has_words and not self._is_tight)
            self.stages.fit(is_short=self._is_narrow or not fit.is_drawn)
            self.next.setVisible(fit.has_next and self._has_next)
            if self._row.sizeHint().width() <= self.width():
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the stages the room there is."""
        super().resizeEvent(event)
        self._fit_stages()

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(look.px(self._height))
