"""Record who allows money over the pot of one area, and how much."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs.amount_text import NO_AMOUNT, pence_of, plain
from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from scoring.allowance import Allowance
from scoring.money import short_pounds

TITLE = "Record authority"
ONE_POT = (
    "It is for {area} alone: no percentage and no other area changes with it. Every paper of the area prints "
    "it with name, post and reason. It can be undone until something is signed."
)
NO_NAME = "Name who allows it."
NO_POST = "Name the post in which it is allowed, such as Chief Executive."
NO_REASON = "Say why it is allowed: every paper of the area prints the reason."


class AuthorityDialog(Dialog):
    """A name, a post, an amount and a reason; `needed` is the least amount that will do, in pence."""

    agreed = Signal(object)

    def __init__(self, look: Look, area: str, words: str, needed: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._area, self._needed = area, needed
        self.setWindowTitle(TITLE)
        self.name = QLineEdit()
        self.name.setAccessibleName("Who allows it")
        self.post = QLineEdit()
        self.post.setAccessibleName("Post of who allows it")
        self.amount = QLineEdit(plain(needed) if needed else "")
        self.amount.setAccessibleName(f"By how much, in pounds over the pot of {area}")
        self.amount.setMaximumWidth(look.px(140))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look.px(64))
        self.problem = FieldError(look)
        self.do = Button(look, "Record this authority", kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self._lay_out(look, words)

    @Slot()
    def _agree(self) -> None:
        name, post = " ".join(self.name.text().split()), " ".join(self.post.text().split())
        pence, reason = pence_of(self.amount.text()), self.reason.toPlainText().strip()
        if not name:
            self._object(NO_NAME, self.name)
        elif not post:
            self._object(NO_POST, self.post)
        elif not pence:
            self._object(NO_AMOUNT, self.amount)
        elif pence < self._needed:
            words = f"{short_pounds(pence)} is not enough: it takes {short_pounds(self._needed)}."
            self._object(words, self.amount)
        elif not reason:
            self._object(NO_REASON, self.reason)
        else:
            self.agreed.emit(Allowance(self._area, pence, name, post, reason))
            self.accept()

    def _object(self, words: str, field: QWidget) -> None:
        self.problem.tell(words, field)
        field.setFocus()

    def _lay_out(self, look: Look, words: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, TITLE, size=15, weight=600))
        for sentence in (words, ONE_POT.format(area=self._area)):
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        for head, field in (("Who allows it", self.name), ("Post", self.post)):
            column.addWidget(Words(look, head, size=12, weight=600))
            column.addWidget(field)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(Words(look, "By how much £", weight=600))
        row.addWidget(self.amount)
        row.addWidget(Words(look, "more than is allowed now", tone="muted"), 1)
        column.addLayout(row)
        column.addWidget(Words(look, "Reason", size=12, weight=600))
        for widget in (self.reason, self.problem):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(480))
        self.name.setFocus()
