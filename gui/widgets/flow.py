"""A row that goes on beneath itself where there is no room for all of it: nothing in it is cut."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from gui.widgets.nesting import forget_items


class Flow(QLayout):
    """Stand parts beside one another, each as wide as it asks to be, and begin a new line when it is full.

    `is_right` stands the lines at the right. Hidden parts take no room. It holds its widgets by items that
    Python makes: those that Qt would make go without a word (see `gui/widgets/nesting.py`).
    """

    def __init__(self, parent: QWidget | None = None, *, is_right: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._is_right = is_right
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part in at the end."""
        self._items.append(item)

    def add(self, part: QWidget | QLayout, *, at: int | None = None) -> None:
        """Take a widget or a row of widgets in, at the end or before the part at a place."""
        if isinstance(part, QWidget):
            self.addChildWidget(part)
            item: QLayoutItem = QWidgetItem(part)
        else:
            self.addChildLayout(part)
            forget_items(part)
            item = part
        self._items.insert(len(self._items) if at is None else at, item)
        self.invalidate()

    def addWidget(self, part: QWidget) -> None:
        """Take a widget in at the end."""
        self.add(part)

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than there is need of."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are in a width."""
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        parts = self._shown()
        wide = sum(item.sizeHint().width() for item in parts) + self.spacing() * max(len(parts) - 1, 0)
        return QSize(wide, _height(parts))

    def minimumSize(self) -> QSize:
        """Need the room of the widest part."""
        parts = self._shown()
        return QSize(max((item.sizeHint().width() for item in parts), default=0), _height(parts))

    def setGeometry(self, rect: QRect) -> None:
        """Stand the parts in their lines."""
        super().setGeometry(rect)
        self._stand(rect)

    def _stand(self, rect: QRect) -> None:
        top = rect.y()
        for line in self._lines(rect.width()):
            left = rect.x() + (max(rect.width() - self._width(line), 0) if self._is_right else 0)
            for item in line:
                size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
                item.setGeometry(QRect(QPoint(left, top + (_height(line) - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += _height(line) + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _width(self, line: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in line) + self.spacing() * max(len(line) - 1, 0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self._shown():
            if lines and self._width([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines


def _height(line: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
