"""Where the parts of the ranking page stand: head, pots, list, and the side that takes turns when narrow."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.sided_page import SidedPage
from gui.widgets.card import Card
from gui.widgets.nesting import nest
from gui.widgets.pill_tabs import PillTabs

SIDE_WIDTH = 300


class Parts(NamedTuple):
    """The parts of the page's content, as they stand from top to bottom and left to right."""

    pots: QWidget
    filters: QWidget
    table: QWidget
    year: QWidget
    row_buttons: QWidget
    explain: QWidget
    what_if: QWidget
    turns: PillTabs
    sure: QWidget


class RankingFrame(SidedPage):
    """Lay the page out and keep its spaces in step with the text size."""

    def _stand(self, head: Sequence[QWidget], parts: Parts) -> None:
        """Stand the parts where they belong."""
        self._parts = parts
        self._turns = next(widget for widget in head if isinstance(widget, PillTabs))
        self._lay_out_page(head, (self._content(),))
        self._turns.changed.connect(self._turn)
        parts.turns.changed.connect(self.show_tab)

    def _fit(self) -> None:
        self.show_tab()

    @Slot()
    def _turn(self) -> None:
        """Show the list or, in a narrow window, what else stands beside it."""
        if self._turns.current > 0:
            self._parts.turns.choose(self._turns.current - 1)
        self.show_tab()

    @Slot()
    def show_tab(self) -> None:
        """Show the list, its side, or both."""
        has_tabs = self._room.has_tabs
        is_list = not has_tabs or self._turns.current == 0
        is_sure = self._parts.turns.current == 1
        self._place_acts(is_below=has_tabs and not self._room.is_low)
        for part, is_on in (
            (self._parts.turns, not has_tabs),
            (self._list, is_list),
            (self._side, not has_tabs or not is_list),
            (self._acts_slot, has_tabs or not is_sure),
            (self._parts.explain, not is_sure),
            (self._parts.sure, is_sure),
            (self._parts.what_if, not is_sure and not self._room.is_low),
        ):
            if part.isHidden() is is_on:  # else Qt dresses and measures what is shown anyway
                part.setVisible(is_on)
        self._stand_beside(self._side, SIDE_WIDTH, is_alone=has_tabs)

    def _place_acts(self, *, is_below: bool) -> None:
        """Stand the buttons over the explanation, or under the list where they take turns and it is high."""
        wanted = self._left if is_below else self._beside
        if wanted.indexOf(self._acts_slot) < 0:
            (self._beside if is_below else self._left).removeWidget(self._acts_slot)
            wanted.insertWidget(wanted.count() if is_below else 1, self._acts_slot)

    def dress(self) -> None:
        """Follow the size of text."""
        px = self._look.px
        self._inner.setSpacing(px(7))
        self._left.setSpacing(px(4))
        self._row.setSpacing(px(13))
        super().dress()

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
        self._left.addWidget(parts.year)
        self._row = QHBoxLayout()
        self._row.addWidget(self._list, 1)
        self._side = QWidget()
        side = self._beside = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(self._look.px(10))
        turns = QHBoxLayout()
        turns.addWidget(parts.turns)
        turns.addStretch(1)
        nest(side, turns)
        self._acts_slot = QWidget()
        slot = QVBoxLayout(self._acts_slot)
        slot.setContentsMargins(0, 0, 0, 0)
        slot.addWidget(parts.row_buttons)
        side.addWidget(self._acts_slot)
        side.addWidget(parts.explain, 1)
        side.addWidget(parts.sure, 1)
        side.addWidget(parts.what_if)
        self._row.addWidget(self._side)
        nest(self._inner, self._row, 1)
        return content
