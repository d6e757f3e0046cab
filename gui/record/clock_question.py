"""Whether a clock is right that seems wrong, asked once as a record is opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.record.open_record import OpenRecord
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice

if TYPE_CHECKING:
    from gui.pages.page import PageTools

PUT_RIGHT = (
    "If it is wrong, leave this: the record is closed, and nothing is changed. Put the clock right then."
)


class ClockQuestion(QObject):
    """Ask once, as a record is opened, whether a clock is right that seems wrong; tell of a server's."""

    def __init__(self, tools: "PageTools") -> None:
        super().__init__(tools)
        self._tools = tools
        tools.workspace.opened.connect(self._look)

    @Slot(object)
    def _look(self, facts: OpenRecord) -> None:
        if facts.is_copy:
            return
        of = self._tools.workspace.session.held().transactions
        if of.clock_told:
            self._tools.notices.show_notice(Notice("clock", Tone.WARNING, of.clock_told, lasts=Lasts.RECORD))
        elif words := of.clock_doubt:
            self._ask(words)

    def _ask(self, words: str) -> None:
        from gui.dialogs.confirm import ConfirmDialog  # the window's start need not wait for it

        tools = self._tools
        dialog = ConfirmDialog(
            tools.look, "Is the clock right?", (words, PUT_RIGHT), "The clock is right", tools.dialogs.window
        )
        dialog.rejected.connect(tools.workspace.close)
        tools.dialogs.show(dialog)
