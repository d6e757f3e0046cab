"""Lines to be read and copied, before something is done or because nothing is."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.widgets.buttons import Button


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
