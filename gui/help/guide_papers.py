"""The guide on paper, and quick cards of one page, from the menu Help."""

from functools import partial
from pathlib import Path

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


def offer_papers(tools: PageTools) -> None:
    """Save the guide, or a card, when its entry of the menu is chosen."""
    for name, role, file_name in PAPERS:
        tools.actions[name].triggered.connect(partial(_ask, tools, role, file_name))


def _ask(tools: PageTools, role: str, name: str) -> None:
    """Ask where a card, or for "" the whole guide, is to lie, and write it there."""
    path = tools.dialogs.files.save(Kind.PAPERS, "Save the guide", name, "PDF (*.pdf)")
    if path is not None:
        path = with_ending(path, ".pdf")
        tools.write(path, partial(_write, role, path), "Saved as “{}”. It is ready to print.")


def _write(role: str, path: Path, ticket: Ticket) -> Path:
    from exchange.guide import write_guide  # the window's start need not wait for it

    return write_guide(role, path, utc_now())
