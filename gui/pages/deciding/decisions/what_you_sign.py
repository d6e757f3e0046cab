"""What somebody is about to sign: its pages are looked at, and written, before it is signed."""

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gui.dialogs.files import Kind
from gui.dialogs.form import Form
from gui.pages.deciding.decisions.draft_notice import FORMS
from gui.pages.page import PageTools, Place
from gui.pages.papers.exports.make_preview import PagesView, view_of
from gui.pages.papers.exports.preview.preview_pane import PagePreview
from gui.pages.papers.source import PaperSource
from gui.record.runner import Ticket
from models.clock import utc_now
from models.papers.kinds import TO_SIGN
from models.papers.order import PaperOrder
from models.papers.paper_kind import in_its_form
from models.queries.papers.papers import draft_status
from models.queries.papers.to_sign import to_sign
from models.values.recommending import LineDecision
from scoring.written.names import file_name, round_names

TITLE = "What you sign"
STATE = "Draft before signing"
SAVE = "Save as PDF or Word…"
WRITTEN = "What you sign is written as “{}”. Nothing is signed by that."
WIDE, HIGH = 860, 620


class WhatYouSign(QObject):
    """Asks the record for it, draws its pages, and shows them."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(
        self,
        place: Place,
        references: Collection[str],
        answers: Collection[LineDecision],
        closed: Collection[str],
    ) -> None:
        """Show some lines with what is answered to them; nothing is told of those that are closed."""
        order = PaperOrder(TO_SIGN, utc_now(), place.line.round_id, place.area, closed=tuple(sorted(closed)))
        query = partial(_source, order=order, answers=tuple(answers), of=frozenset(references))
        self._tools.workspace.ask(query, partial(self._draw, place))

    def _draw(self, place: Place, source: PaperSource) -> None:
        self._tools.workspace.work(
            partial(_pages, source), partial(self._show, place, source), label="Drawing what you sign"
        )

    def _show(self, place: Place, source: PaperSource, pages: PagesView) -> None:
        line = place.line
        named = file_name(*round_names(line.fund, line.name, line.year), place.area or "", TITLE)
        self._tools.dialogs.show(WhatYouSignDialog(self._tools, source, pages, named))


class WhatYouSignDialog(Form):
    """The pages, one at a time, with a button that writes them."""

    def __init__(self, tools: PageTools, source: PaperSource, pages: PagesView, named: str) -> None:
        super().__init__(tools.look, TITLE, (), SAVE, tools.dialogs.window, WIDE, height=HIGH, away="Close")
        self._tools, self._source, self._named = tools, source, named
        self.pages = self.put(PagePreview(tools), 1)
        self.finish(self.pages.paper)
        self.pages.show_pdf(pages.pdf, pages.pages, STATE, is_draft=True)

    def try_action(self) -> None:
        """Ask for a file and write the paper there."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        place = facts.folder / f"{self._named}.pdf"
        path = self._tools.dialogs.files.save(Kind.PAPERS, TITLE, place, FORMS)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the paper in the form of the path's ending."""
        self.accept()
        self._tools.write(path, partial(_write, self._source, path), WRITTEN)


def _source(
    session: Any, order: PaperOrder, answers: Collection[LineDecision], of: Collection[str]
) -> PaperSource:
    value = in_its_form(partial(to_sign, session, order, answers, of))
    return PaperSource(order, value, draft_status(session, order, value))


def _pages(source: PaperSource, ticket: Ticket) -> PagesView:
    pages = view_of(source, ".pdf", ticket)
    assert isinstance(pages, PagesView), "a PDF has pages"
    return pages


def _write(source: PaperSource, path: Path, ticket: Ticket) -> Path:
    return source.write(path, ticket.tick)
