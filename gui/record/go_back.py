"""Choose an automatic copy to go back to, having read what would be lost."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words
from models.copies.backup import Copy
from scoring.written.days import full_moment

KEPT = "The record as it is now is kept among its copies, so that you can go forward again."
LOOKING = "Looking at the copy…"


class GoBackDialog(Dialog):
    """The copies, the newest first, what going back to the current one comes to, the deed and Cancel."""

    is_final = True
    looked = Signal(object)
    agreed = Signal(object)

    def __init__(self, look: Look, copies: Sequence[Copy], parent: QWidget) -> None:
        super().__init__(parent)
        self._copies = tuple(copies)
        title = "Go back to a copy"
        self.setWindowTitle(title)
        self.setAccessibleDescription(KEPT)
        self.list = QListWidget()
        self.list.setFont(look.font())
        self.list.setAccessibleName("Copies, the newest first")
        self.list.addItems([copy_words(copy) for copy in copies])
        self.list.setFixedHeight(look.px(150))
        self.says = Words(look, LOOKING).wrapped()
        self.says.setMinimumHeight(look.px(60))  # room for what is said later, without moving the deed
        self.do, self.cancel = Button(look, "Go back to it", kind="primary"), Button(look, "Cancel")
        self.do.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        column.addWidget(self.list)
        column.addWidget(self.says)
        column.addWidget(Words(look, KEPT, tone="text2").wrapped())
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(480))
        self.list.currentRowChanged.connect(self._look_at)
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)

    def begin(self) -> None:
        """Look at the newest copy."""
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def tell(self, path: Path, words: str, *, can_be_done: bool) -> None:
        """Say what going back to a copy comes to, unless another is current by now."""
        if path == self._current.path:
            self.says.setText(words)
            self.do.setEnabled(can_be_done)

    @property
    def _current(self) -> Copy:
        return self._copies[max(self.list.currentRow(), 0)]

    @Slot()
    def _look_at(self) -> None:
        self.says.setText(LOOKING)
        self.do.setEnabled(False)
        self.looked.emit(self._current.path)

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(self._current.path)
        self.accept()


def copy_words(copy: Copy) -> str:
    """Return when a copy was made, and before what."""
    made = copy.made_at.astimezone()
    before = f", before {copy.reason}" if copy.reason else ""
    return f"{full_moment(made)}{before}"
