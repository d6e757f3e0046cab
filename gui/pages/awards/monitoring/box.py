"""What every box of the Monitoring page is: a form whose fields stand in a grid that scrolls."""

from typing import TypeVar

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.fitting import Fitted
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.words import Words

Line = TypeVar("Line", bound=QLineEdit)
MOST_HEIGHT = 430


class Box(Form):
    """Lines of fields under headings, as high as they need and no higher than the screen has room for."""

    def __init__(self, look: Look, title: str, words: str, deed: str, parent: QWidget, width: int) -> None:
        super().__init__(look, title, (words,), deed, parent, width)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, look.px(8), 0)
        self.grid.setHorizontalSpacing(look.px(8))
        self.grid.setVerticalSpacing(look.px(6))
        self._body, self._scroll = QWidget(), Fitted(self)
        self.column.addWidget(self._scroll, 1)

    def finish(self) -> None:
        """Show the fields, then the buttons."""
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(2, 2, 2, 2)
        rows.addLayout(self.grid)
        rows.addStretch(1)
        scroll = self._scroll
        scroll.setWidget(self._body)
        self._body.setAutoFillBackground(False)
        room = self.screen().availableGeometry().height() - self._look.px(260)
        wanted = self._body.sizeHint().height() + 4
        scroll.setMinimumHeight(min(wanted, self._look.px(MOST_HEIGHT), max(room, 120)))
        super().finish()

    def heads(self, *words: str) -> None:
        """Put headings over the columns of the fields."""
        row = self.grid.rowCount()
        for column, head in enumerate(words):
            if head:
                self.grid.addWidget(Words(self._look, head, size=12, tone="muted"), row, column)

    def edit(self, name: str, text: str = "", hint: str = "", width: int = 0) -> QLineEdit:
        """Return a field with an accessible name."""
        field = QLineEdit(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setCursorPosition(0)
        return self.sized(field, width) if width else field

    def sized(self, field: Line, width: int) -> Line:
        """Return a field of a width for a 13 px base."""
        field.setFixedWidth(self._look.px(width))
        return field

    def refuse(self, words: str, field: QWidget) -> None:
        """Say what is wrong, put the focus there, and scroll to it."""
        super().refuse(words, field)
        self._scroll.ensureWidgetVisible(field)
