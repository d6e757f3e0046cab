"""Ask for one name: who is using the computer, or which computer's lock to take over."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words


class NameDialog(Dialog):
    """A sentence, a box and two buttons; the deed's words stand on the button."""

    named = Signal(str)

    def __init__(self, look: Look, title: str, words: str, deed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.name = QLineEdit()
        self.name.setAccessibleName(title)
        self.name.setAccessibleDescription(words)
        self.do = Button(look, deed, kind="primary")
        cancel = Button(look, "Cancel")
        self.do.setEnabled(False)
        self.name.textChanged.connect(self._weigh)
        self.do.clicked.connect(self._tell)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.do)
        column.addLayout(row)
        self.setMinimumWidth(look.px(400))

    @Slot(str)
    def _weigh(self, text: str) -> None:
        self.do.setEnabled(bool(text.strip()))

    @Slot()
    def _tell(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()
