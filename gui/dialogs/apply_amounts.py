"""Record amounts that were tried: how many and which, why, and what the parts pay for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.dialogs.reason_words import NO_REASON, NOTE, TOLD
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from scoring.rule_notes import is_rule_note

TITLE = "Record the amounts that were tried"
NO_SCOPE = "Say what the parts pay for: the applicants and the schedule have to know."


class ApplyDialog(Dialog):
    """Nothing is recorded before the deed is pressed; one undo takes all of it back."""

    agreed = Signal(str, str)

    def __init__(
        self, look: Look, words: Sequence[str], deed: str, *, asks_scope: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setAccessibleDescription(" ".join(words))
        self.words = tuple(words)
        self._asks_scope = asks_scope
        self.scope = QLineEdit()
        self.scope.setAccessibleName("Reduced scope: what the parts pay for")
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(f"Reason. {TOLD}")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look.px(72))
        self.problem = FieldError(look)
        self.do = Button(look, deed, kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self._lay_out(look)
        (self.scope if asks_scope else self.reason).setFocus()

    @Slot()
    def _agree(self) -> None:
        scope, reason = self.scope.text().strip(), self.reason.toPlainText().strip()
        if self._asks_scope and not scope:
            self._object(NO_SCOPE, self.scope)
        elif not reason:
            self._object(NO_REASON, self.reason)
        elif is_rule_note(reason):
            self._object(NOTE, self.reason)
        else:
            self.agreed.emit(reason, scope)
            self.accept()

    def _object(self, words: str, field: QWidget) -> None:
        self.problem.tell(words, field)
        field.setFocus()

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, TITLE, size=15, weight=600))
        for sentence in self.words:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        if self._asks_scope:
            column.addWidget(Words(look, self.scope.accessibleName(), size=12, weight=600))
            column.addWidget(self.scope)
        column.addWidget(Words(look, f"Reason  ·  {TOLD}", size=12, weight=600))
        for widget in (self.reason, self.problem):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(480))
