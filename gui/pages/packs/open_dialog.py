"""Ask for the passphrase of a sealed file; a wrong one is told, and asked for again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.access.passphrase_box import PassphraseBox
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.typed import Wrong


class OpenDialog(Form):
    """One passphrase at a time, for one or several files; of several, some can be left out."""

    given = Signal(object)
    left_out = Signal()

    def __init__(self, look: Look, title: str, words: str, parent: QWidget) -> None:
        super().__init__(look, title, (), "Open", parent)
        self._words = self.sentence(words, tone="text2")
        self.box = self.put(PassphraseBox(look, "Passphrase of the pack"))
        self.skip = self.put(Button(look, "Leave this return out", kind="link"), is_left=True)
        self.skip.clicked.connect(self._leave_out)
        self.finished.connect(self.box.forget)
        self.finish()
        self.ask(title, words)

    def ask(self, title: str, words: str, *, may_skip: bool = False) -> None:
        """Ask for a passphrase, and say whose it is; `may_skip` offers to go on without it."""
        self.setEnabled(True)
        self.setWindowTitle(title)
        self.describe(words)
        self.heading.setText(title)
        self._words.setText(words)
        self.skip.setVisible(may_skip)
        self.problem.clear()
        self.box.forget()
        self.box.setFocus()

    def show_words(self, words: str) -> None:
        """Say what was wrong, and take the passphrase again."""
        self.setEnabled(True)
        self.box.line.selectAll()
        self.refuse(words, self.box.line)

    def try_action(self) -> None:
        """Try the passphrase; raise `Wrong` where there is none."""
        if self.box.is_empty:
            raise Wrong("Type the passphrase of the pack.", self.box.line)
        self.setEnabled(False)
        self.given.emit(self.box.passphrase)

    @Slot()
    def _leave_out(self) -> None:
        self.setEnabled(False)
        self.left_out.emit()
