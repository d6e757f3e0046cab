"""One change on the undo list: its inverse goes to the record by the same path as any change."""

from collections import deque
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand
from shiboken6 import isValid

from models.operation import Operation

Again = Callable[["Change", Operation], None]


class Steps:
    """Steps back and forth, one after another: what a step performs is known when the one before is done.

    A list that is cleared deletes its changes, and with them every step that was under way or waited.
    """

    def __init__(self, perform: Again) -> None:
        self._perform = perform
        self._under_way: Change | None = None
        self._waiting: deque[Change] = deque()

    def ask(self, change: "Change") -> None:
        """Perform a step as soon as those before it are done."""
        if self._under_way is not None and isValid(self._under_way):
            self._waiting.append(change)
            return
        self._under_way = change
        self._perform(change, change.step)

    def end(self, change: "Change") -> None:
        """Go on to the next step, now that one is done."""
        if self._under_way is not change:
            return
        self._under_way = None
        while self._waiting and self._under_way is None:
            following = self._waiting.popleft()
            if isValid(following):
                self.ask(following)


class Change(QUndoCommand):
    """A change that is done already. Undoing performs the inverse, and redoing the inverse of that."""

    def __init__(self, label: str, inverse: Operation, steps: Steps) -> None:
        super().__init__(label)
        self.step = inverse
        self._steps = steps
        self._is_new = True

    def take(self, inverse: Operation) -> None:
        """Keep what would take back the step that was just performed."""
        self.step = inverse
        self._steps.end(self)

    def redo(self) -> None:
        """Perform the change again; nothing the first time, when it is done already."""
        if self._is_new:
            self._is_new = False
            return
        self._steps.ask(self)

    def undo(self) -> None:
        """Perform the inverse."""
        self._steps.ask(self)
