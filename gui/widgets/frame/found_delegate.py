"""How one thing found is painted: a glyph, its words, a note, and what it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.help.searching import Found
from gui.theme.look import fill_with, look
from gui.widgets.label import shortened

Index = QModelIndex | QPersistentModelIndex
HEIGHT, HIGH = 36, 46
"""How high a row is, and one that says beneath its words why it cannot be done now."""


class FoundDelegate(QStyledItemDelegate):
    """Paint the frozen value that a row holds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height."""
        found = index.data(Qt.ItemDataRole.UserRole)
        is_high = isinstance(found, Found) and bool(found.why)
        return QSize(look.px(200), look.px(HIGH if is_high else HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; one that cannot be done now is grey and says why."""
        theme = look.theme
        found = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(found, Found):
            return
        rect = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            fill_with(painter, theme.selected)
            painter.drawRoundedRect(rect, look.px(6), look.px(6))
        ink = theme.on_accent if is_chosen and not theme.is_tinted else theme.text
        ink = theme.disabled if found.why else ink
        left, top = rect.x() + look.px(10), rect.center().y() - look.px(8)
        look.paint_glyph(painter, left, top, found.icon, ink, 16)
        _paint_words(painter, rect.adjusted(look.px(36), 0, -look.px(10), 0), found, ink)
        painter.restore()


def _paint_words(painter: QPainter, rect: QRectF, found: Found, ink: str) -> None:
    theme = look.theme
    centre, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
    painter.setFont(look.font(12))
    kind = painter.fontMetrics().horizontalAdvance(found.group)
    painter.setPen(theme.muted if ink != theme.on_accent else ink)
    beneath = rect.adjusted(0, rect.height() / 2 - look.px(3), 0, 0)
    if found.why:
        rect = rect.adjusted(0, look.px(3), 0, -rect.height() / 2)
    painter.drawText(rect, centre | right, found.group)
    rect = rect.adjusted(0, 0, -kind - look.px(12), 0)
    painter.setFont(look.font(13, 600))
    metrics = painter.fontMetrics()
    words = shortened(metrics, found.words, int(rect.width()))
    painter.setPen(ink)
    painter.drawText(rect, centre, words)
    said = rect.adjusted(metrics.horizontalAdvance(words) + look.px(10), 0, 0, 0)
    rect = beneath if found.why else said
    painter.setFont(look.font(12))
    painter.setPen(theme.muted if ink != theme.on_accent else ink)
    note = shortened(painter.fontMetrics(), found.why or found.note, max(int(rect.width()), 0))
    painter.drawText(rect, centre, note)
