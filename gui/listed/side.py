"""What stands beside a list, as values, and the card that shows it."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from typing import Any, Generic

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.listed.acts import Act, Answer, At, Offer, Row, offers
from gui.text import ours
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.flow import flow_of, in_flow
from gui.widgets.label import Chip, ChipLabel, Label, small
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, nest, row_of, show_again, show_in
from gui.widgets.pill import PillTabs
from gui.widgets.tips import let_press
from scoring.money import short_pounds

READING_WIDTH = 680
"""About 80 characters a line, for a 13 px base."""


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


class Text(Struct, frozen=True):
    """Words that can be selected and copied."""

    words: str


class Facts(Struct, frozen=True):
    """Lines of a name and a value, which can be selected and copied."""

    lines: tuple[tuple[str, str], ...]


class Sums(Struct, frozen=True):
    """Lines of a name and pence."""

    lines: tuple[tuple[str, int], ...]


class Cells(Struct, frozen=True):
    """Words side by side, of which the last take what room is left."""

    words: "tuple[Strong | Says, ...]"


class Offers(Struct, frozen=True):
    """Acts that stand here, one below another or in a row; those nowhere named stand in a row at the end.

    Of acts that are there for each `part` those of one stand here, where it is named; a reader is told what
    they are `of`. Those that are seldom needed stand behind a button that shows them, and is said to be of
    what they are `rare` for.
    """

    acts: tuple[Act[Any, Any], ...]
    part: Any = None
    is_row: bool = False
    of: str = ""
    rare: str = ""


class Held(Struct, frozen=True):
    """A widget of the page's own."""

    make: "Callable[[], SidePart]"


class InRow(Struct, frozen=True):
    """Words with the acts of one part at their right, and before those how it stands."""

    words: str
    acts: tuple[Act[Any, Any], ...]
    part: Any
    chip: Chip | None = None
    is_strong: bool = False


Told = Name | Title | Strong | Says | Text | Facts | Sums | Cells | Offers | InRow | Held
MORE, LESS = "More…", "Less"


class SidePart(QWidget):
    """A widget in a side, made anew whenever that is shown."""

    def hear(self, what: Any) -> None:
        """Take what the page is told."""

    def end(self) -> None:
        """Show nothing more, as it goes."""


class Folded(QWidget):
    """What is rare, behind a button that shows it and hides it again."""

    def __init__(self, rest: QWidget, about: str, *, is_open: bool) -> None:
        super().__init__()
        self.is_open, self._rest, self._about = is_open, rest, about
        self.button = Button(MORE, kind="link")
        self.button.clicked.connect(self._turn)
        column_of((self.button, 0, Qt.AlignmentFlag.AlignLeft), rest, inside=self, spacing=6)
        self._show()

    @Slot()
    def _turn(self) -> None:
        self.is_open = not self.is_open
        self._show()

    def _show(self) -> None:
        words = LESS if self.is_open else MORE
        self.button.show_words(words, name=f"{words.rstrip('…')}: {self._about}")
        self._rest.setVisible(self.is_open)


