"""Say that the office server cannot be reached, that it is back, who saved last, and which areas are out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from gui.record.open_record import OpenRecord
from gui.record.server.hearing import Hearing
from gui.record.workspace import Workspace
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar, Remedy
from gui.widgets.frame.status_strip import StatusStrip
from models.operation import Topic
from models.store.postgres.troubles import ConnectionLost
from scoring.written.days import clock

if TYPE_CHECKING:
    from models.queries.changes import Change
    from models.queries.packs.pack_lines import AreaOut

SUBJECT = "connection"
LOST = (
    "{} What you see can only be read until the server answers; anything missing from a page appears "
    "then. The program keeps trying. What you type is kept on this computer in the meantime."
)
SHUT_OUT = (
    "{} What you see can only be read, until you close the record. The program keeps trying. What you typed "
    "is kept on this computer."
)
OUT = "areas out"
OUT_MEANS = "What is changed there meanwhile is compared when the laptop comes back."
BACK = "The office server answers again"


class ConnectionNotices(QObject):
    """Follow the connection to the office server."""

    def __init__(
        self, workspace: Workspace, hearing: Hearing, strip: StatusStrip, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._hearing = workspace, hearing
        self._strip, self._notices = strip, notices
        hearing.lost.connect(self._tell_lost)
        hearing.found.connect(self._tell_found)
        hearing.heard.connect(self._tell_saved)
        workspace.opened.connect(self._take_record)

    @Slot(object)
    def _tell_lost(self, error: Exception) -> None:
        remedies = (Remedy("Try again now", self._hearing.try_again),)
        words = (LOST if isinstance(error, ConnectionLost) else SHUT_OUT).format(error)
        self._notices.settle("trouble")
        self._workspace.said.emit("")  # that it answers again may stand there from before
        self._notices.show_notice(
            Notice(SUBJECT, Tone.DANGER, words, remedies, stays=True, lasts=Lasts.RECORD)
        )

    @Slot()
    def _tell_found(self) -> None:
        """Say so, save what waited, and show what was changed meanwhile."""
        for subject in (SUBJECT, "trouble", "refused"):
            self._notices.settle(subject)
        self._workspace.said.emit(BACK)
        self._workspace.try_again()
        self._workspace.changed.emit(frozenset(Topic))  # what was asked meanwhile was not answered

    @Slot(object)
    def _take_record(self, facts: OpenRecord) -> None:
        """Follow what is changed in a record that several work in."""
        if facts.is_shared:
            self._workspace.changed.connect(self._follow, Qt.ConnectionType.UniqueConnection)
            self._ask_out()

    @Slot(object)
    def _follow(self, touched: frozenset[Topic]) -> None:
        if Topic.PACKS in touched:
            self._ask_out()

    @Slot()
    def _ask_out(self) -> None:
        """Ask which areas are out with a laptop, in a record that several work in."""
        facts = self._workspace.facts
        if facts is not None and facts.is_shared:
            from models.queries.packs.pack_lines import areas_out  # no file needs it as a window opens

            self._workspace.ask(areas_out, self._tell_out)

    def _tell_out(self, found: "tuple[AreaOut, ...]") -> None:
        if not found:
            self._notices.settle(OUT)
            return
        words = " ".join((*(one.words for one in found), OUT_MEANS))
        self._notices.show_notice(Notice(OUT, Tone.INFORMATION, words, lasts=Lasts.RECORD))

    @Slot(object)
    def _tell_saved(self, changes: "tuple[Change, ...]") -> None:
        """Say who saved last, and when: a list that changes by itself would be a riddle."""
        last = changes[-1]
        self._strip.show_saved(f"{last.person} saved, {clock(last.at.astimezone())}")
