"""Paint the rows of a list: the ground and edge of each, and how words stand in a cell, on a line or two."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.tables.columns import Keeps
from gui.tables.room_for_words import letters_of
from gui.tables.rows_model import ROW_ROLE
from gui.theme.look import look
from gui.widgets.label import shortened, whole_names, whole_or_hashes

Index = QModelIndex | QPersistentModelIndex
STALE_OPACITY = 0.5
SELECTED, SMOOTH = QStyle.StateFlag.State_Selected, QPainter.RenderHint.Antialiasing
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
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
    keeps: Sequence[Keeps] = (Keeps.WORDS, Keeps.WORDS),
) -> None:
    """Paint two lines about the middle of a cell."""
    middle = rect.center().y()
    upper = QRect(rect.x(), middle - look.px(18), rect.width(), look.px(19))
    lower = QRect(rect.x(), middle - look.px(1), rect.width(), look.px(18))
    paint_text(painter, upper, words[0], inks[0], weight, align=align, keeps=keeps[0])
    paint_text(painter, lower, words[1], inks[1], 400, size=12, align=align, keeps=keeps[1])


class RowDelegate(QStyledItemDelegate):
    """Paint each cell from the frozen row that the model hands over."""

    def __init__(self) -> None:
        super().__init__()
        self.hovered = -1
        self.is_stale = False

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

    def _is_chosen(self, row: Any) -> bool:
        """Whether a row can be the current one: a line that is only drawn cannot."""
        return True

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Any, *, is_selected: bool
    ) -> None:
        raise NotImplementedError

    def _inner(self, rect: QRect, index: Index) -> QRect:
        """Return what a cell leaves for its words."""
        return rect.adjusted(look.px(12 if index.column() == 0 else 8), 0, -look.px(8), 0)

    def _inks(self, *, is_selected: bool) -> tuple[str, str, str]:
        """Return the colours of words, of quieter ones, and of the quietest."""
        theme = look.theme
        if is_selected and not theme.is_tinted:
            return (theme.on_accent,) * 3
        return theme.text, theme.text2, theme.muted
