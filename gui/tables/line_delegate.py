"""Paint tables of lines: two-line cells, chips, outlined cells, and the current row's edge."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.tables.cell_text import LEFT, ONE_LINE_UNDER, RIGHT, paint_text, paint_two
from gui.tables.line_column import LineColumn
from gui.tables.rows_model import ROW_ROLE
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.chip import paint_chip

STALE_OPACITY = 0.5


class LineDelegate(QStyledItemDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self, look: Look, columns: Sequence[LineColumn[Any]], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = tuple(columns)
        self.hovered = -1
        self.is_stale = False
        self.marks_cell = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        row = index.data(ROW_ROLE)
        column = self._columns[index.column()]
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(STALE_OPACITY if self.is_stale else 1)
        self._ground(painter, option.rect, index, is_selected=is_selected)
        inner = option.rect.adjusted(self._look.px(12 if index.column() == 0 else 8), 0, -self._look.px(8), 0)
        self._content(painter, inner, row, column, is_selected=is_selected)
        if column.outlined is not None and column.outlined(row):
            self._outline(painter, option.rect)
        if self.marks_cell and option.state & QStyle.StateFlag.State_HasFocus:
            self._edge(painter, option.rect, self._look.theme.accent_text)
        painter.restore()

    def _ground(
        self,
        painter: QPainter,
        rect: QRect,
        index: QModelIndex | QPersistentModelIndex,
        *,
        is_selected: bool,
    ) -> None:
        look, theme = self._look, self._look.theme
        is_hovered = index.row() == self.hovered
        fill = theme.selected if is_selected else theme.hover if is_hovered else theme.surface
        painter.fillRect(rect, look.colour(fill))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour(theme.line))
        if is_selected and index.column() == 0:
            edge = QRect(rect.left(), rect.top(), look.px(3), rect.height())
            painter.fillRect(edge, look.colour(theme.accent_text))

    def _content(
        self, painter: QPainter, rect: QRect, row: object, column: LineColumn[Any], *, is_selected: bool
    ) -> None:
        chip = None if column.chip is None else column.chip(row)
        if chip is not None:
            paint_chip(painter, self._look, rect, chip.tone, chip.word)
            return
        side = RIGHT if column.is_right else LEFT
        words = column.text(row)
        under = "" if column.under is None else column.under(row)
        inks = self._inks(is_selected=is_selected)
        weight = 600 if column.is_strong else 400
        ink = inks[0] if column.is_strong else inks[1]
        if under and rect.height() >= self._look.px(ONE_LINE_UNDER):
            paint_two(painter, self._look, rect, (words, under), (ink, inks[2]), weight, side)
        else:
            paint_text(painter, self._look, rect, words, ink, weight, align=side)

    def _outline(self, painter: QPainter, rect: QRect) -> None:
        self._edge(painter, rect, self._look.theme.state(Tone.WARNING).text)

    def _edge(self, painter: QPainter, rect: QRect, colour: str) -> None:
        painter.setPen(QPen(self._look.colour(colour), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(3, 4, -3, -5), 4, 4)

    def _inks(self, *, is_selected: bool) -> tuple[str, str, str]:
        theme = self._look.theme
        if is_selected and not theme.is_tinted:
            return (theme.on_accent,) * 3
        return theme.text, theme.text2, theme.muted
