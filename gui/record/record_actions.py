"""Open, copy and close the record, say how safe it is, and who is using it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from gui.access.passphrase import Passphrase
from gui.access.passphrase_controller import PassphraseController
from gui.dialogs.files import RECORDS, Kind, open_folder, show, tell_written
from gui.dialogs.host import DialogHost
from gui.listed.form import ACTION, CANCEL, DataForm, Form, Line, show_form
from gui.record.clock import current_day
from gui.record.copies import RecoveryActions
from gui.record.workspace import Damaged, InUse, OpenRecord, PassphraseNeeded, Workspace
from gui.shell.errors import Errors
from gui.text import counted
from gui.theme.look import Tone
from gui.widgets.frame.status_strip import StatusStrip
from gui.widgets.message_area import Lasts, Notice, NoticeBar, Remedy
from models.queries.set_up.office import office_name
from models.store.passphrases import WEAK
from models.store.places import Address, warnings_about
from models.store.sqlite.engine import RecordDamaged
from models.trouble import Trouble
from scoring.money import without_noughts
from scoring.written.days import clock, full_date
from scoring.written.text import Refused, first_few

SAVING, NOT_SAVED = "Saving…", "Not saved, see why"
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
        if self._workspace.session.unsaved and isinstance(error, Trouble):
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
        if not self._workspace.session.unsaved:
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
        wrong = "Damaged, see why" if self._trouble is None else NOT_SAVED
        self._strip.show_saved(self._said if is_safe else wrong, is_safe=is_safe)

    def _tell_trouble(self, error: Trouble) -> None:
        self._told = self._words(error)
        remedies = (Remedy("Try again", self._workspace.try_again), self._copy)
        self._notices.show_notice(Notice(SUBJECT, Tone.DANGER, self._told, remedies, stays=True))

    def _words(self, error: Trouble) -> str:
        return f"Not saved yet: {waiting_words(self._workspace.session.unsaved)}. {KEPT} {error}"


def waiting_words(labels: Sequence[str]) -> str:
    """Return what waits to be saved, the first few by name."""
    return first_few(labels, MOST_NAMED, "more change", "more changes")


LOCKED = "Unlock the record first, so that it can be tried again."
AT_SERVER = (
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
    unsaved, is_locked, facts = workspace.session.unsaved, workspace.session.is_locked, workspace.facts
    many = counted(len(unsaved), "change is", "changes are")
    named = "." if is_locked else f": {waiting_words(unsaved)}."
    advice = AT_SERVER if facts is not None and facts.is_shared else ADVICE
    words = (f"{many} not in the record{named}", LOCKED if is_locked else advice)
    form = Form(
        title="Some of your work is not saved",
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


SAMPLE_OFFICE = "Sample office"
"""The office whose record is made up."""
NOT_ENCRYPTED = (
    "This record is not encrypted: anyone who can read the file can read the applications. "
    "Encrypt it in Settings, or keep it on a disk that is encrypted, and do not send it by e-mail."
)
ENCRYPTED = "This record is encrypted: nobody can read it without the passphrase."
ON_SERVER = (
    "This record is on the office server. Each person signs on with a login of their own and sees only "
    "what they may see; the person who runs the server looks after its disk and its copies."
)
COPIES = (
    "A checked copy is made beside the record on each day that it is opened, in the background. "
    "Save one elsewhere as well, on another disk."
)
READ_COPY = "You are reading a copy, “{}”. Nothing in it can be changed."
SHUT = (
    "“{}” is in a folder that cannot be written to, so it can be read and nothing in it can be changed. To "
    "change something, work on a copy in a folder of your own."
)
SAID = ("encryption", "background", "trouble")
"""What the strip's parts answered, and what went wrong with a record that is closed now."""
TAKE_OVER = (
    "Only take the record over when you are sure that the other computer has crashed or is switched off: "
    "what it had not saved is lost. A copy is saved first. Type that computer's name to go on."
)
WHOSE = "Type the name of the computer that has it open."


