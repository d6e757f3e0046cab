"""Ask where the sealed sheet of a passphrase goes, and write it there."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from gui.access.passphrase import Passphrase
from gui.access.passphrase_form import PassphraseForm
from gui.access.sealed_copy import write_sealed_copy
from gui.dialogs.files import Kind
from gui.dialogs.host import DialogHost
from gui.record.workspace import Workspace
from models.clock import utc_now

WRITTEN = "Written to {}. Print it, seal it in an envelope, then delete the file."
FORMS = "PDF (*.pdf)"


class SealingController(QObject):
    """The way from “Print a sealed copy” to a file that the person chose."""

    def __init__(self, workspace: Workspace, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._workspace = workspace
        self._dialogs = dialogs

    def serve(self, form: PassphraseForm, record: Path) -> None:
        """Write the sheet of a record's new passphrase when its form asks for it."""
        form.copy_asked.connect(partial(self._ask, form, record))

    def _ask(self, form: PassphraseForm, record: Path, key: Passphrase) -> None:
        name = record.with_name(f"{record.stem} passphrase.pdf")
        path = self._dialogs.files.save(Kind.COPY, "Sealed copy", name, FORMS)
        if path is not None:
            self.write(form, record, key, path.with_suffix(".pdf"))

    def write(self, form: PassphraseForm, record: Path, key: Passphrase, path: Path) -> None:
        """Write the sheet, and say on the form where it is."""
        work = partial(write_sealed_copy, record.name, self._workspace.person, key, path, utc_now())
        told = partial(_tell, form)
        self._workspace.work(work, told, failed=partial(_tell_failed, form))


def _tell(form: PassphraseForm, path: Path) -> None:
    if isValid(form):  # the dialog may be closed by now
        form.tell_written(WRITTEN.format(path))


def _tell_failed(form: PassphraseForm, error: Exception) -> None:
    if isValid(form):
        form.problem.show_error(str(error))
