"""Copies of a record: gone back to, made of a damaged one, brought in, copied back, or compared with."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase, revealed
from gui.access.passphrase_box import tell_wrong
from gui.access.passphrase_controller import ask_passphrase
from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.dialogs.files import RECORDS, Kind
from gui.dialogs.host import DialogHost
from gui.listed.form import Choice, DataForm, Form, show_form
from gui.pages.page import PageTools
from gui.record import record_jobs
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, performing, take_turns
from gui.record.workspace import PROGRAM, Damaged, Workspace
from gui.theme.look import Tone
from gui.widgets.message_area import Lasts, Notice, NoticeBar, Remedy
from models.record import Opener, Record
from models.store.record_file import NeedsPassphrase, is_encrypted
from models.store.sqlite import backup
from models.store.sqlite.backup import Copy
from models.store.sqlite.engine import WHAT_HELPS, NotOpened, RecordDamaged
from models.trouble import Trouble

if TYPE_CHECKING:
    from gui.pages.packs.returns import Found, Returns
    from models.copies.restore import Chosen, Preview, Restored
    from models.packs.consolidation import ToBringIn
    from models.packs.diverged_copy import DivergedCopy
    from models.salvage.rebuild import Salvaged

Reading = Callable[[Path, Passphrase | None, Record, Ticket], object]
"""Reads a file under a passphrase, None for the record's own, beside the record that is open."""


def chosen(tools: PageTools, title: str) -> Path | None:
    """Ask for a file beside the record; None where there is none, or no record."""
    facts, files = tools.workspace.facts, tools.dialogs.files
    return None if facts is None else files.open(Kind.COPY, title, RECORDS, facts.folder)


def read_other(tools: PageTools, read: Reading, path: Path, label: str) -> Turns:
    """Return what is found in a file; its own passphrase is asked for where the record's does not open it."""
    box: DataForm | None = None
    key: Passphrase | None = None
    while True:
        try:
            found = yield partial(tools.workspace.beside, partial(read, path, key), label=label)
        except (NeedsPassphrase, NotOpened):
            if box is not None and tools.dialogs.holds(box):
                tell_wrong(box)
            else:
                box = ask_passphrase(tools.dialogs, path)
            key = yield given(box.given)
        except Exception:
            _close(tools, box)
            raise
        else:
            _close(tools, box)
            return found


def _close(tools: PageTools, box: "DataForm | None") -> None:
    if box is not None and tools.dialogs.holds(box):
        box.accept()


BRING_IN = "Bring in an area’s work"
NOTHING = "There is nothing new in it. Nothing was changed."
BY_OTHER = (
    "This is what would come in, and what would not, with the reason. What was signed in a separate "
    "record is not stopped by any lock, so the person who runs the server imports “{}”, as the guide’s "
    "page on the office server says."
)
WOULD = "This is what would come in, and what would not, with the reason. Nothing was changed yet."


def ask_bring_in(tools: PageTools) -> None:
    """Ask for the file that came back, or for another area's record."""
    path = chosen(tools, BRING_IN)
    if path is not None:
        take_turns(tools.workspace, _bring_in(tools, path))


def _bring_in(tools: PageTools, path: Path) -> Turns:
    """Show what would come in first; then it is one change of the record, or none."""
    found: ToBringIn = yield from read_other(tools, _planned, path, f"Looking at {path.name}")
    facts = tools.workspace.facts
    is_for_other = found.passes_locks and facts is not None and facts.is_shared
    action = "Bring it in" if found.is_new and not is_for_other else ""
    sentence = NOTHING if not found.is_new else BY_OTHER.format(path.name) if is_for_other else WOULD
    dialog = ListingDialog(
        f"{BRING_IN}: {path.name}",
        sentence,
        "\n".join(found.lines),
        tools.dialogs.window,
        name="What would come in",
        action=action,
        away="Cancel" if action else "Close",
    )
    yield given(tools.dialogs.show(dialog).agreed)
    perform = partial(tools.workspace.perform_after_copy, "merge", found.operation, found.put_beside)
    outcome, _ = yield performing(perform)
    tools.toast_outcome(outcome)


class DivergedCopyActions(QObject):
    """One copy at a time, opened to be read only; what is imported goes the way of a return."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._tools = tools
        self._importing: Returns | None = None

    @Slot()
    def ask(self) -> None:
        """Ask for the other copy: it shows what every member recorded, and is offered to the office alone."""
        path = chosen(self._tools, "Compare with a copy")
        if path is not None:
            self.compare(path)

    def compare(self, path: Path) -> None:
        take_turns(self._tools.workspace, self._compare(path))

    def _compare(self, path: Path) -> Turns:
        tools, reader = self._tools, self._tools.identity.name
        found: DivergedCopy = yield from read_other(tools, _diverged, path, f"Comparing with {path.name}")
        query = partial(_found, file=path.name, found=found, reader=reader)
        shown = yield partial(tools.workspace.ask, query)
        if self._importing is None:
            from gui.pages.packs.returns import Returns  # no return is needed to open the window

            self._importing = Returns(self._tools, self)
        self._importing.show(shown)


def _planned(path: Path, key: Passphrase | None, record: Record, ticket: Ticket) -> "ToBringIn":
    """Return what another record would bring in; nothing is changed."""
    from models.packs.consolidation import plan_bring_in

    return plan_bring_in(record, path, revealed(key), ticket.tick)


def _diverged(path: Path, key: Passphrase | None, record: Record, ticket: Ticket) -> "DivergedCopy":
    """Return what a copy that diverged from the record holds."""
    from models.packs.diverged_copy import read_diverged

    return read_diverged(record, path, revealed(key), ticket.tick)


def _found(session: Any, file: str, found: "DivergedCopy", reader: str) -> "Found":
    from gui.pages.packs.returns import Found
    from models.queries.packs.packs import without_closed
    from models.queries.packs.return_checks import warnings_about
    from models.queries.packs.returns import import_plan
    from models.values.pack_plans import Incoming

    warnings = warnings_about(session, found.texts, current_day().isoformat())
    told = (found.comparison.words, *found.passed_over, *warnings)
    files = dict.fromkeys(found.texts, file)
    came = Incoming(files, told, file, found.named, found.copied, found.left_words)
    planned = import_plan(session, found.texts, copied=found.copied)
    return Found(came, without_closed(session, planned, reader))


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
