"""What stands beside a list, as values, and the card that shows it."""

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any, Generic

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.listed.acts import Act, Answer, At, Offer, Row, offers
from gui.theme.look import look, space
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import flow_of, in_flow
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of, nest, row_of
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


class Cells(Struct, frozen=True):
    """Words side by side, of which the last take what room is left."""

    words: "tuple[Strong | Says, ...]"


class Offers(Struct, frozen=True):
    """Acts that stand here, one below another or in a row; those nowhere named stand in a row at the end.

    Of acts that are there for each `part` those of one stand here, where it is named; a reader is told what
    they are `of`.
    """

    acts: tuple[Act[Any, Any], ...]
    part: Any = None
    is_row: bool = False
    of: str = ""


class Held(Struct, frozen=True):
    """A widget of the page's own."""

    make: "Callable[[], SidePart]"


class InRow(Struct, frozen=True):
    """Words with the acts of one part at their right, and before those a mark in some tone."""

    words: str
    acts: tuple[Act[Any, Any], ...]
    part: Any
    mark: str = ""
    tone: str = "warning"
    is_strong: bool = False


Told = Name | Title | Strong | Says | Sums | Cells | Offers | InRow | Held


class SidePart(QWidget):
    """A widget in a side, made anew whenever that is shown."""

    def hear(self, what: Any) -> None:
        """Take what the page is told."""

    def end(self) -> None:
        """Show nothing more, as it goes."""


class Side(Struct, Generic[Answer, Row], frozen=True, kw_only=True):
    """What stands beside the list: how it is called, how wide it is, what it tells, and what can be done."""

    name: str
    width: int
    nothing: str
    tell: Callable[[At[Answer, Row]], Iterator[Told]]
    acts: tuple[Act[Answer, Row], ...] = ()
    tabs: tuple[str, ...] = ("List", "Details")


class OwnSide(Struct, frozen=True, kw_only=True):
    """A card of the page's own beside the list, which is shown the row at hand, and says what it offers."""

    make: Callable[[], Any]
    width: int
    acts: tuple[Act[Any, Any], ...] = ()
    tabs: tuple[str, ...] = ("List", "Details")


class SideCard(Card):
    """What is told of the row at hand, with its acts, laid out anew each time it is shown.

    `pressed` hands on what is offered by a button.
    """

    pressed = Signal(object)

    def __init__(self, side: Side[Any, Any]) -> None:
        super().__init__()
        self.reading = ScrollPane(ours(side.name))
        self.body.addWidget(self.reading)
        self._side = side
        self._shown: Hashable = None
        self.buttons: dict[str, Button] = {}
        self.offers: tuple[Offer, ...] = ()
        """All that can be done with what is on show."""
        self.held: dict[type, SidePart] = {}

    def panes(self) -> tuple[QWidget, ...]:
        """Return where F6 stops: what is read."""
        return (self.reading,)

    def show_at(self, at: At[Any, Any] | None, key: Hashable) -> None:
        """Show a row, or that none is picked; the same as before at the place where one read it."""
        is_same, self._shown, self.buttons = at is not None and key == self._shown, key, {}
        self.end()
        self.held = {}
        self.offers = () if at is None else offers(self._side.acts, at)
        holder = QWidget()
        self._column = column_of(inside=holder, spacing=6, edges=(0, 0, 8, 0))
        if at is None:
            self._say(Says(ours(self._side.nothing), "muted"))
        else:
            self._tell(at)
        self._column.addStretch(1)
        (show_again if is_same else show_in)(self.reading, holder)

    @Slot()
    def end(self) -> None:
        """Let go of what is shown for a while."""
        for part in self.held.values():
            part.end()

    @Slot(object)
    def hear(self, what: object) -> None:
        """Hand on to what stands here what the page is told."""
        for part in self.held.values():
            part.hear(what)

    def _tell(self, at: At[Any, Any]) -> None:
        placed: set[int] = set()
        for told in self._side.tell(at):
            if isinstance(told, Offers | InRow):
                placed |= set(map(id, told.acts))
                offered = (one for one in offers(told.acts, at) if told.part in (None, one.at.part))
                self._place(told, [self._button(one) for one in offered])
            else:
                LAID[type(told)](self, told)
        rest = offers([one for one in self._side.acts if id(one) not in placed], at)
        nest(self._column, flow_of(map(self._button, rest), 8))

    def _name(self, told: Name) -> None:
        self._column.addWidget(Label(told.words, size=15, weight=600).wrapped())

    def _title(self, told: Title) -> None:
        self._column.addSpacing(look.px(6))
        self._strong(told)

    def _strong(self, told: Strong | Title) -> None:
        self._column.addWidget(Label(told.words, weight=600).wrapped())

    def _say(self, told: Says) -> None:
        if told.words:
            label = Label(told.words, size=told.size, tone=told.tone)
            self._column.addWidget(label.wrapped())

    def _stand(self, told: Cells) -> None:
        labels = [
            Label(one.words, size=one.size, tone=one.tone)
            if isinstance(one, Says)
            else Label(one.words, weight=600)
            for one in told.words
        ]
        nest(self._column, row_of(*labels[:-1], (labels[-1].wrapped(), 1), spacing=8))

    def _hold(self, told: Held) -> None:
        part = told.make()
        self.held[type(part)] = part
        self._column.addWidget(part)

    def _place(self, told: Offers | InRow, buttons: list[Button]) -> None:
        """Stand buttons below one another, in a row, or at the right of what they are of."""
        if isinstance(told, InRow):
            words = Label(told.words, weight=600 if told.is_strong else 400).wrapped()
            mark = [Label(told.mark, size=12, weight=600, tone=told.tone)] if told.mark else []
            nest(self._column, row_of((words, 1), *mark, *buttons, spacing=8))
        elif buttons and told.is_row:
            self._column.addWidget(in_flow(buttons, 8))
        else:
            for button in buttons:
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if isinstance(told, Offers) and told.of:
            for button in buttons:
                button.setAccessibleDescription(told.of)

    def _press(self, offer: Offer, _is_on: bool = False) -> None:
        self.pressed.emit(offer)

    def _button(self, offer: Offer) -> Button:
        button = Button(offer.words, kind=offer.look)
        if offer.name:
            button.setAccessibleName(offer.name)
        button.clicked.connect(partial(self._press, offer))
        self.buttons[offer.name] = button
        let_press(button, offer.why_not, offer.tip)
        return button

    def _sum(self, sums: Sums) -> None:
        grid = QGridLayout()
        space(grid, (12, 3))
        for number, (name, pence) in enumerate(sums.lines):
            grid.addWidget(small(name), number, 0)
            grid.addWidget(Label(short_pounds(pence), weight=600).right(), number, 1)
        grid.setColumnStretch(0, 1)
        nest(self._column, grid)


LAID: dict[type, Callable[[SideCard, Any], None]] = {
    Name: SideCard._name,
    Title: SideCard._title,
    Strong: SideCard._strong,
    Says: SideCard._say,
    Sums: SideCard._sum,
    Cells: SideCard._stand,
    Held: SideCard._hold,
}
"""How what is told is laid out."""
