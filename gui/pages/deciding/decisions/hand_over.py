"""The laptop goes on to whoever signs next, once nothing waits for the person who has it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from gui.pages.deciding.decisions.lines import Line
from gui.pages.deciding.decisions.words import next_hand
from gui.pages.page import WHO_SIGNS, PageTools
from gui.widgets.buttons import Button
from gui.widgets.tips import set_tip
from models.queries.deciding.round_list import Deciding
from models.queries.set_up.office import Part

CHANGE_PERSON, NEXT_SIGNS = "Change person…", "The next person to sign chooses their own name"
WHO_SIGNS_WORDS = "Who signs…"
NOBODY_NAMED = "Nobody is named to sign after the panel yet"


class HandOver(QObject):
    """The button that offers it: as the one person who signs next, or as somebody to be chosen or named."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._next: Part | None = None
        self._is_to_name = False
        self.button = Button(tools.look, "", kind="primary")
        self.button.hide()
        self.button.clicked.connect(self._go_on)

    def offer(self, found: Deciding, lines: Sequence[Line], *, is_at_work: bool) -> None:
        """Offer the laptop to whoever signs next; not while something waits for the person who has it."""
        found_next = None if is_at_work else next_hand(found, lines)
        self._next, post = found_next or (None, "")
        if self._next is not None and self._next.name == self._tools.identity.name:
            self._next = None
        waits = not is_at_work and any(line.signed and line.waits for line in lines)
        self._is_to_name = not found.signatories and self._tools.identity.may("name signatories")
        self.button.setVisible(self._next is not None or waits)
        self._show_words(post)

    def _show_words(self, post: str) -> None:
        """Say who goes on; where several sign next, or nobody is named, the person is chosen."""
        if self._next is not None:
            name = f"Continue as {self._next.name}, {post}"
            self.button.show_words(f"Continue as {post}", name=name)
            set_tip(self.button, name)
        elif self._is_to_name:
            self.button.show_words(WHO_SIGNS_WORDS)
            set_tip(self.button, NOBODY_NAMED)
        else:
            self.button.show_words(CHANGE_PERSON)
            set_tip(self.button, NEXT_SIGNS)

    @Slot()
    def _go_on(self) -> None:
        if self._next is not None:
            self._tools.continue_as(self._next)
        elif self._is_to_name:
            self._tools.go("panel", WHO_SIGNS)
        else:
            self._tools.actions["person"].trigger()
