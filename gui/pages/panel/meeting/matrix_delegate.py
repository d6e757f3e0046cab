"""Paint the matrix: marks in the middle of their cells, dots, the flagged spread, the agreed mark's box."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.pages.panel.meeting.matrix_rows import (
    AGREED,
    CRITERION,
    MARKS,
    REASON,
    SPREAD,
    MatrixRow,
    is_number,
    member_number,
)
from gui.pages.panel.meeting.words import cell_words, marks_of
from gui.tables.rows_model import ROW_ROLE
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.shorten import shortened

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
BOX_WIDTH, BOX_HEIGHT, OFFSET = 28, 22, 12
STALE_OPACITY = 0.5


class MatrixDelegate(QStyledItemDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.columns: tuple[str, ...] = ()
        self.maximum = 5
        self.is_stale = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        row: MatrixRow = index.data(ROW_ROLE)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(STALE_OPACITY if self.is_stale else 1)
        self._ground(painter, option.rect, index.column(), is_selected=is_selected)
        self._content(painter, option.rect, row, self.columns[index.column()], is_selected=is_selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._ring(painter, option.rect)
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        """Paint the ring of the cell at hand, as wide as its column."""
        painter.setPen(QPen(self._look.colour(self._look.theme.accent_text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -2, -2), 4, 4)

    def _ground(self, painter: QPainter, rect: QRect, column: int, *, is_selected: bool) -> None:
        look, theme = self._look, self._look.theme
        painter.fillRect(rect, look.colour(theme.selected if is_selected else theme.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour(theme.line))
        if is_selected and column == 0:
            edge = QRect(rect.left(), rect.top(), look.px(3), rect.height())
            painter.fillRect(edge, look.colour(theme.accent_text))

    def _content(
        self, painter: QPainter, rect: QRect, row: MatrixRow, column: str, *, is_selected: bool
    ) -> None:
        look, theme = self._look, self._look.theme
        strong = theme.on_accent if is_selected and not theme.is_tinted else theme.text
        quiet = strong if strong != theme.text else theme.text2
        inner = rect.adjusted(look.px(12), 0, -look.px(6), 0)
        number = member_number(column)
        if number is not None:
            ink = strong if is_number(row, number) else quiet
            place = rect.adjusted(look.px(OFFSET), 0, 0, 0)
            self._text(painter, place, cell_words(row.line.cells[number]), ink, 600, LEFT, 14)
        elif column == CRITERION:
            self._criterion(painter, inner, row, (strong, quiet))
        elif column == MARKS:
            paint_dots(painter, look, rect, row, self.maximum)
        elif column == SPREAD:
            self._spread(painter, inner, row, strong)
        elif column == AGREED:
            self._agreed(painter, rect, row)
        elif column == REASON:
            words = f"Not applicable: {row.not_applicable}" if row.not_applicable else row.reason
            words = words or ("To note" if row.counts is not None and row.must_settle else "")
            self._text(painter, inner.adjusted(-look.px(4), 0, 0, 0), words, quiet, 400, LEFT, 12)

    def _criterion(self, painter: QPainter, rect: QRect, row: MatrixRow, inks: tuple[str, str]) -> None:
        self._text(painter, rect, row.line.code, inks[1], 600, LEFT, 12)
        rect = rect.adjusted(self._look.px(28), 0, 0, 0)
        self._text(painter, rect, row.line.title, inks[0], 600, LEFT, 13)

    def _spread(self, painter: QPainter, rect: QRect, row: MatrixRow, ink: str) -> None:
        look = self._look
        words = "–" if row.line.spread is None else str(row.line.spread)
        if not row.line.is_flagged or row.line.is_not_applicable:
            self._text(painter, rect, words, ink, 400, LEFT, 13)
            return
        colour = look.theme.state(Tone.WARNING).text if look.theme.is_tinted else ink
        self._text(painter, rect, words, colour, 600, LEFT, 13)
        glyph = look.glyph(Tone.WARNING, colour, 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPoint(rect.left() + look.px(16), rect.center().y() - look.px(7)), glyph)

    def _agreed(self, painter: QPainter, rect: QRect, row: MatrixRow) -> None:
        look, theme = self._look, self._look.theme
        if row.line.is_not_applicable:
            self._text(painter, rect, "n/a", theme.text2, 600, CENTRE, 13)
            return
        if row.counts is not None:
            is_left = row.must_settle and theme.is_tinted
            ink = theme.state(Tone.WARNING).text if is_left else theme.text
            self._text(painter, rect, row.counts, ink, 600, CENTRE, 14)
            return
        box = QRectF(0, 0, look.px(BOX_WIDTH), min(look.px(BOX_HEIGHT), rect.height() - 6))
        box.moveCenter(QPointF(rect.center()))
        is_agreed = row.line.agreed is not None
        edge = (
            theme.accent
            if is_agreed
            else theme.state(Tone.WARNING).text
            if row.must_settle
            else theme.control
        )
        pen = QPen(look.colour(edge), 1 if is_agreed else 1.4)
        if not is_agreed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.colour(theme.accent if is_agreed else theme.surface))
        painter.drawRoundedRect(box, look.px(5), look.px(5))
        if is_agreed:
            self._text(painter, box.toRect(), str(row.line.agreed), theme.on_accent, 600, CENTRE, 14)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        words: str,
        colour: str,
        weight: int,
        align: Qt.AlignmentFlag,
        size: float,
    ) -> None:
        painter.setFont(self._look.font(size, weight))
        painter.setPen(self._look.colour(colour))
        shown = shortened(painter.fontMetrics(), words, max(rect.width(), 0))
        painter.drawText(rect, align, shown)


def paint_dots(painter: QPainter, look: Look, rect: QRect, row: MatrixRow, maximum: int) -> None:
    """Paint chart C5: a dot for each mark on the scale, doubled marks larger, the agreed one as a bar."""
    theme, marks = look.theme, marks_of(row.line)
    left, right = rect.left() + look.px(14), rect.right() - look.px(14)
    step, middle = (right - left) / max(maximum, 1), rect.center().y() + 0.5
    painter.setPen(QPen(look.colour(theme.track if theme.is_tinted else theme.text), 2))
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    if row.line.spread:
        colour = theme.state(Tone.WARNING).text if row.line.is_flagged else theme.bar_consider
        painter.setPen(QPen(look.colour(colour), 2))
        painter.drawLine(QPointF(left + step * min(marks), middle), QPointF(left + step * max(marks), middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(theme.bar_consider))
    for mark in set(marks):
        radius = look.px(3) + look.px(1.2) * marks.count(mark)
        painter.drawEllipse(QPointF(left + step * mark, middle), radius, radius)
    if row.line.agreed is not None:
        bar = QRectF(
            left + step * row.line.agreed - look.px(1.5), middle - look.px(10), look.px(3), look.px(20)
        )
        painter.fillRect(bar, look.colour(theme.accent_text))
