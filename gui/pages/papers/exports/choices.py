"""What is chosen on the Papers page: which paper, and of what, in which forms and where to."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.papers.exports.forms import FormChoice
from gui.pages.papers.exports.options import Options
from gui.pages.papers.exports.paper_list import PaperList
from gui.pages.papers.exports.query import Answer, Chosen, Refusal
from gui.pages.papers.exports.words import COPY
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label


class Choices(QWidget):
    """The list of papers. What can be chosen about the one on show stands in `what`, here or elsewhere."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.list = PaperList(look)
        self.options = Options(look)
        self.papers = FormChoice(look)
        self.copy = Label(look, COPY, size=12, tone="muted").wrapped()
        self.to_check = Label(look, size=12, tone="warning").wrapped()
        self._otherwise = ""
        self._lay_out()
        look.changed.connect(self._space)
        self._space()

    def suggest(self, folder: Path) -> None:
        """Suggest a folder."""
        self.papers.folder.setText(str(folder))

    def show_paper(self, chosen: Chosen) -> None:
        """Show what a paper is for and what can be chosen about it, before the record has answered."""
        self.about.setText(chosen.paper.about)
        self.tell(())
        self.options.show_paper(chosen.paper, chosen)
        self.papers.offer(chosen.paper)

    def show_answer(self, answer: Answer, *, is_copy: bool) -> None:
        """Show what the record offers."""
        self.options.show_answer(answer, may_write=not is_copy)
        found = None if isinstance(answer.found, Refusal) else answer.found
        self.papers.beside = () if found is None else found.beside
        self.copy.setVisible(is_copy)
        self._otherwise = answer.otherwise
        self.tell(() if found is None else found.to_check)

    def tell(self, words: Iterable[str]) -> None:
        """Say which issued papers say otherwise, and what is looked at before this one goes out."""
        self.to_check.setText("\n".join(filter(None, (self._otherwise, *words))))
        self.to_check.setVisible(bool(self.to_check.text()))

    def fit(self, *, is_low: bool) -> None:
        """Give up what each paper is for in a low window."""
        if self.list.is_low != is_low:
            self.list.is_low = is_low
            self.about.setVisible(not is_low)
            self.list.refresh()
            self.list.updateGeometry()

    def take_what(self) -> None:
        """Stand what can be chosen under the list, where the two have the page to themselves."""
        self._column.addWidget(self.what)

    def _lay_out(self) -> None:
        look = self._look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        kinds = Card(look, inset=(3, 3))
        kinds.fill_with(self.list)
        self.about = Label(look, size=12, tone="muted").wrapped()
        self.what = Card(look, inset=(14, 8))
        for part in (self.about, self.to_check, self.options, self.papers, self.copy):
            self.what.body.addWidget(part)
        self.copy.hide()
        self.to_check.hide()
        self._column.addWidget(kinds, 1)
        self._column.addWidget(self.what)

    @Slot()
    def _space(self) -> None:
        self._column.setSpacing(self._look.px(10))
        self.what.body.setSpacing(self._look.px(6))
