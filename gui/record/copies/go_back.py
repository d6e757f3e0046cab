"""Go back to a copy of the open record."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QListWidget, QWidget

from gui.dialogs.form import Form
from gui.theme.look import look
from models.store.sqlite.backup import Copy
from scoring.written.days import full_moment

KEPT = "The record as it is now is saved among its copies, so that you can go forward again."
LOOKING = "Looking at the copy…"


class GoBackDialog(Form):
    """The copies, the newest first, what going back to the current one comes to, the action and Cancel."""

    is_final = True
    looked = Signal(object)
    agreed = Signal(object)

    def __init__(self, copies: Sequence[Copy], parent: QWidget) -> None:
        super().__init__("Go back to a copy", (), "Go back to it", parent, 480)
        self._copies = tuple(copies)
        self.describe(KEPT)
        self.list = self.put(QListWidget())
        self.list.setFont(look.font())
        self.list.setAccessibleName("Copies, the newest first")
        self.list.addItems([copy_words(copy) for copy in copies])
        self.list.setFixedHeight(look.px(150))
        self.says = self.sentence(LOOKING)
        self.says.setMinimumHeight(look.px(60))  # room for what is said later, without moving the action
        self.sentence(KEPT, tone="text2")
        self.do.setEnabled(False)
        self.finish()
        self.list.currentRowChanged.connect(self._look_at)

    def begin(self) -> None:
        """Look at the newest copy."""
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def show_loss(self, path: Path, words: str, *, can_be_done: bool) -> None:
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

    @property
    def values(self) -> tuple[object, ...]:
        """Return the copy that is current."""
        return (self._current.path,)


def copy_words(copy: Copy) -> str:
    """Return when a copy was made, and before what."""
    made = copy.made_at.astimezone()
    before = f", before {copy.reason}" if copy.reason else ""
    return f"{full_moment(made)}{before}"
