"""The criteria as rows, with their weights, proofs and floors."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.set_up.criteria.criterion_row import CriterionRow, RowHeads
from gui.pages.set_up.criteria.draft import Draft
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.nesting import nest
from gui.widgets.scrolled import tab_through
from scoring.publishing import with_criterion, with_new_criterion, with_weight
from scoring.scheme import Criterion

AHEAD = 7
"""Criteria of the schemes that ship."""


class CriterionList(Card):
    """A row for each criterion; the one that is picked stands open beside the list."""

    picked = Signal(str)

    def __init__(self, look: Look, draft: Draft) -> None:
        super().__init__(look, inset=(3, 3))
        self._draft = draft
        self._picked = ""
        self._is_open = False
        self._is_narrow = False
        self._is_tight = False
        self._is_low = False
        self.rows: list[CriterionRow] = []
        self._heads = RowHeads(look)
        self._inner = QWidget()
        self._inner.setAccessibleName("Criteria")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add = Button(look, "Add a criterion", kind="link")
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(6), look.px(4), look.px(12), look.px(4))
        foot.addWidget(self.add)
        foot.addStretch(1)
        nest(self._column, foot)  # after the last row: a notice below the page does not move it
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self.body.addWidget(self._heads)
        self.body.addWidget(scroll, 1)
        self.add.clicked.connect(self._add)
        draft.changed.connect(self._show)
        self._scroll = scroll
        scroll.verticalScrollBar().rangeChanged.connect(self._line_up)

    def set_open(self, is_open: bool) -> None:
        """Let the rows be changed, or only be read."""
        self._is_open = is_open
        self.add.setVisible(is_open)
        for row in self.rows:
            row.set_open(is_open)

    def fit(self, *, is_narrow: bool, is_tight: bool, is_low: bool) -> None:
        """Give up columns when there is little room, and the air between rows in a low window."""
        self._is_narrow, self._is_tight, self._is_low = is_narrow, is_tight, is_low
        self._heads.fit(is_narrow=is_narrow, is_tight=is_tight, is_low=is_low)
        for row in self.rows:
            row.fit(is_narrow=is_narrow, is_tight=is_tight, is_low=is_low)

    def pick(self, code: str) -> None:
        """Show a criterion as picked."""
        self._picked = code
        for row in self.rows:
            row.show_picked(code)

    def row_of(self, code: str) -> CriterionRow:
        """Return the row of a criterion."""
        codes = [criterion.code for criterion in self._draft.scheme.criteria]
        return self.rows[codes.index(code)]

    @Slot(int, int)
    def _line_up(self, least: int, most: int) -> None:
        """Keep the heads over their columns when a scroll bar stands beside the rows."""
        bar = self._scroll.verticalScrollBar()  # asked anew: the one that was kept may be gone
        self._heads.leave(bar.sizeHint().width() if most > least else 0)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        self._make_rows(len(scheme.criteria))
        for row, criterion in zip(self.rows, scheme.criteria, strict=True):
            row.show_criterion(scheme, criterion)
            row.show_picked(self._picked)

    def make_rows_ahead(self) -> Iterator[None]:
        """Make as many rows as most schemes have criteria, one at a step, while there is no scheme yet."""
        while len(self.rows) < AHEAD and not self._draft.is_there:
            self._make_rows(len(self.rows) + 1)
            yield

    def _make_rows(self, number: int) -> None:
        while len(self.rows) > number:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < number:
            row = CriterionRow(self._look)
            row.set_open(self._is_open)
            row.fit(is_narrow=self._is_narrow, is_tight=self._is_tight, is_low=self._is_low)
            row.picked.connect(self.picked)
            row.weight_given.connect(self._give_weight)
            row.floor_given.connect(self._give_floor)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        tab_through(self._scroll, *self.rows, self.add)

    @Slot(str, int)
    def _give_weight(self, code: str, percent: int) -> None:
        self._draft.propose(with_weight(self._draft.scheme, code, percent), f"the weight of {code}")

    @Slot(str, object)
    def _give_floor(self, code: str, floor: int | None) -> None:
        criterion = self._criterion(code)
        changed = replace(criterion, floor=None if floor is None else Decimal(floor))
        self._draft.propose(with_criterion(self._draft.scheme, code, changed), f"the floor of {code}")

    @Slot()
    def _add(self) -> None:
        changed = with_new_criterion(self._draft.scheme)
        code = changed.criteria[-1].code
        self._draft.settle(changed, f"the criteria: {code} added")
        self.picked.emit(code)

    def _criterion(self, code: str) -> Criterion:
        return next(c for c in self._draft.scheme.criteria if c.code == code)
