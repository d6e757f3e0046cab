"""Ask for the reason of a deed before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words


class ReasonDialog(Dialog):
    """Sentences, a box for the reason, the deed and Cancel. Without a needed reason it stays open."""

    agreed = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        words: Sequence[str],
        deed: str,
        parent: QWidget,
        *,
        is_needed: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(" ".join(words))
        self._is_needed = is_needed
        self.reason = QPlainTextEdit()
        self.reason.setFont(look.font())
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName("Reason" if is_needed else "Reason, if you wish to give one")
        self.reason.setFixedHeight(look.px(84))
        self.problem = FieldError(look, self.reason)
        self.do = Button(look, deed, kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in words:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        column.addWidget(Words(look, self.reason.accessibleName(), size=12, weight=600))
        for widget in (self.reason, self.problem):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.reason.setFocus()

    @Slot()
    def _agree(self) -> None:
        text = self.reason.toPlainText().strip()
        if self._is_needed and not text:
            self.problem.tell("Say why. The reason is kept in History.")
            self.reason.setFocus()
            return
        self.agreed.emit(text)
        self.accept()
