"""A question, with Cancel in focus, or lines to read, before an action whose verb stands on the button."""

from collections.abc import Sequence

from PySide6.QtCore import SignalInstance, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.widgets.buttons import Button
from gui.widgets.nesting import tab_through
from gui.widgets.tips import set_tip


class ConfirmDialog(Form):
    """Sentences, the action and Cancel; `problem` is what keeps the action from being done."""

    is_final = True

    def __init__(
        self, title: str, words: Sequence[str], action: str, parent: QWidget, problem: str = ""
    ) -> None:
        super().__init__(title, words, action, parent, 420)
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


class ListingDialog(Form):
    """A sentence over the lines, named by `name`; `copy` is the words of a button that copies them."""

    def __init__(
        self,
        title: str,
        sentence: str,
        lines: str,
        parent: QWidget | None,
        *,
        name: str = "",
        copy: str = "",
        action: str = "",
        away: str = "Close",
    ) -> None:
        super().__init__(title, (sentence,), action, parent, 560, away=away)
        self.list = self.listed(name or title, lines)
        self.copy = Button(copy, icon="copy")
        self.copy.setVisible(bool(copy))
        self.copy.clicked.connect(self._copy)
        self.finish(self.do if action else self.cancel, (self.copy,))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.list.toPlainText())
