"""Going back to a copy, and making a new record from what can be read of a damaged one."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase, revealed
from gui.access.passphrase_controller import ask_passphrase
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import RECORDS, Kind
from gui.dialogs.host import DialogHost
from gui.record import record_jobs
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, take_turns
from gui.record.workspace import PROGRAM, Damaged, Workspace
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, NoticeBar, Remedy
from models.record import Opener
from models.store.record_file import is_encrypted
from models.store.sqlite import backup
from models.store.sqlite.backup import Copy
from models.store.sqlite.engine import WHAT_HELPS, RecordDamaged
from models.trouble import Trouble

if TYPE_CHECKING:
    from models.copies.restore import Chosen, Preview, Restored
    from models.salvage.rebuild import Salvaged

TITLE, GO_BACK = "Restore a copy of the record", "Go back to a copy"
NO_COPY = "There is no automatic copy of this record yet."
ON_SERVER = (
    "This record is on the office server: the person who runs it keeps its copies, and can bring one back."
)
FORWARD = "The record as it is now is saved among its copies, so that you can go forward again."
SPOILT = "spoilt"
SPOILT_WORDS = (
    "What you read here may be wrong or missing, so change nothing in it. No copy is made of it, and none of "
    "its older copies is deleted."
)
WHOLE, PART = "All of it was salvaged", "What was salvaged, and what was not"
NOTED = (
    "The new record is a separate file; the damaged one was not changed. Keep both until everything is "
    "checked."
)
CLOSE_FIRST = "“{}” is open. Close it first (Record, Close the record), then salvage it."
AS_IT_WAS = "It goes back to the copy of {}: what was changed after that is not in it."
SALVAGE_FIRST = (
    "Salvage first reads what it can of the record as it is into a new one; the record itself is not changed."
)
SALVAGE = "Salvage reads what it can of it into a new record and says what it could not; it is not changed."


class RecoveryActions(QObject):
    """What is done when the record, or what was put into it, is not as it should be."""

    def __init__(self, workspace: Workspace, notices: NoticeBar, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._workspace = workspace
        self._notices, self._dialogs = notices, dialogs
        workspace.opened.connect(lambda _facts: notices.settle("damaged"))
        workspace.spoilt.connect(self._tell_spoilt)
        workspace.closed.connect(partial(notices.settle, SPOILT))

    @Slot()
    def ask_go_back(self) -> None:
        """Offer the open record's copies, each with what going back to it would lose."""
        facts = self._workspace.facts
        if facts is None or facts.is_copy:
            return
        if facts.is_shared:
            self._notices.show_notice(Notice("restored", Tone.INFORMATION, ON_SERVER))
            return
        found = backup.copies(facts.path)
        if not found:
            self._notices.show_notice(Notice("restored", Tone.INFORMATION, NO_COPY))
            return
        take_turns(self._workspace, self._going_back(found))

    def _going_back(self, found: Sequence[Copy]) -> Turns:
        """Ask which copy, until it is one to go back to, then say what that would lose."""
        from gui.listed.form import Choice, Form, show_form  # the window's start need not wait for it

        copies = tuple((one.words, one.path) for one in found)
        form = Form(
            title=GO_BACK,
            sentences=(FORWARD,),
            action="See what would be lost…",
            does=lambda copy: copy,
            stays=True,
            fields=(Choice("copy", "Copies, the newest first", options=copies),),
        )
        dialog = show_form(self._dialogs, form)
        while True:
            path: Path = yield given(dialog.given)
            try:
                look = partial(record_jobs.preview, path)
                label = f"Looking at {path.name}"
                preview: Preview = yield partial(self._workspace.beside, look, label=label)
                fault = "" if preview.is_of_record else preview.words
            except Trouble as error:
                fault = f"This copy cannot be restored. {error} Choose another one."
            if not self._dialogs.holds(dialog):
                return
            if fault:
                dialog.ask_again(fault, "copy")
                continue
            dialog.wait(is_waiting=False)
            confirm = ConfirmDialog(GO_BACK, (preview.words, FORWARD), "Go back to it", dialog)
            confirm.accepted.connect(dialog.accept)
            confirm.accepted.connect(partial(self._workspace.go_back, path, self._tell_restored))
            self._dialogs.show(confirm)

    def _tell_restored(self, restored: "Restored") -> None:
        kept = () if restored.kept is None else ("The record as it was before is saved among its copies.",)
        words = " ".join((restored.words, *restored.warnings, *kept))
        tone = Tone.WARNING if restored.warnings else Tone.FUND
        self._notices.show_notice(Notice("restored", tone, words, lasts=Lasts.SETTLED))

    @Slot(object)
    def _tell_spoilt(self, error: RecordDamaged) -> None:
        """Say at once that pages of the open record do not hold together, and lead to what can be done."""
        remedy = Remedy("Close and repair…", partial(self._workspace.close_spoilt, error))
        words = f"{str(error).removesuffix(WHAT_HELPS).strip()} {SPOILT_WORDS}"
        self._notices.show_notice(Notice(SPOILT, Tone.DANGER, words, (remedy,), stays=True))

    def take_spoilt(self, error: RecordDamaged) -> None:
        """Lead out of an open record of which something could not be read, unless that is said already."""
        if self._workspace.facts is None:
            self._notices.show_notice(Notice("trouble", Tone.DANGER, str(error), stays=True))
        elif not self._notices.holds(SPOILT):
            self._tell_spoilt(error)

    def take(self, error: Damaged) -> None:
        """Say what is wrong with a record that does not open, and offer what can be done."""
        words, remedies = [str(error)], []
        if error.copy is None:
            words.append("It has no automatic copy that is undamaged.")
        else:
            words.append(f"Its newest good backup is of {error.copy.words}.")
            remedies.append(Remedy("Restore it", partial(self._restore, error, error.copy)))
        if error.can_be_salvaged:
            words.append(SALVAGE)
            remedies.append(Remedy("Salvage…", partial(self._ask_salvage, error.path, error.key)))
        told = Notice("damaged", Tone.DANGER, " ".join(words), tuple(remedies), stays=True)
        self._notices.show_notice(told)

    def _restore(self, error: Damaged, copy: Copy) -> None:
        take_turns(self._workspace, self._restoring(error, copy))

    def _restoring(self, error: Damaged, copy: Copy) -> Turns:
        """Say first which copy it is, and offer to salvage what was changed after it.

        The newest copy that is sound is put in the record's place; a newer one that is not is named.
        """
        path, key, work = error.path, error.key, self._workspace.work
        if key is None and is_encrypted(copy.path):
            key = yield from self._ask_passphrase(copy.path)
        label = f"Looking at the copies of {path.name}"
        found: Chosen = yield partial(work, partial(_chosen, path, key), label=label)
        words = [AS_IT_WAS.format(found.copy.words), *found.passed_over]
        words += [SALVAGE_FIRST] if error.can_be_salvaged else []
        dialog = ConfirmDialog(TITLE, words, "Restore it", self._dialogs.window)
        if error.can_be_salvaged:
            dialog.offer("Salvage first…").connect(partial(self._ask_salvage, path, key))
        yield given(self._dialogs.show(dialog).agreed)
        restore = partial(_restored, found.copy.path, path, key, self._workspace.person)
        restored: Restored = yield partial(work, restore, label=f"Restoring {path.name}")
        self._workspace.open(path, key=key)
        self._tell_restored(restored)

    @Slot()
    def choose(self) -> None:
        """Ask which damaged record to salvage, with its passphrase where it is encrypted, and do it."""
        path = self._dialogs.files.open(Kind.RECORD, "Salvage a damaged record", RECORDS)
        if path is not None:
            self.choose_from(path)

    def choose_from(self, path: Path) -> None:
        """Salvage a record that may be open now: it is said to be closed first."""
        facts = self._workspace.facts
        if facts is not None and facts.address == path.resolve():
            self._notices.show_notice(Notice("salvage", Tone.WARNING, CLOSE_FIRST.format(path.name)))
        else:
            take_turns(self._workspace, self._choose_into(path))

    def _choose_into(self, path: Path) -> Turns:
        key = (yield from self._ask_passphrase(path)) if is_encrypted(path) else None
        self._ask_salvage(path, key)

    def _ask_passphrase(self, path: Path) -> Turns:
        dialog = ask_passphrase(self._dialogs, path)
        dialog.given.connect(dialog.accept)
        return (yield given(dialog.given))

    def _ask_salvage(self, path: Path, key: Passphrase | None, *_is_on: object) -> None:
        name = path.with_name(f"{path.stem} salvaged.panel")
        to = self._dialogs.files.save(Kind.RECORD, "Salvage into a new record", name, RECORDS)
        if to is not None:
            self.salvage(path, key, to)

    def salvage(self, path: Path, key: Passphrase | None, to: Path) -> None:
        """Make a new record of what can be read, then say what could not."""
        work = partial(_salvaged, path, to, key, self._workspace.person)
        self._workspace.work(work, partial(self._report, key), label=f"Salvaging {path.name}")

    def _report(self, key: Passphrase | None, found: "Salvaged") -> None:
        from gui.dialogs.confirm import ListingDialog  # the window's start need not wait for it

        window = self._dialogs.window
        dialog = ListingDialog(
            WHOLE if found.is_whole else PART,
            NOTED,
            "\n\n".join(found.lines),
            window,
            name="Report",
            copy="Copy the report",
            action=f"Open {found.path.name}",
        )
        self._dialogs.show(dialog).agreed.connect(partial(self._workspace.open, found.path, key=key))


def _chosen(path: Path, key: Passphrase | None, ticket: Ticket) -> "Chosen":
    from models.copies.restore import newest_sound_copy

    return newest_sound_copy(path.resolve(), revealed(key), ticket.tick)


def _restored(copy: Path, path: Path, key: Passphrase | None, person: str, ticket: Ticket) -> "Restored":
    from models.copies.restore import restore_over

    own = revealed(key) if is_encrypted(copy) else None
    return restore_over(copy, path, Opener(person, PROGRAM), key=own)


def _salvaged(path: Path, to: Path, key: Passphrase | None, person: str, ticket: Ticket) -> "Salvaged":
    from models.salvage.rebuild import salvage

    return salvage(path, to, Opener(person, PROGRAM), key=revealed(key), tick=ticket.tick)
