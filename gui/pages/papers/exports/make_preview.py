"""A paper as it is looked at: its values worked out, and how they look."""

from datetime import datetime

from msgspec import Struct

from gui.pages.papers.exports.query import Chosen, title_of
from gui.papers.paper_view import View, view_of
from gui.papers.source import PaperSource
from gui.record.runner import Ticket
from models.papers.paper_kind import PaperKind
from models.values.rounds import RoundLine
from scoring.money import without_noughts


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
