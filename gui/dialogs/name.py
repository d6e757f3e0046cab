"""Ask for one name: who is using the computer, or which computer's lock to take over."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.widgets.typed import TextLine


class NameDialog(Form):
    """A sentence, a box and two buttons; the action's words stand on the button."""

    named = Signal(str)

    def __init__(self, title: str, words: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(title, (words,), action, parent, 400)
        self.name = self.put(TextLine())
        self.name.setAccessibleName(title)
        self.name.setAccessibleDescription(words)
        self.name.textChanged.connect(self._update_enabled)
        self.do.setEnabled(False)
        self.finish(self.name)

    @Slot(str)
    def _update_enabled(self, text: str) -> None:
        self.do.setEnabled(bool(text.strip()))

    def try_action(self) -> None:
        """Tell the name."""
        self.named.emit(self.name.text().strip())
        self.accept()
