"""The left of the page: the running order, and who is there."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.listed.acts import Deed
from gui.pages.panel.meeting.confirmation import all_attended, attended, held
from gui.pages.panel.meeting.state import MeetingState
from gui.pages.panel.meeting.words import state_chip
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Chip, Label, small
from gui.widgets.nesting import column_of, fill, nest, row_of
from gui.widgets.pill import Pill, PillTabs
from gui.widgets.scrolled import ReadArea, show_again
from gui.widgets.stack import Stack
from gui.widgets.tips import let_press
from models.queries.panel.meeting_figures import Order
from models.values.rows import MemberRow
from scoring.marks.meeting import Item


class AgendaRow(Struct, frozen=True):
    """One item: its number in its area, how far it is, and how many leave."""

    number: int
    item: Item
    chip: Chip
    leaving: int


def spoken(row: AgendaRow) -> str:
    """Return a row as a screen reader names it."""
    leaving = f", {counted(row.leaving, 'person leaves', 'people leave')} the room" if row.leaving else ""
    return f"Item {row.number}, {row.item.reference} {row.item.organisation}, {row.chip.word}{leaving}"


def _under(row: AgendaRow) -> str:
    leaving = f" · {row.leaving} out" if row.leaving else ""
    return f"{row.number} · {row.item.reference}{leaving}"


_word: Callable[[AgendaRow], str] = attrgetter("chip.word")
AGENDA_COLUMNS = (
    LineColumn("item", "Item", attrgetter("item.organisation"), tip=spoken, under=_under, is_strong=True),
    LineColumn("state", "", _word, tip=_word, width=100, chip=attrgetter("chip")),
)


STATES = (("Here", "present"), ("Absent", "absent"))
CHOOSE_AREA = "Choose one area in the header: each area has its own meeting."
ALL_HERE, OTHERS_HERE = "All here", "All others here"
ALL_SAID = "It is said of everybody whether they are here."
WHEN_AND_WHERE = "When and where…"
NOBODY = "No members yet. They are added on Panel & interests."


class AttendancePane(ReadArea):
    """Two pills a member; who does not decide for want of a declaration, it says so. A click asks.

    `asked` is given what a press comes to at the state on show.
    """

    asked = Signal(object)
    all_attended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self.pills: dict[tuple[str, str], Pill] = {}
        self._open: tuple[str, ...] = ()
        self.all_here: Button | None = None
        self.held: Button | None = None
        self.setWidgetResizable(True)
        self.setAccessibleName("Attendance")
        self.viewport().setAutoFillBackground(False)

    def show_state(self, state: MeetingState) -> None:
        """Show who there is, and who of them is at the area's meeting; of all areas nobody is."""
        rows, area = state.figures.rows, state.area
        members = rows.rows.members
        names = tuple((one.code, state.figures.names[one.code], one.role) for one in members)
        met = rows.held_words(area or "")
        said = {code: answer for of, code, answer in rows.attendance if of == area}
        shown = names, area, rows.declared, met, said, state.can_attend, state.can_minute
        if shown == self._shown:
            return
        self._shown, self.pills = shown, {}
        self._open = tuple(one.code for one in members if not said.get(one.code))
        page = QWidget()
        column = column_of(edges=(12, 8, 8, 8), spacing=4, inside=page)
        words = ours(CHOOSE_AREA) if area is None else met if members else NOBODY
        column.addWidget(Label(words, tone="text2").wrapped())
        if area is not None and members:
            self.held = Button(WHEN_AND_WHERE, kind="link")
            self.held.clicked.connect(partial(self._ask, held))
            self.held.setEnabled(state.can_minute)
            fill(column, (self.held, 0, Qt.AlignmentFlag.AlignLeft))
            if state.can_attend:
                words = ALL_HERE if len(self._open) == len(members) else OTHERS_HERE
                all_here = self.all_here = Button(words)
                let_press(all_here, "" if self._open else ALL_SAID)  # and no pills slide under the pointer
                all_here.clicked.connect(self._ask_all)
                fill(column, (all_here, 0, Qt.AlignmentFlag.AlignRight))
            for member in members:
                column.addWidget(self._member(member, state, said.get(member.code, "")))
        column.addStretch(1)
        show_again(self, page)

    def _member(self, member: MemberRow, state: MeetingState, stands: str) -> QWidget:
        name = state.figures.names[member.code]
        row = QWidget()
        line = row_of(spacing=2, inside=row)
        names = column_of(Label(name, weight=600).wrapped(), spacing=0)
        is_open = member.code not in state.figures.rows.declared
        said = f"{member.role or 'member'}{', not declared' if is_open else ''}"
        names.addWidget(small(said, tone="warning" if is_open else "muted"))
        nest(line, names, 1)
        group = QButtonGroup(row)
        for word, answer in STATES:
            pill = self.pills[member.code, answer] = Pill(word, answer)
            pill.setAccessibleName(f"{name}, {word.lower()}")
            pill.setChecked(stands == answer)
            pill.setEnabled(state.can_attend)
            pill.clicked.connect(partial(self._ask, partial(attended, member=member.code, said=answer)))
            group.addButton(pill)
            line.addWidget(pill)
        return row

    def _ask(self, comes_to: Callable[[MeetingState], Deed], *_pressed: object) -> None:
        self.asked.emit(comes_to)

    @Slot()
    def _ask_all(self) -> None:
        """Say of everybody of whom nothing is said yet that they are here."""
        self.asked.emit(partial(all_attended, members=self._open))
        self.all_attended.emit()


