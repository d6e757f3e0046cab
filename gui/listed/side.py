"""What stands beside a list, as values, and the card that shows it."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.listed.acts import Act, Answer, At, Offer, Row, offers
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.scrolled import ScrollPane, show_again, show_in
from gui.widgets.tips import let_press
from scoring.money import short_pounds


class Name(Struct, frozen=True):
    """What the side is about."""

    words: str


class Title(Struct, frozen=True):
    """The beginning of a section."""

    words: str


class Strong(Struct, frozen=True):
    """Words that stand out."""

    words: str


class Says(Struct, frozen=True):
    """Words, where there are any."""

    words: str
    tone: str = "text"
    size: float = 12


class Sums(Struct, frozen=True):
    """Lines of a name and pence."""

    lines: tuple[tuple[str, int], ...]


class Offers(Struct, frozen=True):
    """Acts that stand here, one below another or in a row; those nowhere named stand in a row at the end.

    Of acts that are there for each `part` those of one stand here, where it is named.
    """

    acts: tuple[Act[Any, Any], ...]
    part: Any = None
    is_row: bool = False


class InRow(Struct, frozen=True):
    """Words with the acts of one part at their right, and before those a mark in some tone."""

    words: str
    acts: tuple[Act[Any, Any], ...]
    part: Any
    mark: str = ""
    tone: str = "warning"
    is_strong: bool = False


Told = Name | Title | Strong | Says | Sums | Offers | InRow


class Side(Struct, Generic[Answer, Row], frozen=True, kw_only=True):
    """What stands beside the list: how it is called, how wide it is, what it tells, and what can be done."""

    name: str
    width: int
    nothing: str
    tell: Callable[[At[Answer, Row]], Iterator[Told]]
    acts: tuple[Act[Answer, Row], ...] = ()
    tabs: tuple[str, str] = ("List", "Details")


class OwnSide(Struct, frozen=True, kw_only=True):
    """A card of the page's own beside the list, which is shown the row at hand, and says what it offers."""

    make: Callable[[Look], Any]
    width: int
    acts: tuple[Act[Any, Any], ...] = ()
    tabs: tuple[str, str] = ("List", "Details")


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


class SideCard(ReadingCard):
    """What is told of the row at hand, with its acts."""

    pressed = Signal(object)

    def __init__(self, look: Look, side: Side[Any, Any]) -> None:
        super().__init__(look, ours(side.name))
        self._side = side
        self._shown: Hashable = None
        self.buttons: dict[str, Button] = {}
        self.offers: tuple[Offer, ...] = ()
        """All that can be done with what is on show."""

    def panes(self) -> tuple[QWidget, ...]:
        """Return where F6 stops: what is read."""
        return (self.reading,)

    def show_at(self, at: At[Any, Any] | None, key: Hashable) -> None:
        """Show a row, or that none is picked."""
        is_same, self._shown, self.buttons = at is not None and key == self._shown, key, {}
        self.offers = () if at is None else offers(self._side.acts, at)
        self._begin()
        if at is None:
            self._say(ours(self._side.nothing), "muted")
        else:
            self._tell(at)
        self._show(is_same=is_same)

    def _tell(self, at: At[Any, Any]) -> None:
        placed: set[int] = set()
        for told in self._side.tell(at):
            if isinstance(told, Offers | InRow):
                placed |= set(map(id, told.acts))
                offered = (one for one in offers(told.acts, at) if told.part in (None, one.at.part))
                self._place(told, [self._button(one) for one in offered])
            elif isinstance(told, Says):
                self._say(told.words, told.tone, told.size)
            elif isinstance(told, Sums):
                self._sum(told)
            else:
                {Name: self._name, Title: self._title, Strong: self._strong}[type(told)](told.words)
        row = Flow()
        row.setSpacing(self._look.px(8))
        for offer in offers([one for one in self._side.acts if id(one) not in placed], at):
            row.addWidget(self._button(offer))
        nest(self._column, row)

    def _place(self, told: Offers | InRow, buttons: list[Button]) -> None:
        """Stand buttons below one another, in a row, or at the right of what they are of."""
        if isinstance(told, InRow):
            row, weight = self._line(), 600 if told.is_strong else 400
            row.addWidget(Label(self._look, told.words, weight=weight).wrapped(), 1)
            if told.mark:
                row.addWidget(Label(self._look, told.mark, size=12, weight=600, tone=told.tone))
            for button in buttons:
                row.addWidget(button)
        elif told.is_row and buttons:
            row = self._line(12)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
        else:
            for button in buttons:
                self._stand(button)

    def _button(self, offer: Offer) -> Button:
        button = self._link(offer.words, self.pressed, offer, name=offer.name, kind=offer.look)
        self.buttons[offer.name] = button
        let_press(button, offer.why_not)
        return button

    def _sum(self, sums: Sums) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(3))
        for number, (name, pence) in enumerate(sums.lines):
            grid.addWidget(Label(self._look, name, size=12, tone="text2").wrapped(), number, 0)
            grid.addWidget(Label(self._look, short_pounds(pence), weight=600).right(), number, 1)
        grid.setColumnStretch(0, 1)
        nest(self._column, grid)
