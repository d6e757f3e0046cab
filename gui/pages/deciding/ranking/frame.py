"""Where the parts of the ranking page stand: head, pots, list, and the side that takes turns when narrow."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.breakpoints import UNBOUNDED, Breakpoints
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.frame.page_head import PageHead
from gui.widgets.pill_tabs import PillTabs

SIDE_WIDTH = 300


class Parts(NamedTuple):
    """The parts of the page's content, as they stand from top to bottom and left to right."""

    pots: QWidget
    filters: QWidget
    table: QWidget
    acts: QWidget
    explain: QWidget
    what_if: QWidget
    turns: PillTabs
    sure: QWidget
    empty: QWidget


class Frame(QObject):
    """Lay the page out and keep its spaces in step with the text size."""

    def __init__(
        self,
        look: Look,
        page: QWidget,
        titles: tuple[QWidget, QWidget],
        head: Sequence[QWidget],
        parts: Parts,
    ) -> None:
        super().__init__(page)
        self._look, self._parts = look, parts
        self._tabs = next(widget for widget in head if isinstance(widget, PillTabs))
        self._room = Breakpoints(1366, 768)
        self._column = QVBoxLayout(page)
        self._column.addLayout(PageHead(look, *titles, head))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content())
        self._stack.addWidget(parts.empty)
        self._column.addWidget(self._stack, 1)
        self._tabs.changed.connect(self._turn)
        parts.turns.changed.connect(self.show_tab)
        look.changed.connect(self.space)
        self.space()

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: list and side take turns when it is narrow."""
        self._room = room
        self.show_tab()

    def show_content(self, *, is_there: bool) -> None:
        """Show the list, or the sentence that says why there is none."""
        self._stack.setCurrentIndex(0 if is_there else 1)

    @Slot()
    def _turn(self) -> None:
        """Show the list or, in a narrow window, what else stands beside it."""
        if self._tabs.current > 0:
            self._parts.turns.choose(self._tabs.current - 1)
        self.show_tab()

    @Slot()
    def show_tab(self) -> None:
        """Show the list, its side, or both."""
        has_tabs, look = self._room.has_tabs, self._look
        self._parts.turns.setVisible(not has_tabs)
        is_list = not has_tabs or self._tabs.current == 0
        self._list.setVisible(is_list)
        self._side.setVisible(not has_tabs or not is_list)
        is_sure = self._parts.turns.current == 1
        self._place_acts(is_below=has_tabs and not self._room.is_low)
        self._acts_slot.setVisible(has_tabs or not is_sure)
        self._parts.explain.setVisible(not is_sure)
        self._parts.sure.setVisible(is_sure)
        self._parts.what_if.setVisible(not is_sure and not self._room.is_low)
        self._side.setMaximumWidth(UNBOUNDED if has_tabs else look.px(SIDE_WIDTH))
        self._side.setMinimumWidth(0 if has_tabs else look.px(SIDE_WIDTH))

    def _place_acts(self, *, is_below: bool) -> None:
        """Stand the acts over the explanation, or under the list where the two take turns and it is high."""
        wanted = self._left if is_below else self._beside
        if wanted.indexOf(self._acts_slot) < 0:
            (self._beside if is_below else self._left).removeWidget(self._acts_slot)
            wanted.insertWidget(wanted.count() if is_below else 1, self._acts_slot)

    @Slot()
    def space(self) -> None:
        """Set the spaces between the parts at the text size in force."""
        px = self._look.px
        self._column.setContentsMargins(px(17), px(4), px(17), px(10))
        self._column.setSpacing(px(7))
        self._inner.setSpacing(px(7))
        self._left.setSpacing(px(4))
        self._body.setSpacing(px(13))
        self._body.setContentsMargins(3, 0, 3, 0)
        self.show_tab()

    def _content(self) -> QWidget:
        content, parts = QWidget(), self._parts
        self._inner = QVBoxLayout(content)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.addWidget(parts.pots)
        self._list = QWidget()
        self._left = QVBoxLayout(self._list)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.addWidget(parts.filters)
        card = Card(self._look, inset=(3, 3))
        card.fill_with(parts.table)
        self._left.addWidget(card, 1)
        self._body = QHBoxLayout()
        self._body.addWidget(self._list, 1)
        self._side = QWidget()
        side = self._beside = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(self._look.px(10))
        turns = QHBoxLayout()
        turns.addWidget(parts.turns)
        turns.addStretch(1)
        side.addLayout(turns)
        self._acts_slot = QWidget()
        slot = QVBoxLayout(self._acts_slot)
        slot.setContentsMargins(0, 0, 0, 0)
        slot.addWidget(parts.acts)
        side.addWidget(self._acts_slot)
        side.addWidget(parts.explain, 1)
        side.addWidget(parts.sure, 1)
        side.addWidget(parts.what_if)
        self._body.addWidget(self._side)
        self._inner.addLayout(self._body, 1)
        return content
