"""The counts beside the pages, kept up to date while the person works elsewhere."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from gui.pages.overview.page import CONCERNS
from gui.pages.page import Identity, PageTools, Place
from gui.shell.rounds import Rounds
from gui.text import ours
from gui.widgets.frame.header import Header
from gui.widgets.frame.sidebar import Sidebar
from models.permissions.viewing import Viewer

if TYPE_CHECKING:
    from gui.shell.badge_counts import Counted, Found

WAIT_MS = 400
"""Several changes at once are counted once."""


class Badges(QObject):
    """Count after each change that concerns a badge."""

    def __init__(self, tools: PageTools, rounds: Rounds, sidebar: Sidebar, header: Header) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        self._sidebar = sidebar
        self._header = header
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.count)
        self._whose: tuple[int, Identity] | None = None
        """The round and the person of what is on show."""
        rounds.shown.connect(self._turn)
        tools.identity_changed.connect(self._turn)
        tools.workspace.watch(CONCERNS, self._wait.start)
        tools.workspace.closed.connect(self._forget)

    @Slot()
    def count(self) -> None:
        """Ask the record and count."""
        place = self._rounds.place
        is_closed = self._rounds.must_declare or not self._rounds.is_counted
        if place is None or self._tools.workspace.facts is None or is_closed:
            self._forget()
            return
        identity = self._tools.identity
        query = partial(_ask_counts, round_id=place.line.round_id, viewer=identity.viewer)
        work_out = partial(_work_out, place, identity, self._tools.pages)
        self._tools.ask(query, self._show, work_out=work_out)

    def _show(self, found: "Found") -> None:
        self._header.offer_next(found.verb, ours(found.offer))
        shown = {key: badge for key, badge in found.badges.items() if key in self._tools.pages}
        self._sidebar.show_badges(shown)

    @Slot()
    def _turn(self) -> None:
        """Want no answer about where the header stood, and show no count of another round or person."""
        self._tools.questions.forget(self._show)
        place = self._rounds.place
        whose = None if place is None else (place.line.round_id, self._tools.identity)
        if whose != self._whose:
            self._forget()
            self._whose = whose
        self._wait.start()

    @Slot()
    def _forget(self) -> None:
        self._wait.stop()
        self._tools.questions.forget(self._show)
        self._sidebar.show_badges({})
        self._header.offer_next("", "")


def _ask_counts(session: Any, round_id: int, viewer: Viewer) -> "Counted":
    """Ask beside the event loop; what it takes is loaded there, and the window's start does without."""
    from gui.shell.badge_counts import ask_counts

    return ask_counts(session, round_id, viewer)


def _work_out(place: Place, identity: Identity, pages: frozenset[str], counted: "Counted") -> "Found":
    from gui.shell.badge_counts import work_out  # it was loaded to ask

    return work_out(place, identity, pages, counted)
