"""Say in the strip whether all is saved: when it was, that it is being saved, or that it is not and why."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from gui.text import clock
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice, NoticeBar, Remedy
from gui.widgets.status_strip import StatusStrip
from gui.workspace import Workspace
from models.trouble import Trouble

SAVING, NOT_SAVED = "Saving…", "Not saved, see why"
SUBJECT = "not saved"
AFTER_MS = 150
"""A save that takes no longer is not worth a word."""


class Saving(QObject):
    """Follow every change on its way to the record."""

    def __init__(self, workspace: Workspace, strip: StatusStrip, notices: NoticeBar, copy: Remedy) -> None:
        super().__init__(strip)
        self._strip = strip
        self._notices = notices
        self._copy = copy
        self._said = ""
        self._trouble: Trouble | None = None
        self._under_way = 0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(AFTER_MS)
        self._wait.timeout.connect(partial(strip.show_saved, SAVING))
        workspace.saving.connect(self._begin)
        workspace.saved.connect(self._end)
        workspace.not_saved.connect(self._fail)
        workspace.closed.connect(self.forget)

    def say(self, words: str) -> None:
        """Say how a record stands as it is opened."""
        self._said = words
        self._strip.show_saved(words)

    @Slot()
    def forget(self) -> None:
        """Know nothing of a record that is closed."""
        self._wait.stop()
        self._said, self._trouble, self._under_way = "", None, 0
        self._notices.settle(SUBJECT)

    @Slot()
    def tell(self) -> None:
        """Say that everything is saved already and offer a copy, or why it is not."""
        if self._trouble is not None:
            self._tell_trouble(self._trouble)
            return
        words = f"Everything is saved as you work. {self._said}."
        self._notices.tell(Notice("saved", Tone.FUND, words, (self._copy,)))

    @Slot()
    def _begin(self) -> None:
        self._under_way += 1
        if not self._wait.isActive():
            self._wait.start()

    @Slot(object)
    def _end(self, at: datetime) -> None:
        self._said, self._trouble = f"Saved {clock(at)}", None
        self._notices.settle(SUBJECT)
        self._come_back()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        """Tell of trouble; a rule's no leaves all as it was saved before."""
        if isinstance(error, Trouble):
            self._trouble = error
            self._tell_trouble(error)
        self._come_back()

    def _come_back(self) -> None:
        self._under_way = max(self._under_way - 1, 0)
        if not self._under_way:
            self._wait.stop()
            is_safe = self._trouble is None
            self._strip.show_saved(self._said if is_safe else NOT_SAVED, is_safe=is_safe)

    def _tell_trouble(self, error: Trouble) -> None:
        words = f"Your last change is not saved; all before it is. {error}"
        self._notices.tell(Notice(SUBJECT, Tone.DANGER, words, (self._copy,), stays=True))
