"""Declare an interest in one application while scoring."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.scoring.words import KIND_MEANINGS, KIND_WORDS, say_interest
from gui.text import listed
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.queries.score_sheets import SheetLine
from scoring.round import InterestKind

KINDS = (InterestKind.NON_PECUNIARY, InterestKind.PECUNIARY, InterestKind.PREJUDICIAL)
EFFECT = (
    "Its text and marks close to you, and you stand aside at the meeting.",
    "A sheet that you have begun or handed in no longer counts; it is kept in History.",
)


class InterestDialog(Dialog):
    """The kinds of interest in words, what it is (which is needed), the deed and Cancel.

    `others` are the organisation's other applications that are open to the member: they are named.
    """

    agreed = Signal(object, str)

    def __init__(
        self, look: Look, line: SheetLine, parent: QWidget, others: Sequence[SheetLine] = ()
    ) -> None:
        super().__init__(parent)
        self._reference = line.reference
        title = f"Declare an interest in {line.reference} {line.organisation}"
        self.setWindowTitle("Declare an interest")
        said = (*EFFECT, _others_words(line, others)) if others else EFFECT
        self.setAccessibleDescription(" ".join(said))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        for sentence in said:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        self.kinds = {kind: QRadioButton(f"{KIND_WORDS[kind]}: {KIND_MEANINGS[kind]}") for kind in KINDS}
        for button in self.kinds.values():
            button.setFont(look.font())
            column.addWidget(button)
        self.kinds[InterestKind.NON_PECUNIARY].setChecked(True)
        column.addWidget(Words(look, "What is it?", size=12, weight=600))
        self.detail = QPlainTextEdit()
        self.detail.setFont(look.font())
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName("What is the interest?")
        self.detail.setFixedHeight(look.px(64))
        column.addWidget(self.detail)
        self.problem = FieldError(look, self.detail)
        column.addWidget(self.problem)
        self.do = Button(look, "Declare interest", kind="primary")
        self.cancel = Button(look, "Cancel")
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(480))
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.kinds[InterestKind.NON_PECUNIARY].setFocus()

    @Slot()
    def _agree(self) -> None:
        kind = next(kind for kind, button in self.kinds.items() if button.isChecked())
        detail = self.detail.toPlainText().strip()
        if not detail:
            self.detail.setFocus()
            self.problem.tell(say_interest(self._reference))
            return
        self.agreed.emit(kind, detail)
        self.accept()


def _others_words(line: SheetLine, others: Sequence[SheetLine]) -> str:
    named = listed([other.reference for other in others])
    return f"{line.organisation} also has {named}: declare there too if the interest holds for it."
