"""Issue a pack, import returns, and decide what they left open."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from exchange.pack_files import UNWRITTEN, require_room, seal_text, write_sealed
from gui.access.passphrase import Passphrase
from gui.dialogs.files import Kind
from gui.file_names import with_ending
from gui.pages.packs.confirm_import import ConfirmImport, Found
from gui.pages.packs.issue_dialog import IssueDialog
from gui.pages.packs.open_dialog import OpenDialog
from gui.pages.packs.opening import Unopened, open_with, read_outsides
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.record.refusals import Settle, tell_failed
from gui.record.runner import Cancelled, Failed, Ticket
from gui.text import counted
from models.operation import Outcome
from models.packs.pack_making import ReadyPack, ready_pack
from models.queries.packs.own_record import PACK, pack_file
from models.queries.packs.pack_lines import PackLine
from models.queries.packs.packs import PackOwner, kept_returns, pack_owners, without_closed
from models.queries.packs.return_checks import warnings_about
from models.queries.packs.returns import Fitting, importable_returns, open_plan, plan_of_files
from models.trouble import Trouble
from models.values.pack_plans import Incoming

PACKS = "Grant Panel packs (*.gpack);;All files (*)"
RETURNS = "Grant Panel returns (*.greturn);;All files (*)"


class PacksController(QObject):
    """The actions of the page; every one ends in one change of the record, or in none."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.importing = ConfirmImport(tools, self)

    def ask_issue(self, place: Place, line: PackLine) -> None:
        """Ask for a passphrase, then where to write the pack."""
        tools = self._tools
        box = IssueDialog(tools.look, line, tools.dialogs.window)
        box.agreed.connect(partial(self._ask_where, place, line))
        tools.dialogs.show(box)

    def ask_returns(self) -> None:
        """Ask for returns, then for their passphrase."""
        paths = self._tools.dialogs.files.open_several(Kind.RETURN, "Import returns", RETURNS)
        if paths:
            self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Ask for the passphrases of returns, open them, and show what they would bring."""
        work = partial(read_outsides, tuple(paths))
        self._tools.workspace.work(work, self._ask_whose, label="Reading what came back")

    def ask_open(self, place: Place) -> None:
        """Show what returns that were imported still leave for a person to decide."""
        reader = self._tools.identity.name
        query = partial(_still_open, round_id=place.line.round_id, reader=reader)
        self._tools.workspace.ask(query, self.importing.show)

    def _ask_where(self, place: Place, line: PackLine, key: Passphrase, expires_on: date) -> None:
        """Ask where the pack goes; the box waits until it is recorded, and comes back if that is refused."""
        query = partial(_ready, round_id=place.line.round_id, member=line.member, expires_on=expires_on)
        settle = self._tools.dialogs.claim()
        then, failed = partial(self._name, place, key, settle), self._failing(settle)
        self._tools.workspace.ask(query, then, failed)

    def _failing(self, settle: Settle | None) -> Failed:
        return partial(tell_failed, settle, self._tools.workspace.failed.emit)

    def _name(self, place: Place, key: Passphrase, settle: Settle | None, ready: ReadyPack) -> None:
        """Ask where to write the pack, by a name that says whose it is and which."""
        name = pack_file(place.line.name, ready.pack.member.code, ready.number)
        chosen = self._tools.dialogs.files.save(Kind.PACK, "Write the pack", name, PACKS)
        if chosen is not None:
            self._seal(with_ending(chosen, PACK), key, settle, ready)
        elif settle is not None:
            settle("")

    def _seal(self, path: Path, key: Passphrase, settle: Settle | None, ready: ReadyPack) -> None:
        work, then = partial(_sealed, ready, key, path), partial(self._issue, path, settle, ready)
        failed = self._failing(settle)
        self._tools.workspace.work(work, then, label="Sealing the pack", failed=failed)

    def _issue(self, path: Path, settle: Settle | None, ready: ReadyPack, content: bytes) -> None:
        then = partial(self._write, path, ready, content)
        self._tools.workspace.perform_beside(ready.operation, ready.keep, then, settle=settle)

    def _write(self, path: Path, ready: ReadyPack, content: bytes, outcome: Outcome, nothing: None) -> None:
        work = partial(_written, content, path)
        items = counted(len(ready.pack.applications), "application", "applications")
        words = f"The pack for {ready.pack.member.name} is “{{}}”: {items}. Give the passphrase separately."
        self._tools.write(path, work, words, failed=partial(self._tell_unwritten, path))

    def _tell_unwritten(self, path: Path, error: Exception) -> None:
        """Say what is true of a pack that was recorded before its file could not be written after all."""
        is_told = isinstance(error, Trouble | Cancelled)
        self._tools.workspace.failed.emit(Trouble(UNWRITTEN.format(path.name)) if is_told else error)

    def _ask_whose(self, unopened: Unopened) -> None:
        self._tools.workspace.ask(pack_owners, partial(self._ask_first, unopened))

    def _ask_first(self, unopened: Unopened, owners: Mapping[str, PackOwner]) -> None:
        """Ask for the first passphrase; a file chosen alone that cannot be imported is told at once."""
        tools = self._tools
        is_alone = len(unopened.left) + len(unopened.unfit) == 1
        unopened.keep_to_own(owners)
        if not unopened.left:
            if is_alone:
                tools.workspace.failed.emit(Trouble(f"{unopened.unfit[0].file}: {unopened.unfit[0].words}"))
            else:
                self._plan(unopened)
            return
        box = OpenDialog(tools.look, unopened.title, unopened.words, tools.dialogs.window)
        box.skip.setVisible(not is_alone)
        box.given.connect(partial(self._open, box, unopened))
        box.left_out.connect(partial(self._leave_out, box, unopened))
        tools.dialogs.show(box)

    def _open(self, box: OpenDialog, unopened: Unopened, key: Passphrase) -> None:
        self._tools.workspace.work(
            partial(open_with, unopened, key),
            partial(self._ask_next, box, unopened),
            label="Opening what came back",
            failed=partial(self._fail, box),
        )

    def _leave_out(self, box: OpenDialog, unopened: Unopened) -> None:
        unopened.leave_out()
        self._ask_next(box, unopened, "")

    def _ask_next(self, box: OpenDialog, unopened: Unopened, wrong: str) -> None:
        """Ask for the passphrase of those that are not open yet, then show what all of them would bring."""
        if wrong:
            box.show_words(wrong)
        elif unopened.left:
            box.ask(unopened.title, unopened.words, may_skip=True)
        else:
            self._plan(unopened, box)

    def _plan(self, unopened: Unopened, box: OpenDialog | None = None) -> None:
        today, reader = current_day().isoformat(), self._tools.identity.name
        query = partial(_found, unopened=unopened, today=today, reader=reader)
        self._tools.workspace.ask(query, self.importing.show, partial(self._fail, box))

    def _fail(self, box: OpenDialog | None, error: Exception) -> None:
        if box is not None:
            box.leave()
        self._tools.workspace.failed.emit(error)


def _ready(session: Any, round_id: int, member: str, expires_on: date) -> ReadyPack:
    return ready_pack(session, round_id, member, current_day(), expires_on)


def _sealed(ready: ReadyPack, key: Passphrase, path: Path, ticket: Ticket) -> bytes:
    """Return the sealed pack; raises Trouble where there is no room for it, before it is recorded."""
    content = seal_text("pack", ready.pack.pack, ready.text, key.reveal())
    require_room(content, path)
    return content


def _written(content: bytes, path: Path, ticket: Ticket) -> Path:
    return write_sealed(content, path)


def _found(session: Any, unopened: Unopened, today: str, reader: str) -> Found:
    """Return what would be imported; a return that was chosen alone and does not fit is refused."""
    files = unopened.files
    found = (
        Fitting(files, ()) if len(files) == 1 and not unopened.unfit else importable_returns(session, files)
    )
    unfit = (*unopened.unfit, *found.unfit)
    warnings = warnings_about(session, tuple(found.files), today)
    shown = without_closed(session, plan_of_files(session, found.files), reader)
    return Found(Incoming(found.files, warnings, unfit=unfit), shown)


def _still_open(session: Any, round_id: int, reader: str) -> Found:
    """Return what is still to be decided, with the returns that it came in."""
    planned = open_plan(session, round_id)
    kept = kept_returns(session, {member.member for member in planned.members})
    return Found(Incoming({}, kept=kept), without_closed(session, planned, reader))
