"""State the effect and the count of an action; its verb stands on the button, and Cancel has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.widgets.buttons import Button
from gui.widgets.scrolled import tab_through
from gui.widgets.tips import set_tip


class ConfirmDialog(Form):
    """Sentences, the action and Cancel; `problem` is what keeps the action from being done."""

    is_final = True

    def __init__(
        self, title: str, words: Sequence[str], action: str, parent: QWidget, problem: str = ""
    ) -> None:
        super().__init__(title, words, action, parent, 420)
        self.words = self.sentences
        self.other: Button | None = None
        if problem:
            self.describe(" ".join((*self.sentences, problem)))
            self.sentence(problem, weight=600, tone="danger")
            set_tip(self.do, problem)
            self.do.setEnabled(False)
        self.finish(self.cancel)

    def offer(self, action: str) -> SignalInstance:
        """Add a button for what may be done instead; return what it tells once it is pressed."""
        self.other = Button(action)
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.other)
        tab_through(self.cancel, self.other, self.do)
        self.other.clicked.connect(self.accept)
        return self.other.clicked

    def try_action(self) -> None:
        """Do the action."""
        self.agreed.emit()
        self.accept()
