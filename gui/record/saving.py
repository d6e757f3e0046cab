"""Say in the strip whether all is saved, and ask what to do with what cannot be as the record is closed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from gui.dialogs.host import DialogHost
from gui.record.workspace import Workspace
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar, Remedy
from gui.widgets.frame.status_strip import StatusStrip
from models.trouble import Trouble
from scoring.money import without_noughts
from scoring.written.days import clock
from scoring.written.text import Refused, first_few

SAVING, NOT_SAVED = "Saving…", "Not saved, see why"
DAMAGED = "Damaged, see why"
SUBJECT, REFUSED_LATER = "not saved", "refused later"
KEPT = (
    "It is kept here while the window is open, and tried again before your next change and before it closes."
)
MOST_NAMED = 3
AFTER_MS = 150
"""A save that takes no longer is not worth a word."""


class Saving(QObject):
    """Follow every change on its way to the record."""

    def __init__(self, workspace: Workspace, strip: StatusStrip, notices: NoticeBar, copy: Remedy) -> None:
        super().__init__(strip)
        self._workspace = workspace
        self._strip = strip
        self._notices = notices
        self._copy = copy
        self._said = ""
        self._told = ""
        self._trouble: Trouble | None = None
        self._damage: Trouble | None = None
        self._under_way = 0
        self._wait = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._wait.timeout.connect(partial(strip.show_saved, SAVING))
        workspace.saving.connect(self._begin)
        workspace.saved.connect(self._end)
        workspace.not_saved.connect(self._fail)
        workspace.spoilt.connect(self._tell_spoilt)
        workspace.unsaved_turned.connect(self._follow)
        workspace.refused_later.connect(self._tell_refused)
        workspace.closed.connect(self.forget)

    def say(self, words: str) -> None:
        """Say how a record stands as it is opened."""
        self._said = words
        self._strip.show_saved(words)

    @Slot()
    def forget(self) -> None:
        """Know nothing of a record that is closed."""
        self._wait.stop()
        self._said, self._trouble, self._told, self._under_way = "", None, "", 0
        self._damage = None
        self._notices.settle(SUBJECT)
        self._notices.settle(REFUSED_LATER)

    @Slot()
    def show_saved(self) -> None:
        """Say that everything is saved already and offer a copy, or why it is not."""
        if self._trouble is not None:
            self._tell_trouble(self._trouble)
            return
        if self._damage is not None:
            self._workspace.spoilt.emit(self._damage)
            return
        words = f"Everything is saved as you work. {self._said}."
        self._notices.show_notice(Notice("saved", Tone.FUND, words, (self._copy,)))

    @Slot()
    def _begin(self) -> None:
        self._under_way += 1
        if not self._wait.isActive():
            self._wait.start()

    @Slot(object)
    def _end(self, at: datetime) -> None:
        self._said = f"Saved {clock(at.astimezone())}"
        self._come_back()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        """Tell what the disk did not take; a rule's no leaves all as it was saved before."""
        if self._workspace.unsaved and isinstance(error, Trouble):
            self._trouble = error
            if self._words(error) != self._told:
                self._tell_trouble(error)
        self._come_back()

    @Slot(object)
    def _tell_spoilt(self, error: Trouble) -> None:
        """Say no more that all is saved in a record whose pages do not hold together."""
        self._damage = error
        self._show()

    @Slot()
    def _follow(self) -> None:
        """Take away what was told as soon as all is in."""
        if not self._workspace.unsaved:
            self._trouble, self._told = None, ""
            self._notices.settle(SUBJECT)
            if not self._under_way:
                self._show()

    @Slot(str, object)
    def _tell_refused(self, label: str, error: Exception) -> None:
        """Tell of a change that was kept and is refused by now, until it is read."""
        if isinstance(error, Refused):
            words = f"The program tried again, but this could no longer be saved: {label}. {error}"
            self._notices.show_notice(
                Notice(REFUSED_LATER, Tone.WARNING, without_noughts(words), lasts=Lasts.PERSON)
            )

    def _come_back(self) -> None:
        self._under_way = max(self._under_way - 1, 0)
        if not self._under_way:
            self._wait.stop()
            self._show()

    def _show(self) -> None:
        is_safe = self._trouble is None and self._damage is None
        wrong = DAMAGED if self._trouble is None else NOT_SAVED
        self._strip.show_saved(self._said if is_safe else wrong, is_safe=is_safe)

    def _tell_trouble(self, error: Trouble) -> None:
        self._told = self._words(error)
        remedies = (Remedy("Try again", self._workspace.try_again), self._copy)
        self._notices.show_notice(Notice(SUBJECT, Tone.DANGER, self._told, remedies, stays=True))

    def _words(self, error: Trouble) -> str:
        return f"Not saved yet: {waiting_words(self._workspace.unsaved)}. {KEPT} {error}"


def waiting_words(labels: Sequence[str]) -> str:
    """Return what waits to be saved, the first few by name."""
    return first_few(labels, MOST_NAMED, "more change", "more changes")


TITLE = "Some of your work is not saved"
LOCKED = "Unlock the record first, so that it can be tried again."
ON_SERVER = (
    "Try again once the office server answers: ask the person who runs it when it will be back. If you "
    "continue without them, they are lost."
)
ADVICE = (
    "Make room on the disk, or plug it in again, and try again. If you continue without them, they are lost."
)


def ask_held_up(
    workspace: Workspace, dialogs: DialogHost, go_without: Callable[[], object], again: Callable[[], object]
) -> None:
    """Ask; a locked record names nothing of what waits, and must be unlocked to be tried."""
    from gui.listed.form import ACTION, CANCEL, DataForm, Form  # the window's start need not wait for it

    unsaved, is_locked, facts = workspace.unsaved, workspace.is_locked, workspace.facts
    many = counted(len(unsaved), "change is", "changes are")
    named = "." if is_locked else f": {waiting_words(unsaved)}."
    advice = ON_SERVER if facts is not None and facts.is_shared else ADVICE
    words = (f"{many} not in the record{named}", LOCKED if is_locked else advice)
    form = Form(
        title=TITLE,
        sentences=words,
        action="" if is_locked else "Try again",
        away="Stay",
        does=lambda: again,
        other=("Continue without them", lambda: go_without),
        focus=CANCEL if is_locked else ACTION,
        fields=(),
    )
    dialog = DataForm(form, dialogs.window)
    dialog.given.connect(lambda way: way())
    if is_locked:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
    else:
        dialogs.show(dialog)
