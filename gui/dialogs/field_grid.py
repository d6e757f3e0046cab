"""Lines of fields under headings, with room beneath each line for what is wrong with it."""

from PySide6.QtWidgets import QGridLayout, QWidget

from gui.theme.look import space
from gui.widgets.label import Label


class FieldGrid(QGridLayout):
    """Every line has a spare one beneath it, which takes no room until something is said there."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0
        self._lines: dict[QWidget, int] = {}
        space(self, (8, 6))

    def heads(self, *words: str) -> None:
        """Put headings over the columns of the fields that follow."""
        self.put(*(Label(head, size=12, tone="muted") for head in words))

    def put(self, *parts: QWidget) -> None:
        """Put in a line; the last part takes the columns that are left."""
        for column, part in enumerate(parts):
            self.addWidget(part, self._next, column)
            self._lines[part] = self._next
        self._next += 2 if parts else 0

    def holds(self, field: QWidget) -> bool:
        """Whether a field stands here."""
        return field in self._lines

    def put_beneath(self, part: QWidget, field: QWidget) -> None:
        """Put in what is said of a field, beneath its line."""
        self.addWidget(part, self._lines[field] + 1, 0, 1, self.columnCount())
