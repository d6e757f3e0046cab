"""How a paper looks: written into a folder that is gone at once, and read back."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gui.papers.source import PaperSource
from gui.record.runner import Ticket
from models.papers.letters.letters import Letters
from models.store.private_files import temporary_folder
from models.trouble import Trouble

if TYPE_CHECKING:
    from exchange.papers.paper_preview import ShownSheet


class PagesView(Struct, frozen=True):
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


class SheetsView(Struct, frozen=True):
    """The sheets of a workbook or the lines of a list."""

    sheets: "tuple[ShownSheet, ...]"


class LettersView(Struct, frozen=True):
    """Letters, each of which is read when it is chosen."""

    source: PaperSource
    letters: Letters


View = PagesView | SheetsView | LettersView


def view_of(source: PaperSource, form: str, ticket: Ticket) -> View:
    """Return how a paper looks in one of its forms: written, and read back."""
    if isinstance(source.value, Letters):
        return LettersView(source, source.value)
    try:
        with temporary_folder() as folder:
            return _read_back(source.write(folder / f"paper{form}", ticket.tick))
    except OSError as error:
        raise Trouble(
            "The pages cannot be shown because the folder for temporary files cannot be written to "
            f"({error.strerror}). Nothing was changed; free some space there, then work it out again."
        ) from error


def _read_back(path: Path) -> PagesView | SheetsView:
    if path.suffix == ".pdf":
        from exchange.pdf.pdf_reading import count_pages

        pdf = path.read_bytes()
        return PagesView(pdf, count_pages(pdf))
    from exchange.papers.paper_preview import shown_sheets

    return SheetsView(shown_sheets(path))
