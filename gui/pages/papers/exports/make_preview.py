"""A paper as it is looked at: written into a folder that is gone at once, and read back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gui.pages.papers.exports.query import Chosen, title_of
from gui.pages.papers.source import PaperSource
from gui.record.runner import Ticket
from models.papers.letters.letters import Letters
from models.papers.paper_kind import PaperKind
from models.store.private_files import temporary_folder
from models.trouble import Trouble
from models.values.rounds import RoundLine
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
    """A paper that can be written: what it is in words, what it comes to, and how it looks.

    `not_shown` says what of its values its pages leave out.
    """

    paper: PaperKind
    title: str
    control: str
    source: PaperSource
    view: View
    not_shown: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it was not issued with these values."""
        return self.source.version is None

    @property
    def to_check(self) -> tuple[str, ...]:
        """Return what is to be looked at before it goes out, a sentence or two each."""
        return (*self.source.to_check, *self.not_shown)


def make_ready(
    chosen: Chosen, line: RoundLine, found: PaperSource, form: str, at: datetime, ticket: Ticket
) -> Ready:
    """Write the form that is looked at and read it back; the file libraries are loaded there."""
    from exchange.papers.non_text import not_shown_words

    source = found.at(at).worked_out(ticket.tick)
    control = without_noughts(source.value.control)
    left_out = not_shown_words(chosen.paper.code, source.value, source.files)
    return Ready(
        chosen.paper, title_of(chosen, line), control, source, view_of(source, form, ticket), left_out
    )


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
