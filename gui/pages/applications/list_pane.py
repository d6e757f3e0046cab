"""The list of applications in its card, the filters over it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.applications.columns import APPLICATION_COLUMNS, line_key, line_name
from gui.pages.applications.filters import Filters
from gui.pages.applications.lines import ApplicationLine
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.card import Card


class ListPane(QWidget):
    """Filters and a table; the page listens to both."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.filters = Filters(look)
        self.table: LineView[ApplicationLine] = LineView(look, APPLICATION_COLUMNS, line_key, line_name)
        self.table.setAccessibleName("Applications")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.filters)
        card = Card(look, inset=(3, 3))
        card.fill_with(self.table)
        self._column.addWidget(card, 1)
        look.changed.connect(self._space)
        self._space()

    @Slot()
    def _space(self) -> None:
        self._column.setSpacing(self._look.px(4))