class Side(Struct, Generic[Answer, Row], frozen=True, kw_only=True):
    """What stands beside the list: how it is called, how wide it is, what it tells, and what can be done.

    Where it has `sections` it tells the one that is chosen over it (`at.section`).
    """

    name: str
    width: int
    nothing: str
    tell: Callable[[At[Answer, Row]], Iterator[Told]]
    acts: tuple[Act[Answer, Row], ...] = ()
    tabs: tuple[str, ...] = ("List", "Details")
    sections: tuple[str, ...] = ()


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
        self.sections = PillTabs(side.sections)
        fill(self.body, row_of(self.sections, 1), (self.reading, 1), spacing=6)
        self.ring_for(self.reading)
        self.sections.setVisible(bool(side.sections))
        self.sections.changed.connect(self._turn)
        self._side = side
        self._at: At[Any, Any] | None = None
        self._shown: Hashable = None
        self.buttons: dict[str, Button] = {}
        self.offers: tuple[Offer, ...] = ()
        """All that can be done with what is on show."""
        self.held: dict[type, SidePart] = {}
        self.rare: Folded | None = None

    def panes(self) -> tuple[QWidget, ...]:
        return (self.reading,)

    def show_at(self, at: At[Any, Any] | None, key: Hashable) -> None:
        """Show a row, or that none is picked; the same as before at the place where one read it."""
        is_same, self._shown, self.buttons = at is not None and key == self._shown, key, {}
        if at is not None and self._side.sections:
            at = replace(at, section=self._side.sections[self.sections.number])
        at = None if at is None else replace(at, is_again=is_same)
        self._at = at
        self.end()
        self.held = {}
        self._is_open = is_same and self.rare is not None and self.rare.is_open
        self.rare = None
        self.offers = () if at is None else offers(self._side.acts, at)
        holder = QWidget()
        holder.setMaximumWidth(look.px(READING_WIDTH))
        self._column = column_of(inside=holder, spacing=6, edges=(0, 0, 8, 0))
        if at is None:
            lay(self._column, (Says(ours(self._side.nothing), "muted"),))
        else:
            self._tell(at)
        self._column.addStretch(1)
        (show_again if is_same else show_in)(self.reading, holder)

    @Slot()
    def _turn(self) -> None:
        """Show another section from its top."""
        self.show_at(self._at, None)

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
            elif isinstance(told, Held):
                part = told.make()
                self.held[type(part)] = part
                self._column.addWidget(part)
            else:
                lay(self._column, (told,))
        rest = offers([one for one in self._side.acts if id(one) not in placed], at)
        nest(self._column, flow_of(map(self._button, rest), 8))

    def _place(self, told: Offers | InRow, buttons: list[Button]) -> None:
        """Stand buttons below one another, in a row, or at the right of what they are of."""
        if isinstance(told, InRow):
            words = Label(told.words, weight=600 if told.is_strong else 400).wrapped()
            top = Qt.AlignmentFlag.AlignTop
            chips = [] if told.chip is None else [(_chip_label(told.chip), 0, top)]
            nest(self._column, row_of((words, 1), *chips, *buttons, spacing=8))
        elif buttons and told.rare:
            self.rare = Folded(in_flow(buttons, 8), told.rare, is_open=self._is_open)
            self.rare.button.clicked.connect(self._bring_rare_in_sight)
            self._column.addWidget(self.rare)
        elif buttons and told.is_row:
            self._column.addWidget(in_flow(buttons, 8))
        else:
            for button in buttons:
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if isinstance(told, Offers) and told.of:
            for button in buttons:
                button.setAccessibleDescription(told.of)

    @Slot()
    def _bring_rare_in_sight(self) -> None:
        """Scroll to what is rare, once the side has made room for it: it stands at the end."""
        assert self.rare is not None, "its button was pressed"
        QTimer.singleShot(0, self.rare, partial(self.reading.ensureWidgetVisible, self.rare))

    def _press(self, offer: Offer, _is_on: bool = False) -> None:
        self.pressed.emit(offer)

    def _button(self, offer: Offer) -> Button:
        button = Button(offer.words, kind=offer.look, name=offer.name)
        button.clicked.connect(partial(self._press, offer))
        self.buttons[offer.name] = button
        let_press(button, offer.why_not, offer.tip)
        return button


def lay(column: QVBoxLayout, every: Iterable[Told]) -> None:
    """Lay into a column what is told without acts."""
    for told in every:
        LAID[type(told)](column, told)


def _name(column: QVBoxLayout, told: Name) -> None:
    column.addWidget(Label(told.words, size=15, weight=600).wrapped())


def _title(column: QVBoxLayout, told: Title) -> None:
    column.addSpacing(look.px(6))
    _strong(column, told)


def _strong(column: QVBoxLayout, told: Strong | Title) -> None:
    column.addWidget(Label(told.words, weight=600).wrapped())


def _say(column: QVBoxLayout, told: Says) -> None:
    if told.words:
        column.addWidget(Label(told.words, size=told.size, tone=told.tone).wrapped())


def _chip_label(chip: Chip) -> ChipLabel:
    label = ChipLabel()
    label.show_state(chip.tone, chip.word)
    return label


def _text(column: QVBoxLayout, told: Text) -> None:
    column.addWidget(_copied(told.words))


def _copied(words: str) -> Label:
    label = Label(words).wrapped()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _stand(column: QVBoxLayout, told: Cells) -> None:
    labels = [
        Label(one.words, size=one.size, tone=one.tone)
        if isinstance(one, Says)
        else Label(one.words, weight=600)
        for one in told.words
    ]
    nest(column, row_of(*labels[:-1], (labels[-1].wrapped(), 1), spacing=8))


def _state(column: QVBoxLayout, facts: Facts) -> None:
    grid = space(QGridLayout(), (12, 3))
    for number, (name, value) in enumerate(facts.lines):
        grid.addWidget(Label(name, size=12, tone="muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_copied(value), number, 1)
    grid.setColumnStretch(1, 1)
    nest(column, grid)


def _sum(column: QVBoxLayout, sums: Sums) -> None:
    grid = space(QGridLayout(), (12, 3))
    for number, (name, pence) in enumerate(sums.lines):
        grid.addWidget(small(name), number, 0)
        grid.addWidget(Label(short_pounds(pence), weight=600).right(), number, 1)
    grid.setColumnStretch(0, 1)
    nest(column, grid)


LAID: dict[type, Callable[[QVBoxLayout, Any], None]] = {
    Name: _name,
    Title: _title,
    Strong: _strong,
    Says: _say,
    Text: _text,
    Facts: _state,
    Sums: _sum,
    Cells: _stand,
}
"""How what is told is laid out."""
