"""How many lines a filter leaves in its list, said to whoever hears the window once nothing more is typed."""

from collections.abc import Callable, Collection
from typing import Any, Protocol

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from gui.widgets.speech.announcing import announce

SETTLED_MS = 800
"""So long nothing was typed; whoever goes on to the list meanwhile hears there how many rows it has."""


class Listed(Protocol):
    """A list with its rows."""

    @property
    def rows(self) -> Collection[Any]:
        """Return the rows on show."""
        ...


class LeftInList(QTimer):
    """Says what the first of some filters, and the others, leave of a list while one of them has the focus.

    `of` counts what the list holds without them, `is_line` what of its rows is one of them.
    """

    def __init__(
        self,
        filters: tuple[QWidget, ...],
        table: Listed,
        of: Callable[[], int],
        is_line: Callable[[Any], bool] = bool,
    ) -> None:
        super().__init__(filters[0], singleShot=True, interval=SETTLED_MS)
        self._filters, self._table, self._of, self._is_line = filters, table, of, is_line
        self.timeout.connect(self._say)
        for one in filters:
            if isinstance(one, QLineEdit):
                one.textChanged.connect(self._wait)
            elif isinstance(one, QComboBox):
                one.currentTextChanged.connect(self._wait)
            elif isinstance(one, QDateEdit):
                one.dateChanged.connect(self._wait)

    @Slot()
    def _wait(self) -> None:
        self.start()

    @Slot()
    def _say(self) -> None:
        at = next((one for one in self._filters if one.hasFocus()), None)
        if at is not None:
            announce(at, left_words(sum(map(self._is_line, self._table.rows)), self._of()))


def left_words(left: int, of: int) -> str:
    """Return how much is left: "3 of 42 shown", "None of 42 shown", "All 42 shown"."""
    if left >= of > 0:
        return f"All {of:,} shown"
    return f"{left:,} of {of:,} shown" if left else f"None of {of:,} shown"
