"""A box with a list to read before something is done, or that says why nothing is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.words import Words


class ListBox(Dialog):
    """Sentences over a list of lines; without a deed it is only read."""

    agreed = Signal()

    def __init__(
        self, look: Look, title: str, sentence: str, lines: Sequence[str], deed: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(sentence)
        self.list = QPlainTextEdit("\n".join(lines))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(title)
        self.list.setFont(look.font())
        self.list.setMinimumHeight(look.px(160))
        self.do = Button(look, deed or "Record", kind="primary")
        self.do.setVisible(bool(deed))
        self.cancel = Button(look, "Cancel" if deed else "Close")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        column.addWidget(Words(look, sentence, tone="text2").wrapped())
        column.addWidget(self.list, 1)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(560))
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        (self.do if deed else self.cancel).setFocus()

    @Slot()
    def _agree(self) -> None:
        self.accept()
        self.agreed.emit()
