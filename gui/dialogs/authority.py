"""Record who allows money over a pot, and by how much."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.queries.scheme import Tolerance
from scoring.money import decimal_text

TITLE = "Record authority"
EVERY_POT = (
    "The percentage is allowed on every pot of the round, and every paper prints it with the name. It can be "
    "undone until the recommendations are signed."
)
NO_NAME = "Name who allows it: name and post."
NO_PERCENT = "Type a percentage above 0 and no more than 100, such as 5 or 7.5."
NO_REASON = "Say why it is allowed. The reason is kept in History."


class AuthorityDialog(QDialog):
    """A name, a percentage and a reason; `needed` is the least percentage that will do."""

    agreed = Signal(object)
    left = Signal()

    def __init__(self, look: Look, words: str, needed: Decimal, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._needed = needed
        self.setWindowTitle(TITLE)
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Who allows it, name and post")
        self.percent = QLineEdit(decimal_text(needed))
        self.percent.setAccessibleName("By how much, in percent of each pot")
        self.percent.setMaximumWidth(look.px(90))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look.px(64))
        self.problem = FieldError(look)
        self.do = Button(look, "Record this authority", kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self._leave)
        self._lay_out(look, words)

    @property
    def allowed_percent(self) -> Decimal | None:
        """Return the percentage as typed, None when it is none."""
        try:
            percent = Decimal(self.percent.text().strip().rstrip("%").strip())
        except InvalidOperation:
            return None
        return percent if percent.is_finite() and 0 < percent <= 100 else None

    @Slot()
    def _agree(self) -> None:
        percent, reason = self.allowed_percent, self.reason.toPlainText().strip()
        if not self.name.text().strip():
            self._object(NO_NAME, self.name)
        elif percent is None:
            self._object(NO_PERCENT, self.percent)
        elif percent < self._needed:
            words = f"{decimal_text(percent)} % is not enough: it takes {decimal_text(self._needed)} %."
            self._object(words, self.percent)
        elif not reason:
            self._object(NO_REASON, self.reason)
        else:
            self.agreed.emit(Tolerance(percent, self.name.text().strip(), reason))
            self.accept()

    @Slot()
    def _leave(self) -> None:
        """Close as the person asks, and tell it; what else closes the box tells nothing."""
        self.reject()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc as with Cancel."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _object(self, words: str, field: QWidget) -> None:
        self.problem.tell(words, field)
        field.setFocus()

    def _lay_out(self, look: Look, words: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, TITLE, size=15, weight=600))
        for sentence in (words, EVERY_POT):
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        column.addWidget(Words(look, "Who allows it, name and post", size=12, weight=600))
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(Words(look, "By how much", weight=600))
        row.addWidget(self.percent)
        row.addWidget(Words(look, "% of each pot", tone="muted"), 1)
        column.addLayout(row)
        column.addWidget(Words(look, "Reason", size=12, weight=600))
        for widget in (self.reason, self.problem):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(480))
        self.name.setFocus()
