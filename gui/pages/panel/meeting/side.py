"""The left of the page: the running order, and who is there."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.meeting.agenda import AGENDA_COLUMNS, AgendaRow, agenda_rows, key_of, spoken
from gui.pages.panel.meeting.attendance import AttendancePane
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.nesting import nest
from gui.widgets.pill import Pill
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.stack import Stack
from models.queries.panel.meeting_figures import MeetingFigures, Order
from scoring.marks.meeting import Item

WIDTH = 288
ORDERS = ((Order.SPREAD, "Widest spread"), (Order.EXITS, "Fewest exits"))


class MeetingSide(Card):
    """Two tabs: the items in order, and the members with their attendance."""

    picked = Signal(str)
    ordered = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(3, 6), parent=parent)
        self.tabs = PillTabs(look, ("Running order", "Attendance"))
        self.agenda: LineView[AgendaRow] = LineView(look, AGENDA_COLUMNS, key_of, spoken)
        self.agenda.setAccessibleName("Items in running order")
        self.agenda.set_wide_minimum(120)
        self.attendance = AttendancePane(look)
        self._group = QButtonGroup(self)
        self.orders = tuple(Pill(look, words, order) for order, words in ORDERS)
        orders = QHBoxLayout()
        orders.setContentsMargins(look.px(6), 0, 0, 0)
        orders.setSpacing(2)
        for pill in self.orders:
            self._group.addButton(pill)
            orders.addWidget(pill)
        orders.addStretch(1)
        self.orders[0].setChecked(True)
        items = QWidget()
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        nest(column, orders)
        column.addWidget(self.agenda, 1)
        self._stack = Stack("Items and attendance")
        self._stack.addWidget(items)
        self._stack.addWidget(self.attendance)
        top = QHBoxLayout()
        top.setContentsMargins(look.px(6), 0, 0, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        nest(self.body, top)
        self.body.addWidget(self._stack, 1)
        self.tabs.changed.connect(self._show_tab)
        self.agenda.picked.connect(self._tell)
        self._group.buttonToggled.connect(self._tell_order)

    @property
    def order(self) -> Order:
        """Return the order that is chosen."""
        pill = self._group.checkedButton()
        return pill.value if isinstance(pill, Pill) and isinstance(pill.value, Order) else Order.SPREAD

    def show_items(self, figures: MeetingFigures, items: tuple[Item, ...], reference: str) -> None:
        """Show the items in order, one of them current."""
        self.agenda.blockSignals(True)
        self.agenda.show_rows(agenda_rows(figures, items))
        self.agenda.select(reference)
        self.agenda.blockSignals(False)

    def show_attendance(self) -> None:
        """Show who is there."""
        self.tabs.choose(1)

    def begin_again(self) -> None:
        """Show the running order by widest spread, as at first."""
        self.tabs.choose(0)
        self.orders[0].setChecked(True)

    def focusable(self) -> QWidget:
        """Return what takes the focus when the side is gone to."""
        return self.agenda if self.tabs.current == 0 else self.attendance

    @Slot()
    def _show_tab(self) -> None:
        self._stack.setCurrentIndex(self.tabs.current)

    @Slot(object)
    def _tell(self, key: object) -> None:
        self.picked.emit(str(key))

    @Slot(object, bool)
    def _tell_order(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.ordered.emit()
