"""Ask for the reason of an action before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look

NO_REASON = "Say why. The reason is recorded in History."


class ReasonDialog(Form):
    """Sentences, a box for the reason, the action and Cancel. Without a needed reason it stays open."""

    agreed = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        words: Sequence[str],
        action: str,
        parent: QWidget,
        *,
        is_needed: bool = True,
    ) -> None:
        super().__init__(look, title, words, action, parent)
        name = "Reason" if is_needed else "Reason, if you wish to give one"
        self.reason = self.note(name, 84, wanted=NO_REASON if is_needed else "")
        self.finish(self.reason)
