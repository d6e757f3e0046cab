"""Paint the ranked table: two-line cells, bars, chips, and the rows that span all columns."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from gui.tables.cell_text import (
    LEFT,
    ONE_LINE_UNDER,
    RIGHT,
    Index,
    RowDelegate,
    keeps_figure,
    paint_text,
    paint_two,
)
from gui.tables.columns import Keeps
from gui.tables.ranking.columns import (
    AMOUNT,
    APPLICANT,
    BAR_WIDTH,
    HOLDS,
    IS_FOR,
    OUTCOME,
    PLACE,
    RUNNING,
    TOTAL,
)
from gui.tables.ranking.rows import Kind, TableRow
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.label import chip_width, paint_chip, shortened

SHAPE = 14
WORDS_NEED = 150
"""What is left of a cell for its own words before a chip in it gives up its word."""


class RankingDelegate(RowDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self, look: Look, columns: tuple[str, ...]) -> None:
        super().__init__(look)
        self.columns = columns

    def _is_chosen(self, row: TableRow) -> bool:
        return row.kind not in (Kind.BUDGET, Kind.TOLERANCE)

    def _content(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: TableRow,
        *,
        is_selected: bool,
    ) -> None:
        rect: QRect = option.rect
        if not self._is_chosen(row):
            paint = paint_budget_line if row.kind is Kind.BUDGET else paint_tolerance_line
            paint(painter, self._look, rect, row.words, is_over=row.is_over)
        elif row.spans:
            self._head(painter, rect, row, is_selected=is_selected)
        else:
            inner, column = self._inner(rect, index), self.columns[index.column()]
            self._cell(painter, inner, row, column, is_selected=is_selected)

    def _head(self, painter: QPainter, rect: QRect, row: TableRow, *, is_selected: bool) -> None:
        look, ink = self._look, self._ink(is_selected=is_selected)
        inner = rect.adjusted(look.px(12), 0, -look.px(12), 0)
        if row.kind is Kind.NOT_RANKED:
            name = "chevron-right" if row.is_folded else "chevron-down"
            glyph = look.glyph(name, ink[1], 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPoint(inner.left(), rect.center().y() - look.px(7)), glyph)
            inner.adjust(look.px(22), 0, 0, 0)
        self._text(painter, inner, row.words, ink[0], 600)
        inner.adjust(painter.fontMetrics().horizontalAdvance(row.words) + look.px(10), 0, 0, 0)
        self._text(painter, inner, row.note, ink[1], 400, size=12)

    def _cell(
        self, painter: QPainter, inner: QRect, row: TableRow, column: str, *, is_selected: bool
    ) -> None:
        look = self._look
        ink = self._ink(is_selected=is_selected)
        if column == PLACE:
            self._place(painter, inner, row.place, ink)
        elif column == APPLICANT:
            inner = self._missing(painter, inner, row)
            self._two(painter, inner, (row.organisation, row.under), ink, LEFT)
        elif row.kind is Kind.UNRANKED and column in (TOTAL, HOLDS, AMOUNT, RUNNING):
            self._text(painter, inner, row.words, ink[1], 400)
        elif column == TOTAL:
            self._total(painter, inner, row, ink)
        elif column == HOLDS:
            self._badge(painter, inner, row, ink)
        elif column == AMOUNT:
            self._two(painter, inner, (row.amount, row.asked), ink, RIGHT)
        elif column == RUNNING:
            self._text(painter, inner, row.running, ink[1], 400, align=RIGHT)
        elif column == OUTCOME:
            if row.chip:
                paint_chip(painter, look, inner, row.chip.tone, row.chip.word)
        else:
            align = LEFT if column == IS_FOR else RIGHT
            self._text(painter, inner, row.extra.get(column, ""), ink[1], 400, align=align)

    def _missing(self, painter: QPainter, rect: QRect, row: TableRow) -> QRect:
        """Paint what is lacking at the right of a cell, in words where there is room; return the rest."""
        if row.missing is None:
            return rect
        whole, alone = chip_width(self._look, row.missing.word), chip_width(self._look, "")
        width = whole if rect.width() - whole >= self._look.px(WORDS_NEED) else alone
        box = QRect(rect.right() - width, rect.y(), width, rect.height())
        paint_chip(painter, self._look, box, row.missing.tone, row.missing.word)
        return rect.adjusted(0, 0, -width - self._look.px(6), 0)

    def _place(self, painter: QPainter, rect: QRect, place: str, ink: tuple[str, str]) -> None:
        number, _, rule = place.partition(" by ")
        if not rule:
            self._text(painter, rect, number, ink[0], 600, size=14)
        else:
            self._two(painter, rect, (number, f"by {rule}"), ink, LEFT)

    def _total(self, painter: QPainter, rect: QRect, row: TableRow, ink: tuple[str, str]) -> None:
        look = self._look
        if row.price:
            self._two(painter, rect, (row.total, row.price), ink, LEFT)
            return
        self._text(painter, rect, row.total, ink[0], 600)
        used = painter.fontMetrics().horizontalAdvance("100.00") + look.px(8)
        if rect.width() - used >= look.px(BAR_WIDTH):
            top = rect.y() + (rect.height() - look.px(6)) / 2
            bar = QRectF(rect.x() + used, top, look.px(BAR_WIDTH), look.px(6))
            paint_bar(painter, look, bar, row.bar)

    def _badge(self, painter: QPainter, rect: QRect, row: TableRow, ink: tuple[str, str]) -> None:
        """Paint whether it holds: a shape, and its word where there is room."""
        if row.badge is None:
            return
        look = self._look
        colour = look.theme.muted if row.badge.holds else look.theme.state(Tone.WARNING).text
        colour = ink[1] if ink[0] == ink[1] else colour
        ratio = painter.device().devicePixelRatioF()
        glyph = look.glyph("check" if row.badge.holds else "warning", colour, SHAPE, ratio)
        painter.drawPixmap(QPoint(rect.left(), rect.center().y() - look.px(SHAPE) // 2), glyph)
        words = rect.adjusted(look.px(SHAPE + 5), 0, 0, 0)
        if painter.fontMetrics().horizontalAdvance(row.badge.word) <= words.width():
            self._text(painter, words, row.badge.word, colour, 400 if row.badge.holds else 600, size=12)

    def _two(
        self,
        painter: QPainter,
        rect: QRect,
        words: tuple[str, str],
        ink: tuple[str, str],
        align: Qt.AlignmentFlag,
    ) -> None:
        if rect.height() < self._look.px(ONE_LINE_UNDER):
            self._one(painter, rect, words, ink, align)
            return
        paint_two(painter, self._look, rect, words, ink, 600, align, keeps=_figures(align, *words))

    def _one(
        self,
        painter: QPainter,
        rect: QRect,
        words: tuple[str, str],
        ink: tuple[str, str],
        align: Qt.AlignmentFlag,
    ) -> None:
        self._text(painter, rect, words[0], ink[0], 600, align=align)
        if align == LEFT:
            used = painter.fontMetrics().horizontalAdvance(words[0]) + self._look.px(8)
            self._text(painter, rect.adjusted(used, 0, 0, 0), words[1], ink[1], 400, size=12)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        words: str,
        colour: str,
        weight: int,
        *,
        size: float = 13,
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        keeps = _figures(align, words)[0]
        paint_text(painter, self._look, rect, words, colour, weight, size=size, align=align, keeps=keeps)

    def _ink(self, *, is_selected: bool) -> tuple[str, str]:
        words, _, quiet = self._inks(is_selected=is_selected)
        return words, quiet


def _figures(align: Qt.AlignmentFlag, *words: str) -> tuple[Keeps, ...]:
    """Return what may become of the lines of a cell: figures stand at the right, and are whole."""
    return tuple(keeps_figure(one) if align == RIGHT else Keeps.WORDS for one in words)


def paint_bar(painter: QPainter, look: Look, rect: QRectF, parts: tuple[int, int]) -> None:
    """Paint the total as its quality and cost parts, in thousandths of the bar's length."""
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(rect, look.colour(look.theme.track))
    quality = rect.width() * parts[0] / 1000
    cost = rect.width() * parts[1] / 1000
    painter.fillRect(QRectF(rect.x(), rect.y(), quality, rect.height()), look.colour(look.theme.accent_text))
    gap = 2 if quality and cost > 2 else 0
    rest = QRectF(rect.x() + quality + gap, rect.y(), max(cost - gap, 0), rect.height())
    painter.fillRect(rest, look.colour(look.theme.bar_consider))
    painter.restore()


