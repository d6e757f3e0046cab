"""What reading a file of finance's has in common: what it says is shown in a box, and a fault where it is."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from exchange.forms import FormFaults
from gui.dialogs.listing import ListingDialog
from gui.pages.page import PageTools


class FileReading(QObject):
    """A controller that shows what a file says, then records all of it or nothing."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def _box(self, title: str, sentence: str, lines: Sequence[str], action: str) -> ListingDialog:
        look, window, away = self._tools.look, self._tools.dialogs.window, "Cancel" if action else "Close"
        box = ListingDialog(look, title, sentence, "\n".join(lines), window, action=action, away=away)
        self._tools.dialogs.show(box)
        return box

    def _tell_faults(self, title: str, words: str, error: Exception) -> None:
        """Show the faults of a file under a title and what they are; any other error is told as one."""
        if isinstance(error, FormFaults):
            self._box(title, words, error.faults, "")
        else:
            self._tools.workspace.failed.emit(error)