class RecordActions(QObject):
    """What the Record menu and the status strip do."""

    def __init__(
        self, workspace: Workspace, strip: StatusStrip, notices: NoticeBar, dialogs: DialogHost
    ) -> None:
        super().__init__(dialogs)
        self._workspace = workspace
        self._strip = strip
        self._notices = notices
        self._dialogs = dialogs
        self.say_here: Callable[[], str] = str
        self.passphrases = PassphraseController(workspace, dialogs)
        self.recovery = RecoveryActions(workspace, notices, dialogs)
        strip.record.clicked.connect(self._show_folder)
        self.on_a_share = Remedy("Open folder", self._show_folder)
        self.saving = Saving(workspace, strip, notices, Remedy("Save a copy…", self.choose_copy))
        workspace.held_up.connect(partial(ask_held_up, workspace, dialogs))
        strip.saved.clicked.connect(self.saving.show_saved)
        strip.work.clicked.connect(self._tell_work)
        strip.encryption.clicked.connect(self._tell_encryption)
        workspace.opened.connect(self._tell_opened)
        workspace.rekeyed.connect(self._show_encryption)
        workspace.closed.connect(self._tell_closed)
        workspace.worked.connect(partial(notices.settle, "trouble"))
        workspace.said.connect(strip.show_work)

    def listen(self, errors: Errors) -> None:
        """Take what goes wrong with opening."""
        errors.ways |= {
            InUse: self._tell_in_use,
            PassphraseNeeded: self.passphrases.take,
            Damaged: self.recovery.take,
            RecordDamaged: self.recovery.take_spoilt,
        }

    def open(self, address: Address, key: Passphrase | None = None) -> None:
        """Open a record from the command line or a file dialog, or one that was just made."""
        for subject in ("trouble", "refused", "in use", "copy", "marking"):
            self._notices.settle(subject)
        self._workspace.open(address, key=key)

    @Slot()
    def choose(self) -> None:
        """Ask for a record and open it."""
        facts = self._workspace.facts
        near = facts.folder if facts is not None else None
        path = self._dialogs.files.open(Kind.RECORD, "Open a record", RECORDS, near)
        if path is not None:
            self.open(path)

    @Slot()
    def _tell_work(self) -> None:
        """Say what is done in the background, and offer a copy of one's own."""
        facts = self._workspace.facts
        has_copies = facts is not None and not facts.is_copy and not facts.is_shared
        remedies = (Remedy("Save a copy…", self.choose_copy),) if has_copies else ()
        words = COPIES if has_copies else "Nothing runs in the background."
        self._notices.show_notice(Notice("background", Tone.INFORMATION, words, remedies))

    @Slot()
    def choose_copy(self) -> None:
        """Ask where to save a copy of the record, and save it."""
        facts = self._workspace.facts
        if facts is None:
            return
        name = facts.folder / f"{facts.stem} copy.panel"
        path = self._dialogs.files.save(Kind.COPY, "Save a copy", name, RECORDS)
        if path is not None:
            self._workspace.back_up(path, self._tell_copied)

    @Slot(object)
    def _tell_opened(self, facts: OpenRecord) -> None:
        self._strip.show_record(facts.name)
        self.saving.say("Reading a copy" if facts.is_copy else "All saved")
        self._show_encryption(facts)
        if facts.is_copy:
            words = (SHUT if facts.is_shut else READ_COPY).format(facts.name)
            remedies = (self.on_a_share,) if facts.is_shut else ()
            self._notices.show_notice(Notice("copy", Tone.INFORMATION, words, remedies, lasts=Lasts.RECORD))
        if facts.has_weak_passphrase:
            words = WEAK.format(facts.name)
            self._notices.show_notice(Notice("weak", Tone.WARNING, words, lasts=Lasts.RECORD))
        self._workspace.ask(
            partial(office_name, day=current_day()),
            lambda office: self._strip.sample.setVisible(office == SAMPLE_OFFICE),
        )
        if not facts.is_shared:
            self._workspace.work(lambda ticket: warnings_about(facts.path), partial(self._tell_place, facts))

    @Slot(object)
    def _show_encryption(self, facts: OpenRecord) -> None:
        self._strip.show_encryption(is_encrypted=facts.is_encrypted, is_shared=facts.is_shared)
        self._notices.settle("encryption")

    def _tell_place(self, facts: OpenRecord, warnings: tuple[str, ...]) -> None:
        """Say that a record is not safe where it lies, unless it was closed meanwhile."""
        if warnings and facts is self._workspace.facts:
            remedies = (self.on_a_share, Remedy("Save a copy…", self.choose_copy))
            self._notices.show_notice(
                Notice("place", Tone.WARNING, " ".join(warnings), remedies, lasts=Lasts.RECORD)
            )

    @Slot()
    def _tell_closed(self) -> None:
        self._strip.show_record("")
        self._strip.show_work("")
        self._strip.sample.hide()
        self._notices.leave(Lasts.RECORD)
        for subject in ("copy", "place", "change", "refused", "saved", "copied", "export", *SAID):
            self._notices.settle(subject)

    @Slot()
    def _tell_encryption(self) -> None:
        facts = self._workspace.facts
        if facts is not None:
            here = f"{ON_SERVER} {self.say_here()}".rstrip()
            words = here if facts.is_shared else ENCRYPTED if facts.is_encrypted else NOT_ENCRYPTED
            self._notices.show_notice(Notice("encryption", Tone.INFORMATION, words))

    @Slot()
    def _show_folder(self) -> None:
        facts = self._workspace.facts
        if facts is not None:
            show(self._notices, open_folder, facts.folder)

    def _tell_copied(self, path: Path) -> None:
        words = f"A checked copy is saved as “{path.name}”. You go on working in the record itself."
        tell_written(self._notices, words, (path,))

    def _tell_in_use(self, error: InUse) -> None:
        remedies = [Remedy("Try again", partial(self.open, error.path))]
        if error.can_be_taken_over:
            remedies = [Remedy("Take it over…", partial(self._ask_take_over, error.path))]
        words = str(error)
        if error.copy is not None:
            made = error.copy.made_at.astimezone()
            words += f" Until then you can read the copy saved on {full_date(made)} at {clock(made)}."
            remedies.insert(0, Remedy("Read the copy", partial(self._read_copy, error.copy.path)))
        self._notices.show_notice(Notice("in use", Tone.DANGER, words, tuple(remedies), stays=True))

    def _read_copy(self, path: Path) -> None:
        self._notices.settle("in use")
        self._workspace.read_copy(path)

    def _ask_take_over(self, path: Path) -> None:
        form = Form(
            title="Take the record over",
            sentences=(TAKE_OVER,),
            action="Take it over",
            does=lambda host: host,
            fields=(Line("host", "The other computer", wanted=WHOSE),),
        )
        show_form(self._dialogs, form).given.connect(partial(self._take_over, path))

    def _take_over(self, path: Path, host: str) -> None:
        self._notices.settle("in use")
        self._workspace.open(path, take_over_from=host)
