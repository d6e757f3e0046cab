"""What a member does away from the office: open the pack that was sent, and make the return."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import Kind
from gui.file_names import with_ending
from gui.pages.packs.newer_pack_controller import NewerPackController, unsealed
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.record_actions import RECORDS, RecordActions
from gui.record.runner import Cancelled, Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice
from models.operation import Outcome
from models.queries.packs.own_record import RETURN, is_members_own, record_file, return_file
from models.trouble import Trouble
from scoring.written.days import full_day

if TYPE_CHECKING:
    from gui.pages.packs.open_dialog import OpenDialog
    from gui.pages.packs.open_pack_dialog import OpenPackDialog
    from models.packs.pack_making import OpenedPack, ReadyReturn
    from models.queries.packs.member_record import ReturnState

PACKS = "Grant Panel packs (*.gpack);;All files (*)"
RETURNS = "Grant Panel returns (*.greturn)"
SEALED = "The return is sealed with the passphrase that came with the pack, so that the office can open it."
ELSEWHERE = "This is for a panel member's own record, opened from a pack"
WRONG = "That is not the passphrase of the pack, so the office could not open the return."
EXPIRED = "The pack expired on {}. Ask the office whether it still accepts your marks."


NOTHING_IN = "No sheet is handed in"
MAKE_ANYWAY = "Make the return all the same…"
COUNT_LATER = (
    "At the office marks count only once their sheet is handed in.",
    "Hand in first, on Scoring; or make this return now, and another one later.",
)


class Made(NamedTuple):
    """A return with the start of the pack it answers, what its file is called, and what it carries."""

    ready: "ReadyReturn"
    start: bytes
    file: str
    state: "ReturnState"


class MemberController(QObject):
    """Open a pack into a record of the member's own; write what goes back."""

    def __init__(self, tools: PageTools, record: RecordActions) -> None:
        super().__init__(tools)
        self._tools = tools
        self._record = record
        self._is_own = False
        self._newer = NewerPackController(tools, self.open_new, self)
        tools.workspace.opened.connect(self._update_enabled)
        tools.workspace.closed.connect(self._close)
        self._close()

    @Slot()
    def ask_pack(self) -> None:
        """Ask for a pack."""
        path = self._tools.dialogs.files.open(Kind.PACK, "Open a pack", PACKS)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a pack: into the member's own record that is open, else into a new one."""
        if self._is_own:
            self._newer.open(path)
        else:
            self.open_new(path)

    def open_new(self, path: Path, sent: Passphrase | None = None, whose: str = "") -> None:
        """Ask for the passphrases, and open the pack into a record of its own.

        `sent` is the pack's where it is known by now, and `whose` says that the pack is somebody else's.
        """
        from gui.pages.packs.open_pack_dialog import OpenPackDialog  # the window's start need not wait for it

        tools = self._tools
        box = OpenPackDialog(tools.look, path.name, tools.dialogs.window, whose)
        if sent is not None:
            box.fill_in(sent)
        box.agreed.connect(partial(self._unseal, box, path))
        tools.dialogs.show(box)

    @Slot()
    def ask_return(self) -> None:
        """Work the return out, say so where nothing of it would count, then ask for the pack's passphrase."""
        self._tools.workspace.ask(_made, self._check_return)

    def _check_return(self, made: Made) -> None:
        """Ask first whether to make a return with no sheet handed in."""
        if made.state.handed_in:
            self._ask_words(made)
            return
        tools = self._tools
        words = (made.state.words, *COUNT_LATER)
        dialog = ConfirmDialog(tools.look, NOTHING_IN, words, MAKE_ANYWAY, tools.dialogs.window)
        dialog.agreed.connect(partial(self._ask_words, made))
        tools.dialogs.show(dialog)

    def _unseal(self, box: "OpenPackDialog", path: Path, sent: Passphrase, own: Passphrase) -> None:
        self._tools.workspace.work(
            partial(unsealed, path, sent),
            partial(self._ask_where, box, path, own),
            label=f"Opening {path.name}",
            failed=partial(self._fail, box),
        )

    def _fail(self, box: "OpenPackDialog", error: Exception) -> None:
        from exchange.pack_files import WrongPassphrase

        if isinstance(error, WrongPassphrase):
            box.tell_wrong(str(error))
            return
        box.leave()
        self._tools.workspace.failed.emit(error)

    def _ask_where(self, box: "OpenPackDialog", pack: Path, own: Passphrase, opened: "OpenedPack") -> None:
        box.accept()
        name = pack.with_name(record_file(opened.pack.round.name, opened.pack.member.code))
        path = self._tools.dialogs.files.save(Kind.RECORD, "Keep your record", name, RECORDS)
        if path is not None:
            named = with_ending(path, ".panel")
            work = partial(_make_record, named, own, opened)
            self._tools.workspace.work(work, partial(self._enter, own, opened), label=f"Making {named.name}")

    def _enter(self, own: Passphrase, opened: "OpenedPack", path: Path) -> None:
        """Open the record; it is worked in as the member whose it is."""
        self._record.open(path, own)

    def _ask_words(self, made: Made) -> None:
        from gui.pages.packs.open_dialog import OpenDialog

        tools = self._tools
        words = f"{made.state.words} {SEALED}"
        box = OpenDialog(tools.look, "Make the return", words, tools.dialogs.window)
        box.do.show_words("Continue")
        box.given.connect(partial(self._seal, box, made))
        tools.dialogs.show(box)

    def _seal(self, box: "OpenDialog", made: Made, key: Passphrase) -> None:
        work = partial(_sealed, made, key)
        self._tools.workspace.work(work, partial(self._ask_file, box, made), label="Sealing the return")

    def _ask_file(self, box: "OpenDialog", made: Made, content: bytes | None) -> None:
        if content is None:
            box.show_words(WRONG)
            return
        box.accept()
        chosen = self._tools.dialogs.files.save(Kind.RETURN, "Write the return", made.file, RETURNS)
        if chosen is None:
            return
        path = with_ending(chosen, RETURN)
        work, then = partial(_with_room, content, path), partial(self._record_return, path, made, content)
        self._tools.workspace.work(work, then, label=f"Checking {path.parent.name}")

    def _record_return(self, path: Path, made: Made, content: bytes, nothing: None) -> None:
        """Put the return down, and write it where there was room for it."""
        write = partial(self._write, path, made, content)
        if made.ready.operation is None:
            write(None)
        else:
            self._tools.workspace.perform(made.ready.operation, write)

    def _write(self, path: Path, made: Made, content: bytes, outcome: Outcome | None) -> None:
        number, code = made.ready.given.number, made.ready.given.code
        words = f"Return {number} is “{{}}”. Send it to the office, and keep your receipt: code {code}."
        work = partial(_written, content, path)
        self._tools.write(path, work, words, failed=partial(self._tell_unwritten, path))

    def _tell_unwritten(self, path: Path, error: Exception) -> None:
        """Say what is true of a return that was recorded before its file could not be written after all."""
        from exchange.pack_files import UNWRITTEN

        is_told = isinstance(error, Trouble | Cancelled)
        self._tools.workspace.failed.emit(Trouble(UNWRITTEN.format(path.name)) if is_told else error)

    @Slot()
    def _update_enabled(self) -> None:
        self._tools.workspace.ask(is_members_own, self._allow)

    def _allow(self, is_own: bool) -> None:
        self._is_own = is_own
        action = self._tools.actions["make_return"]
        action.setEnabled(is_own)
        action.setStatusTip("" if is_own else ELSEWHERE)
        if is_own:
            self._tools.workspace.ask(_last_day, self._tell_last_day)

    def _tell_last_day(self, day: date) -> None:
        """Say that the pack is past its last day, whenever the record is opened then."""
        if day < current_day():
            words = EXPIRED.format(full_day(day))
            self._tools.notices.show_notice(Notice("expired", Tone.WARNING, words, lasts=Lasts.RECORD))

    @Slot()
    def _close(self) -> None:
        self._tools.notices.settle("expired")
        self._allow(is_own=False)


