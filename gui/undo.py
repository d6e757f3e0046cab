"""One change on the undo list: its inverse goes to the record by the same path as any change."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from models.operation import Operation

Again = Callable[["Change", Operation], None]


class Change(QUndoCommand):
    """A change that is done already. Undoing performs the inverse, and redoing the inverse of that."""

    def __init__(self, label: str, inverse: Operation, perform: Again) -> None:
        super().__init__(label)
        self._next = inverse
        self._perform = perform
        self._is_new = True

    def take(self, inverse: Operation) -> None:
        """Keep what would take back the step that was just performed."""
        self._next = inverse

    def redo(self) -> None:
        """Perform the change again; nothing the first time, when it is done already."""
        if self._is_new:
            self._is_new = False
            return
        self._perform(self, self._next)

    def undo(self) -> None:
        """Perform the inverse."""
        self._perform(self, self._next)
