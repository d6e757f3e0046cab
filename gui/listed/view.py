"""The widget of a page that is described as values."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from gui.listed.acts import ActButton, At, Doing, Offer, now_offered, said
from gui.listed.narrowing import Narrowing
from gui.listed.parts import Parts, PartsCard
from gui.listed.side import OwnSide, Side, SideCard
from gui.pages.page import START_ROUND, Breakpoints, PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.text import ours
from gui.theme.look import FLUSH, look, space
from gui.widgets.filter_row import FilterBox
from gui.widgets.flow import Flow, flow_of
from gui.widgets.label import ChipLabel, small
from gui.widgets.nesting import Card, UnnamedStack, fill, nest
from gui.widgets.pill import PillTabs
from gui.widgets.speech.announcing import LeftInList
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList

if TYPE_CHECKING:
    from gui.listed.page import Choosing, ListedPage, Tab

LIST, ONE, UNDER = range(3)
UNDER_NEEDS = 640
"""How high a window has to be to show what stands under the list."""


class ListedView(SidedPage):
    """The widget of such a page: it asks, shows, and hands what is pressed to the controller."""

    def __init__(self, tools: PageTools, page: "ListedPage[Any, Any]") -> None:
        words = page.acts[0].words if page.acts and page.begins else ""
        way_on = words if isinstance(words, str) else ""
        super().__init__(tools, page.title, icon=page.icon, way_on=way_on, concerns=page.concerns)
        self.key, self.page = page.key, page
        self.doing = Doing(tools, self)
        self.answer: Any = None
        self._chosen: dict[str, str] = {}
        self._kept: dict[str, Any] = {}
        self._all: tuple[Any, ...] = ()
        self._sought = ""
        self._first: ActButton | None = None
        self.buttons = [ActButton(act) for act in page.acts]
        self.row_buttons = [ActButton(act) for act in page.row_acts]
        self.lists = page.lists
        self._listings = [one if one.columns else self.lists[0] for one in self.lists]
        """What each list is shown by, which may be the first for several."""
        first: LineView[Any] = tools.parts.take(page.made_list)
        rest = self.lists[1:]
        self.tables = [first, *(tools.parts.take(one.made_list) if one.columns else first for one in rest)]
        side = _card(tools, page.side)
        self.details = [side, *(_card(tools, one.side) if one.columns else side for one in rest)]
        self.sides = PillTabs(page.side.tabs if page.side else ("", ""))
        self.tabs = PillTabs(tuple(one.tab for one in self.lists)) if page.others else None
        self.owned: list[Any] = [one.own.make() if one.own else None for one in self.lists]
        self.boxes = {one.name: self._box(one) for one in page.choices}
        self.narrowing: Any = tools.parts.take(page.narrowing) if page.narrowing else Narrowing()
        self.chip = ChipLabel() if page.chip else None
        self.under: Any = page.under.make() if page.under else None
        self.between: list[Any] = [own.make() for own in page.between]
        self.within: list[Any] = [own.make() for own in page.within or ()]
        self.foot = small() if page.foot else None
        self._lay_out()
        self._connect()

    def show_place(self, place: Place | None) -> None:
        """Stand at another round, where what is listed follows it."""
        if self.page.here is not None and place is not None:
            self._pick(str(self.page.here(place)))
        before = None if self._place is None else self._place.line.round_id
        self._place = place
        if place is None and self.page.of_round:
            self._show_empty(self._tools.no_round)
            for part in (*self.buttons, *filter(None, (self.chip, self.tabs, self.sides))):
                part.hide()
            self.empty.button.show_words(START_ROUND)
            self.empty.button.setVisible(self._tools.identity.may("start round"))
            return
        if place is not None and place.line.round_id != before:
            self._move(place)
        self.refresh()

    def _move(self, place: Place) -> None:
        for side in filter(None, self.details):
            side.show_at(None, None)  # a row there may be known by the same key
        if self.page.follows is not None:
            self._chosen = dict(self.page.follows(place))
        self.narrowing.reset()
        for table in self.tables:
            table.forget_lost()

    def show_reference(self, reference: str) -> None:
        """Show the first row that a reference is of, and what was narrowed down to others whole.

        One that is not there yet is looked for in the next answer as well.
        """
        self._sought = reference if self._lead_to(reference) is None and self.page.finds is not None else ""

    def _lead_to(self, reference: str) -> Any:
        number, found = self._found(reference)
        if self.tabs is not None:
            self.tabs.choose(number)
        self.narrowing.lead_to(reference, found, self._place)
        if found is not None:
            self._picked = str(self._listing.row_key(found))
            self._narrow()
            self.table.select(self._listing.row_key(found))
            self.sides.choose(ONE)
        return found

    def _found(self, reference: str) -> tuple[int, Any]:
        """Return the first row that a reference is of, None where none is, and the number of its list."""
        rows = {self._number: self._all}
        for number, one in enumerate(self.lists if self.answer is not None else ()):
            if one.columns and number not in rows:
                rows[number] = tuple(one.rows(self.answer) or ())
        finds = self.page.finds or (lambda row, reference: False)
        found = ((number, row) for number, of in rows.items() for row in of if finds(row, reference))
        return next(found, (self._number, None))

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        has_round = self._place is not None or not self.page.of_round
        if self._tools.workspace.facts is not None and has_round:
            identity, today = self._tools.identity, current_day()
            self._tools.ask(self.page.asked(identity, self._place, today, dict(self._chosen)), self._take)

    def panes(self) -> tuple[QWidget, ...]:
        """Return what is chosen or typed in the head, the list and the side."""
        before = [*list(self.boxes.values())[:1], *self.narrowing.inputs[:1]]
        if self._own is not None:
            return (*before, *self._own.panes())
        if self.is_empty:
            return (*(one for one in before if one.isVisibleTo(self)), *filter(None, (self.empty.offered,)))
        of_side = () if self.detail is None else self.detail.panes()
        under = () if self.under is None else self.under.panes()
        if not self._room.has_tabs:
            return (*before, self.table, *of_side, *under)
        return ((*before, self.table), of_side or (self.table,), under)[self.sides.number]

    def focusProxy(self) -> QWidget:
        """Return the list on show, where the focus goes as the page is gone to, or what comes first without.

        With a proxy of Qt's the page would be a stop of Tab itself, which jumps over all before the list.
        """
        return self.table if self._own is None else self.panes()[0]

    def find_words(self) -> None:
        """Put the focus where words are typed, else into the list or what stands in its place."""
        self.sides.choose(LIST)
        listed = (self.table,) if self._own is None else self._own.panes()
        (self.narrowing.inputs or listed)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        for box in self.narrowing.inputs[:1]:
            box.selectAll()

    def fit(self, room: Breakpoints) -> None:
        """Stand lower in a low window, and let the list and the side take turns in a narrow one."""
        self.narrowing.fit(room)
        for part in self.within:
            part.setVisible(not room.is_low)
        for own in filter(None, self.owned):
            own.fit(room)
        super().fit(room)

    @property
    def _number(self) -> int:
        return 0 if self.tabs is None else self.tabs.number

    @property
    def _listing(self) -> "Tab[Any, Any]":
        return self._listings[self._number]

    @property
    def table(self) -> LineView[Any]:
        return self.tables[self._number]

    @property
    def detail(self) -> Any:
        """Return what stands beside it, None where nothing does."""
        return self.details[self._number]

    @property
    def _own(self) -> Any:
        """Return what stands in the place of the list, None where that does."""
        own = self.owned[self._number]
        return own if self._stack.currentWidget() is own else None

    @property
    def row(self) -> Any:
        """Return the row at hand, None where there is none."""
        if self._own is not None:
            return None
        row, about = self.table.at_hand, self._listing.about
        return row if row is None or about is None else about(row)

    def at(self, row: Any) -> At[Any, Any]:
        """Return what acts of a row, or (None) of the page, are asked of."""
        at = At(self.answer, row, self._tools.identity, self._place, current_day(), self._kept)
        shown, narrowed = self.table.rows, self.narrowing.words
        return replace(at, shown=shown, narrowed=narrowed, section=self.lists[self._number].tab)

    @property
    def offered(self) -> tuple[Offer, ...]:
        """Return all that can be done now, for the search."""
        return (*now_offered(self.buttons), *self.offered_of_row)

    @property
    def offered_of_row(self) -> tuple[Offer, ...]:
        return (*now_offered(self.row_buttons), *(self.detail.offers if self.detail is not None else ()))

    def _take(self, answer: Any) -> None:
        added = self._added(answer)
        self.answer = answer
        for choosing in self.page.choices:
            self._fill(self.boxes[choosing.name], choosing)
        self._show_chip()
        self._turn()
        if added is not None:
            self.table.select(added)
        sought, self._sought = self._sought, ""
        if sought:
            self._lead_to(sought)

    def _show_chip(self) -> None:
        """Show the state of what is listed, where there is anything to say of it."""
        if self.chip is not None and self.page.chip is not None:
            shown = self.page.chip(self.answer)
            self.chip.setVisible(shown is not None)
            if shown is not None:
                self.chip.show_state(*shown[:2])
                set_tip(self.chip, shown[2])

    @Slot()
    def _turn(self) -> None:
        """Show the list of the tab that is chosen."""
        if self.answer is None:
            return
        every = [one.rows(self.answer) for one in self.lists]
        offered = [number for number, rows in enumerate(every) if rows is not None]
        if self.tabs is not None and offered:
            if self._number not in offered:
                self.tabs.choose(offered[0])  # which comes here again
                return
            for number, rows in enumerate(every):
                self.tabs.offer(number, is_offered=rows is not None)
        tab, own = self.lists[self._number], self.owned[self._number]
        rows = every[self._number]
        for widget in filter(None, (*self.boxes.values(), self.tabs)):
            widget.setVisible(rows is not None)
        if tab.own is not None and rows:
            tab.own.show(own, self.answer)
            self._stack.setCurrentWidget(own)
            self._show_rest(self.table.rows)
            return
        self._all = tuple(rows or ())
        if self._turned is not None:
            self._turned.setCurrentWidget(self.table)
        self.narrowing.offer(self._all)
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        """Show the rows that are asked for, or why there are none."""
        if self.answer is None:
            return
        held = self.table.current
        shown = self.narrowing.kept(self._all)
        with QSignalBlocker(self.table):  # what is beside the list is shown below, once
            self.table.show_rows(shown)
            is_held = held is not None and self.table.select(held)
            if shown and not is_held and not self._select_picked():
                self.table.select_first()
        self._show_shown(shown)
        self._show_rest(shown)

    def _show_rest(self, shown: Sequence[Any]) -> None:
        """Show the figures of what is on show, and what can be done with it."""
        page = self.page
        if page.sums is not None and not self.is_empty:
            self.summary.setText(page.sums(self.answer, shown))
        else:
            self.summary.setText(page.summary(self.answer))
        owned = (*page.between, *(page.within or ()), *filter(None, (page.under,)))
        for own, widget in zip(owned, (*self.between, *self.within, self.under), strict=False):
            own.show(widget, self.answer)
        if self.foot is not None and page.foot is not None:
            self.foot.setText(page.foot(self.at(None)))
        self._fit()
        self._show_row()

    def _show_shown(self, shown: Sequence[Any]) -> None:
        """Show the list, what is said in its place, or why it is empty."""
        if shown or (self._all and not self.page.none):
            self._show_list()
        else:
            words = self.page.none if self._all else self.lists[self._number].empty(self.answer)
            self._show_empty(ours(words))

    def _added(self, answer: Any) -> Hashable:
        """Return the key of the row that was at hand as it went, once an undo brought it back.

        Else it is that of the first row that was not there before, None where that is not looked for, or
        where no rows of the list are on show.
        """
        key_of, of = self._listing.row_key, self.lists[self._number]
        if of.own is not None:
            return None
        keys = [*map(key_of, of.rows(answer) or ())]
        back = self.table.came_back(keys)
        if back is not None or not (self.page.shows_added and self._all):
            return back
        known = set(map(key_of, self._all))
        return next((key for key in keys if key not in known), None)

    def _select_picked(self) -> bool:
        keys = {str(key): key for key in map(self._listing.row_key, self.table.rows)}
        return self._picked in keys and self.table.select(keys[self._picked])

    def _offer_head(self) -> None:
        """Offer what can be done with the page; the first that can be leads on from the empty page."""
        at = self.at(None)
        for button in self.buttons:
            button.show_at(at, is_brief=self._room.is_low)
        there = (one for one in self.buttons if one.offer is not None and not one.offer.why_not)
        self._first = next(there, None) if self.page.begins else None
        self.empty.button.setVisible(self._first is not None)
        if self._first is not None and self._first.offer is not None:
            self.empty.button.show_words(said(self._first.act.begins, at) or self._first.offer.words)
            self._first.setVisible(not self.is_empty)

    @Slot()
    def _show_picked(self) -> None:
        self._show_row()

    @Slot()
    def _open_picked(self) -> None:
        self._open()

    def _show_row(self) -> None:
        row = self.row
        at = None if row is None else self.at(row)
        for button in self.row_buttons:
            button.show_at(at, is_brief=self._room.is_low)
        if self.detail is not None:
            self.detail.show_at(at, self.table.current)

    @Slot(QPoint)
    def _show_menu(self, where: QPoint) -> None:
        self.doing.show_menu(self.table, where, self.offered_of_row)

    @Slot()
    def _choose(self) -> None:
        self._chosen = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        self.refresh()

    def _open(self) -> None:
        if self.detail is not None:
            self._open_beside(self.sides, ONE, self.detail.reading)
        elif self.page.opens is not None and self.row is not None:
            for offer in self.page.opens.offers(self.at(self.row)):
                self.doing.press(offer)

    @Slot()
    def _begin(self) -> None:
        """Do what the empty page leads to: start a round where there is none, else the first act."""
        if self._place is None and self.page.of_round:
            self._tools.actions["start_round"].trigger()
        elif self._first is not None:
            self._first.press()

    @Slot(str)
    def _pick(self, key: str) -> None:
        self._picked = key
        self._select_picked()

    @Slot()
    def _show_turn(self) -> None:
        self._fit()

    def _fit(self) -> None:
        space(self._listed, self._room.page_spacing)
        side, takes_turns, on = self._listing.side, self._room.has_tabs, self.sides.number
        is_low = self.under is not None and (takes_turns or self._room.height < UNDER_NEEDS)
        if self.under is not None:
            self.sides.offer(ONE, is_offered=takes_turns)
            self._card.setVisible(not is_low or on == LIST)
            self.under.setVisible(not is_low or on == UNDER)
        if self.foot is not None:
            self.foot.setVisible(bool(self.foot.text()) and not self._room.is_tiny and on != UNDER)
        for other in self.details:
            if other is not None and other is not self.detail:
                other.hide()
        self._list.setVisible(side is None or not takes_turns or on != ONE)
        if side is not None and self.detail is not None:
            self.detail.setVisible(not takes_turns or on == ONE)
            if isinstance(side, Parts) and side.list_width:
                self._stand_beside(self._list, side.list_width, is_alone=takes_turns)
            else:
                self._stand_beside(self.detail, side.width, is_alone=takes_turns)
        is_listed = side is not None and not self.is_empty and self._own is None
        self.sides.setVisible((takes_turns or is_low) and is_listed)
        if self.narrowing.is_in_head:
            self.narrowing.setVisible(bool(self._all))
        if self.answer is not None:
            self._offer_head()

    def _box(self, choosing: "Choosing[Any]") -> ChoiceList:
        box = ChoiceList(choosing.words)
        box.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToContents)
        box.currentIndexChanged.connect(self._choose)
        return box

    def _fill(self, box: ChoiceList, choosing: "Choosing[Any]") -> None:
        options = ((entry, entry) for entry in choosing.options(self.answer))
        box.fill_with(options, choosing.chosen(self.answer))

    def dress(self) -> None:
        """Follow the size of text."""
        for one in self.page.choices:
            if one.width:
                self.boxes[one.name].setMinimumWidth(look.px(110))
                self.boxes[one.name].setMaximumWidth(look.px(one.width))
        super().dress()

    def _lay_out(self) -> None:
        narrowing, card = self.narrowing, Card(inset=(3, 3))
        self._turned: UnnamedStack | None = None
        if len(set(self.tables)) > 1:
            self._turned = UnnamedStack()
            for table in dict.fromkeys(self.tables):
                self._turned.addWidget(table)
        if self.within:
            fill(card.body, self.within[0], (self.table, 1), self.within[1])
        else:
            card.fill_with(self._turned or self.table)
        over = [narrowing] if self.page.narrowing and not narrowing.is_in_head else []
        self._listed, self._over = QVBoxLayout(), Flow()
        self._list: QWidget = card
        self._card = card
        is_over = bool(self.row_buttons) or narrowing.is_of_list
        if is_over or self.under is not None or self.foot is not None:
            self._list = self._list_under(over.pop() if over and is_over else None, card)
        space(self._over, 8)
        in_head = filter(None, (self.chip, narrowing if narrowing.is_in_head else None))
        head = (*in_head, *self.boxes.values())
        between: list[QWidget | QLayout] = [*self.between, *over]
        if self.tabs is None:
            head = (self.sides, *head, *reversed(self.buttons))
        else:
            head = (*head, *self.buttons[:1])
            between.insert(0, flow_of((self.tabs, self.sides, *self.buttons[1:]), 8))
        self._lay_out_page(
            head,
            tuple(filter(None, (self._list, *dict.fromkeys(self.details)))),
            between=between,
            others=tuple(filter(None, self.owned)),
            wide=int(isinstance(self.page.side, Parts) and self.page.side.list_width > 0),
        )

    def _list_under(self, narrowing: Any, card: QWidget) -> QWidget:
        """Return a list with what narrows it down and what is done with a row over it, and what is under."""
        whole = QWidget()
        whole.setLayout(self._listed)
        space(self._listed, edges=FLUSH)
        if narrowing is not None:
            self._listed.addWidget(narrowing)
        if self.row_buttons:
            nest(self._listed, self._over)
        for button in self.row_buttons:
            self._over.addWidget(button)
        self._listed.addWidget(card, 3)
        for part in filter(None, (self.foot, self.under)):
            self._listed.addWidget(part, int(part is self.under))
        return whole

    def _connect(self) -> None:
        for button in (*self.buttons, *self.row_buttons):
            button.pressed.connect(self.doing.press)
        if self.buttons:
            self.way_on.triggered.connect(self._begin)
        self.doing.picked.connect(self._pick)
        for side in filter(None, dict.fromkeys(self.details)):
            side.pressed.connect(self.doing.press)
            if isinstance(side, SideCard):
                self.doing.told.connect(side.hear)
                self._tools.identity_changed.connect(side.end)
            if isinstance(side, PartsCard):
                side.asked.connect(self._tools.ask)
        for table in dict.fromkeys(self.tables):
            table.picked.connect(self._show_picked)
            table.opened.connect(self._open_picked)
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            table.customContextMenuRequested.connect(self._show_menu)
        self.sides.changed.connect(self._show_turn)
        if self.page.narrowing is not None:
            self.narrowing.changed.connect(self._narrow)
        if self.narrowing.inputs:
            LeftInList(self.narrowing.inputs, self.table, lambda: len(self._all))
        for box in self.narrowing.inputs:
            if isinstance(box, FilterBox):
                box.left.connect(self.table.setFocus)
        if self.tabs is not None:
            self.tabs.changed.connect(self._turn)
        self._tools.identity_changed.connect(self._ask_if_seen)


def _card(tools: PageTools, side: Side[Any, Any] | Parts[Any, Any, Any] | OwnSide | None) -> Any:
    if isinstance(side, OwnSide):
        return tools.parts.take(side.make)
    if isinstance(side, Parts):
        return PartsCard(side, tools.parts.take(side.made_lines))
    return None if side is None else SideCard(side)
