"""A page of a list, mostly with a side, and what stands in the place of a page that is too early."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedLayout, QWidget

from gui.pages.page import (
    DECLARE,
    OWN_DECLARATION,
    START_ROUND,
    UNBOUNDED,
    Breakpoints,
    Page,
    PageTools,
    Place,
)
from gui.theme.look import FLUSH, look, space
from gui.widgets.empty_state import EmptyState
from gui.widgets.flow import flow_of
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import UnnamedStack, be_entered, column_of, nest, row_of
from gui.widgets.pill import PillTabs
from models.operation import Topic
from models.permissions.viewing import NOT_DECLARED

SEE = "See what opens it…"
PUBLISH = "Open Criteria & scale"


class ClosedPage(Page):
    """The page's name, why it is not open, and the button to what opens it, which may be a declaration."""

    key = ""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._waits = False
        self.title = ElidedLabel("", size=20, weight=600)
        see = QAction(SEE, self)
        see.triggered.connect(self._ask)
        self.empty = EmptyState(see, SEE, icon="clock")
        column_of(self.title, (self.empty, 1), edges=(20, 4, 20, 10), inside=self)

    def say(self, name: str, why: str, place: Place | None, *, opens_by_stage: bool = True) -> None:
        """Say which page it would be, why it is not open, and lead to what opens it, where a stage does."""
        self._place, self._waits = place, why == NOT_DECLARED
        may_start = self._tools.actions["start_round"].isEnabled()
        is_scored = opens_by_stage and place is not None and not place.line.is_direct
        self.empty.button.setVisible(self._waits or is_scored or (place is None and may_start))
        words = START_ROUND if place is None else PUBLISH if place.line.stage == "set up" else SEE
        self.empty.button.show_words(DECLARE if self._waits else words)
        self.title.setText(name)
        self.empty.say(why)
        be_entered(self, f"{name}, not open{' yet' if is_scored or place is None else ''}")
        self.setAccessibleDescription(why)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.empty.button,)

    @Slot()
    def _ask(self) -> None:
        if self._waits:
            self._tools.go("panel", OWN_DECLARATION)
        elif self._place is None:
            self._tools.actions["start_round"].trigger()
        elif self._place.line.stage == "set up":
            self._tools.go("criteria")
        else:
            self._tools.ask_stage("")


class DeclareFirst(EmptyState):
    """That nothing opens before the declaration, and the button that asks for it."""

    def __init__(self, tools: PageTools) -> None:
        self._tools = tools
        way_on = QAction(DECLARE)
        super().__init__(way_on, DECLARE, icon="interest")
        way_on.setParent(self)
        way_on.triggered.connect(self._declare)
        self.say(NOT_DECLARED)

    @Slot()
    def _declare(self) -> None:
        self._tools.go("panel", OWN_DECLARATION)


SIDE = 3
"""What is left free at both sides, as beside the cards beneath, for the ring of what has the focus."""


def page_head(title: Label, words: ElidedLabel, parts: Iterable[QWidget]) -> QHBoxLayout:
    """Return a row with the parts at its end: the words give way before these go on beneath one another."""
    words.give_way_by_clauses()
    titles, flow = column_of(title, words, 1, spacing=0), flow_of(parts, 8, is_right=True)
    return row_of((titles, 1), column_of(1, flow, 1), spacing=8, edges=(SIDE, 0, SIDE, 0))


LISTED, EMPTY = 0, -1
"""What is on show: the list, or the sentence that says why there is none, which comes last."""


