"""What everybody sees: the projector switched on and off, and kept at the item on show."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.pages.page import PageTools
from gui.pages.panel.meeting.controller import MeetingController
from gui.pages.panel.meeting.projector import ItemProjector
from gui.pages.panel.meeting.running import Running
from gui.pages.projector import Projecting
from models.queries.panel.meeting_figures import hidden_because

COMING = 3


class ItemProjecting(Projecting[ItemProjector]):
    """The item on the projector, and the box that shows names."""

    def __init__(
        self, tools: PageTools, controller: MeetingController, running: Running, page: QWidget
    ) -> None:
        super().__init__(tools.look, page, "item")
        self._tools, self._controller, self._running = tools, controller, running
        self.names = QCheckBox("Show names")
        self.names.toggled.connect(self.show_item)

    def follow(self) -> None:
        """Show the item on show, when the projector is on."""
        if self.is_on:
            self._put()

    @Slot()
    def show_item(self) -> None:
        """Put the item on show onto the projector."""
        self._put()

    def _make(self) -> ItemProjector:
        projector = ItemProjector(self._look, self._page)
        projector.closed.connect(self._off)
        return projector

    def _put(self) -> bool:
        figures, item = self._controller.figures, self._running.item
        if figures is None or item is None:
            return False
        self.projector.has_names = self.names.isChecked()
        items = self._running.items
        at = items.index(item)
        coming = items[at + 1 : at + 1 + COMING]
        hidden = hidden_because(figures, item, self._tools.identity.member)
        self.projector.show_item(figures, item, coming, (at + 1, len(items)), hidden)
        return True

    def _begin(self) -> None:
        self.names.setVisible(True)

    @Slot()
    def _off(self) -> None:
        self.names.setVisible(False)
