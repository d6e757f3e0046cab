"""One row of the list of pages: a glyph, the words, and a badge."""

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen

from gui.theme.look import fill_with, look
from gui.theme.tokens import Tone
from gui.widgets.label import shortened
from gui.widgets.painted_radio import PaintedRadio
from gui.widgets.tips import set_tip

WIDTH, BESIDE_NAME = 204, 66
"""How wide the sidebar is, and how much of it stands about the name of a page."""
ICONS_WIDTH = 52
GLYPH = 18
NARROWEST = 20
"""How wide a count is at least."""
PITCH, LOW_PITCH = 32, 24
"""How far apart rows stand, at most and at least."""


class PageName(Struct, frozen=True):
    """A page in the list: its key, words and glyph, and the group it stands in ("" for the foot).

    Beside a page that `counts` a number may stand. One that is `within` another may stand only beside it.
    """

    key: str
    words: str
    icon: str
    group: str = ""
    counts: bool = False
    within: str = ""


class Badge(Struct, frozen=True):
    """A count beside a page: amber when it is of things for the person, grey when it counts rows."""

    number: int
    is_mine: bool = False

    @property
    def words(self) -> str:
        """Return the count as it is read out: "7 for you"."""
        return f"{self.number:,} for you" if self.is_mine else f"{self.number:,}"


GO_IN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
"""The keys that go into the page of a row; arrows show the pages and stay in the list."""


class PageLink(PaintedRadio):
    """One row of the list; the page on show is the checked one. A press goes into it, as a key does."""

    entered = Signal(str)

    def __init__(self, name: PageName) -> None:
        super().__init__(name.words)
        self.name = name
        self._is_narrow = False
        self._pitch = PITCH
        self._why = ""
        self._badge: Badge | None = None
        self._told: tuple[str, str, bool] | None = None

    def call(self, words: str) -> None:
        """Give the page another name."""
        self.name = replace(self.name, words=words)
        self._tell()

    @property
    def badge(self) -> Badge | None:
        """Return the count beside the page, None when there is none."""
        return self._badge

    def show_badge(self, badge: Badge | None) -> None:
        """Show a count beside the page, or none."""
        self._badge = badge if badge is not None and badge.number else None
        self._tell()

    def fit(self, *, is_narrow: bool, pitch: int) -> None:
        """Show the icon alone when narrow, with the words as a tooltip; take a height, for a 13 px base."""
        if (is_narrow, pitch) == (self._is_narrow, self._pitch):
            return
        self._is_narrow, self._pitch = is_narrow, pitch
        self._tell()
        self._refresh()

    @property
    def words_width(self) -> int:
        """Return how wide the name is in its strongest letters, with a count beside it or room for one."""
        name = QFontMetrics(look.font(13, 600)).horizontalAdvance(self.name.words)
        least = look.px(NARROWEST + 8) if self.name.counts else 0
        return name + round(max(self._badge_width(), least))

    @property
    def is_open(self) -> bool:
        """Whether the page can be gone to."""
        return not self._why

    def open_up(self, why: str) -> None:
        """Let the page be gone to, or say why not yet: a press shows that in its place."""
        self._why = why
        self._tell()

    def _tell(self) -> None:
        """Say and paint what is known of the page, where it is another thing than before."""
        name = f"{self.name.words}, {self._badge.words}" if self._badge else self.name.words
        told, self._told = self._told, (name, self._why, self._is_narrow)
        if told != self._told:
            self.setAccessibleName(name)
            self.setAccessibleDescription(self._why)
            set_tip(self, ". ".join(filter(None, (name if self._is_narrow else "", self._why))))
            self.update()

    def sizeHint(self) -> QSize:
        """Return the row's pitch."""
        width = ICONS_WIDTH - 12 if self._is_narrow else WIDTH - 16
        return QSize(look.px(width), look.px(self._pitch))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the page, and go into it."""
        is_pressed = self.isDown() and self.hitButton(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if is_pressed and self.isChecked():
            self.entered.emit(self.name.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the page with Enter or Space, and go into it."""
        if event.key() in GO_IN and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.setChecked(True)
            self.entered.emit(self.name.key)
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> float:
        """Paint the row, its glyph, and an edge at the left when its page is on show."""
        theme = look.theme
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.is_lit:
            painter.setBrush(theme.selected if self.isChecked() else theme.hover)
            painter.drawRoundedRect(rect, look.px(6), look.px(6))
        if self.isChecked():
            painter.setBrush(theme.accent_text)
            edge = QRectF(rect.x(), rect.center().y() - look.px(8), look.px(3), look.px(16))
            painter.drawRoundedRect(edge, 1.5, 1.5)
        self._paint_words(painter, rect)
        return look.px(6)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = look.theme
        ink = theme.on_accent if self.isChecked() and not theme.is_tinted else theme.text
        if not self.is_open:
            ink = theme.disabled
        glyph = theme.accent_text if self.isChecked() and theme.is_tinted else ink
        left = look.px(12) if not self._is_narrow else (rect.width() - look.px(18)) / 2
        top = rect.center().y() - look.px(9)
        look.paint_glyph(painter, rect.x() + left, top, self.name.icon, glyph, GLYPH)
        if self._is_narrow:
            self._paint_dot(painter, rect)
            return
        taken = self._paint_badge(painter, rect)
        painter.setFont(look.font(13, 600 if self.isChecked() else 400))
        painter.setPen(ink)
        words = rect.adjusted(look.px(40), 0, -look.px(8) - taken, 0)
        shown = shortened(painter.fontMetrics(), self.name.words, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_badge(self, painter: QPainter, rect: QRectF) -> float:
        """Paint the count at the right; return the room it took."""
        if self._badge is None:
            return 0
        theme = look.theme
        pair = theme.state(Tone.WARNING)
        painter.setFont(look.font(11, 600))
        width = self._badge_width() - look.px(8)
        height = look.px(18)
        badge = QRectF(rect.right() - width - look.px(8), rect.center().y() - height / 2, width, height)
        fill_with(painter, pair.fill if self._badge.is_mine else theme.track)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(pair.text if self._badge.is_mine else theme.text2)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, f"{self._badge.number:,}")
        return width + look.px(8)

    def _badge_width(self) -> float:
        """Return the room of the count with what parts it from the name, 0 where there is none."""
        if self._badge is None:
            return 0
        metrics = QFontMetrics(look.font(11, 600))
        digits = metrics.horizontalAdvance(f"{self._badge.number:,}")
        return max(digits + look.px(12), look.px(NARROWEST)) + look.px(8)

    def _paint_dot(self, painter: QPainter, rect: QRectF) -> None:
        if self._badge is None or not self._badge.is_mine:
            return
        painter.setPen(QPen(QColor(look.theme.sidebar), look.px(1)))  # parts the dot from the glyph
        painter.setBrush(look.theme.state(Tone.WARNING).text)
        size = look.px(8)
        at_glyph = rect.center().x() + look.px(1)  # a scroll bar may stand over the row's right end
        painter.drawEllipse(QRectF(at_glyph, rect.y() + look.px(3), size, size))
