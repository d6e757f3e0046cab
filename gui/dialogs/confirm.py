"""State the effect and the count of an action; its verb stands on the button, and Cancel has the focus."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.long_tick import LongTick
from gui.widgets.tips import set_tip


class ConfirmDialog(Form):
    """Sentences, the action and Cancel; `problem` is what keeps the action from being done.

    `tick` is what may be done besides, left out unless it is ticked.
    """

    is_final = True
    agreed = Signal()

    def __init__(
        self,
        look: Look,
        title: str,
        words: Sequence[str],
        action: str,
        parent: QWidget,
        problem: str = "",
        *,
        tick: str = "",
    ) -> None:
        super().__init__(look, title, words, action, parent, 420)
        self.describe(" ".join((*words, problem)).strip())
        self.words = self.sentences
        self.other: Button | None = None
        if problem:
            self.sentence(problem, weight=600, tone="danger")
            self.do.setEnabled(False)
            set_tip(self.do, problem)
        self.tick = self.put(LongTick(tick)) if tick else None
        self.finish(self.cancel)

    def offer(self, action: str) -> SignalInstance:
        """Add a button for what may be done instead; return what it tells once it is pressed."""
        self.other = Button(self._look, action)
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.other)
        for before, after in pairwise((self.cancel, self.other, self.do)):
            self.setTabOrder(before, after)
        self.other.clicked.connect(self.accept)
        return self.other.clicked

    @property
    def is_ticked(self) -> bool:
        """Whether what may be done besides is to be done."""
        return self.tick is not None and self.tick.isChecked()

    def try_action(self) -> None:
        """Do the action."""
        self.agreed.emit()
        self.accept()
