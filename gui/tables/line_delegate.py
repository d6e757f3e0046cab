"""Paint tables of lines: two-line cells, chips, outlined cells, and the current row's edge."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from gui.tables.cell_text import (
    LEFT,
    ONE_LINE_UNDER,
    RIGHT,
    Index,
    RowDelegate,
    fitting,
    keeps_figure,
    paint_text,
    paint_two,
)
from gui.tables.columns import Keeps
from gui.tables.line_column import LineColumn
from gui.tables.rows_model import ROW_ROLE
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.label import is_chip_whole, paint_chip, two_lines
from gui.widgets.tips import tell_over


class LineDelegate(RowDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self, look: Look, columns: Sequence[LineColumn[Any]]) -> None:
        super().__init__(look)
        self._columns = tuple(columns)
        self.marks_cell = False
        self.area: LineColumn[Any] | None = None
        """The column of areas where it has given way: the second line of the free column says the area."""

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Any, *, is_selected: bool
    ) -> None:
        column = self._columns[index.column()]
        self._words_in(painter, self._inner(option.rect, index), row, column, is_selected=is_selected)
        if column.outlined is not None and column.outlined(row):
            self._edge(painter, option.rect, self._look.theme.state(Tone.WARNING).text)
        if self.marks_cell and option.state & QStyle.StateFlag.State_HasFocus:
            self._edge(painter, option.rect, self._look.theme.accent_text)

    def _words_in(
        self, painter: QPainter, rect: QRect, row: object, column: LineColumn[Any], *, is_selected: bool
    ) -> None:
        chip = None if column.chip is None else column.chip(row)
        if chip is not None:
            paint_chip(painter, self._look, rect, chip.tone, chip.word)
            return
        side = RIGHT if column.is_right else LEFT
        words, under = self._words(column, row)
        keeps = keeps_of(column, words, under)
        inks = self._inks(is_selected=is_selected)
        weight = 600 if column.is_strong else 400
        ink = inks[0] if column.is_strong else inks[1]
        has_two = rect.height() >= self._look.px(ONE_LINE_UNDER)
        if has_two and self._runs_over(rect, column, words):
            self._over_two(painter, rect, words, ink, weight)
        elif under and has_two:
            paint_two(painter, self._look, rect, (words, under), (ink, inks[2]), weight, side, keeps=keeps)
        else:
            paint_text(painter, self._look, rect, words, ink, weight, align=side, keeps=keeps[0])

    def _runs_over(self, rect: QRect, column: LineColumn[Any], words: str) -> bool:
        """Whether a name needs both lines of its cell."""
        is_name = column.keeps is Keeps.WHOLE and not column.is_right
        return is_name and self._metrics(column).horizontalAdvance(words) > rect.width()

    def _over_two(self, painter: QPainter, rect: QRect, words: str, ink: str, weight: int) -> None:
        look = self._look
        painter.setFont(look.font(13, weight))
        halves = two_lines(painter.fontMetrics(), words)
        step = look.px(17)
        for number, half in enumerate(halves):
            line = QRect(rect.x(), rect.center().y() - step + number * step, rect.width(), step)
            paint_text(painter, look, line, half, ink, weight, keeps=Keeps.WHOLE)

    def _metrics(self, column: LineColumn[Any], *, is_under: bool = False) -> QFontMetrics:
        look = self._look
        return QFontMetrics(look.font(12) if is_under else look.font(13, 600 if column.is_strong else 400))

    def _unseen(self, rect: QRect, row: object, column: LineColumn[Any]) -> str:
        """Return what a cell holds where it shows less, "" where it shows all."""
        chip = None if column.chip is None else column.chip(row)
        if chip is not None:
            return "" if is_chip_whole(self._look, rect.width(), chip.word) else chip.word
        words, under = self._words(column, row)
        keeps = keeps_of(column, words, under)
        shown = fitting(self._metrics(column), words, rect.width(), keeps[0])
        below = fitting(self._metrics(column, is_under=True), under, rect.width(), keeps[1])
        return "" if (shown, below) == (words, under) else "\n".join(filter(None, (words, under)))

    def _words(self, column: LineColumn[Any], row: object) -> tuple[str, str]:
        under = "" if column.under is None else column.under(row)
        if self.area is not None and not column.width:
            under = " · ".join(filter(None, (self.area.text(row), under)))
        return column.text(row), under

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell all that a cell holds where it shows less, before what else there is to say of it."""
        row = index.data(ROW_ROLE) if index.isValid() else None
        if row is None or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        column = self._columns[index.column()]
        unseen = self._unseen(self._inner(option.rect, index), row, column)
        said = column.tip(row) if column.tip else ""
        words = said if unseen in said else "\n".join(filter(None, (unseen, said)))
        tell_over(event.globalPos(), words, view)
        return True

    def _edge(self, painter: QPainter, rect: QRect, colour: str) -> None:
        painter.setPen(QPen(self._look.colour(colour), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(3, 4, -3, -5), 4, 4)


def keeps_of(column: LineColumn[Any], words: str, under: str) -> tuple[Keeps, Keeps]:
    """Return what may become of a cell's two lines; figures at the right are whole."""
    if not column.is_right:
        return column.keeps, column.keeps_under
    return keeps_figure(words), keeps_figure(under)
