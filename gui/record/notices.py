"""What is told of a record as it is opened and left: which version it is, where it lies, what goes on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import RECORDS, Kind, documents, open_beside
from gui.pages.page import PageTools
from gui.record.copies import DivergedCopyActions
from gui.record.record_actions import RecordActions
from gui.record.runner import Ticket
from gui.record.turns import Turns, take_turns
from gui.record.workspace import PROGRAM, OpenRecord, Workspace
from gui.settings import Settings
from gui.theme.look import Tone
from gui.widgets.message_area import Lasts, Notice, NoticeBar, Remedy
from models.operation import Topic
from models.queries.set_up.office import record_identity
from models.record import Opener, Record
from models.store.chain import JournalHead, code_at, entries, head

if TYPE_CHECKING:
    from models.copies.diverged import CopiedBack


PUT_RIGHT = (
    "If it is wrong, leave this: the record is closed, and nothing is changed. Put the clock right then."
)


def ask_clock(tools: PageTools, facts: OpenRecord) -> None:
    """Ask once, as a record is opened, whether a clock is right that seems wrong; tell of a server's."""
    if facts.is_copy:
        return
    of = tools.workspace.session.held().transactions
    if of.clock_told:
        tools.notices.show_notice(Notice("clock", Tone.WARNING, of.clock_told, lasts=Lasts.RECORD))
    elif words := of.clock_doubt:
        said, action = (words, PUT_RIGHT), "The clock is right"
        dialog = ConfirmDialog("Is the clock right?", said, action, tools.dialogs.window)
        tools.dialogs.show(dialog).rejected.connect(tools.workspace.close)


SUBJECT = "leaving"
LINGERS = "The window closes as soon as the files that are being written are whole."


def tell_leaving(tools: PageTools, is_leaving: bool) -> None:
    """Tell of the wait, and that it is over where nobody leaves."""
    tools.notices.settle(SUBJECT)
    if is_leaving:
        remedy = Remedy("Keep the window open", tools.workspace.stay)
        tools.notices.show_notice(Notice(SUBJECT, Tone.WARNING, LINGERS, (remedy,), lasts=Lasts.SETTLED))


HERE = "Work on a copy here…"
WORKING = (
    "You work on a copy on this computer now. When you are done, “Copy back…” on the page Copies puts it in "
    "the place of “{}”, unless somebody changed that meanwhile."
)
COPY = "This is a copy to be read only. Open the record itself to copy it back."
GO_ON = "Continue there, or continue here and copy back again."
ON_SERVER = "This record is on the office server; it was not copied from another."


class NetworkShareWarning(QObject):
    """Copy here, work, copy back; nothing is ever written over that was changed meanwhile."""

    def __init__(self, tools: PageTools, record: RecordActions, diverged_copies: DivergedCopyActions) -> None:
        super().__init__(tools)
        self._tools = tools
        self._record = record
        self._diverged_copies = diverged_copies
        self._made: Path | None = None
        tools.workspace.opened.connect(self._tell_here)
        record.on_a_share = Remedy(HERE, self.ask_here)

    @Slot()
    def ask_here(self) -> None:
        """Ask where on this computer to keep a copy, write it, and open it."""
        facts = self._tools.workspace.facts
        if facts is None or facts.is_shared:
            return
        own = documents() / facts.path.name
        path = self._tools.dialogs.files.save(Kind.RECORD, "Work on a copy", own, RECORDS)
        if path is not None:
            self._tools.workspace.back_up(path, partial(self._enter, facts.path))

    def _enter(self, origin: Path, copy: Path) -> None:
        self._tools.settings.keep_origin(str(copy.resolve()), str(origin))
        self._made = copy.resolve()
        self._record.open(copy)

    @Slot(object)
    def _tell_here(self, facts: OpenRecord) -> None:
        """Say how it goes back, once the copy that was made to be worked on is open."""
        if self._made is not None and facts.address == self._made:
            origin = self._tools.settings.origin_of(str(facts.path))
            self._tools.notices.show_notice(
                Notice("copied", Tone.FUND, WORKING.format(origin), lasts=Lasts.RECORD)
            )
        self._made = None

    @Slot()
    def ask_back(self) -> None:
        """Ask which record this one goes back over, the one it was copied from at first, and put it there."""
        facts = self._tools.workspace.facts
        if facts is None:
            return
        why_not = ON_SERVER if facts.is_shared else COPY if facts.is_copy else ""
        if why_not:
            self._tools.notices.show_notice(Notice("copied", Tone.WARNING, why_not, lasts=Lasts.RECORD))
            return
        origin = self._tools.settings.origin_of(str(facts.path)) or str(facts.path.parent)
        path = open_beside(self._tools.dialogs.window, "Copy back over", Path(origin), RECORDS)
        if path is not None:
            take_turns(self._tools.workspace, self._put_back(path))

    def _put_back(self, target: Path) -> Turns:
        """Put the record in the place of the one it was copied from, or lead on where that changed."""
        from models.copies.diverged import ChangedThere

        try:
            put_back = partial(_put_back, target, self._tools.workspace.person)
            label = f"Copying back to {target.name}"
            done: CopiedBack = yield partial(self._tools.workspace.beside, put_back, label=label)
            told = Notice("copied", Tone.FUND, f"{done.words} {GO_ON}")
        except ChangedThere as error:
            remedy = Remedy("Compare with it…", partial(self._diverged_copies.compare, target))
            told = Notice("copied", Tone.WARNING, str(error), (remedy,))
        self._tools.notices.show_notice(told)


