"""A row that goes on beneath itself where there is no room for all of it: nothing in it is cut."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from gui.theme.look import FLUSH, space

Sized = tuple[QLayoutItem, QSize]
"""A part, and the size that it asks for."""


class Flow(QLayout):
    """Stand parts beside one another, each as wide as it asks to be, and begin a new line when it is full.

    Lines stand half as far apart as parts. `is_right` stands the lines at the right. Hidden parts take no
    room. It holds its widgets by items that Python makes: those that Qt would make go without a word (see
    `gui/widgets/nesting.py`).
    """

    def __init__(self, parent: QWidget | None = None, *, is_right: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._sizes: list[Sized] | None = None
        self._is_right = is_right
        space(self, edges=FLUSH)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part in at the end."""
        self._items.append(item)
        self.invalidate()

    def addWidget(self, part: QWidget) -> None:
        self.insertWidget(len(self._items), part)

    def insertWidget(self, at: int, part: QWidget) -> None:
        """Take a widget in before the part at a place."""
        self.addChildWidget(part)
        self._items.insert(at, QWidgetItem(part))
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        self._sizes = None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Ask the parts anew what room they need, at the next chance; parts say so when it changes."""
        self._sizes = None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than there is need of."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are in a width."""
        lines = self._lines(width)
        return sum(map(_height, lines)) + self.spacing() // 2 * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        parts = self._shown()
        return QSize(self._width(parts), _height(parts))

    def minimumSize(self) -> QSize:
        """Need the room of the widest part."""
        parts = self._shown()
        return QSize(max((size.width() for _, size in parts), default=0), _height(parts))

    def setGeometry(self, rect: QRect) -> None:
        """Stand the parts in their lines."""
        super().setGeometry(rect)
        top = rect.y()
        for line in self._lines(rect.width()):
            high = _height(line)
            left = rect.x() + (max(rect.width() - self._width(line), 0) if self._is_right else 0)
            for item, asked in line:
                size = asked.boundedTo(QSize(rect.width(), asked.height()))
                item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += high + self.spacing() // 2

    def _shown(self) -> list[Sized]:
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._sizes

    def _width(self, line: list[Sized]) -> int:
        return sum(size.width() for _, size in line) + self.spacing() * max(len(line) - 1, 0)

    def _lines(self, width: int) -> list[list[Sized]]:
        lines: list[list[Sized]] = []
        taken, between = 0, self.spacing()
        for part in self._shown():
            wide = part[1].width()
            if lines and taken + between + wide <= width:
                lines[-1].append(part)
                taken += between + wide
            else:
                lines.append([part])
                taken = wide
        return lines


def flow_of(
    parts: Iterable[QWidget], spacing: int, inside: QWidget | None = None, *, is_right: bool = False
) -> Flow:
    """Return parts in such a row: the layout of what they stand `inside`, else one to be nested."""
    row = space(Flow(inside, is_right=is_right), spacing)
    for part in parts:
        row.addWidget(part)
    return row


def in_flow(parts: Iterable[QWidget], spacing: int) -> QWidget:
    """Return parts in a row that goes on beneath itself, as one widget."""
    row = QWidget()
    flow_of(parts, spacing, row)
    return row


def _height(line: list[Sized]) -> int:
    return max((size.height() for _, size in line), default=0)