class SidedPage(Page):
    """What such pages share; each says what it `concerns`, lays itself out, and asks in `refresh`."""

    concerns: ClassVar[frozenset[Topic]] = frozenset(Topic)
    gap = 13

    def __init__(
        self,
        tools: PageTools,
        title: str,
        *,
        icon: str = "file",
        way_on: str = "",
        concerns: frozenset[Topic] | None = None,
    ) -> None:
        super().__init__(tools)
        self._room = Breakpoints(1366, 768)
        self._picked = ""
        """The application that was picked last: it is picked again where it is still on show."""
        self.title = Label(title, size=20, weight=600)
        self.summary = ElidedLabel(tone="text2")
        self.way_on = QAction(way_on, self)
        """What the button of the empty page does."""
        self.empty = EmptyState(self.way_on, way_on, icon=icon)
        self.empty.button.setVisible(bool(way_on))
        self._declare_first: DeclareFirst | None = None
        self._whole = QStackedLayout(self)
        self._column = column_of(edges=FLUSH)
        self._stack = UnnamedStack()
        self._body = row_of(spacing=self.gap, edges=(3, 0, 3, 0))
        tools.workspace.watch(concerns or self.concerns, self._ask_if_seen)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._place = place
        if place is None:
            self._show_empty(self._tools.no_round)
        else:
            self.refresh()

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: without a summary when it is low."""
        self._room = room
        self.summary.setVisible(not room.is_low)
        self._space_out()
        self._fit()

    def _lay_out_page(
        self,
        head: Sequence[QWidget],
        sides: Sequence[QWidget],
        *,
        between: Sequence[QWidget | QLayout] = (),
        others: Sequence[QWidget] = (),
        wide: int = 0,
    ) -> None:
        """Stand the parts of the head beside the title, the list and its side below, and `others` by turns.

        The side numbered `wide` takes what room there is.
        """
        main = QWidget()
        main.setLayout(self._column)
        self._whole.addWidget(main)
        nest(self._column, page_head(self.title, self.summary, head))
        for part in between:
            if isinstance(part, QWidget):
                self._column.addWidget(part)
            else:
                nest(self._column, part)
        self._column.addWidget(self._stack, 1)
        content = QWidget()
        content.setLayout(self._body)
        self._stack.addWidget(content)  # before it is filled: Qt dresses and measures what is there by then
        for number, side in enumerate(sides):
            self._body.addWidget(side, int(number == wide))
        for page in (*others, self.empty):
            self._stack.addWidget(page)
        look.follow(self._space)

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.empty

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(LISTED)

    def _show_empty(self, words: str) -> None:
        """Say why there is nothing to list, and take away what goes with a list."""
        self.summary.setText("")
        self.empty.say(words)
        self._stack.setCurrentWidget(self.empty)

    def _show_declare_first(self) -> None:
        """Say, in the place of the list, that nothing opens before the declaration, with the way there."""
        self._show_empty("")
        if self._declare_first is None:
            self._declare_first = DeclareFirst(self._tools)
            self._stack.insertWidget(self._stack.indexOf(self.empty), self._declare_first)
        self._stack.setCurrentWidget(self._declare_first)

    def _show_whole(self, instead: QWidget | None) -> None:
        """Show what takes the place of the whole page, or (None) the page itself."""
        self._whole.setCurrentIndex(0 if instead is None else self._whole.indexOf(instead))

    def _stand_beside(self, side: QWidget, width: float, *, is_alone: bool) -> None:
        """Give a side its width beside the list, or all the room where it stands alone."""
        px = look.px(width)
        side.setMinimumWidth(0 if is_alone else px)
        side.setMaximumWidth(UNBOUNDED if is_alone else px)

    def _open_beside(self, turns: PillTabs, number: int, pane: QWidget) -> None:
        """Go from the list to what stands beside it, which takes its place where the two take turns."""
        if self._room.has_tabs:
            turns.choose(number)
        pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Fit the room there is, at the text size in force."""

    def _take_turns(self, turns: PillTabs, parts: Sequence[QWidget], *, is_narrow: bool) -> None:
        """Show the parts side by side, or where there is room for one alone the one that is chosen."""
        turns.setVisible(is_narrow)
        for number, part in enumerate(parts):
            part.setVisible(not is_narrow or turns.number == number)

    @Slot()
    def _ask_if_seen(self) -> None:
        """Ask again, unless the page is hidden: it asks when it is shown."""
        if self.isVisible():
            self.refresh()

    @Slot()
    def _space(self) -> None:
        self.dress()

    def _space_out(self) -> None:
        """Leave room around and between the parts, little of it in a very low window."""
        self.setContentsMargins(*map(look.px, self._room.page_edges))
        space(self._column, self._room.page_spacing)

    def dress(self) -> None:
        """Follow the size of text; a page does more here, and never in the slot itself."""
        self._space_out()
        self._fit()
