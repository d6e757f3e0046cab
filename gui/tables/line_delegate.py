"""Paint tables of lines: two-line cells, chips, bars, outlines, the current row's edge, what runs across.

What runs across stands in place of cells: heads, and rules where something ends, one kept in sight.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.tables.column_widths import BAR_WIDTH, letters_of
from gui.tables.columns import Across, Keeps, LineColumn, Rule
from gui.tables.rows_model import ROW_ROLE, Index
from gui.theme.look import LEFT, RIGHT, Tone, look, outline_with, smooth
from gui.widgets.label import Chip, chip_width, paint_chip, shortened, two_lines, whole_names, whole_or_hashes
from gui.widgets.tips import tell_over

WORDS_NEED = 150
"""What is left of a cell for its own words before a chip beside them gives up its word."""
SIGN = 14
STALE_OPACITY = 0.5
SELECTED, SMOOTH = QStyle.StateFlag.State_Selected, QPainter.RenderHint.Antialiasing


class LineDelegate(QStyledItemDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self, columns: Sequence[LineColumn[Any]], across: Callable[[Any], Across | None]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._across = across
        self.hovered = -1
        self.is_stale = False
        self.area: LineColumn[Any] | None = None
        """The column of areas where it has given way: the second line of the free column says the area."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row = index.data(ROW_ROLE)
        is_selected = SELECTED in option.state
        painter.save()
        if self.is_stale:
            painter.setOpacity(STALE_OPACITY)
        self._ground(painter, option.rect, index, row, is_selected=is_selected)
        painter.setRenderHint(SMOOTH)  # after the ground, or what is beneath shows where cells meet
        self._content(painter, option, index, row, is_selected=is_selected)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, index: Index, row: Any, *, is_selected: bool) -> None:
        theme = look.theme
        is_hovered = index.row() == self.hovered and self._is_chosen(row)
        fill = theme.selected if is_selected else theme.hover if is_hovered else theme.surface
        painter.fillRect(rect, fill)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line)
        if is_selected and index.column() == 0 and self._is_chosen(row):
            edge = QRect(rect.left(), rect.top(), look.px(3), rect.height())
            painter.fillRect(edge, theme.accent_text)

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Any, *, is_selected: bool
    ) -> None:
        column, across = self.columns[index.column()], self._across(row)
        if across is not None and across.spans:
            paint_across(painter, option.rect, across, self._inks(is_selected=is_selected))
            return
        inner = self._inner(option.rect, index)
        if across is not None and column.name in across.columns:
            quiet = self._inks(is_selected=is_selected)[2]
            paint_text(painter, inner, across.words, quiet, 400)
            return
        self._words_in(painter, inner, row, column, is_selected=is_selected)
        if column.outlined is not None and column.outlined(row):
            self._edge(painter, option.rect, look.theme.state(Tone.WARNING).text)

    def _is_chosen(self, row: Any) -> bool:
        across = self._across(row)
        return across is None or across.rule is None

    def _inner(self, rect: QRect, index: Index) -> QRect:
        """Return what a cell leaves for its words."""
        return rect.adjusted(look.px(12 if index.column() == 0 else 8), 0, -look.px(8), 0)

    def _inks(self, *, is_selected: bool) -> tuple[str, str, str]:
        """Return the colours of words, of quieter ones, and of the quietest."""
        theme = look.theme
        if is_selected and not theme.is_tinted:
            return (theme.on_accent,) * 3
        return theme.text, theme.text2, theme.muted

    def _words_in(
        self, painter: QPainter, rect: QRect, row: object, column: LineColumn[Any], *, is_selected: bool
    ) -> None:
        chip = None if column.chip is None else column.chip(row)
        if chip is not None:
            paint_chip(painter, rect, chip.tone, chip.word)
            return
        side = RIGHT if column.is_right else LEFT
        words, under = self._words(column, row)
        keeps = keeps_of(column, words, under)
        inks = self._inks(is_selected=is_selected)
        if column.holds is not None:
            _sign(painter, rect, words, inks, holds=column.holds(row))
            return
        if column.beside is not None:
            rect = _beside(painter, rect, column.beside(row))
        weight = column.weight
        ink = inks[0] if column.is_strong else inks[2] if column.is_quiet else inks[1]
        has_two = rect.height() >= look.px(ONE_LINE_UNDER)
        if has_two and self._runs_over(rect, column, words):
            _over_two(painter, rect, words, ink, weight)
        elif under and has_two:
            paint_two(painter, rect, (words, under), (ink, inks[2]), weight, side, keeps=keeps)
        else:
            size = 13 if under else column.size
            paint_text(painter, rect, words, ink, weight, size=size, align=side, keeps=keeps[0])
            if under and side == LEFT:
                used = painter.fontMetrics().horizontalAdvance(words) + look.px(8)
                rest = rect.adjusted(used, 0, 0, 0)
                paint_text(painter, rest, under, inks[2], 400, size=12, keeps=keeps[1])
            elif column.bar is not None:
                _bar(painter, rect, column.bar(row))

    def _runs_over(self, rect: QRect, column: LineColumn[Any], words: str) -> bool:
        """Whether a name needs both lines of its cell."""
        is_name = column.keeps is Keeps.WHOLE and not column.is_right
        return is_name and _metrics(column).horizontalAdvance(words) > rect.width()

    def _unseen(self, rect: QRect, row: object, column: LineColumn[Any]) -> str:
        """Return what a cell holds where it shows less, "" where it shows all."""
        chip = None if column.chip is None else column.chip(row)
        if chip is not None:
            return "" if rect.width() >= chip_width(chip.word) else chip.word
        words, under = self._words(column, row)
        keeps = keeps_of(column, words, under)
        shown = fitting(_metrics(column), words, rect.width(), keeps[0])
        below = fitting(_metrics(column, is_under=True), under, rect.width(), keeps[1])
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
        if row is None or event.type() != QEvent.Type.ToolTip or self._across(row) is not None:
            return super().helpEvent(event, view, option, index)
        column = self.columns[index.column()]
        unseen = self._unseen(self._inner(option.rect, index), row, column)
        said = column.tip(row) if column.tip else ""
        words = said if unseen in said else "\n".join(filter(None, (unseen, said)))
        tell_over(event.globalPos(), words, view)
        return True

    def _edge(self, painter: QPainter, rect: QRect, colour: str) -> None:
        outline_with(painter, colour, 2)
        painter.drawRoundedRect(QRectF(rect).adjusted(3, 4, -3, -5), 4, 4)


