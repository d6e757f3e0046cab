"""The four things that are not a mark, as every member reads them before scoring."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.label import Label

TITLE = "Four things that are not a mark"
MISSING = "Missing: no mark yet. The sheet stays a draft and does not count; it is never counted as 0."
CONFLICT = "Interest: the sheet never counts, the application is closed, and the member is not in its quorum."
ABSTAINED = "Abstained: the sheet does not count, and the member is not in the application’s quorum."
ALLOWED = (
    "Not applicable: set aside by the chair for one application, with a reason. The other criteria on its "
    "side share its weight."
)
NOT_ALLOWED = "Not applicable: this scheme lets nobody set a criterion aside."


class NoMarkBox(QWidget):
    """A title and a sentence for each of the four."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, 0)
        column.setSpacing(look.px(3))
        column.addWidget(Label(look, TITLE, size=12, weight=600, tone="text2"))
        self.not_applicable = Label(look, NOT_ALLOWED, size=12, tone="text2").wrapped()
        for words in (MISSING, CONFLICT, ABSTAINED):
            column.addWidget(Label(look, words, size=12, tone="text2").wrapped())
        column.insertWidget(2, self.not_applicable)

    def show_not_applicable(self, *, is_allowed: bool) -> None:
        """Say whether the scheme lets the chair set a criterion aside."""
        self.not_applicable.setText(ALLOWED if is_allowed else NOT_ALLOWED)
