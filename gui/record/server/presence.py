"""Who else has the record open, on which page and since when, told to each other without locking anything."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from gui.record.record_actions import RecordActions
from gui.record.runner import Priority
from gui.record.server.hearing import Hearing
from gui.record.server.server_jobs import announce_page
from gui.record.workspace import Workspace
from gui.shell.page_list import PAGES
from models.store.locks.presence import Present
from scoring.written.days import clock

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow

REST_MS = 3_000
"""Who only walks past a page is not told to be on it."""


class Presence(QObject):
    """Tell on which page the person is, once they rest there, and show who else is there."""

    def __init__(
        self, workspace: Workspace, hearing: Hearing, record: RecordActions, window: "MainWindow"
    ) -> None:
        super().__init__(window)
        self._workspace, self._hearing, self._strip = workspace, hearing, window.status
        self._pages = window.pages
        self._here: tuple[Present, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._tell)
        record.say_here = self.say
        window.pages.currentChanged.connect(self._turn)
        hearing.listening.connect(self._tell)
        hearing.here.connect(self._show)

    def say(self) -> str:
        """Say who else has the record open, on which page and since when."""
        if not self._here:
            return "Nobody else has it open now."
        return f"Also at work in it: {'; '.join(map(_present_words, self._here))}."

    @Slot(object)
    def _show(self, here: tuple[Present, ...]) -> None:
        self._here = here
        self._strip.show_encryption(is_encrypted=False, is_shared=True, others=len(here))

    @Slot()
    def _turn(self) -> None:
        if self._hearing.is_listening:
            self._rest.start()

    @Slot()
    def _tell(self) -> None:
        session = self._workspace.session
        if self._hearing.is_listening and session.record is not None:
            work = partial(announce_page, session.record, self._pages.key)
            session.start(work, _nothing, Priority.UPKEEP, self._hearing.lose)


def _present_words(one: Present) -> str:
    page = next((entry.words for entry in PAGES if entry.key == one.page), "")
    on_page = f"on {page} " if page else ""
    return f"{one.person}, {on_page}since {clock(one.since.astimezone())}"


def _nothing(nothing: object) -> None:
    """Take an ending that nobody waits for."""
