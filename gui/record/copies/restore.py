"""Restore a copy over a damaged record: what would be lost, a salvage before that, or neither."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button

TITLE, RESTORE, SALVAGE = "Restore a copy of the record", "Restore it", "Salvage first…"


class RestoreDialog(ConfirmDialog):
    """Which changes would be lost, in sentences; the salvage, where it may save some, has the focus."""

    salvages = Signal()

    def __init__(self, look: Look, words: Sequence[str], parent: QWidget, *, can_be_salvaged: bool) -> None:
        super().__init__(look, TITLE, words, RESTORE, parent)
        self.salvage = Button(look, SALVAGE)
        self.salvage.setVisible(can_be_salvaged)
        self.salvage.clicked.connect(self._salvage)
        self.buttons.insertWidget(1, self.salvage)
        (self.salvage if can_be_salvaged else self.cancel).setFocus()

    @Slot()
    def _salvage(self) -> None:
        self.salvages.emit()
        self.leave()
