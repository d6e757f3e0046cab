"""Meeting: item by item, the marks side by side, what the panel agrees, and who may stay for it."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.breakpoints import UNBOUNDED, Breakpoints
from gui.keys.key_hints import KeyHint
from gui.pages.declare_first import DeclareFirst
from gui.pages.page import PageTools, Place
from gui.pages.page_keys import add_keys, holds_focus
from gui.pages.panel.meeting.confirmation import MeetingConfirmation, MinutesController
from gui.pages.panel.meeting.controller import CONCERNS, MeetingController
from gui.pages.panel.meeting.item import ItemSheet
from gui.pages.panel.meeting.item_actions import ItemActions
from gui.pages.panel.meeting.projector import ItemProjecting
from gui.pages.panel.meeting.running import (
    Onward,
    Running,
    asks_attendance,
    next_area,
    onward_from,
    record_rights,
)
from gui.pages.panel.meeting.side import WHEN_AND_WHERE, WIDTH, Attending, MeetingSide
from gui.pages.panel.meeting.words import quorum_chip, skipped_words, summary
from gui.pages.panel.scoring.marks import typed_digit
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.frame.notice_bar import Notice, Remedy
from gui.widgets.frame.page_head import PageHead
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.stack import UnnamedStack
from gui.widgets.tips import let_press, set_tip
from models.operation import Topic
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import Item

ALL_CLOSED = "All items are closed. Next, the panel confirms the minutes."
CONFIRM = "Confirm the minutes"
DECLARE_FIRST = "Minutes tell of every application: declare your interests first."
NO_ITEMS = "There is no application to talk about here yet."
NO_QUORUM = (
    "Say who is here, add a substitute on Panel & interests, or come back to it when more people are here."
)
TABS = ("Items", "This item")


class MeetingPage(QWidget):
    """The meeting of an area, or of all areas one after the other."""

    key = "meeting"
    parts_ahead = (MeetingSide, ItemSheet)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools, self._look = tools, tools.look
        look, self._room, self._running = tools.look, Breakpoints(1366, 768), Running()
        self._place: Place | None = None
        self._declare_first: DeclareFirst | None = None
        self.controller = MeetingController(tools, self)
        self.minutes = MinutesController(tools, self.controller, self)
        self._confirmation = MeetingConfirmation(tools, self.controller, self)
        self.title = ElidedLabel(look, "Meeting", size=20, weight=600)
        self.summary = ElidedLabel(look, tone="text2")
        self.tabs = PillTabs(look, TABS)
        self.write_minutes = Button(look, "Minutes", icon="export")
        self.confirm = Button(look, CONFIRM, icon="check")
        self.projecting = ItemProjecting(tools, self.controller, self._running, self)
        self.names, self.projector = self.projecting.names, self.projecting.projector
        self.side = tools.parts.take(MeetingSide)
        self.sheet = sheet = tools.parts.take(ItemSheet)
        self.head, self.locked, self.drafts = sheet.head, sheet.locked, sheet.drafts
        self.matrix, self.settle, self.buttons = sheet.matrix, sheet.settle, sheet.buttons
        self._attending = Attending(tools, self.controller, self.side, sheet)
        self._actions = ItemActions(tools, self.controller, self._running, sheet)
        self.empty = Label(look, size=14, tone="text2").wrapped()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.matrix)
        KeyHint(tools.actions.keys, "page_next", partial(set_tip, self.buttons.next), self)
        KeyHint(tools.actions.keys, "projector", self.projecting.show_key, self)

    @property
    def figures(self) -> MeetingFigures | None:
        """Return what is on show, None while there is nothing."""
        return self.controller.figures

    @property
    def item(self) -> Item | None:
        """Return the item on show."""
        return self._running.item

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items in running order."""
        return self._running.items

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; what is typed stays where it is only told anew of its own."""
        if place is None or not place.is_at(self._place):
            self.settle.enter()
        self._place = place
        if place is None:
            self._say(self._tools.no_round)
        self.controller.look_at(None if place is None else place.line.round_id)
        if self.controller.figures is not None:
            self._show()

    @Slot(str)
    def show_reference(self, reference: str) -> None:
        """Go to an item."""
        if reference != self._running.reference:
            self.settle.enter()
            is_at_sheet = holds_focus(self.sheet)
            self._running.reference = reference
            self._show()
            if is_at_sheet:
                self.sheet.focus_marks()  # a box of the item before would take what is typed for this one

    def refresh(self) -> None:
        """Ask the record again."""
        self.controller.refresh()

    def fit(self, room: Breakpoints) -> None:
        """Give up the summary when low; take turns with the running order when narrow."""
        self._room = room
        self.summary.setVisible(not room.is_low)
        self.tabs.setVisible(room.has_tabs)
        self.sheet.fit(room, self.figures.round.scheme.scale_maximum if self.figures is not None else 5)
        self._space()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        return (self.side.focusable(), self.matrix, self.settle.reason)

    def find_words(self) -> None:
        """Go to the running order: a meeting has no filter."""
        self.side.agenda.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def take_change(self, topics: frozenset[Topic]) -> None:
        """Ask again when a change concerns the meeting."""
        if topics & CONCERNS and self.isVisible():
            self.controller.refresh()

    @Slot()
    def go_on(self) -> None:
        """Close the item and go on; what is not agreed yet takes the focus first."""
        figures, item = self.figures, self.item
        if figures is None or item is None:
            return
        self.settle.enter()
        if asks_attendance(figures, item, self._tools.identity):
            self._attending.ask(item, None if self._place is None else self._place.area)
            return
        if self._actions.is_locked(figures, item):
            self._go_on_from_closed(figures, item)
            return
        left = self._actions.left(figures, item)
        if left:
            self.matrix.choose(left[0])
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
            self._actions.tell_left(figures, item)
            return
        if not figures.is_quorate(item):
            short = f"{item.reference}: {quorum_chip(figures, item).word}. {NO_QUORUM}"
            way = Remedy("Panel & interests", partial(self._tools.go, "panel"))
            self._tools.notices.show_notice(Notice("quorum", Tone.WARNING, short, (way,), passes=True))
            return
        self.controller.close(item.reference)
        self._go_to_next(figures, item)

    def _go_on_from_closed(self, figures: MeetingFigures, item: Item) -> None:
        """Go to the next item; after an area's last to the next area, and after them all to its end."""
        identity = self._tools.identity
        onward = onward_from(figures, self.items, item, identity)
        if onward is Onward.ITEM:
            self.show_reference(self._running.onward(item, figures.rows.closed))
        elif onward is Onward.AREA:
            self._tools.choose_area(next_area(figures, item.area, identity.member))
            self.sheet.focus_marks()
        elif self.confirm.isVisible() and not figures.is_confirmed(item.area):
            self._tools.hint(ALL_CLOSED)
            self.confirm.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._tools.ask_stage("meeting")

    def _go_to_next(self, figures: MeetingFigures, item: Item) -> None:
        """Go to the next item that the person may talk about, and say which are left for somebody else."""
        mine = self._tools.identity.member
        hidden = [one.reference for one in self.items if mine in one.away]
        following = self._running.following(item, figures.rows.closed, hidden)
        passed = self._running.following(item, figures.rows.closed)
        if following:
            self.show_reference(following)
        if passed != following:
            self._tools.hint(skipped_words(passed))

    @Slot(int)
    def _step(self, steps: int) -> None:
        beside = self._running.beside(steps)
        if beside:
            self.show_reference(beside)

    @Slot()
    def _forget(self) -> None:
        """Keep nothing of a record that is closed: not its figures, its item, nor its criterion."""
        self.controller.look_at(None)
        self._running.forget()
        self.matrix.forget()
        self._place = None
        self._attending.forget()
        self.side.begin_again()

    @Slot()
    def _focus_marks(self) -> None:
        if self.sheet.isVisible():
            self.sheet.focus_marks()

    @Slot()
    def _take_identity(self) -> None:
        """Show what somebody else may do, and what they themselves were typing."""
        if self._place is not None:
            self.controller.look_at(self._place.line.round_id)
        self._show()

    @Slot()
    def _show(self) -> None:
        for _ in self._show_in_steps():
            pass

    @Slot()
    def _show_news(self) -> None:
        self._tools.workspace.in_turns(self, self._show_in_steps())

    def _show_in_steps(self) -> Iterator[None]:
        """Show the sheet of the item at hand, which takes what is typed at once, then what stands beside."""
        figures = self.figures
        if figures is None or self._place is None:
            return
        if figures.rows.sight.viewer != self._tools.identity.viewer:
            return  # what another person may see is on its way
        if figures.rows.sight.must_declare:
            self._show_declare_first()
            return
        self._let_write(is_open=True)
        self._running.put(figures, self._place.area, self.side.order)
        item = self.item
        if item is None:
            self._say(NO_ITEMS)
            return
        self._stack.setCurrentIndex(0)
        self._actions.show_item(figures, item)
        self.projecting.follow()
        yield
        if self.figures is figures and self._place is not None:
            self._show_side(figures, self._place.area)

    def _show_side(self, figures: MeetingFigures, area: str | None) -> None:
        self.summary.setText(summary(figures, self.items))
        self.side.show_items(figures, self.items, self._running.reference)
        rights = record_rights(figures, area, self.items, self._tools.identity)
        self._attending.show(figures, area, can_attend=rights.can_attend)
        self.confirm.setVisible(rights.can_confirm or rights.can_open)
        self.confirm.show_kind("primary" if rights.can_confirm else "plain")
        self.buttons.next.show_kind("plain" if rights.can_confirm else "primary")
        first = CONFIRM if area in figures.rows.held else WHEN_AND_WHERE
        self.confirm.show_words("Open the minutes again…" if rights.can_open else first)

    @Slot()
    def _ask_held(self) -> None:
        if self._place is not None and self._place.area is not None:
            self._confirmation.ask_held(self._place.area)

    @Slot()
    def _ask_not_applicable(self) -> None:
        if self.item is not None:
            self._confirmation.ask_not_applicable(self.item.reference, self.matrix.code)

    @Slot()
    def _ask_confirm(self) -> None:
        if self._place is not None and self._place.area is not None:
            self._confirmation.ask_confirm(self._place.area, len(self.items))

    @Slot()
    def _show_this_item(self) -> None:
        self.tabs.choose(1)
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _write_minutes(self) -> None:
        if self._place is not None and self.figures is not None:
            self.minutes.ask(self._place.area, tuple(item.reference for item in self.items))

    def _show_declare_first(self) -> None:
        """Keep the meeting from who has not declared, and what somebody else had on show of it."""
        self._running.items = ()  # where the chair was stays known
        self.projecting.switch_off()
        self._let_write(is_open=False)
        if self._declare_first is None:
            self._declare_first = DeclareFirst(self._tools)
            self._stack.addWidget(self._declare_first)
        self.summary.setText("")
        self._stack.setCurrentWidget(self._declare_first)

    def _let_write(self, *, is_open: bool) -> None:
        self.projecting.button.setEnabled(is_open)
        let_press(self.write_minutes, "" if is_open else DECLARE_FIRST)
        if not is_open:
            self.confirm.hide()

    def _say(self, words: str) -> None:
        self.empty.setText(words)
        self.summary.setText("")
        self._stack.setCurrentIndex(1)

    @Slot()
    def _show_tab(self) -> None:
        has_tabs, first = self._room.has_tabs, self.tabs.current == 0
        self.side.setVisible(not has_tabs or first)
        self.sheet.setVisible(not has_tabs or not first)
        self.side.setMaximumWidth(UNBOUNDED if has_tabs else self._look.px(WIDTH))
        self.side.setMinimumWidth(0 if has_tabs else self._look.px(WIDTH))
        for button, short in ((self.write_minutes, "Minutes"), (self.projecting.button, "Projector")):
            button.setText("" if has_tabs else short)

    def _connect(self) -> None:
        self.controller.came.connect(self._show_news)
        self._tools.workspace.closed.connect(self._forget)
        self._tools.workspace.changed.connect(self.take_change)
        self._tools.identity_changed.connect(self._take_identity)
        self._connect_parts()
        self.confirm.clicked.connect(self._ask_confirm)
        self.projector.stepped.connect(self._step)
        self.write_minutes.clicked.connect(self._write_minutes)
        self.tabs.changed.connect(self._show_tab)
        self._look.changed.connect(self._space)
        keys = (
            (("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            (("Ctrl+PgDown",), partial(self._step, 1)),
            (("Ctrl+PgUp",), partial(self._step, -1)),
            (("F5",), self.projecting.toggle),
        )
        add_keys(self, keys)

    def _connect_parts(self) -> None:
        self._tools.workspace.closing.connect(self.settle.enter)
        self.side.picked.connect(self.show_reference)
        self.side.agenda.opened.connect(self._show_this_item)
        self.side.agenda.clicked.connect(self._focus_marks)
        self.side.ordered.connect(self._show)
        self.side.attendance.held_asked.connect(self._ask_held)
        self.settle.not_applicable_asked.connect(self._ask_not_applicable)
        self.drafts.dropped.connect(self._show)
        self.buttons.next.clicked.connect(self.go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say of a digit that nothing took why it agrees no mark."""
        digit = typed_digit(event)
        if digit is None or self._stack.currentIndex():
            super().keyPressEvent(event)
        else:
            self._actions.take_digit(digit)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self.names.setVisible(False)
        parts = (self.tabs, self.names, self.write_minutes, self.projecting.button, self.confirm)
        nest(self._column, PageHead(self._look, self.title, self.summary, parts))
        self._stack = UnnamedStack()
        self._stack.addWidget(self._content())
        nothing = QWidget()
        middle = QVBoxLayout(nothing)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(self.empty, 1)
        self._stack.addWidget(nothing)
        self._column.addWidget(self._stack, 1)
        self._space()

    def _content(self) -> QWidget:
        content = QWidget()
        self._body = QHBoxLayout(content)
        self._body.addWidget(self.side)
        self._body.addWidget(self.sheet, 1)
        return content

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(*map(px, self._room.page_edges))
        self._column.setSpacing(px(self._room.page_spacing))
        self._body.setSpacing(px(12))
        self._body.setContentsMargins(3, 0, 3, 0)
        self._show_tab()
