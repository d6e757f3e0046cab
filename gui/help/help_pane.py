"""The guide beside a page: it stays while one works, and closes with Esc or F1."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from gui.dialogs.host import DialogHost
from gui.help.guide import Guide
from gui.shell.actions import Actions
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest, row_of
from gui.widgets.tips import set_tip

WIDTH = 400


class HelpPane(Guide):
    """The guide with a title and a button that closes it."""

    closed = Signal()

    def __init__(self, actions: Actions, dialogs: DialogHost) -> None:
        super().__init__(actions, dialogs)
        self._close = Button("", kind="quiet", icon="close")
        self._close.show_words("", name="Close the help")
        set_tip(self._close, "Close the help (Esc)")
        self._close.clicked.connect(self.closed)
        title = ElidedLabel("Help", size=15, weight=600)
        nest(self.column, row_of((title, 1), self._close), at=0)
        space(self.column, edges=(4, 8, 16, 10))
        look.follow(self._space)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _space(self) -> None:
        self.setFixedWidth(look.px(WIDTH))
