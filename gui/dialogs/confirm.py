"""State the effect and the count of a deed; its verb stands on the button, and Cancel has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.tips import set_tip
from gui.widgets.words import Words


class ConfirmDialog(GrowingDialog):
    """Sentences, the deed and Cancel; `problem` is what keeps the deed from being done."""

    is_final = True
    agreed = Signal()

    def __init__(
        self,
        look: Look,
        title: str,
        words: Sequence[str],
        deed: str,
        parent: QWidget,
        problem: str = "",
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.other: Button | None = None
        self.setWindowTitle(title)
        self.setAccessibleDescription(" ".join((*words, problem)).strip())
        self.words = tuple(words)
        self.do = Button(look, deed, kind="primary")
        self.cancel = Button(look, "Cancel")
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in words:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        if problem:
            column.addWidget(Words(look, problem, tone="danger", weight=600).wrapped())
            self.do.setEnabled(False)
            set_tip(self.do, problem)
        column.addSpacing(look.px(8))
        self.row = foot(look, self.cancel, self.do)
        column.addLayout(self.row)
        self.setMinimumWidth(look.px(420))
        self.cancel.setFocus()

    def offer(self, deed: str) -> SignalInstance:
        """Add a button for what may be done in place of the deed; return what it tells once it is pressed."""
        self.other = Button(self._look, deed)
        self.row.insertWidget(self.row.indexOf(self.do), self.other)
        self.other.clicked.connect(self.accept)
        return self.other.clicked

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()
