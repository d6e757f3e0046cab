"""What whoever runs the server tells everybody: that it closes soon, or asks for a newer program."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot

from gui.record.server.hearing import Hearing
from gui.record.workspace import Workspace
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar
from models.clock import utc_now
from models.store.locks.server_notice import ServerNotice
from scoring.written.days import clock
from scoring.written.text import counted

CLOSING, NEWER = "maintenance", "newer program"
CLOSES = "The record closes for maintenance at {}, in {}. {}What you change until then is saved."
LATER = "You can go on until you close it; it is not opened again with this program."


class Maintenance(QObject):
    """Tell it in time, and close the record at its time: what cannot be saved holds that up as ever."""

    def __init__(self, workspace: Workspace, hearing: Hearing, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._notices = workspace, notices
        self._told = ServerNotice()
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._close)
        hearing.told.connect(self._take)
        workspace.closed.connect(self._forget)

    @Slot(object)
    def _take(self, told: ServerNotice) -> None:
        if told == self._told:
            return
        self._told = told
        self._end.stop()
        self._notices.settle(CLOSING)
        self._notices.settle(NEWER)
        if told.closes_at is not None:
            self._tell_closing(told.closes_at)
        if told.is_too_new:
            words = f"{told.too_new_words} {LATER}"
            self._notices.show_notice(Notice(NEWER, Tone.WARNING, words, lasts=Lasts.RECORD))

    def _tell_closing(self, at: datetime) -> None:
        left = max((at - utc_now()).total_seconds(), 0)
        why = f"{self._told.words} " if self._told.words else ""
        words = CLOSES.format(clock(at.astimezone()), counted(max(round(left / 60), 1), "minute"), why)
        self._notices.show_notice(Notice(CLOSING, Tone.WARNING, words, lasts=Lasts.RECORD))
        self._end.start(int(left * 1000))

    @Slot()
    def _close(self) -> None:
        words = self._told.closed_words
        self._workspace.close()
        self._notices.show_notice(Notice(CLOSING, Tone.INFORMATION, words, lasts=Lasts.SETTLED))

    @Slot()
    def _forget(self) -> None:
        self._end.stop()
        self._told = ServerNotice()
