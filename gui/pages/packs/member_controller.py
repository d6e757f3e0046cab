"""What a member does away from the office: open the pack that was sent, and make the return."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.files import RECORDS, Kind
from gui.listed.form import Form
from gui.pages.packs.passphrases import PACKS, open_form, open_pack_form, put_out, unsealed, until_opened
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.record_actions import RecordActions
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, performing, take_turns
from gui.theme.look import Tone
from gui.widgets.message_area import Lasts, Notice, Remedy
from models.queries.packs.own_record import is_members_own, record_file, return_file
from models.record import Opener
from models.trouble import or_else
from scoring.written.days import full_day
from scoring.written.text import Refused

if TYPE_CHECKING:
    from models.packs.pack_making import OpenedPack, ReadyReturn
    from models.queries.packs.member_record import PackNews, ReturnState

RETURNS = "Grant Panel returns (*.greturn)"
SEALED = "The return is sealed with the passphrase that came with the pack, so that the office can open it."
WRONG = "That is not the passphrase of the pack, so the office could not open the return."
EXPIRED = "The pack expired on {}. Ask the office whether it still accepts your marks."
INTO = (
    "It opens into the record that you have: what you recorded stays, and a copy of the record is saved "
    "first."
)
STAYS = "What you recorded stays. A copy of your record is saved first, and one undo goes back."
OTHER = "This pack is for {}. It opens into a separate record, as {}; your record is closed first."
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
        take_turns(self._tools.workspace, self._open_newer(path) if self._is_own else self._open_new(path))

    @Slot()
    def ask_return(self) -> None:
        """Work the return out, say so where nothing of it would count, then ask for the pack's passphrase."""
        take_turns(self._tools.workspace, self._make_return())

    def _open_new(self, path: Path, sent: Passphrase | None = None, whose: str = "") -> Turns:
        """Ask for the passphrases, open the pack into a record of its own, and work in it as its member.

        `sent` is the pack's where it is known by now, and `whose` says that the pack is somebody else's.
        """
        tools = self._tools
        opened, (_, own) = yield from self._open(open_pack_form(path.name, whose, sent), path)
        name = path.with_name(record_file(opened.pack.round.name, opened.pack.member.code))
        named = tools.dialogs.files.save(Kind.RECORD, "Keep your record", name, RECORDS)
        if named is not None:
            work = partial(_make_record, named, own, opened)
            made = yield partial(tools.workspace.work, work, label=f"Making {named.name}")
            self._record.open(made, own)

    def _open(self, form: Form, path: Path) -> Turns:
        """Ask until a passphrase opens the pack; return what it holds, and what was typed."""
        opens, label = partial(unsealed, path), f"Opening {path.name}"
        return (yield from until_opened(self._tools, form, opens, label))

    def _open_newer(self, path: Path) -> Turns:
        """Say what a pack brings, and bring it in; somebody else's is opened into a record of its own."""
        tools, workspace = self._tools, self._tools.workspace
        opened, key = yield from self._open(open_form(f"Open {path.name}", INTO), path)
        try:
            news: PackNews | None = yield partial(workspace.ask, partial(_news, text=opened.text))
        except Refused as error:  # it does not fit
            remedy = Remedy("Open it into a new record…", lambda: take_turns(workspace, self._open_new(path)))
            tools.notices.show_notice(Notice("pack", Tone.WARNING, str(error), (remedy,)))
            return
        if news is None:
            member = opened.pack.member
            whose = OTHER.format(f"{member.name} ({member.code})", member.name)
            yield from self._open_new(path, key, whose)
            return
        yield from self._confirm("Open the newer pack", (*news.lines, STAYS), "Open it")
        from models.operations.packs.take_in import UpdatePack

        operation = UpdatePack(opened.text, opened.start)
        beside = partial(_put_files, opened)
        outcome, _ = yield performing(workspace.perform_after_copy, "newer pack", operation, beside)
        tools.toast(outcome.words)

    def _confirm(self, title: str, words: tuple[str, ...], action: str) -> Turns:
        """Go on once it is agreed to."""
        dialog = ConfirmDialog(title, words, action, self._tools.dialogs.window)
        yield given(self._tools.dialogs.show(dialog).agreed)

    def _make_return(self) -> Turns:
        """Ask first whether to make a return with no sheet handed in; seal it, put it down, and write it."""
        tools, workspace = self._tools, self._tools.workspace
        made: Made = yield partial(workspace.ask, _made)
        if made.state.sheets and not made.state.handed_in:
            yield from self._confirm(NOTHING_IN, (made.state.words, *COUNT_LATER), MAKE_ANYWAY)
        words = f"{made.state.words} {SEALED}"
        form = open_form("Make the return", words, action="Continue")
        content, _ = yield from until_opened(tools, form, partial(_sealed, made), "Sealing the return")
        path = tools.dialogs.files.save(Kind.RETURN, "Write the return", made.file, RETURNS)
        if path is None:
            return
        stage = partial(_staged, content, path)
        staged = yield partial(workspace.work, stage, label=f"Writing {path.name}")
        if made.ready.operation is not None:
            with or_else(partial(staged.unlink, missing_ok=True)):
                yield performing(workspace.perform, made.ready.operation)
        given = made.ready.given
        words = (
            f"Return {given.number} is “{{}}”. Send it to the office, "
            f"and keep your receipt: code {given.code}."
        )
        put_out(tools, path, staged, words)

    @Slot()
    def _update_enabled(self) -> None:
        self._tools.workspace.ask(is_members_own, self._allow)

    def _allow(self, is_own: bool) -> None:
        self._is_own = is_own
        self._tools.actions["make_return"].setVisible(is_own)
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
    from models.queries.packs.member_record import opened_pack

    return opened_pack(session).expires_on


def _make_record(path: Path, key: Passphrase, opened: "OpenedPack", ticket: Ticket) -> Path:
    from models.packs.pack_making import make_member_record

    make_member_record(path, Opener(opened.pack.member.name, "the window"), key.reveal(), opened).close()
    return path


def _made(session: Any) -> Made:
    from models.packs.pack_making import ready_return
    from models.queries.packs.member_record import opened_pack, pack_start, return_state

    pack, ready = opened_pack(session), ready_return(session)
    file = return_file(pack.round.name, pack.member.code, ready.given.number)
    return Made(ready, pack_start(session), file, return_state(session))


def _sealed(made: Made, key: Passphrase, ticket: Ticket) -> bytes:
    """Return the sealed return; raises `WrongPassphrase` where the passphrase is not the pack's."""
    from exchange.pack_files import WrongPassphrase, is_passphrase_of, seal_text

    if not is_passphrase_of(made.start, key.reveal()):
        raise WrongPassphrase(WRONG)
    return seal_text("return", made.ready.given.pack, made.ready.text, key.reveal())


def _staged(content: bytes, path: Path, ticket: Ticket) -> Path:
    from exchange.pack_files import stage_sealed

    return stage_sealed((content,), path)


def _news(session: Any, text: str) -> "PackNews | None":
    """Return what a pack brings, None where it is another member's; the window may not name the session."""
    from models.queries.packs.member_record import opened_pack, pack_news
    from models.values.packs import read_pack

    is_own = opened_pack(session).member.uid == read_pack(text).member.uid
    return pack_news(session, text) if is_own else None


def _put_files(opened: "OpenedPack", session: Any) -> None:
    """Put the bytes of a pack's attachments in, beside the change."""
    from models.operations.applications.attachments import put_attached

    put_attached(session, opened.contents())
