"""State the effect and the count of a deed; its verb stands on the button, and Cancel has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.tips import set_tip


class ConfirmDialog(Form):
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
        super().__init__(look, title, words, deed, parent, 420)
        self.setAccessibleDescription(" ".join((*words, problem)).strip())
        self.words = self.sentences
        self.other: Button | None = None
        if problem:
            self.sentence(problem, weight=600, tone="danger")
            self.do.setEnabled(False)
            set_tip(self.do, problem)
        self.finish(self.cancel)

    def offer(self, deed: str) -> SignalInstance:
        """Add a button for what may be done in place of the deed; return what it tells once it is pressed."""
        self.other = Button(self._look, deed)
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.other)
        self.other.clicked.connect(self.accept)
        return self.other.clicked

    def try_deed(self) -> None:
        """Do the deed."""
        self.agreed.emit()
        self.accept()
