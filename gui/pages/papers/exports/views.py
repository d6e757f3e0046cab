"""The right side of the Papers page: the paper as it will be written, or what was issued before."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.pages.page import PageTools
from gui.pages.papers.exports.history import History
from gui.pages.papers.exports.issuing import state_words
from gui.pages.papers.exports.make_preview import Ready
from gui.pages.papers.exports.preview.letters_preview import LettersPreview
from gui.pages.papers.exports.preview.sheets_preview import SheetsPreview
from gui.papers.paper_view import LettersView, PagesView
from gui.papers.preview_pane import PagePreview
from gui.widgets.empty_state import EmptyState
from gui.widgets.stack import Stack


class Views(Stack):
    """One of: pages, tables, letters, a sentence, or the issued versions."""

    def __init__(self, tools: PageTools, action: QAction) -> None:
        super().__init__("Preview")
        self.pages = tools.parts.take(PagePreview, tools)
        self.sheets = tools.parts.take(SheetsPreview)
        self.letters = tools.parts.take(LettersPreview, tools)
        self.history = tools.parts.take(History)
        self.empty = EmptyState(action, action.text(), icon="export")
        self.empty.button.hide()
        self._paper: QWidget = self.empty
        for view in (self.pages, self.sheets, self.letters, self.history, self.empty):
            self.addWidget(view)

    @property
    def pane(self) -> QWidget:
        """Return what takes the focus of the part on show."""
        panes: dict[QWidget | None, QWidget] = {
            self.pages: self.pages.paper,
            self.sheets: self.sheets.table,
            self.letters: self.letters.table,
            self.history: self.history.table,
        }
        return panes.get(self.currentWidget(), self)

    def show_ready(self, ready: Ready, folder: Path) -> None:
        """Show a paper; `folder` is where letters would be written."""
        view, status, is_draft = ready.view, ready.source.status, ready.is_draft
        state = state_words(status.version, is_signed=status.signed_on is not None)
        if isinstance(view, PagesView):
            self._put(self.pages)  # first: a page is drawn as wide as there is room
            self.pages.show_pdf(view.pdf, view.pages, state, is_draft=is_draft)
        elif isinstance(view, LettersView):
            self.letters.show_letters(view, folder, f"{ready.control}.", state, is_draft=is_draft)
            self._put(self.letters)
        else:
            self.sheets.show_sheets(view.sheets, state, is_draft=is_draft)
            self._put(self.sheets)

    def say(self, sentence: str) -> None:
        """Say why there is no paper."""
        self.empty.say(sentence)
        self._put(self.empty)

    def clear(self) -> None:
        """Let go of the paper on show."""
        for view in (self.pages, self.sheets, self.letters):
            view.clear()

    def show_history(self, *, is_on: bool) -> None:
        """Show the issued versions, or the paper again."""
        self.setCurrentWidget(self.history if is_on else self._paper)

    def _put(self, view: QWidget) -> None:
        is_history = self.currentWidget() is self.history
        self._paper = view
        if not is_history:
            self.setCurrentWidget(view)