def keeps_of(column: LineColumn[Any], words: str, under: str) -> tuple[Keeps, Keeps]:
    """Return what may become of a cell's two lines; figures at the right are whole."""
    if not column.is_right:
        return column.keeps, column.keeps_under
    return keeps_figure(words), keeps_figure(under)


def paint_bar(painter: QPainter, rect: QRectF, parts: tuple[int, int]) -> None:
    """Paint a bar as two parts, in thousandths of its length."""
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(rect, look.theme.track)
    first, second = (rect.width() * part / 1000 for part in parts)
    painter.fillRect(QRectF(rect.x(), rect.y(), first, rect.height()), look.theme.accent_text)
    gap = 2 if first and second > 2 else 0
    rest = QRectF(rect.x() + first + gap, rect.y(), max(second - gap, 0), rect.height())
    painter.fillRect(rest, look.theme.bar_consider)
    painter.restore()


def _beside(painter: QPainter, rect: QRect, chip: Chip | None) -> QRect:
    """Paint a chip at the right of a cell, with its word where there is room; return the rest."""
    if chip is None:
        return rect
    whole, alone = chip_width(chip.word), chip_width("")
    width = whole if rect.width() - whole >= look.px(WORDS_NEED) else alone
    box = QRect(rect.right() - width, rect.y(), width, rect.height())
    paint_chip(painter, box, chip.tone, chip.word)
    return rect.adjusted(0, 0, -width - look.px(6), 0)