def paint_budget_line(painter: QPainter, look: Look, rect: QRect, words: str, *, is_over: bool) -> None:
    """Paint the budget line: a 2 px rule with its figures in a pill."""
    theme = look.theme
    ground = theme.bar_over if is_over else theme.text
    painter.fillRect(QRectF(rect.x(), rect.center().y(), rect.width(), 2), look.colour(ground))
    pill, shown = _pill(painter, look, rect, words)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(ground))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(look.colour(theme.surface))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)


def paint_tolerance_line(painter: QPainter, look: Look, rect: QRect, words: str, *, is_over: bool) -> None:
    """Paint the line where the tolerance ends: a broken rule with its figures in an empty pill."""
    theme = look.theme
    ink = look.colour(theme.bar_over if is_over else theme.text2)
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
    middle = rect.center().y() + 1
    painter.drawLine(rect.x(), middle, rect.x() + rect.width(), middle)
    pill, shown = _pill(painter, look, rect, words)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(look.colour(theme.surface))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)


def _pill(painter: QPainter, look: Look, rect: QRect, words: str) -> tuple[QRectF, str]:
    """Return where the figures of a line stand, and as much of them as there is room for."""
    painter.setFont(look.font(12, 600))
    room = rect.width() - look.px(48)
    shown = shortened(painter.fontMetrics(), words, room)
    height = min(look.px(22), rect.height() - 2)
    width = painter.fontMetrics().horizontalAdvance(shown) + look.px(24)
    top = rect.y() + (rect.height() - height) / 2
    return QRectF(rect.x() + look.px(12), top, width, height), shown
