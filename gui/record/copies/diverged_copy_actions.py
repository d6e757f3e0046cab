"""Compare the record with a copy that diverged from it, and import what members entered there."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase
from gui.access.passphrase_dialog import PassphraseDialog
from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.store.record_file import NeedsPassphrase
from models.store.sqlite.engine import NotOpened

if TYPE_CHECKING:
    from gui.pages.packs.confirm_import import ConfirmImport, Found
    from models.journal.diverged_copy import DivergedCopy

RECORDS = "Grant Panel records (*.panel);;All files (*)"
NOT_YOURS = "An officer or the chair compares copies, not the {}: a copy shows what every member recorded."


class DivergedCopyActions(QObject):
    """One copy at a time, opened to be read only; what is imported goes the way of a return."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._tools = tools
        self._importing: ConfirmImport | None = None
        self._dialog: PassphraseDialog | None = None

    @Slot()
    def ask(self) -> None:
        """Ask for the other copy."""
        facts, person = self._tools.workspace.facts, self._tools.identity
        if facts is None:
            return
        if not person.may("take in returns"):
            words = NOT_YOURS.format(person.role)
            self._tools.notices.tell(Notice("refused", Tone.WARNING, words, passes=True))
            return
        files = self._tools.dialogs.files
        path = files.open(Kind.COPY, "Compare with a copy", RECORDS, facts.folder)
        if path is not None:
            self.compare(path)

    def compare(self, path: Path, key: Passphrase | None = None) -> None:
        """Read a copy, under another passphrase where one is given, and show what it holds."""
        then, failed = partial(self._plan, path), partial(self._fail, path)
        self._tools.workspace.read_diverged(path, key, then, failed)

    def _fail(self, path: Path, error: Exception) -> None:
        """Ask for the copy's own passphrase where the record's does not open it."""
        if not isinstance(error, NeedsPassphrase | NotOpened):
            self._close_dialog()
            self._tools.workspace.failed.emit(error)
        elif self._dialog is not None:
            self._dialog.tell_wrong(offers_copy=False)
        else:
            tools = self._tools
            self._dialog = PassphraseDialog(tools.look, path.name, tools.dialogs.window)
            self._dialog.given.connect(partial(self.compare, path))
            self._dialog.finished.connect(self._forget)
            tools.dialogs.show(self._dialog)

    def _plan(self, path: Path, found: "DivergedCopy") -> None:
        self._close_dialog()
        query = partial(_found, file=path.name, found=found, reader=self._tools.identity.name)
        self._tools.workspace.ask(query, self._show)

    def _show(self, found: "Found") -> None:
        if self._importing is None:
            from gui.pages.packs.confirm_import import ConfirmImport  # no return is needed to open the window

            self._importing = ConfirmImport(self._tools, self)
        self._importing.show(found)

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    @Slot()
    def _forget(self) -> None:
        if self.sender() is self._dialog:
            self._dialog = None


def _found(session: Any, file: str, found: "DivergedCopy", reader: str) -> "Found":
    from datetime import date

    from gui.pages.packs.confirm_import import Found
    from models.packs.reports import Incoming
    from models.queries.packs.closed_values import without_closed
    from models.queries.packs.return_checks import warnings_about
    from models.queries.packs.returns import plan

    warnings = warnings_about(session, found.texts, date.today().isoformat())
    told = (found.comparison.words, *found.passed_over, *warnings)
    files = dict.fromkeys(found.texts, file)
    came = Incoming(files, told, file, found.named, found.copied, found.left_words)
    planned = plan(session, found.texts, copied=found.copied)
    return Found(came, without_closed(session, planned, reader))