WIDTH = 288
ORDERS = ((Order.SPREAD, "Widest spread"), (Order.EXITS, "Fewest exits"))


class MeetingSide(Card):
    """Two tabs: the items in order, and the members with their attendance."""

    picked = Signal(str)
    ordered = Signal()

    def __init__(self) -> None:
        super().__init__(inset=(3, 6))
        self.tabs = PillTabs(("Running order", "Attendance"))
        self.agenda: LineView[AgendaRow] = LineView(
            AGENDA_COLUMNS, attrgetter("item.reference"), spoken, called="Items in running order"
        )
        self.agenda.set_wide_minimum(120)
        self.attendance = AttendancePane()
        self._asked: str | None = None
        self._group = QButtonGroup(self)
        self.orders = tuple(Pill(words, order) for order, words in ORDERS)
        orders = row_of(edges=(6, 0, 0, 0), spacing=2)
        for pill in self.orders:
            self._group.addButton(pill)
            orders.addWidget(pill)
        orders.addStretch(1)
        self.orders[0].setChecked(True)
        items = QWidget()
        column_of(orders, (self.agenda, 1), spacing=2, inside=items)
        self._stack = Stack("Items and attendance")
        self._stack.addWidget(items)
        self._stack.addWidget(self.attendance)
        fill(self.body, row_of(self.tabs, 1, edges=(6, 0, 0, 0)), (self._stack, 1))
        self.tabs.changed.connect(self._show_tab)
        self.agenda.picked.connect(self._tell)
        self._group.buttonToggled.connect(self._tell_order)

    @property
    def order(self) -> Order:
        """Return the order that is chosen."""
        pill = self._group.checkedButton()
        return pill.value if isinstance(pill, Pill) and isinstance(pill.value, Order) else Order.SPREAD

    def show_state(self, state: MeetingState) -> None:
        """Show the items in order, one of them current, and who is at the area's meeting."""
        figures, area = state.figures, state.area
        rows = [
            AgendaRow(
                figures.numbers[item.reference],
                item,
                state_chip(figures, item),
                len(figures.leaving(item)),
            )
            for item in state.items
        ]
        with QSignalBlocker(self.agenda):
            self.agenda.show_rows(rows)
            self.agenda.select(state.reference)
        self.attendance.show_state(state)
        if state.can_attend and area != self._asked and not figures.rows.present(area):
            self._asked = area  # once, as the meeting begins
            self.show_attendance()

    def show_attendance(self) -> None:
        """Show who is there."""
        self.tabs.choose(1)

    def begin_again(self) -> None:
        """Show the running order by widest spread, as at first."""
        self._asked = None
        self.tabs.choose(0)
        self.orders[0].setChecked(True)

    def focusable(self) -> QWidget:
        """Return what takes the focus when the side is gone to."""
        return self.agenda if self.tabs.number == 0 else self.attendance

    @Slot()
    def _show_tab(self) -> None:
        self._stack.setCurrentIndex(self.tabs.number)

    @Slot(object)
    def _tell(self, key: object) -> None:
        self.picked.emit(str(key))

    @Slot(object, bool)
    def _tell_order(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.ordered.emit()
