"""Keep the type of a table's heads: a style sheet gives a head that is first shown the window's own."""

from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from gui.theme.look import look

HEAD_SIZE = 12
"""The type of the heads of columns, for a 13 px base."""
HEAD_ROOM, BRIEF_ROOM = 24, 17
"""What stands free beside a head's words, and the least of it that a header needs, for a 13 px base."""


class _HeadFont(QObject):
    """Sets the type of a head whenever it comes on show or the look changes.

    The head is its parent, and asked for each time: what Python knows of a header that Qt made can go
    before the header does.
    """

    def __init__(self, header: QHeaderView, size: float) -> None:
        super().__init__(header)
        self._size = size
        header.installEventFilter(self)
        look.follow(self._dress)

    @property
    def _header(self) -> QHeaderView:
        return cast("QHeaderView", self.parent())

    def _is_other(self) -> bool:
        return self._header.font().pixelSize() != look.font(self._size).pixelSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress a head that comes on show, or to which the window's own type came after all."""
        kind = event.type()
        if kind == QEvent.Type.Show or (kind == QEvent.Type.FontChange and self._is_other()):
            self._dress()
        return False

    @Slot()
    def _dress(self) -> None:
        font = look.font(self._size)
        self._header.setFont(font)
        viewport = self._header.viewport()  # what paints it is not told while the window's rules change
        if shiboken6.isValid(viewport):  # a table that goes takes it along before its head
            viewport.setFont(font)


def keep_head_font(header: QHeaderView, size: float = HEAD_SIZE) -> None:
    """Print a head in this size (at 13 px text) as long as it lives."""
    _HeadFont(header, size)


def head_width(words: str) -> int:
    """Return the room that the lines of a head take, with what a header keeps beside them."""
    metrics = QFontMetrics(look.font(HEAD_SIZE))
    return max(map(metrics.horizontalAdvance, words.split("\n"))) + look.px(HEAD_ROOM)


def brief_width(words: str) -> int:
    """Return the least room in which the brief words of a head are whole."""
    return QFontMetrics(look.font(HEAD_SIZE)).horizontalAdvance(words) + look.px(BRIEF_ROOM)
