"""What runs across a table in place of cells: heads, rules where something ends, one kept in sight."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.tables.cell_text import paint_text
from gui.tables.line_column import Across, Rule
from gui.theme.look import look, smooth
from gui.widgets.label import shortened


def paint_across(painter: QPainter, rect: QRect, across: Across, inks: tuple[str, str, str]) -> None:
    """Paint what runs over all columns: a rule with its words, or a head in `inks` from loud to quiet."""
    if across.rule is not None:
        paint_rule(painter, rect, across, across.words)
        return
    inner = rect.adjusted(look.px(12), 0, -look.px(12), 0)
    if across.is_folded is not None:
        name = "chevron-right" if across.is_folded else "chevron-down"
        look.paint_glyph(painter, inner.left(), rect.center().y() - look.px(7), name, inks[2], 16)
        inner.adjust(look.px(22), 0, 0, 0)
    paint_text(painter, inner, across.words, inks[0], 600)
    inner.adjust(painter.fontMetrics().horizontalAdvance(across.words) + look.px(10), 0, 0, 0)
    paint_text(painter, inner, across.note, inks[2], 400, size=12)


def paint_rule(painter: QPainter, rect: QRect, across: Across, words: str) -> None:
    """Paint a rule with words: a whole one with a filled pill, a broken one with an empty pill."""
    theme = look.theme
    is_whole = across.rule is Rule.WHOLE
    ink = QColor(theme.bar_over if across.is_over else theme.text if is_whole else theme.text2)
    pen = QPen(ink, 1.5)
    if is_whole:
        painter.fillRect(QRectF(rect.x(), rect.center().y(), rect.width(), 2), ink)
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
        middle = rect.center().y() + 1
        painter.drawLine(rect.x(), middle, rect.x() + rect.width(), middle)
        painter.setPen(pen)
    painter.setFont(look.font(12, 600))
    shown = shortened(painter.fontMetrics(), words, rect.width() - look.px(48))
    height = min(look.px(22), rect.height() - 2)
    width = painter.fontMetrics().horizontalAdvance(shown) + look.px(24)
    pill = QRectF(rect.x() + look.px(12), rect.y() + (rect.height() - height) / 2, width, height)
    painter.setBrush(ink if is_whole else QColor(theme.surface))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(theme.surface) if is_whole else pen)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)


class StickyRule(QAbstractButton):
    """A copy of a rule that stays at the table's edge while the real one is out of sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._across = Across("")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def stand_for(self, across: Across, spoken: str, top: int, height: int, room: QSize) -> None:
        """Show a rule at the edge behind which it is, by where its top is; hide while it is in sight."""
        if 0 <= top <= room.height() - height:
            self.hide()
            return
        is_below = top > 0
        self._across = across
        self.setGeometry(0, room.height() - height if is_below else 0, room.width(), height)
        self.setText(f"{across.words}   {'below ∨' if is_below else 'above ∧'}")
        self.setAccessibleName(f"Go to the {spoken[:1].lower()}{spoken[1:]}")
        self.show()
        self.update()

    def covers(self, top: int, height: int) -> int:
        """Return how far to scroll for a row to come out from under the rule, up where it is negative."""
        if not self.isVisible():
            return 0
        edge = self.geometry()
        if edge.top() == 0:
            return min(top - edge.height(), 0)
        return max(top + height - edge.top(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rule on the table's own ground."""
        with smooth(self) as painter:
            painter.fillRect(self.rect(), look.theme.surface)
            paint_rule(painter, self.rect(), self._across, self.text())
