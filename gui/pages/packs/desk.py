"""Issue a pack, take returns in, and decide what they left open."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from exchange.packs.sealing import UNWRITTEN, require_room, seal_text, write_sealed
from gui.folders import documents, open_folder
from gui.pages.packs.issue_box import IssueBox
from gui.pages.packs.open_box import OpenBox
from gui.pages.packs.opening import Unopened, open_with
from gui.pages.packs.taking import Found, Taking
from gui.pages.page import PageTools, Place
from gui.passphrase import Passphrase
from gui.runner import Cancelled, Ticket
from gui.text import counted
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice, Remedy
from models.operation import Outcome
from models.pack_issuing import ReadyPack, ready_pack
from models.packs.reports import Incoming
from models.queries.closed_values import without_closed
from models.queries.packs import PackLine
from models.queries.return_checks import warnings_about
from models.queries.returns import open_plan, plan_of_files
from models.trouble import Trouble

PACKS = "Grant Panel packs (*.gpack);;All files (*)"
RETURNS = "Grant Panel returns (*.greturn);;All files (*)"
SAME_WORDS = (
    "The passphrase is the one that went with the pack. Where packs had their own, each is asked for in turn."
)


class PacksDesk(QObject):
    """The deeds of the page; every one ends in one change of the record, or in none."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.taking = Taking(tools, self)

    def ask_issue(self, place: Place, line: PackLine) -> None:
        """Ask for a passphrase, then where to write the pack."""
        tools = self._tools
        box = IssueBox(tools.look, line.name, line.items, tools.dialogs.window)
        box.agreed.connect(partial(self._ask_where, place, line))
        tools.dialogs.show(box)

    def ask_returns(self) -> None:
        """Ask for returns, then for their passphrase."""
        paths, _ = QFileDialog.getOpenFileNames(
            self._tools.dialogs.window, "Take in returns", str(documents()), RETURNS
        )
        if paths:
            self.take([Path(path) for path in paths])

    def take(self, paths: Sequence[Path]) -> None:
        """Ask for the passphrase of returns, open them, and show what they would bring."""
        tools = self._tools
        title = f"Open {paths[0].name}" if len(paths) == 1 else f"Open {len(paths)} returns"
        box = OpenBox(tools.look, title, SAME_WORDS, tools.dialogs.window)
        box.given.connect(partial(self._open, box, Unopened(tuple(paths))))
        tools.dialogs.show(box)

    def ask_open(self, place: Place) -> None:
        """Show what returns that were taken in still leave for a person to decide."""
        reader = self._tools.identity.name
        query = partial(_still_open, round_id=place.line.round_id, reader=reader)
        self._tools.workspace.ask(query, self.taking.show)

    def _ask_where(self, place: Place, line: PackLine, key: Passphrase, expires_on: date) -> None:
        name = str(documents() / f"{place.line.name} {line.member}.gpack".replace("/", "-"))
        path, _ = QFileDialog.getSaveFileName(self._tools.dialogs.window, "Write the pack", name, PACKS)
        if path:
            query = partial(_ready, round_id=place.line.round_id, member=line.member, expires_on=expires_on)
            self._tools.workspace.ask(query, partial(self._seal, Path(path), key))

    def _seal(self, path: Path, key: Passphrase, ready: ReadyPack) -> None:
        self._tools.workspace.work(
            partial(_sealed, ready, key, path), partial(self._issue, path, ready), label="Sealing the pack"
        )

    def _issue(self, path: Path, ready: ReadyPack, content: bytes) -> None:
        self._tools.workspace.perform_beside(
            ready.operation, ready.keep, partial(self._write, path, ready, content)
        )

    def _write(self, path: Path, ready: ReadyPack, content: bytes, outcome: Outcome, nothing: None) -> None:
        work = partial(_written, content, path)
        then, label = partial(self._tell_written, ready), f"Writing {path.name}"
        failed = partial(self._tell_unwritten, path)
        self._tools.workspace.work(work, then, label=label, ends_first=True, failed=failed)

    def _tell_unwritten(self, path: Path, error: Exception) -> None:
        """Say what is true of a pack that was put down before its file could not be written after all."""
        is_told = isinstance(error, Trouble | Cancelled)
        self._tools.workspace.failed.emit(Trouble(UNWRITTEN.format(path.name)) if is_told else error)

    def _tell_written(self, ready: ReadyPack, path: Path) -> None:
        items = counted(len(ready.pack.applications), "application", "applications")
        name = ready.pack.member.name
        words = f"The pack for {name} is “{path.name}”: {items}. Tell the passphrase another way."
        remedy = Remedy("Open folder", partial(open_folder, path.parent))
        self._tools.notices.tell(Notice("pack", Tone.FUND, words, (remedy,)))

    def _open(self, box: OpenBox, unopened: Unopened, key: Passphrase) -> None:
        self._tools.workspace.work(
            partial(open_with, unopened, key),
            partial(self._plan, box, unopened),
            label="Opening what came back",
            failed=partial(self._fail, box),
        )

    def _plan(self, box: OpenBox, unopened: Unopened, words: str) -> None:
        """Show what they would bring, or ask for the passphrase of those that are not open yet."""
        if words:
            box.tell(words)
            return
        today, reader = date.today().isoformat(), self._tools.identity.name
        query = partial(_found, files=unopened.files, today=today, reader=reader)
        self._tools.workspace.ask(query, self.taking.show, partial(self._fail, box))

    def _fail(self, box: OpenBox, error: Exception) -> None:
        box.reject()
        self._tools.workspace.failed.emit(error)


def _ready(session: Any, round_id: int, member: str, expires_on: date) -> ReadyPack:
    return ready_pack(session, round_id, member, date.today(), expires_on)


def _sealed(ready: ReadyPack, key: Passphrase, path: Path, ticket: Ticket) -> bytes:
    """Return the sealed pack; raises Trouble where there is no room for it, before it is put down."""
    content = seal_text("pack", ready.pack.pack, ready.text, key.reveal())
    require_room(content, path)
    return content


def _written(content: bytes, path: Path, ticket: Ticket) -> Path:
    return write_sealed(content, path)


def _found(session: Any, files: Mapping[str, str], today: str, reader: str) -> Found:
    texts = tuple(files)
    shown = without_closed(session, plan_of_files(session, files), reader)
    return Found(Incoming(files, warnings_about(session, texts, today)), shown)


def _still_open(session: Any, round_id: int, reader: str) -> Found:
    return Found(Incoming({}), without_closed(session, open_plan(session, round_id), reader))