def _last_day(session: Any) -> date:
    from models.queries.packs.member_record import last_day

    return last_day(session)


def _make_record(path: Path, key: Passphrase, opened: "OpenedPack", ticket: Ticket) -> Path:
    from models.packs.pack_making import make_member_record
    from models.record import Opener

    make_member_record(path, Opener(opened.pack.member.name, "the window"), key.reveal(), opened).close()
    return path


def _made(session: Any) -> Made:
    from models.packs.pack_making import ready_return
    from models.queries.packs.member_record import opened_pack, pack_start, return_state

    pack, ready = opened_pack(session), ready_return(session)
    file = return_file(pack.round.name, pack.member.code, ready.given.number)
    return Made(ready, pack_start(session), file, return_state(session))


def _sealed(made: Made, key: Passphrase, ticket: Ticket) -> bytes | None:
    """Return the sealed return, None where the passphrase is not the pack's."""
    from exchange.pack_files import is_passphrase_of, seal_text

    if not is_passphrase_of(made.start, key.reveal()):
        return None
    return seal_text("return", made.ready.given.pack, made.ready.text, key.reveal())


def _with_room(content: bytes, path: Path, ticket: Ticket) -> None:
    from exchange.pack_files import require_room

    require_room(content, path)


def _written(content: bytes, path: Path, ticket: Ticket) -> Path:
    from exchange.pack_files import write_sealed

    return write_sealed(content, path)
