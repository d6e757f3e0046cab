"""The user guide as a page of the window."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.help.picture_dialog import PictureDialog
from gui.pages.guide import Guide
from gui.pages.page import PageTools, Place
from gui.widgets.label import ElidedLabel

READING_WIDTH = 700


class HelpPage(Guide):
    """The guide over the whole width; F1 shows it beside a page instead."""

    key = "help"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.look, tools.actions)
        self._dialogs = tools.dialogs
        self.picture_asked.connect(self._show_picture)
        self.column.insertWidget(0, ElidedLabel(tools.look, "Help", size=20, weight=600))
        tools.look.changed.connect(self._space)
        self._space()

    def show_place(self, place: Place | None) -> None:
        """Stay as it is: the guide belongs to no round."""

    def show_reference(self, reference: str) -> None:
        """Show a page of the guide by its file name, or the keys."""
        self.show_topic(reference)

    def refresh(self) -> None:
        """Stay as it is: the guide never changes."""

    def fit(self, room: Breakpoints) -> None:
        """Need no more than any room."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page of the guide."""
        return (self.pages,)

    def find_words(self) -> None:
        """Put the cursor into the search box."""
        self.words.setFocus()
        self.words.selectAll()

    @Slot(str, str)
    def _show_picture(self, name: str, words: str) -> None:
        self._dialogs.show(PictureDialog(self._look, name, words, self._dialogs.window))

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self.column.setContentsMargins(px(20), px(4), px(20), px(10))
        self.card.setMaximumWidth(px(READING_WIDTH))
        self.words.setMaximumWidth(px(READING_WIDTH // 2))
