"""What stands beside a list where much is known of a row: a part of it at a time, line by line."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.listed.acts import Act, ActButton, Answer, At, Offer, Row, now_offered
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.widgets.flow import flow_of
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import Card, column_of, nest
from gui.widgets.turned import ChoiceList

Line = TypeVar("Line")


class PartLine(Struct, frozen=True):
    """A line of a part: its key, what it is called, what it says, and what is noted beneath that."""

    key: str
    what: str
    says: str
    note: str = ""


WHAT = attrgetter("what")
DETAILS: LineColumn[Any] = LineColumn(
    "says", "Details", attrgetter("says"), under=attrgetter("note"), tip=attrgetter("says")
)
"""What such a line is called, and the column of what it says."""


class Parts(Struct, Generic[Answer, Row, Line], frozen=True, kw_only=True):
    """The side of a list in parts: a box of them, in words and by key, and the lines of the one chosen.

    `name` is what the lines are called, `box` what the box is. Whatever is asked stands at the chosen part
    (`at.section`) and its current line (`at.part`). Acts of the row stand above the box, acts of the line
    beside it; `opens` is done by Enter on a line. With a `list_width` the side has what the list leaves.
    `ask` is asked of the record for the row at hand, and answers with what is `found` of it.
    """

    name: str
    box: str
    sections: tuple[tuple[str, str], ...]
    title: Callable[[At[Answer, Row]], str]
    lines: Callable[[At[Answer, Row]], Sequence[Line]]
    line_key: Callable[[Line], Hashable]
    columns: tuple[LineColumn[Line], ...]
    nothing: Callable[[str], str]
    of_row: tuple[Act[Answer, Row], ...] = ()
    of_line: tuple[Act[Answer, Row], ...] = ()
    opens: Act[Answer, Row] | None = None
    ask: Callable[..., Any] | None = None
    width: int = 0
    list_width: int = 0
    tabs: tuple[str, str] = ("List", "Details")

    @property
    def acts(self) -> tuple[Act[Answer, Row], ...]:
        """Return all that can be done with a row and the line at hand."""
        return (*self.of_row, *self.of_line)

    def made_lines(self) -> LineView[Line]:
        return LineView(self.columns, self.line_key, called=self.name)


class PartsCard(QWidget):
    """The name of the row at hand, its buttons, and the lines of the part that is chosen."""

    pressed = Signal(object)
    asked = Signal(object, object)

    def __init__(self, parts: Parts[Any, Any, Any], lines: LineView[Any]) -> None:
        super().__init__()
        self._parts, self.reading = parts, lines
        self._at: At[Any, Any] | None = None
        self._row_key: Hashable = None
        self._picked: Hashable = None
        self._place: tuple[Hashable, str] = (None, "")
        self.name = ElidedLabel(size=15, weight=600)
        self.section = ChoiceList(parts.box)
        self.section.fill_with(parts.sections)
        self.none = Label("", tone="text2").wrapped()
        self.buttons = [ActButton(act) for act in parts.acts]
        self._lay_out()
        for button in self.buttons:
            button.pressed.connect(self.pressed)
        self.section.currentIndexChanged.connect(self._show_part)
        lines.picked.connect(self._offer)
        lines.opened.connect(self._open)

    @property
    def part(self) -> str:
        return str(self.section.currentData())

    def panes(self) -> tuple[QWidget, ...]:
        return (self.section, self.reading)

    @property
    def offers(self) -> tuple[Offer, ...]:
        return now_offered(self.buttons)

    def show_at(self, at: At[Any, Any] | None, key: Hashable) -> None:
        """Show a row, or that none is picked; where more is to be known of it, once the record says it."""
        self._picked = key
        if at is None or self._parts.ask is None:
            self._take(at, key, None)
        else:
            if key != self._row_key:  # nothing is done to the row before while this one is on its way
                self._at = None
                self._offer()
            self.asked.emit(partial(self._parts.ask, at=at), partial(self._take, at, key))

    def _take(self, at: At[Any, Any] | None, key: Hashable, found: Any) -> None:
        if key != self._picked:  # another row was picked meanwhile
            return
        self._at, self._row_key = at and replace(at, found=found), key
        self.name.setText("" if at is None else self._parts.title(at))
        self._show_part()

    def _at_line(self) -> At[Any, Any] | None:
        """Return what acts are asked of: the part on show, and its line at hand."""
        return self._at and replace(self._at, section=self.part, part=self.reading.at_hand)

    @Slot()
    def _show_part(self) -> None:
        lines = () if self._at is None else self._parts.lines(replace(self._at, section=self.part))
        back = self.reading.came_back([*map(self._parts.line_key, lines)])
        if (self._row_key, self.part) != self._place:
            self._place, back = (self._row_key, self.part), None
            self.reading.forget_lost()
        with QSignalBlocker(self.reading):  # what can be done with it is offered below, once
            self.reading.show_rows(lines)
            self.reading.select(back)  # by an undo
            if self.reading.current is None:
                self.reading.select_first()
        self.none.setText(self._parts.nothing(self.part))
        self.none.setVisible(not lines)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        at = self._at_line()
        for button in self.buttons:
            button.show_at(at)

    @Slot()
    def _open(self) -> None:
        """Do what Enter on a line does, where it is offered."""
        opens, at = self._parts.opens, self._at_line()
        if opens is not None and at is not None:
            for offer in opens.offers(at):
                self.pressed.emit(offer)

    def _lay_out(self) -> None:
        self._column = column_of(self.name, spacing=7, inside=self)
        above = len(self._parts.of_row)
        rows = (self.buttons[:above], (self.section, *self.buttons[above:]))
        for widgets in filter(None, rows):
            nest(self._column, flow_of(widgets, 8))
        self._column.addWidget(self.none)
        self._column.addWidget(Card(inset=(3, 3)).fill_with(self.reading), 1)
