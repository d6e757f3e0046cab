"""What somebody is about to sign, looked at or written beforehand."""

from collections.abc import Collection
from functools import partial
from typing import Any

from gui.dialogs.files import Kind
from gui.dialogs.form import Form
from gui.pages.page import Identity, PageTools, Place
from gui.papers.preview_pane import PagePreview
from gui.papers.source import PagesView, PaperSource, signs_of, view_of
from gui.record.runner import Ticket
from models.papers.kinds import in_its_form
from models.papers.order import PaperOrder
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.papers.papers import draft_status
from models.queries.papers.to_sign import to_sign
from models.values.recommending import LineDecision
from scoring.written.names import file_name

TITLE = "What you sign"
SAVE = "Save as PDF or Word…"
FORMS = "PDF (*.pdf);;Word document (*.docx)"
WRITTEN = "What you sign is written as “{}”. Nothing is signed by that."
WIDE, HIGH = 860, 620


def show_what_you_sign(place: Place, tools: PageTools, source: PaperSource) -> None:
    """Draw the pages of what is signed, and show them."""
    tools.workspace.work(
        partial(_pages, source),
        partial(_show, place, tools, source, tools.identity),
        label="Drawing what you sign",
    )


def _show(place: Place, tools: PageTools, source: PaperSource, reader: Identity, pages: PagesView) -> None:
    if reader != tools.identity:
        return  # somebody else, who may not read it, uses the window by now
    line = place.line
    named = file_name(*line.names, place.area or "", TITLE)
    tools.dialogs.show(WhatYouSignDialog(tools, source, pages, named))


class WhatYouSignDialog(Form):
    """The pages, one at a time, with a button that writes them."""

    def __init__(self, tools: PageTools, source: PaperSource, pages: PagesView, named: str) -> None:
        super().__init__(TITLE, (), SAVE, tools.dialogs.window, WIDE, height=HIGH, away="Close")
        self._tools, self._source, self._named = tools, source, named
        self.pages = self.put(PagePreview(tools), 1)
        self.finish(self.pages.paper)
        self.pages.show_pdf(pages.pdf, pages.pages, "Draft before signing", is_draft=True)

    def try_action(self) -> None:
        """Ask for a file and write the paper there, in the form of its ending."""
        facts, files = self._tools.workspace.facts, self._tools.dialogs.files
        assert facts is not None, "what is signed is of a record"
        path = files.save(Kind.PAPERS, TITLE, facts.folder / f"{self._named}.pdf", FORMS)
        if path is not None:
            self.accept()
            self._tools.write(path, lambda ticket: self._source.write(path, ticket.tick), WRITTEN)


def source_of(
    session: Any,
    order: PaperOrder,
    answers: Collection[LineDecision],
    of: Collection[str],
    viewer: Viewer = OFFICE_VIEWER,
) -> PaperSource:
    """Return some lines with what is answered to them as a paper, as somebody reads it before they sign."""
    signs = signs_of(session, order.of_round, viewer)
    ask = partial(to_sign, session, order, answers, of)
    value = in_its_form(ask if signs is None else partial(ask, signs))
    return PaperSource(order, value, draft_status(session, order, value))


def _pages(source: PaperSource, ticket: Ticket) -> PagesView:
    pages = view_of(source, ".pdf", ticket)
    assert isinstance(pages, PagesView), "a PDF has pages"
    return pages