def _put_back(target: Path, person: str, record: Record, ticket: Ticket) -> "CopiedBack":
    from models.copies.diverged import copy_back

    return copy_back(record, target, Opener(person, PROGRAM), tick=ticket.tick)


WAIT_MS = 1500
"""Several changes are recorded at once."""
COME_BACK = ("restore record", "salvage record")
"""After these a record is rightly another than it was."""
OLDER = (
    "This file ends with row {here:,}; the record last used on this computer went on to row {known:,}. It is "
    "an older copy: the other will not have what you change here. Open the newer one, or go on if it is lost."
)
DIVERGED = (
    "This file is a copy that was changed separately from the record last used on this computer: row "
    "{known:,} differs "
    "there. Two people may be working in two copies. Agree which one to go on with before anything is "
    "changed."
)


class Standing(NamedTuple):
    """The journal's head, its code at the row that was last known, and what its last change was."""

    head: JournalHead
    at_known: str
    last_kind: str


class SeenVersions(QObject):
    """Keeps the head of each record by its identity, without its name, and looks at it on opening."""

    def __init__(
        self, settings: Settings, workspace: Workspace, notices: NoticeBar, compare: Remedy, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._compare_it = compare
        self._settings, self._workspace, self._notices = settings, workspace, notices
        self._identity = ""
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self._save)
        workspace.opened.connect(self._ask)
        workspace.watch(frozenset(Topic), self._soon.start)
        workspace.closed.connect(self._forget)

    @Slot(object)
    def _ask(self, facts: OpenRecord) -> None:
        if not facts.is_copy:
            take_turns(self._workspace, self._compare())

    def _compare(self) -> Turns:
        """Tell where it diverged; what is known stays until the person goes on with this one all the same."""
        identity: str = yield partial(self._workspace.ask, record_identity)
        self._identity = identity
        row, code = self._settings.head_of(identity)
        found: Standing = yield partial(self._workspace.ask, partial(_standing, row=row))
        words = ""
        if found.last_kind in COME_BACK:
            row = 0
        if row > found.head.seq:
            words = OLDER.format(here=found.head.seq, known=row)
        elif row and found.at_known != code:
            words = DIVERGED.format(known=row)
        if words:
            self._notices.show_notice(
                Notice("diverged", Tone.WARNING, words, (self._compare_it,), stays=True, lasts=Lasts.RECORD)
            )
        else:
            self._keep(found.head)

    @Slot()
    def _save(self) -> None:
        facts = self._workspace.facts
        if facts is not None and not facts.is_copy and self._identity:
            self._workspace.ask(head, self._keep)

    def _keep(self, found: JournalHead) -> None:
        self._settings.keep_head(self._identity, found.seq, found.hash_hex)

    @Slot()
    def _forget(self) -> None:
        self._soon.stop()
        self._identity = ""
        self._notices.settle("diverged")


def _standing(session: Any, row: int) -> Standing:  # the window may not name the session's type
    now = head(session)
    last = next(entries(session, after=now.seq - 1)).kind
    return Standing(now, code_at(session, row), last)
