"""The window's one clock: which day it is, by the clock of records and where the laptop stands."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.record.open_record import OpenRecord
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice
from models.clock import utc_now

if TYPE_CHECKING:
    from gui.pages.page import PageTools

MINUTE_MS = 60_000
PUT_RIGHT = (
    "If it is wrong, leave this: the record is closed, and nothing is changed. Put the clock right then."
)


def local_now() -> datetime:
    """Return the moment where the laptop stands."""
    return utc_now().astimezone()


def current_day() -> date:
    """Return the day where the laptop stands: no other part of the window reads it."""
    return local_now().date()


class DayWatch(QObject):
    """Tell once a new day has begun; looked at each minute, since a laptop sleeps past midnight."""

    turned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._day = current_day()
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Tell if the day is another than at the last look."""
        if current_day() != self._day:
            self._day = current_day()
            self.turned.emit()


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
        if facts.is_shared and of.clock_told:
            self._tools.notices.show_notice(Notice("clock", Tone.WARNING, of.clock_told, lasts=Lasts.RECORD))
        elif words := of.clock_doubt or of.clock_told:
            self._ask(words)

    def _ask(self, words: str) -> None:
        from gui.dialogs.confirm import ConfirmDialog  # the window's start need not wait for it

        tools = self._tools
        dialog = ConfirmDialog(
            tools.look, "Is the clock right?", (words, PUT_RIGHT), "The clock is right", tools.dialogs.window
        )
        dialog.rejected.connect(tools.workspace.close)
        tools.dialogs.show(dialog)
