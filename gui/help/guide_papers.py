"""The guide on paper, and quick cards of one page, from the menu Help."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.file_names import with_ending
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.clock import utc_now

PAPERS = (
    ("guide_pdf", "", "Grant Panel user guide.pdf"),
    ("card_member", "member", "Quick card for members.pdf"),
    ("card_chair", "chair", "Quick card for chairs.pdf"),
)
"""By the action: whose card it is, "" for the whole guide, and the name that is suggested."""


class GuidePapers(QObject):
    """Ask where to save the guide or a card, and write it."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._tools = tools
        for name, role, file_name in PAPERS:
            tools.actions[name].triggered.connect(partial(self.ask, role, file_name))

    def ask(self, role: str, name: str) -> None:
        """Ask where a card, or for "" the whole guide, is to lie, and write it there."""
        files = self._tools.dialogs.files
        path = files.save(Kind.PAPERS, "Save the guide", name, "PDF (*.pdf)")
        if path is not None:
            path = with_ending(path, ".pdf")
            self._tools.write(path, partial(_write, role, path), "Saved as “{}”. It is ready to print.")


def _write(role: str, path: Path, ticket: Ticket) -> Path:
    from exchange.guide import write_guide  # the window's start need not wait for it

    return write_guide(role, path, utc_now())
