"""The side of a page of which each thing has parts: its name, buttons, and the lines of one part."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.nesting import nest


class PartsSide(QWidget):
    """Stand a name, rows of buttons that wrap, and a table or the words in its place one below another."""

    def __init__(
        self, look: Look, name: QWidget, buttons: Sequence[Sequence[QWidget]], none: QWidget, table: QWidget
    ) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(name)
        self._rows = [self._row_of(parts) for parts in buttons]
        self._column.addWidget(none)
        card = Card(look, inset=(3, 3))
        card.fill_with(table)
        self._column.addWidget(card, 1)

    def dress(self) -> None:
        """Follow the size of text."""
        self._column.setSpacing(self._look.px(7))
        for row in self._rows:
            row.setSpacing(self._look.px(8))

    def _row_of(self, parts: Sequence[QWidget]) -> Flow:
        row = Flow()
        for part in parts:
            row.addWidget(part)
        nest(self._column, row)
        return row
