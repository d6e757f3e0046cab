"""Ask for the passphrase of a sealed file; a wrong one is told, and asked for again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.dialogs.foot import foot
from gui.dialogs.passphrase_box import PassphraseBox
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words


class OpenBox(QDialog):
    """One passphrase, for one or several files that have it."""

    given = Signal(object)

    def __init__(self, look: Look, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(words)
        self.box = PassphraseBox(look, "Passphrase of the pack")
        self.problem = FieldError(look, self.box.line)
        self.do = Button(look, "Open", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(self.box)
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._give)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self.box.forget)
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
            return
        self.setEnabled(False)
        self.given.emit(self.box.passphrase)
