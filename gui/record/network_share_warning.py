"""A record on a network drive: copied here to be worked on, and copied back when nobody changed it there."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.dialogs.files import Kind, open_beside
from gui.folders import documents
from gui.pages.page import PageTools
from gui.record.copies.diverged_copy_actions import DivergedCopyActions
from gui.record.record_actions import RECORDS, RecordActions
from gui.record.workspace import OpenRecord
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Lasts, Notice, Remedy

if TYPE_CHECKING:
    from models.copies.diverged import CopiedBack

HERE = "Work on a copy here…"
WORKING = (
    "You work on a copy on this computer now. When you are done, “Copy back…” in the Record menu puts it in "
    "the place of “{}”, unless somebody changed that meanwhile."
)
COPY = "This is a copy to be read only. Open the record itself to copy it back."
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
        if facts.is_shared:
            self._tools.notices.show_notice(Notice("copied", Tone.INFORMATION, ON_SERVER, lasts=Lasts.RECORD))
            return
        if facts.is_copy:
            self._tools.notices.show_notice(Notice("copied", Tone.WARNING, COPY, lasts=Lasts.RECORD))
            return
        origin = self._tools.settings.origin_of(str(facts.path)) or str(facts.path.parent)
        path = open_beside(self._tools.dialogs.window, "Copy back over", Path(origin), RECORDS)
        if path is not None:
            self.put_back(path)

    def put_back(self, target: Path) -> None:
        """Put the record in the place of the one it was copied from."""
        self._tools.workspace.copy_back(target, self._tell, partial(self._fail, target))

    def _tell(self, done: "CopiedBack") -> None:
        words = f"{done.words} Continue there, or continue here and copy back again."
        self._tools.notices.show_notice(Notice("copied", Tone.FUND, words))

    def _fail(self, target: Path, error: Exception) -> None:
        """Say that it was changed there, and lead to what can be done."""
        from models.copies.diverged import ChangedThere

        if not isinstance(error, ChangedThere):
            self._tools.workspace.failed.emit(error)
            return
        remedy = Remedy("Compare with it…", partial(self._diverged_copies.compare, target))
        self._tools.notices.show_notice(Notice("copied", Tone.WARNING, str(error), (remedy,)))
