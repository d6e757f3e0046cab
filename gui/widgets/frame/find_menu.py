"""A menu that one types into to find an entry: whatever does not hold the letters goes out of sight."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from scoring.written.names import sought


class FindMenu(QMenu):
    """Letters narrow the entries, Backspace widens them, and the first left over is ready for Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._says = QAction()  # not the menu’s own, whose clear() would delete it under us
        self._says.setEnabled(False)
        self.aboutToShow.connect(self._begin)

    @property
    def typed(self) -> str:
        """Return the letters typed since the menu was opened."""
        return self._typed

    def found(self) -> tuple[QAction, ...]:
        """Return the entries that hold the letters typed."""
        return tuple(action for action in self._entries() if action.isVisible())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters to find by; leave every other key to the menu."""
        text = event.text()
        if event.key() == Qt.Key.Key_Backspace and self._typed:
            self._find(self._typed[:-1])
        elif text.isprintable() and text and (text != " " or self._typed):
            self._find(self._typed + text)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the entry that is chosen, not at the first."""
        super().showEvent(event)
        chosen = next((action for action in self._entries() if action.isChecked()), None)
        if chosen is not None:
            self.setActiveAction(chosen)

    def _entries(self) -> list[QAction]:
        return [action for action in self.actions() if action.isCheckable()]

    @Slot()
    def _begin(self) -> None:
        self._find("")

    def _find(self, typed: str) -> None:
        entries = self._entries()
        for action in entries:
            action.setVisible(sought(typed) in sought(action.text().replace("&&", "&")))
        self._typed = typed
        if self._says in self.actions():
            self.removeAction(self._says)
        if typed and entries:
            found = len(self.found())
            self._says.setText(f"“{typed}”: {found or 'none'} found".replace("&", "&&"))
            self.insertAction(entries[0], self._says)
        if typed and self.found():
            self.setActiveAction(self.found()[0])
