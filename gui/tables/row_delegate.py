"""Paint the rows of a list: the ground and edge of each, and what its cells hold on it."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.tables.rows_model import ROW_ROLE
from gui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex
STALE_OPACITY = 0.5
SELECTED, SMOOTH = QStyle.StateFlag.State_Selected, QPainter.RenderHint.Antialiasing


class RowDelegate(QStyledItemDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.hovered = -1
        self.is_stale = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row = index.data(ROW_ROLE)
        is_selected = SELECTED in option.state
        painter.save()
        painter.setRenderHint(SMOOTH)
        if self.is_stale:
            painter.setOpacity(STALE_OPACITY)
        self._ground(painter, option.rect, index, row, is_selected=is_selected)
        self._content(painter, option, index, row, is_selected=is_selected)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, index: Index, row: Any, *, is_selected: bool) -> None:
        look, theme = self._look, self._look.theme
        is_hovered = index.row() == self.hovered and self._is_chosen(row)
        fill = theme.selected if is_selected else theme.hover if is_hovered else theme.surface
        painter.fillRect(rect, look.colour(fill))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour(theme.line))
        if is_selected and index.column() == 0 and self._is_chosen(row):
            edge = QRect(rect.left(), rect.top(), look.px(3), rect.height())
            painter.fillRect(edge, look.colour(theme.accent_text))

    def _is_chosen(self, row: Any) -> bool:
        """Whether a row can be the current one: a line that is only drawn cannot."""
        return True

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Any, *, is_selected: bool
    ) -> None:
        raise NotImplementedError

    def _inner(self, rect: QRect, index: Index) -> QRect:
        """Return what a cell leaves for its words."""
        return rect.adjusted(self._look.px(12 if index.column() == 0 else 8), 0, -self._look.px(8), 0)

    def _inks(self, *, is_selected: bool) -> tuple[str, str, str]:
        """Return the colours of words, of quieter ones, and of the quietest."""
        theme = self._look.theme
        if is_selected and not theme.is_tinted:
            return (theme.on_accent,) * 3
        return theme.text, theme.text2, theme.muted
