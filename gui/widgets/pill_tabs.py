"""A few pills that choose which part of a page is on show."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from gui.theme.office_words import ours
from gui.widgets.pill import Pills
from gui.widgets.scrolled import tab_through
from gui.widgets.turned import ChoiceList

PARTS = "Parts of this page"


class PillTabs(Pills):
    """Pills that stand for parts of a page."""

    def __init__(self, words: Sequence[str]) -> None:
        parts = [(ours(word), number) for number, word in enumerate(words)]
        super().__init__(parts, 0, name=PARTS, spacing=2, is_line=True)
        self._words = [pill.text() for pill in self.pills]

    @property
    def current(self) -> int:
        """Return the number of the part on show."""
        return self.number

    @property
    def last(self) -> QWidget:
        """Return the last pill: from here Tab goes on to what they stand for."""
        return self.pills[-1]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the pill of the part on show have the focus: the row itself takes no key."""
        super().focusInEvent(event)
        self.pills[self.current].setFocus(event.reason())

    def say(self, words: Sequence[str]) -> None:
        """Show other words on the pills, such as shorter ones; each keeps the name it is read by."""
        for pill, shown, whole in zip(self.pills, words, self._words, strict=True):
            pill.show_words(shown, name=whole)

    def offer(self, number: int, *, is_offered: bool) -> None:
        """Show or hide one pill; a part that is no longer offered gives way to the first."""
        self.pills[number].setVisible(is_offered)
        if not is_offered and self.current == number:
            self.choose(0)


class OfferedTabs(Pills):
    """Pills that are offered anew; the part on show is kept where there still is one of its key."""

    read_as = "Show {}"
    _offered: tuple[tuple[str, str], ...] = ()

    def __init__(self, *, are_many: bool = False) -> None:
        super().__init__(name=PARTS, spacing=2, is_line=not are_many)

    @property
    def current(self) -> str:
        """Return the key of the part on show, "" where none is offered."""
        return self.value or ""

    def offer(self, parts: Sequence[tuple[str, str]], otherwise: str = "") -> None:
        """Offer parts by key and words; where the one on show is gone, show `otherwise` or the first."""
        if tuple(parts) == self._offered:
            return
        held, self._offered = self.current, tuple(parts)
        with QSignalBlocker(self._group):
            self.put([(words, key) for key, words in parts])
            for pill in self.pills:
                pill.setAccessibleName(self.read_as.format(pill.text()))
            wanted = (held, otherwise, *self.values)
            self.choose(next((key for key in wanted if key in self.values), ""))
            tab_through(self, *self.pills)  # Qt puts what is made later behind all else


class ManyTabs(OfferedTabs):
    """Offered pills of which many go on in a second row, and a list in place of them in a low window."""

    def __init__(self, called: str) -> None:
        super().__init__(are_many=True)
        self._is_low = False
        self.list = ChoiceList()
        self.list.setAccessibleName(called)
        self.row.addWidget(self.list)
        self.list.currentIndexChanged.connect(self._choose_listed)
        self.changed.connect(self._show_chosen)

    def offer(self, parts: Sequence[tuple[str, str]], otherwise: str = "") -> None:
        """Offer parts by key and words, as pills and in the list."""
        super().offer(parts, otherwise)
        self.list.fill_with([(words, key) for key, words in parts], self.current)
        self.fit(is_low=self._is_low)

    def fit(self, *, is_low: bool) -> None:
        """Show the pills, or the list in a low window."""
        self._is_low = is_low
        self.list.setVisible(is_low)
        for pill in self.pills:
            pill.setVisible(not is_low)

    @Slot()
    def _choose_listed(self) -> None:
        self.choose(str(self.list.currentData()))

    @Slot()
    def _show_chosen(self) -> None:
        self.list.choose(self.current)
