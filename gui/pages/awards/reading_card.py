"""A card at the side of a list: what is known of one award or line, laid out anew each time it is shown."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.scrolled import ScrollPane, show_again, show_in


class ReadingCard(Card):
    """It tells what is asked for, by signals of its own, and changes nothing itself."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.reading = ScrollPane(name)
        self.body.addWidget(self.reading)
        self._column = QVBoxLayout()
        self._asks: dict[Button, tuple[Any, tuple[object, ...]]] = {}

    def _begin(self) -> None:
        """Begin to lay out what is shown next."""
        self._holder, self._asks = QWidget(), {}
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, self._look.px(8), 0)
        self._column.setSpacing(self._look.px(6))

    def _show(self, *, is_same: bool) -> None:
        """Show what was laid out; the same thing as before at the place where one read it."""
        self._column.addStretch(1)
        (show_again if is_same else show_in)(self.reading, self._holder)

    def _name(self, words: str) -> None:
        """Say what the card is about."""
        self._column.addWidget(Label(self._look, words, size=15, weight=600).wrapped())

    def _title(self, words: str) -> None:
        """Begin a section."""
        self._column.addSpacing(self._look.px(6))
        self._strong(words)

    def _strong(self, words: str) -> None:
        self._column.addWidget(Label(self._look, words, weight=600).wrapped())

    def _say(self, words: str, tone: str = "text", size: float = 12) -> None:
        """Say something, in small type unless another size is named, where there is anything to say."""
        if words:
            self._column.addWidget(Label(self._look, words, size=size, tone=tone).wrapped())

    def _line(self, gap: float = 8) -> QHBoxLayout:
        """Return a new line of the card."""
        line = QHBoxLayout()
        line.setSpacing(self._look.px(gap))
        nest(self._column, line)
        return line

    def _link(self, words: str, signal: Any, *values: object, name: str = "", kind: str = "link") -> Button:
        """Return a button that asks for something by a signal, with these values."""
        button = Button(self._look, words, kind=kind)
        if name:
            button.setAccessibleName(name)
        self._asks[button] = signal, values
        button.clicked.connect(self._ask)
        return button

    def _stand(self, button: Button, layout: QBoxLayout | None = None) -> Button:
        """Stand a button at the left, in a line of its own unless one is named."""
        (layout or self._column).addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    @Slot()
    def _ask(self) -> None:
        button = self.sender()
        assert isinstance(button, Button), "only the card's own buttons ask"
        signal, values = self._asks[button]
        signal.emit(*values)
