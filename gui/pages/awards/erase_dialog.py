"""Erase an account for good: the award's reference is typed first, so that it is never done by a slip."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words


class EraseDialog(Dialog):
    """Sentences, a box for the reference, the deed and Cancel; another reference erases nothing."""

    is_final = True
    agreed = Signal()

    def __init__(self, look: Look, reference: str, words: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        title = f"Erase the bank details of {reference}"
        self._reference = reference
        self.words = tuple(words)
        self.setWindowTitle(title)
        self.setAccessibleDescription(" ".join(words))
        self.typed = QLineEdit()
        self.typed.setAccessibleName(f"Type {reference} to erase")
        self.typed.setPlaceholderText(reference)
        self.problem = FieldError(look)
        self.do = Button(look, "Erase", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in words:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        column.addWidget(Words(look, f"Type {reference} to erase", size=12, weight=600))
        column.addWidget(self.typed)
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self.typed.setFocus()

    @Slot()
    def _try(self) -> None:
        if self.typed.text().strip().casefold() != self._reference.casefold():
            self.problem.tell(f"Type {self._reference} as it stands. Nothing was erased.", self.typed)
            self.typed.setFocus()
            return
        self.accept()
        self.agreed.emit()
