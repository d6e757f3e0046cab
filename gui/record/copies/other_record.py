"""Another record read beside the one that is open: under its own passphrase, which is asked for."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase
from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Failed
from models.store.record_file import NeedsPassphrase
from models.store.sqlite.engine import NotOpened

if TYPE_CHECKING:
    from gui.access.passphrase_dialog import PassphraseDialog

RECORDS = "Grant Panel records (*.panel);;All files (*)"


class Reading(Protocol):
    """Reads a file under a passphrase, None for the record's own, and tells what is found or what failed."""

    def __call__(
        self, path: Path, key: Passphrase | None, done: Callable[[Any], object], failed: Failed, /
    ) -> None:
        """Read it beside the event loop."""


class OtherRecord(QObject):
    """One file at a time; `done` is told it and what was found in it."""

    def __init__(
        self, tools: PageTools, read: Reading, done: Callable[[Path, Any], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools, self._read, self._done = tools, read, done
        self._dialog: PassphraseDialog | None = None

    def choose(self, title: str) -> None:
        """Ask for the file, and read it."""
        facts, files = self._tools.workspace.facts, self._tools.dialogs.files
        path = None if facts is None else files.open(Kind.COPY, title, RECORDS, facts.folder)
        if path is not None:
            self.read(path)

    def read(self, path: Path, key: Passphrase | None = None) -> None:
        """Read a file, under another passphrase where one is given."""
        self._read(path, key, partial(self._found, path), partial(self._fail, path))

    def _found(self, path: Path, found: Any) -> None:
        self._close_dialog()
        self._done(path, found)

    def _fail(self, path: Path, error: Exception) -> None:
        """Ask for the file's own passphrase where the record's does not open it."""
        if not isinstance(error, NeedsPassphrase | NotOpened):
            self._close_dialog()
            self._tools.workspace.failed.emit(error)
        elif self._dialog is not None:
            self._dialog.tell_wrong(offers_copy=False)
        else:
            from gui.access.passphrase_dialog import (
                PassphraseDialog,  # the window's start need not wait for it
            )

            tools = self._tools
            self._dialog = PassphraseDialog(tools.look, path.name, tools.dialogs.window)
            self._dialog.given.connect(partial(self.read, path))
            self._dialog.finished.connect(self._forget)
            tools.dialogs.show(self._dialog)

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    @Slot()
    def _forget(self) -> None:
        if self.sender() is self._dialog:
            self._dialog = None
