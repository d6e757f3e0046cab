"""Paint the rows of a list: the ground and edge of each, and how words stand in a cell, on a line or two."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from gui.tables.columns import Keeps
from gui.tables.room_for_words import letters_of
from gui.theme.look import look
from gui.widgets.label import shortened, whole_names, whole_or_hashes

Index = QModelIndex | QPersistentModelIndex
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
