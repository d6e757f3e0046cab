"""What narrows a list down to some of its rows, without asking the record again: words, or pills by state."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gui.pages.page import Breakpoints, Place
from gui.widgets.filter_row import FilterBox
from gui.widgets.pill import CountedPills


class Narrowing:
    """A widget that asks something of a list's rows; its signal `changed` tells that it is another thing.

    By itself it asks for nothing, of a list that is never narrowed down.
    It stands in the head of the page where it `is_in_head`, else over the list. Nobody is told how many rows
    are left by what is no `inputs`; the first of them is a pane of the page, and where words are found.
    One `is_of_list` is no wider than the list, beside which the side stands as high as both.
    """

    is_in_head = False
    is_of_list = False

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """Return the boxes that are typed into or chosen from."""
        return ()

    @property
    def words(self) -> str:
        """Return what is asked for as a sentence says it, "" for everything."""
        return ""

    def kept(self, rows: Sequence[Any]) -> tuple[Any, ...]:
        """Return the rows that are asked for: all, where nothing asks."""
        return tuple(rows)

    def offer(self, rows: Sequence[Any]) -> None:
        """Offer what rows there are; nobody is told."""

    def reset(self) -> None:
        """Ask for every row again, where another round is shown."""

    def lead_to(self, reference: str, row: Any, place: Place | None) -> None:
        """Let what a reference is of be seen; `row` is the one that it is found by, None where none is."""

    def fit(self, room: Breakpoints) -> None:
        """Fit the room there is."""


class WordsTyped(FilterBox, Narrowing):
    """A box for words in the head of the page."""

    changed = Signal()
    is_in_head = True

    def __init__(self, words: str, holds: Callable[[Any, str], bool]) -> None:
        super().__init__(words)
        self._holds = holds
        self.textChanged.connect(self.changed)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self,)

    def kept(self, rows: Sequence[Any]) -> tuple[Any, ...]:
        """Return the rows that the words typed are of."""
        return tuple(row for row in rows if self._holds(row, self.text()))

    def lead_to(self, reference: str, row: Any, place: Place | None) -> None:
        """Show every row."""
        self.clear()


class StatePills(CountedPills, Narrowing):
    """All, then each state that occurs, with how many rows have it; a row may have several."""

    def __init__(self, name: str, states: Iterable[str], states_of: Callable[[Any], Sequence[str]]) -> None:
        super().__init__([(state, state) for state in states], name)
        self._states_of = states_of

    def kept(self, rows: Sequence[Any]) -> tuple[Any, ...]:
        """Return the rows of the state that is chosen."""
        chosen = self.value
        return tuple(row for row in rows if chosen is None or chosen in self._states_of(row))

    def offer(self, rows: Sequence[Any]) -> None:
        """Say how many have each state; all are shown where none has the one that was chosen."""
        with QSignalBlocker(self):
            self.show_counts(len(rows), Counter(state for row in rows for state in self._states_of(row)))

    def lead_to(self, reference: str, row: Any, place: Place | None) -> None:
        """Show all, where the row is not among those on show."""
        if row is not None and not self.kept((row,)):
            self.reset()
