"""Meeting: item by item, the marks side by side, what the panel agrees, and who may stay for it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.pages.meeting.asking import MeetingAsking
from gui.pages.meeting.desk import CONCERNS, MeetingDesk
from gui.pages.meeting.figures import MeetingFigures, hidden_because, in_order, locked_because
from gui.pages.meeting.footer import ItemFoot
from gui.pages.meeting.item_card import ItemCard
from gui.pages.meeting.item_head import ItemHead
from gui.pages.meeting.matrix import MatrixView
from gui.pages.meeting.matrix_rows import matrix_rows
from gui.pages.meeting.minutes_desk import MinutesDesk
from gui.pages.meeting.projector import Projector
from gui.pages.meeting.settle import SettlePane
from gui.pages.meeting.side import WIDTH, MeetingSide
from gui.pages.meeting.words import SIGNS_EXPLAINED, given_alike, short_names, summary
from gui.pages.page import PageTools, Place
from gui.pages.scoring.drafts_bar import DraftsBar
from gui.room import Room
from gui.widgets.buttons import Button
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.words import ShortWords, Words
from models.operation import Topic
from models.operations.meeting_state import KEEPERS
from scoring.meeting import Item

NO_ROUND = "This record has no round yet. One is set up when applications are taken in."
NO_ITEMS = "There is no application to talk about here yet."
READ_ONLY = "The chair or the note-taker puts the meeting down. You can read it."
TABS = ("Items", "This item")
COMING = 3


class MeetingPage(QWidget):
    """The meeting of an area, or of all areas one after the other."""

    key = "meeting"

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self.setObjectName("page")
        look = tools.look
        self._tools, self._look = tools, look
        self._place: Place | None = None
        self._reference = ""
        self._items: tuple[Item, ...] = ()
        self._room = Room(1366, 768)
        self.desk = MeetingDesk(tools.workspace, self)
        self.minutes = MinutesDesk(tools, self.desk, self)
        self._asking = MeetingAsking(tools, self.desk, self)
        self.title = ShortWords(look, "Meeting", size=20, weight=600)
        self.summary = ShortWords(look, tone="text2")
        self.tabs = PillTabs(look, TABS)
        self.write_minutes = Button(look, "Minutes", icon="export")
        self.confirm = Button(look, "Confirm the record", icon="check")
        self.project = Button(look, "Projector", icon="meeting")
        self.names = QCheckBox("Show names")
        self.side = MeetingSide(look)
        self.head = ItemHead(look)
        self.drafts = DraftsBar(look)
        self.locked = Words(look, size=12, weight=600, tone="text2").wrapped()
        self.matrix = MatrixView(look)
        self.signs = ShortWords(look, SIGNS_EXPLAINED, size=11, tone="muted")
        self.settle = SettlePane(look)
        self.foot = ItemFoot(look)
        self.empty = Words(look, size=14, tone="text2").wrapped()
        self.projector = Projector(look, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.matrix)

    @property
    def figures(self) -> MeetingFigures | None:
        """Return what is on show, None while there is nothing."""
        return self.desk.figures

    @property
    def item(self) -> Item | None:
        """Return the item on show."""
        return next((item for item in self._items if item.reference == self._reference), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items in running order."""
        return self._items

    def show_place(self, place: Place | None) -> None:
        """Show another round or area."""
        self.settle.enter()
        self._place = place
        if place is None:
            self._say(NO_ROUND)
        self.desk.look_at(None if place is None else place.line.round_id)
        if self.desk.figures is not None:
            self._show()

    def show_reference(self, reference: str) -> None:
        """Go to an item."""
        self._go_to(reference)

    def refresh(self) -> None:
        """Ask the record again."""
        self.desk.refresh()

    def fit(self, room: Room) -> None:
        """Give up the summary when low; take turns with the running order when narrow."""
        self._room = room
        self.summary.setVisible(not room.is_low)
        self.head.fit(is_low=room.is_low)
        self.tabs.setVisible(room.has_tabs)
        self.foot.fit(is_narrow=room.has_icons_only, maximum=self._maximum())
        self._show_tab()

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
            self.desk.refresh()

    @Slot()
    def go_on(self) -> None:
        """Close the item and go on; what is not agreed yet takes the focus first."""
        figures, item = self.figures, self.item
        if figures is None or item is None:
            return
        self.settle.enter()
        if self._lock_words(figures, item):
            self._step(1)
            return
        left = [line.code for line in item.lines if self._is_left(figures, item, line.code)]
        if left:
            self.matrix.choose(left[0])
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tools.toast(f"{item.reference}: {len(left)} left to agree, {', '.join(left)}.")
            return
        self.desk.close(item.reference)
        following = next(
            (i.reference for i in self._after(item) if i.reference not in figures.rows.closed), ""
        )
        if following:
            self._go_to(following)

    def _is_left(self, figures: MeetingFigures, item: Item, code: str) -> bool:
        return code in figures.left(item) and self.desk.stands(item.reference, code)[0] is None

    def _after(self, item: Item) -> tuple[Item, ...]:
        at = self._items.index(item)
        return (*self._items[at + 1 :], *self._items[:at])

    @Slot(int)
    def _step(self, steps: int) -> None:
        references = [item.reference for item in self._items]
        if self._reference in references:
            at = references.index(self._reference) + steps
            if 0 <= at < len(references):
                self._go_to(references[at])

    @Slot(str)
    def _go_to(self, reference: str) -> None:
        if reference != self._reference:
            self.settle.enter()
            self._reference = reference
            self._show()

    @Slot()
    def _show(self) -> None:
        figures = self.figures
        if figures is None or self._place is None:
            return
        self._items = in_order(figures, self._place.area, self.side.order)
        if not self._items:
            self._say(NO_ITEMS)
            return
        if self.item is None:
            closed = figures.rows.closed
            waiting = [item.reference for item in self._items if item.reference not in closed]
            self._reference = (waiting or [self._items[0].reference])[0]
        self._stack.setCurrentIndex(0)
        self._show_side(figures)
        item = self.item
        assert item is not None, "there is at least one item"
        self._show_item(figures, item)

    def _show_side(self, figures: MeetingFigures) -> None:
        assert self._place is not None, "shown with a place"
        area = self._place.area
        self.summary.setText(summary(figures, self._items))
        self.side.show_items(figures, self._items, self._reference)
        states = {code: said for of, code, said in figures.rows.attendance if of == area}
        is_confirmed = any(record.area == area for record in figures.rows.confirmed)
        is_fixed = figures.stages.get(area or "") != "meeting" or is_confirmed or not self._is_keeper
        self.side.attendance.show_members(figures.rows.rows.members, area, states, is_locked=is_fixed)
        all_closed = all(item.reference in figures.rows.closed for item in self._items)
        can_confirm = area is not None and all_closed and not is_fixed
        can_open = is_confirmed and self._role == "chair" and figures.stages.get(area or "") == "meeting"
        self.confirm.setVisible(can_confirm or can_open)
        self.confirm.show_words("Open the record again…" if can_open else "Confirm the record")

    def _show_item(self, figures: MeetingFigures, item: Item) -> None:
        self.head.show_item(figures, item, self._items)
        hidden = hidden_because(figures, item, self._tools.identity.member)
        locked = hidden or self._lock_words(figures, item)
        self.locked.setText(locked)
        self.locked.setVisible(bool(locked))
        for part in (self.matrix, self.settle):
            part.setVisible(not hidden)
        has_signs = any(cell.mark is None for line in item.lines for cell in line.cells)
        self.signs.setVisible(has_signs and not hidden and not self._room.is_low)
        self.foot.show_left(figures.left(item))
        self.foot.show_same(len(given_alike(item)))
        is_closed = item.reference in figures.rows.closed and figures.stages.get(item.area or "") == "meeting"
        is_confirmed = any(record.area == item.area for record in figures.rows.confirmed)
        self.foot.lock(is_locked=bool(locked), can_reopen=is_closed and not is_confirmed and self._is_keeper)
        self.drafts.show_drafts(item.reference, {} if locked else self.desk.drafts_of(item.reference))
        if not hidden:
            self._show_matrix(figures, item, is_locked=bool(locked))
        if self.projector.isVisible():
            self._show_projector()

    def _show_matrix(self, figures: MeetingFigures, item: Item, *, is_locked: bool) -> None:
        scheme = figures.round.scheme
        self.settle.show_scheme(scheme)
        names = short_names(figures.names, figures.rows.members)
        self.matrix.show_item(matrix_rows(figures, item), names, scheme.scale_maximum)
        self.foot.fit(is_narrow=self._room.has_icons_only, maximum=scheme.scale_maximum)
        self._show_settle(self.matrix.code, is_locked=is_locked)

    @Slot(str)
    def _pick(self, code: str) -> None:
        figures, item = self.figures, self.item
        if figures is not None and item is not None:
            self._show_settle(code, is_locked=bool(self._lock_words(figures, item)))

    def _show_settle(self, code: str, *, is_locked: bool) -> None:
        figures, item = self.figures, self.item
        row = next((row for row in self.matrix.rows if row.code == code), None)
        if figures is None or item is None or row is None:
            return
        self.settle.show_row(item.reference, row, figures.everyone, figures.dissent(item.reference))
        allowed = figures.round.scheme.not_applicable_allowed and self._role == "chair"
        self.settle.lock(is_locked=is_locked, is_aside=row.line.is_aside, may_set_aside=allowed)

    def _lock_words(self, figures: MeetingFigures, item: Item) -> str:
        hidden = hidden_because(figures, item, self._tools.identity.member)
        return hidden or locked_because(figures, item) or ("" if self._is_keeper else READ_ONLY)

    @property
    def _role(self) -> str:
        return self._tools.identity.role

    @property
    def _is_keeper(self) -> bool:
        return self._role in KEEPERS

    @Slot(object)
    def _agree(self, value: Any) -> None:
        figures, item = self.figures, self.item
        row = next((row for row in self.matrix.rows if row.code == self.matrix.code), None)
        if figures is None or item is None or row is None or row.line.is_aside:
            return
        if not self._lock_words(figures, item):
            self.desk.agree(item.reference, row.code, value)

    @Slot()
    def _agree_same(self) -> None:
        if self.item is not None:
            self.desk.agree_same(self.item.reference)

    @Slot()
    def _open_again(self) -> None:
        if self.item is not None:
            self.desk.open(self.item.reference)

    @Slot(str, str)
    def _attend(self, member: str, state: str) -> None:
        if self._place is not None and self._place.area is not None:
            self.desk.attend(self._place.area, member, state)

    @Slot()
    def _ask_aside(self) -> None:
        if self.item is not None:
            self._asking.ask_aside(self.item.reference, self.matrix.code)

    @Slot()
    def _ask_confirm(self) -> None:
        if self._place is not None and self._place.area is not None:
            self._asking.ask_confirm(self._place.area, len(self._items))

    @Slot()
    def _show_this_item(self) -> None:
        self.tabs.choose(1)
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def toggle_projector(self) -> None:
        """Switch the projector on or off."""
        if self.projector.isVisible():
            self.projector.close()
        elif self.item is not None:
            self._show_projector()
            self.projector.showFullScreen() if len(self._screens()) > 1 else self.projector.show()
            self.names.setVisible(True)

    def _screens(self) -> list[Any]:
        screen = self.screen()
        return list(screen.virtualSiblings()) if screen is not None else []

    @Slot()
    def _show_projector(self) -> None:
        figures, item = self.figures, self.item
        if figures is None or item is None:
            return
        self.projector.has_names = self.names.isChecked()
        at = self._items.index(item)
        coming = self._items[at + 1 : at + 1 + COMING]
        hidden = hidden_because(figures, item, self._tools.identity.member)
        self.projector.show_item(figures, item, coming, (at + 1, len(self._items)), hidden)

    @Slot()
    def _projector_off(self) -> None:
        self.names.setVisible(False)

    @Slot()
    def _write_minutes(self) -> None:
        if self._place is not None and self.figures is not None:
            self.minutes.ask(self._place.area, tuple(item.reference for item in self._items))

    def _say(self, words: str) -> None:
        self.empty.setText(words)
        self.summary.setText("")
        self._stack.setCurrentIndex(1)

    def _maximum(self) -> int:
        return self.figures.round.scheme.scale_maximum if self.figures is not None else 5

    @Slot()
    def _show_tab(self) -> None:
        has_tabs, first = self._room.has_tabs, self.tabs.current == 0
        self.side.setVisible(not has_tabs or first)
        self._middle.setVisible(not has_tabs or not first)
        self.side.setMaximumWidth(16777215 if has_tabs else self._look.px(WIDTH))
        self.side.setMinimumWidth(0 if has_tabs else self._look.px(WIDTH))
        for button, short in ((self.write_minutes, "Minutes"), (self.project, "Projector")):
            button.setText("" if has_tabs else short)

    def _connect(self) -> None:
        self.desk.came.connect(self._show)
        self._tools.workspace.changed.connect(self.take_change)
        self._tools.identity_changed.connect(self._show)
        self.side.picked.connect(self._go_to)
        self.side.agenda.opened.connect(self._show_this_item)
        self.side.ordered.connect(self._show)
        self.side.attendance.attended.connect(self._attend)
        self.matrix.picked.connect(self._pick)
        self.matrix.agreed.connect(self._agree)
        self.settle.agreed.connect(self._agree)
        self.settle.explained.connect(self.desk.explain)
        self.settle.typed.connect(self.desk.keep)
        self.settle.aside_asked.connect(self._ask_aside)
        self.drafts.used.connect(self.desk.explain)
        self.drafts.dropped.connect(self.desk.drop)
        self.drafts.dropped.connect(self._show)
        self.foot.next.clicked.connect(self.go_on)
        self.foot.same.clicked.connect(self._agree_same)
        self.foot.reopen.clicked.connect(self._open_again)
        self.confirm.clicked.connect(self._ask_confirm)
        self.project.clicked.connect(self.toggle_projector)
        self.names.toggled.connect(self._show_projector)
        self.projector.closed.connect(self._projector_off)
        self.projector.stepped.connect(self._step)
        self.write_minutes.clicked.connect(self._write_minutes)
        self.tabs.changed.connect(self._show_tab)
        self._look.changed.connect(self._space)
        for keys, deed in (
            (("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            (("Ctrl+PgDown",), partial(self._step, 1)),
            (("Ctrl+PgUp",), partial(self._step, -1)),
            (("F5",), self.toggle_projector),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(deed)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.summary)
        head.addLayout(titles, 1)
        self.names.setVisible(False)
        for part in (self.tabs, self.names, self.write_minutes, self.project, self.confirm):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head = head
        self._column.addLayout(head)
        self._stack = QStackedWidget()
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
        parts = (self.locked, self.drafts, self.matrix, self.signs, self.settle)
        self._middle = ItemCard(self._look, self.head, parts, self.foot)
        self._body.addWidget(self._middle, 1)
        return content

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(17), px(4), px(17), px(10))
        self._column.setSpacing(px(8))
        self._head.setContentsMargins(3, 0, 3, 0)
        self._head.setSpacing(px(8))
        self._body.setSpacing(px(12))
        self._body.setContentsMargins(3, 0, 3, 0)
        for words in (self.locked, self.signs):
            words.setContentsMargins(px(14), px(6), px(14), px(2))
        self._show_tab()
