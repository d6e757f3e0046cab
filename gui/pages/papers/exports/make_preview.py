"""A paper as it is looked at: written into a folder that is gone at once, and read back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gui.pages.papers.exports.naming import title_of
from gui.pages.papers.exports.query import Chosen
from gui.pages.papers.source import PaperSource
from gui.record.runner import Ticket
from models.papers.letters import Letters
from models.papers.paper_kind import PaperKind
from models.store.temporary_files import temporary_folder
from models.trouble import Trouble
from models.values.round_line import RoundLine
from scoring.money import without_noughts

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


class Ready(Struct, frozen=True):
    """A paper that can be written: what it is in words, what it comes to, and how it looks."""

    paper: PaperKind
    title: str
    control: str
    source: PaperSource
    view: View

    @property
    def is_draft(self) -> bool:
        """Whether it was not issued with these values."""
        return self.source.version is None


def make_ready(
    chosen: Chosen, line: RoundLine, found: PaperSource, form: str, at: datetime, ticket: Ticket
) -> Ready:
    """Write the form that is looked at and read it back; the file libraries are loaded there."""
    source = found.at(at).worked_out(ticket.tick)
    control = without_noughts(source.value.control)
    return Ready(chosen.paper, title_of(chosen, line), control, source, _view(source, form, ticket))


def _view(source: PaperSource, form: str, ticket: Ticket) -> View:
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
        from exchange.pdf.pdf_images import count_pages

        pdf = path.read_bytes()
        return PagesView(pdf, count_pages(pdf))
    from exchange.papers.paper_preview import shown_sheets

    return SheetsView(shown_sheets(path))
