"""Erase an account for good: the award's reference is typed first, so that it is never done by a slip."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import Wrong


class EraseDialog(Form):
    """Sentences, a box for the reference, the action and Cancel; another reference erases nothing."""

    is_final = True
    agreed = Signal()

    def __init__(self, look: Look, reference: str, words: Sequence[str], parent: QWidget) -> None:
        super().__init__(look, f"Erase the bank details of {reference}", words, "Erase", parent)
        self._reference = reference
        self.typed = self.line(f"Type {reference} to erase", "", reference)
        self.finish(self.typed)

    def try_action(self) -> None:
        """Erase them, if the reference was typed."""
        if self.typed.text().strip().casefold() != self._reference.casefold():
            raise Wrong(f"Type {self._reference} exactly as shown. Nothing was erased.", self.typed)
        self.accept()
        self.agreed.emit()
