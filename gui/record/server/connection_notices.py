"""Say that the office server cannot be reached, that it is back, and who saved last."""

from PySide6.QtCore import QObject, Slot

from gui.record.server.hearing import Hearing
from gui.record.workspace import Workspace
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar, Remedy
from gui.widgets.frame.status_strip import StatusStrip
from models.queries.changes import Change
from scoring.written.days import clock

SUBJECT = "connection"
LOST = (
    "{} What you see is as it was. What you change waits here, is tried again as soon as the server answers, "
    "and is then checked against what others did."
)
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

    @Slot(object)
    def _tell_lost(self, error: Exception) -> None:
        remedies = (Remedy("Try again now", self._hearing.try_again),)
        words = LOST.format(error)
        self._notices.tell(Notice(SUBJECT, Tone.DANGER, words, remedies, stays=True, lasts=Lasts.RECORD))

    @Slot()
    def _tell_found(self) -> None:
        """Say so, save what waited, and show what was changed meanwhile."""
        self._notices.settle(SUBJECT)
        self._workspace.said.emit(BACK)
        self._workspace.try_again()

    @Slot(object)
    def _tell_saved(self, changes: tuple[Change, ...]) -> None:
        """Say who saved last, and when: a list that changes by itself would be a riddle."""
        last = changes[-1]
        self._strip.show_saved(f"{last.person} saved, {clock(last.at.astimezone())}")
