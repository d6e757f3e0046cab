"""A newer pack opened into the member's own record that is open: told first, then brought in, one undo."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.access.passphrase import Passphrase
from gui.dialogs.confirm import ConfirmDialog
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operation import Outcome
from scoring.written.text import Refused

if TYPE_CHECKING:
    from gui.pages.packs.open_dialog import OpenDialog
    from models.packs.pack_making import OpenedPack
    from models.queries.packs.member_record import PackNews

INTO = (
    "It opens into the record that you have: what you recorded stays, and a copy of the record is saved "
    "first."
)
STAYS = "What you recorded stays. A copy of your record is saved first, and one undo goes back."
OTHER = "This pack is for {}. It opens into a separate record, as {}; your record is closed first."
ELSEWHERE = "Open it into a new record…"


class NewerPackController(QObject):
    """Every action ends in one change of the record, or in none."""

    def __init__(self, tools: PageTools, open_new: Callable[..., object], parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._open_new = open_new

    def open(self, path: Path) -> None:
        """Ask for the pack's passphrase."""
        from gui.pages.packs.open_dialog import OpenDialog  # no pack is needed to open the window

        tools = self._tools
        box = OpenDialog(tools.look, f"Open {path.name}", INTO, tools.dialogs.window)
        box.given.connect(partial(self._unseal, box, path))
        tools.dialogs.show(box)

    def _unseal(self, box: "OpenDialog", path: Path, key: Passphrase) -> None:
        self._tools.workspace.work(
            partial(unsealed, path, key),
            partial(self._look_for_news, box, path, key),
            label=f"Opening {path.name}",
            failed=partial(self._fail, box),
        )

    def _fail(self, box: "OpenDialog", error: Exception) -> None:
        from exchange.pack_files import WrongPassphrase

        if isinstance(error, WrongPassphrase):
            box.show_words(str(error))
            return
        box.leave()
        self._tools.workspace.failed.emit(error)

    def _look_for_news(self, box: "OpenDialog", path: Path, key: Passphrase, opened: "OpenedPack") -> None:
        box.accept()
        then = partial(self._take, path, key, opened)
        self._tools.workspace.ask(partial(_news, text=opened.text), then, partial(self._refuse, path))

    def _take(self, path: Path, key: Passphrase, opened: "OpenedPack", news: "PackNews | None") -> None:
        """Say what the pack brings; somebody else's is opened as that person, into a record of its own."""
        if news is not None:
            self._tell_news(opened, news)
            return
        member = opened.pack.member
        self._open_new(path, key, OTHER.format(f"{member.name} ({member.code})", member.name))

    def _refuse(self, path: Path, error: Exception) -> None:
        """Say why it does not fit, and offer a record of its own."""
        if not isinstance(error, Refused):
            self._tools.workspace.failed.emit(error)
            return
        remedy = Remedy(ELSEWHERE, partial(self._open_new, path))
        self._tools.notices.show_notice(Notice("pack", Tone.WARNING, str(error), (remedy,)))

    def _tell_news(self, opened: "OpenedPack", news: "PackNews") -> None:
        tools = self._tools
        words = (*news.lines, STAYS)
        dialog = ConfirmDialog(tools.look, "Open the newer pack", words, "Open it", tools.dialogs.window)
        dialog.agreed.connect(partial(self._back_up, opened))
        tools.dialogs.show(dialog)

    def _back_up(self, opened: "OpenedPack") -> None:
        from models.operations.packs.take_in import UpdatePack

        operation = UpdatePack(opened.text, opened.start)
        self._tools.workspace.perform_after_copy("newer pack", operation, _nothing, self._tell)

    def _tell(self, outcome: Outcome, beside: object) -> None:
        self._tools.toast(outcome.words)


def _news(session: Any, text: str) -> "PackNews | None":
    """Return what a pack brings, None where it is another member's; the window may not name the session."""
    from models.queries.packs.member_record import opened_pack, pack_news
    from models.values.packs import read_pack

    is_own = opened_pack(session).member.uid == read_pack(text).member.uid
    return pack_news(session, text) if is_own else None


def _nothing(session: object) -> None:
    """Do nothing beside the change."""


def unsealed(path: Path, key: Passphrase, ticket: Ticket) -> "OpenedPack":
    """Return the pack that a file holds."""
    from exchange.pack_files import open_pack, read_sealed

    return open_pack(read_sealed(path), key.reveal())
