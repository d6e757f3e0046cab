"""Ask for the passphrase that a record or a copy wants, and try it until it opens or the person lets go."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import passphrase_form, tell_wrong
from gui.dialogs.host import DialogHost
from gui.listed.form import DataForm, show_form
from gui.record.record_jobs import OpenRequest
from gui.record.workspace import PassphraseNeeded, Workspace
from models.store.sqlite.backup import Copy


def ask_passphrase(dialogs: DialogHost, path: Path, ways: tuple[tuple[str, Any], ...] = ()) -> "DataForm":
    """Show the box for the passphrase of a file, and return it."""
    return show_form(dialogs, passphrase_form(path.name, ways=ways))


TRIES = 3
"""After so many wrong ones the newest backup is offered: the file may be damaged."""


class PassphraseController(QObject):
    """One dialog from the first try to the last; it holds no passphrase of its own."""

    def __init__(self, workspace: Workspace, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._workspace = workspace
        self._dialogs = dialogs
        self._dialog: DataForm | None = None
        self._tries = 0
        workspace.opened.connect(self._forget_request)
        workspace.failed.connect(self._give_up)

    def take(self, sealed: PassphraseNeeded) -> None:
        """Ask for a passphrase, or say that it was the wrong one."""
        if sealed.was_wrong and self._dialog is not None:
            self._tries += 1
            tell_wrong(self._dialog, offers_ways=self._tries >= TRIES)
        else:
            self._ask(sealed.request, sealed.copy)

    def _ask(self, request: OpenRequest, copy: Copy | None) -> None:
        self._tries = 0
        ways = () if copy is None else (("Open the newest backup", lambda key: copy),)
        dialog = self._dialog = ask_passphrase(self._dialogs, request.path, ways)
        dialog.given.connect(partial(self._try, request))
        dialog.finished.connect(self._forget)

    def _try(self, request: OpenRequest, given: Passphrase | Copy) -> None:
        if isinstance(given, Copy):
            self._workspace.read_copy(given.path)
        else:
            self._workspace.open_requested(request, given)

    @Slot()
    def _forget_request(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    @Slot(object)
    def _give_up(self, error: Exception) -> None:
        """Go away where something else than the passphrase stands in the way."""
        if not isinstance(error, PassphraseNeeded):
            self._forget_request()

    @Slot()
    def _forget(self) -> None:
        if self.sender() is self._dialog:
            self._dialog = None
