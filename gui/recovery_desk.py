"""Going back to a copy, and making a new record of what can be read of a damaged one."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.go_back import GoBackDialog, copy_words
from gui.dialogs.host import DialogHost
from gui.passphrase import Passphrase, revealed
from gui.runner import Ticket
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.notice_bar import Notice, NoticeBar, Remedy
from gui.workspace import PROGRAM, Damaged, Workspace
from models import backup
from models.backup import Copy
from models.record import Opener

if TYPE_CHECKING:
    from models.restore import Preview, Restored
    from models.salvage import Salvaged

RECORDS = "Grant Panel records (*.panel);;All files (*)"
NO_COPY = "There is no automatic copy of this record yet."
SALVAGE = "Salvage reads what it can of it into a new record and says what it could not; it is not changed."


class RecoveryDesk(QObject):
    """What is done when the record, or what was put into it, is not as it should be."""

    def __init__(self, look: Look, workspace: Workspace, notices: NoticeBar, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._look, self._workspace = look, workspace
        self._notices, self._dialogs = notices, dialogs
        workspace.opened.connect(self._settle)

    @Slot()
    def ask_go_back(self) -> None:
        """Offer the open record's copies, each with what going back to it would lose."""
        facts = self._workspace.facts
        if facts is None or facts.is_copy:
            return
        found = backup.copies(facts.path)
        if not found:
            self._notices.tell(Notice("restored", Tone.INFORMATION, NO_COPY))
            return
        dialog = GoBackDialog(self._look, found, self._dialogs.window)
        dialog.looked.connect(partial(self._look_at, dialog))
        dialog.agreed.connect(self._go_back)
        self._dialogs.show(dialog)
        dialog.begin()

    def _look_at(self, dialog: GoBackDialog, path: Path) -> None:
        self._workspace.preview(path, partial(self._tell_preview, dialog, path))

    def _tell_preview(self, dialog: GoBackDialog, path: Path, preview: "Preview") -> None:
        if self._dialogs.dialog is dialog:
            dialog.tell(path, preview.words, can_be_done=preview.is_of_record)

    def _go_back(self, path: Path) -> None:
        self._workspace.go_back(path, self._tell_restored)

    def _tell_restored(self, restored: "Restored") -> None:
        words = " ".join(
            (restored.words, *restored.warnings, "The record as it was is kept among its copies.")
        )
        self._notices.tell(Notice("restored", Tone.FUND, words))

    @Slot(object)
    def take(self, error: Damaged) -> None:
        """Say what is wrong with a record that does not open, and offer what can be done."""
        words, remedies = str(error), []
        if error.copies:
            newest = error.copies[0]
            words += f" The newest is of {copy_words(newest)}."
            remedies.append(Remedy("Restore it", partial(self._restore, error, newest)))
        remedies.append(Remedy("Salvage…", partial(self._ask_salvage, error)))
        self._notices.tell(Notice("damaged", Tone.DANGER, f"{words} {SALVAGE}", tuple(remedies), stays=True))

    def _restore(self, error: Damaged, copy: Copy) -> None:
        work = partial(_restored, error.path, copy.path, error.key, self._workspace.person)
        then = partial(self._open_restored, error.path, error.key)
        self._workspace.work(work, then, label=f"Restoring {copy.path.name}")

    def _open_restored(self, path: Path, key: Passphrase | None, restored: "Restored") -> None:
        self._workspace.open(path, key=key)
        self._tell_restored(restored)

    def _ask_salvage(self, error: Damaged) -> None:
        name = str(error.path.with_name(f"{error.path.stem} salvaged.panel"))
        path, _ = QFileDialog.getSaveFileName(
            self._dialogs.window, "Salvage into a new record", name, RECORDS
        )
        if path:
            self.salvage(error, Path(path))

    def salvage(self, error: Damaged, to: Path) -> None:
        """Make a new record of what can be read, then say what could not."""
        work = partial(_salvaged, error.path, to, error.key, self._workspace.person)
        self._workspace.work(work, partial(self._report, error.key), label=f"Salvaging {error.path.name}")

    def _report(self, key: Passphrase | None, found: "Salvaged") -> None:
        window = self._dialogs.window
        title = "All of it was salvaged" if found.is_whole else "What was salvaged, and what was not"
        dialog = ConfirmDialog(self._look, title, found.lines, f"Open {found.path.name}", window)
        dialog.agreed.connect(partial(self._workspace.open, found.path, key=key))
        self._dialogs.show(dialog)

    @Slot()
    def _settle(self) -> None:
        self._notices.settle("damaged")


def _restored(path: Path, copy: Path, key: Passphrase | None, person: str, ticket: Ticket) -> "Restored":
    from models.restore import restore_over

    return restore_over(copy, path, Opener(person, PROGRAM), key=revealed(key))


def _salvaged(path: Path, to: Path, key: Passphrase | None, person: str, ticket: Ticket) -> "Salvaged":
    from models.salvage import salvage

    return salvage(path, to, Opener(person, PROGRAM), key=revealed(key), tick=ticket.tick)
