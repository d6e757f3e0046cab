"""What cannot be saved holds up the closing of the record: ask whether to try again or to go without it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.dialogs.host import DialogHost
from gui.record.saving import waiting_words
from gui.record.workspace import Workspace
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button

TITLE = "Some of your work is not saved"
LOCKED = "Unlock the record first, so that it can be tried again."
ON_SERVER = (
    "Try again once the office server answers: ask the person who runs it when it will be back. If you "
    "continue without them, they are lost."
)
ADVICE = (
    "Make room on the disk, or plug it in again, and try again. If you continue without them, they are lost."
)


class HeldUpDialog(Form):
    """Try again, stay, or lose what is named."""

    tried = Signal()
    gone_without = Signal()

    def __init__(self, look: Look, words: Sequence[str], parent: QWidget, *, can_try: bool) -> None:
        super().__init__(look, TITLE, words, "Try again", parent, away="Stay")
        self.words = self.sentences
        self.do.setEnabled(can_try)
        self.without = Button(look, "Continue without them")
        self.without.clicked.connect(self._go)
        self.finish(self.do if can_try else self.cancel, (self.without,))

    def try_action(self) -> None:
        """Try to save it once more."""
        self.accept()
        self.tried.emit()

    @Slot()
    def _go(self) -> None:
        self.accept()
        self.gone_without.emit()


class HeldUp(QObject):
    """Ask as soon as the workspace is held up."""

    def __init__(self, look: Look, workspace: Workspace, dialogs: DialogHost) -> None:
        super().__init__(dialogs)
        self._look = look
        self._workspace = workspace
        self._dialogs = dialogs
        workspace.held_up.connect(self._ask)

    @Slot(object, object)
    def _ask(self, go_without: Callable[[], object], again: Callable[[], object]) -> None:
        """Ask; a locked record names nothing of what waits, and must be unlocked to be tried."""
        unsaved, is_locked = self._workspace.unsaved, self._workspace.is_locked
        many = counted(len(unsaved), "change is", "changes are")
        named = "." if is_locked else f": {waiting_words(unsaved)}."
        facts = self._workspace.facts
        advice = ON_SERVER if facts is not None and facts.is_shared else ADVICE
        words = (f"{many} not in the record{named}", LOCKED if is_locked else advice)
        dialog = HeldUpDialog(self._look, words, self._dialogs.window, can_try=not is_locked)
        dialog.tried.connect(again)
        dialog.gone_without.connect(go_without)
        if is_locked:
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
        else:
            self._dialogs.show(dialog)
