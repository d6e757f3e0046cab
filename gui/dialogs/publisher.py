"""Ask once who publishes open data: the prefix that 360Giving gave, and the identifier as a funder."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong
from models.operations.set_up.office import FUNDER, PREFIX
from models.papers.open_data import Publisher

ABOUT = (
    "Each grant in open data is named with the prefix that 360Giving gave the office, and says who funds it. "
    "Both are saved in the record; you are asked this once."
)
NO_PREFIX = "Type the prefix as 360Giving gave it, like 360G-ExampleOffice."
NO_FUNDER = "Type a register and a number, like GB-GOR-PB123, or the prefix again."


class PublisherDialog(Form):
    """Two lines, each of which is checked."""

    named = Signal(object)

    def __init__(self, look: Look, publisher: Publisher, parent: QWidget) -> None:
        super().__init__(look, "Who publishes open data", (ABOUT,), "Save", parent, 440)
        self.prefix = self.line("Publisher's prefix", publisher.prefix, "360G-ExampleOffice")
        self.funder = self.line("Funder's identifier", publisher.funder, "GB-GOR-PB123")
        self.finish(self.prefix)

    def try_action(self) -> None:
        """Save who publishes, or say which line is not as it has to be."""
        prefix, funder = self.prefix.text().strip(), self.funder.text().strip()
        if not PREFIX.fullmatch(prefix):
            raise Wrong(NO_PREFIX, self.prefix)
        if not FUNDER.fullmatch(funder):
            raise Wrong(NO_FUNDER, self.funder)
        self.accept()
        self.named.emit(Publisher(prefix, funder))
