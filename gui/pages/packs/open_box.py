"""Ask for the passphrase of a sealed file; a wrong one is told, and asked for again."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.access.passphrase_box import PassphraseBox
from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words


class OpenBox(GrowingDialog):
    """One passphrase at a time, for one or several files; of several, some can be left out."""

    given = Signal(object)
    left_out = Signal()

    def __init__(self, look: Look, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = PassphraseBox(look, "Passphrase of the pack")
        self.problem = FieldError(look, self.box.line)
        self.skip = Button(look, "Leave this return out", kind="link")
        self.skip.hide()
        self.do = Button(look, "Open", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._title = Words(look, size=15, weight=600).wrapped()
        self._words = Words(look, tone="text2").wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        for part in (self._title, self._words, self.box, self.problem):
            column.addWidget(part)
        column.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._give)
        self.skip.clicked.connect(self._leave_out)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self.box.forget)
        self.ask(title, words)

    def ask(self, title: str, words: str, *, may_skip: bool = False) -> None:
        """Ask for a passphrase, and say whose it is; `may_skip` offers to go on without it."""
        self.setEnabled(True)
        self.setWindowTitle(title)
        self.setAccessibleDescription(words)
        self._title.setText(title)
        self._words.setText(words)
        self.skip.setVisible(may_skip)
        self.problem.clear()
        self.box.forget()
        self.box.setFocus()

    def tell(self, words: str) -> None:
        """Say what was wrong, and take the passphrase again."""
        self.setEnabled(True)
        self.problem.tell(words)
        self.box.line.selectAll()
        self.box.setFocus()

    @Slot()
    def _give(self) -> None:
        if self.box.is_empty:
            self.problem.tell("Type the passphrase of the pack.")
            self.box.setFocus()
            return
        self.setEnabled(False)
        self.given.emit(self.box.passphrase)

    @Slot()
    def _leave_out(self) -> None:
        self.setEnabled(False)
        self.left_out.emit()
