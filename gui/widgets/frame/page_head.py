"""The head of a page: its title over a line of words, and what can be done with the page beside them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gui.theme.look import look, space
from gui.widgets.flow import Flow
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import column_of

SIDE = 3
"""What is left free at both sides, as beside the cards beneath, for the ring of what has the focus."""


class PageHead(Flow):
    """A row that keeps the title whole and its parts at the end; they go beneath where there is no room.

    The words beside the parts give way before either, but for their first clause.
    """

    def __init__(self, title: QWidget, words: QWidget, parts: Sequence[QWidget], *, side: int = SIDE) -> None:
        super().__init__(is_right=True)
        self._title, self._words, self._side = title, words, side
        self._titles = column_of(title, words, spacing=0)
        if isinstance(words, ElidedLabel):
            words.give_way_by_clauses()
        self.add(self._titles)
        for part in parts:
            self.add(part)
        space(self, 8)

    @property
    def _beneath(self) -> int:
        """How far beneath the title its parts stand where they have no room beside it."""
        return look.px(4)

    def _flowing(self) -> list[QLayoutItem]:
        """Return the parts, which alone flow."""
        return [item for item in self._items if item is not self._titles]

    def _width_of_parts(self) -> int:
        return super().sizeHint().width()

    def _is_in_one_row(self, width: int) -> bool:
        """Whether the parts have room beside the title and what the words say first."""
        words, least = self._words, self._title.sizeHint().width()
        if isinstance(words, ElidedLabel) and not words.isHidden():
            least = max(least, words.first_clause)
        return least + self.spacing() + self._width_of_parts() <= width

    def heightForWidth(self, width: int) -> int:
        """Return the height of one row, or of the title and what goes beneath."""
        title, inner = self._titles.sizeHint().height(), width - 2 * self._side
        parts = super().heightForWidth(inner)
        return max(title, parts) if self._is_in_one_row(inner) else title + self._beneath + parts

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        width = self._title.sizeHint().width() + self.spacing() + self._width_of_parts()
        return QSize(
            width + 2 * self._side, max(self._titles.sizeHint().height(), super().sizeHint().height())
        )

    def minimumSize(self) -> QSize:
        """Need the room of the widest part."""
        return QSize(super().minimumSize().width() + 2 * self._side, self.sizeHint().height())

    def setGeometry(self, rect: QRect) -> None:
        """Stand the title at the left and the parts at the right, or beneath it."""
        inner = rect.adjusted(self._side, 0, -self._side, 0)
        room, high = inner.width(), inner.height()
        if self._is_in_one_row(room):
            parts = self._width_of_parts()
            top = max(high - super().heightForWidth(room), 0) // 2
            below = QRect(inner.right() + 1 - parts, inner.y() + top, parts, high - top)
            room -= parts + self.spacing() if parts else 0
        else:
            high = self._titles.sizeHint().height()
            below = inner.adjusted(0, high + self._beneath, 0, 0)
        QLayout.setGeometry(self, rect)
        self._titles.setGeometry(QRect(inner.x(), inner.y(), room, high))
        self._stand(below)