def _bar(painter: QPainter, rect: QRect, parts: tuple[int, int]) -> None:
    """Paint a bar of two parts beside a figure, where there is room."""
    used = painter.fontMetrics().horizontalAdvance("100.00") + look.px(8)
    if rect.width() - used >= look.px(BAR_WIDTH):
        top = rect.y() + (rect.height() - look.px(6)) / 2
        paint_bar(painter, QRectF(rect.x() + used, top, look.px(BAR_WIDTH), look.px(6)), parts)


def _sign(
    painter: QPainter, rect: QRect, words: str, inks: tuple[str, str, str], *, holds: bool | None
) -> None:
    """Paint whether something holds: a shape, and its word where there is room."""
    if holds is None:
        return
    colour = inks[2] if holds or inks[0] == inks[2] else look.theme.state(Tone.WARNING).text
    top, sign = rect.center().y() - look.px(SIGN) // 2, "check" if holds else "warning"
    look.paint_glyph(painter, rect.left(), top, sign, colour, SIGN)
    room = rect.adjusted(look.px(SIGN + 5), 0, 0, 0)
    if painter.fontMetrics().horizontalAdvance(words) <= room.width():
        paint_text(painter, room, words, colour, 400 if holds else 600, size=12)


def _over_two(painter: QPainter, rect: QRect, words: str, ink: str, weight: int) -> None:
    painter.setFont(look.font(13, weight))
    halves = two_lines(painter.fontMetrics(), words)
    step = look.px(17)
    for number, half in enumerate(halves):
        line = QRect(rect.x(), rect.center().y() - step + number * step, rect.width(), step)
        paint_text(painter, line, half, ink, weight, keeps=Keeps.WHOLE)


def _metrics(column: LineColumn[Any], *, is_under: bool = False) -> QFontMetrics:
    return QFontMetrics(look.font(12) if is_under else look.font(13, column.weight))


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


CENTRE = Qt.AlignmentFlag.AlignCenter
FLAGS = {align: int(align | Qt.TextFlag.TextDontClip) for align in (LEFT, RIGHT, CENTRE)}
"""Letters of another script may stand higher than the line. To put flags together takes long in a cell."""
ONE_LINE_UNDER = 36
"""Rows lower than this (at 13 px text) have room for one line only."""


def paint_text(
    painter: QPainter,
    rect: QRect,
    words: str,
    colour: str,
    weight: int,
    *,
    size: float = 13,
    align: Qt.AlignmentFlag = LEFT,
    keeps: Keeps = Keeps.WORDS,
) -> None:
    """Paint one line, shortened where there is no room as far as that may be."""
    painter.setFont(look.font(size, weight))
    painter.setPen(colour)
    if letters_of(size, weight)[words] > rect.width():
        words = fitting(painter.fontMetrics(), words, rect.width(), keeps)
    painter.drawText(rect, FLAGS[align], words)


def fitting(metrics: QFontMetrics, words: str, room: int, keeps: Keeps) -> str:
    """Return what a cell shows of its words."""
    if keeps is Keeps.NAMES:
        return whole_names(metrics, words, room)
    is_whole = keeps is Keeps.WHOLE
    return whole_or_hashes(metrics, words, room) if is_whole else shortened(metrics, words, room)


def keeps_figure(words: str) -> Keeps:
    """Return what may become of words that stand where figures do."""
    return Keeps.WHOLE if any(letter.isdigit() for letter in words) else Keeps.WORDS


def paint_two(
    painter: QPainter,
    rect: QRect,
    words: tuple[str, str],
    inks: tuple[str, str],
    weight: int,
    align: Qt.AlignmentFlag,
    *,
    keeps: Sequence[Keeps],
) -> None:
    """Paint two lines about the middle of a cell."""
    middle = rect.center().y()
    upper = QRect(rect.x(), middle - look.px(18), rect.width(), look.px(19))
    lower = QRect(rect.x(), middle - look.px(1), rect.width(), look.px(18))
    paint_text(painter, upper, words[0], inks[0], weight, align=align, keeps=keeps[0])
    paint_text(painter, lower, words[1], inks[1], 400, size=12, align=align, keeps=keeps[1])
