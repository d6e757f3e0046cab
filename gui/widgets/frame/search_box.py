"""The box in the header that opens search: a button that looks like a field."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from gui.theme.look import look, smooth
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import set_tip

WORDS = "Search or command"
SHORT_WORDS = "Search"
BEFORE = 33
"""The room of the glyph before the words."""
GLYPH, TIGHT, WIDE = 36, 150, 218
"""How wide it is with the glyph alone, with one word, and with all; until it has that room it says less."""


class SearchBox(QPushButton):
    """Words, a glyph and the key; one word in a full header, the glyph alone in a narrow one."""

    def __init__(self) -> None:
        super().__init__()
        self._is_short = False
        self._is_tight = False
        self._key = ""
        self.setAccessibleName(WORDS)
        self.show_key("")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.updateGeometry)

    def show_key(self, key: str) -> None:
        """Show the key that opens the search, "" where it has none."""
        self._key = key.replace("+", " ")
        set_tip(self, f"{WORDS} ({key})" if key else WORDS)
        self.updateGeometry()
        self.update()

    def fit(self, *, is_short: bool) -> None:
        """Show the glyph alone where there is little room."""
        self._is_short = is_short
        self.updateGeometry()
        self.update()

    def tighten(self, *, is_tight: bool) -> None:
        """Leave the stages room by saying one word."""
        self._is_tight = is_tight
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the box."""
        px = look.px
        width = px(GLYPH) if self._is_short else px(TIGHT) if self._is_tight else self._wide()
        return QSize(width, px(32))

    def minimumSizeHint(self) -> QSize:
        """Keep its size."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, the glyph, the words and the key."""
        theme = look.theme
        with smooth(self) as painter:
            painter.setPen(QPen(QColor(theme.control), 1))
            painter.setBrush(theme.hover if self.underMouse() else theme.surface)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6)
            )
            top = (self.height() - look.px(16)) // 2
            look.paint_glyph(painter, look.px(10), top, "search", theme.muted, 16)
            if not self._is_short and self.width() >= look.px(TIGHT):
                self._paint_words(painter)
            if has_ring(self):
                paint_ring(painter, QRectF(self.rect()), look.px(6))

    def _paint_words(self, painter: QPainter) -> None:
        theme = look.theme
        painter.setFont(look.font(13))
        painter.setPen(theme.muted)
        is_tight = self._is_tight or self.width() < self._wide()
        words = SHORT_WORDS if is_tight else WORDS
        painter.drawText(self.rect().adjusted(look.px(BEFORE), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        if self._key:
            self._paint_key(painter)

    def _wide(self) -> int:
        """Return the room of all that it says, which takes more in some letters than in ours."""
        words = QFontMetrics(look.font(13)).horizontalAdvance(WORDS)
        key = self._key_wide() + look.px(7 + 7) if self._key else 0
        return max(look.px(WIDE), look.px(BEFORE) + words + key)

    def _key_wide(self) -> int:
        return QFontMetrics(look.font(11, 600)).horizontalAdvance(self._key) + look.px(12)

    def _paint_key(self, painter: QPainter) -> None:
        theme = look.theme
        painter.setFont(look.font(11, 600))
        width = self._key_wide()
        cap = QRectF(self.width() - width - look.px(7), look.px(7), width, self.height() - look.px(14))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(theme.sunken)
        painter.drawRoundedRect(cap, look.px(4), look.px(4))
        painter.setPen(theme.text2)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
