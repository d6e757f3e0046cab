"""State the effect and the count of an action; its verb stands on the button, and Cancel has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.widgets.buttons import Button
from gui.widgets.long_tick import LongTick
from gui.widgets.scrolled import tab_through
from gui.widgets.tips import set_tip
from scoring.money import without_noughts


class ConfirmDialog(Form):
    """Sentences, the action and Cancel; `problem` is what keeps the action from being done.

    `tick` is what may be done besides, left out unless it is ticked; it is then asked what is `ticked`, with
    those words on the button. Nothing is pressed that is not ready.
    """

    is_final = True
    agreed = Signal()

    def __init__(
        self,
        title: str,
        words: Sequence[str],
        action: str,
        parent: QWidget,
        problem: str = "",
        *,
        tick: str = "",
        ticked: tuple[Sequence[str], str] | None = None,
        is_ready: bool = True,
    ) -> None:
        self._asks = ((words, action, is_ready), (*(ticked or (words, action)), True))
        longest = max((said for said, _, _ in self._asks), key=len)
        super().__init__(title, longest, action, parent, 420)
        self._problem = problem
        self.other: Button | None = None
        if problem:
            self.sentence(problem, weight=600, tone="danger")
            set_tip(self.do, problem)
        self.tick = self.put(LongTick(tick)) if tick else None
        if self.tick is not None:
            self.tick.toggled.connect(self._ask)
        self.finish(self.cancel)
        self._ask()

    def offer(self, action: str) -> SignalInstance:
        """Add a button for what may be done instead; return what it tells once it is pressed."""
        self.other = Button(action)
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.other)
        tab_through(self.cancel, self.other, self.do)
        self.other.clicked.connect(self.accept)
        self._ask()
        return self.other.clicked

    @property
    def is_ticked(self) -> bool:
        """Whether what may be done besides is to be done."""
        return self.tick is not None and self.tick.isChecked()

    @Slot()
    def _ask(self) -> None:
        """Ask as the tick stands."""
        words, action, is_ready = self._asks[self.is_ticked]
        self.words = tuple(map(without_noughts, words))
        self.describe(" ".join((*self.words, self._problem)).strip())
        for at, label in enumerate(self.said_first):
            label.setText(self.words[at] if at < len(self.words) else "")
            label.setVisible(at < len(self.words))
        self.do.show_words(action)
        self.do.setEnabled(is_ready and not self._problem)
        if self.other is not None:
            self.other.setEnabled(is_ready)

    def try_action(self) -> None:
        """Do the action."""
        self.agreed.emit()
        self.accept()
