"""What everybody sees: the projector switched on and off, and kept at the item on show."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.keys.key_hints import with_key
from gui.pages.page import PageTools
from gui.pages.panel.meeting.desk import MeetingDesk
from gui.pages.panel.meeting.figures import hidden_because
from gui.pages.panel.meeting.projector import Projector
from gui.pages.panel.meeting.running import Running
from gui.widgets.buttons import Button
from gui.widgets.tips import set_tip

COMING = 3


class Projecting(QObject):
    """The projector with its button and the box that shows names."""

    def __init__(self, tools: PageTools, desk: MeetingDesk, running: Running, page: QWidget) -> None:
        super().__init__(page)
        self._tools, self._desk, self._running, self._page = tools, desk, running, page
        self.button = Button(tools.look, "Projector", icon="meeting")
        self.names = QCheckBox("Show names")
        self.projector = Projector(tools.look, page)
        self.button.clicked.connect(self.toggle)
        self.names.toggled.connect(self.show_item)
        self.projector.closed.connect(self._off)

    def show_key(self, key: str) -> None:
        """Name the key of the projector, "" where there is none."""
        set_tip(self.button, with_key("Show the item on the projector", key))

    @Slot()
    def toggle(self) -> None:
        """Switch the projector on or off."""
        if self.projector.isVisible():
            self.projector.close()
        elif self._running.item is not None:
            self.show_item()
            self.projector.showFullScreen() if len(self._screens()) > 1 else self.projector.show()
            self.names.setVisible(True)

    def follow(self) -> None:
        """Show the item on show, when the projector is on."""
        if self.projector.isVisible():
            self.show_item()

    @Slot()
    def show_item(self) -> None:
        """Put the item on show onto the projector."""
        figures, item = self._desk.figures, self._running.item
        if figures is None or item is None:
            return
        self.projector.has_names = self.names.isChecked()
        items = self._running.items
        at = items.index(item)
        coming = items[at + 1 : at + 1 + COMING]
        hidden = hidden_because(figures, item, self._tools.identity.member)
        self.projector.show_item(figures, item, coming, (at + 1, len(items)), hidden)

    def _screens(self) -> list[QScreen]:
        screen = self._page.screen()
        return list(screen.virtualSiblings()) if screen is not None else []

    @Slot()
    def _off(self) -> None:
        self.names.setVisible(False)
