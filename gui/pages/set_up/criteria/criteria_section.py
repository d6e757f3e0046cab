"""The split, the criteria and what stands beside them."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gui.breakpoints import UNBOUNDED, Breakpoints
from gui.pages.set_up.criteria.criterion_form import CRITERION, TRY_IT, SidePanel
from gui.pages.set_up.criteria.criterion_list import CriterionList, SplitCard
from gui.pages.set_up.criteria.draft import Draft
from gui.theme.look import Look
from gui.widgets.nesting import column_of, row_of

SIDE_WIDTH = 340
TIGHT, CRAMPED = 1240, 980
"""Under these widths rows give up the side, and then what proves the weight, so that titles can be read."""


class CriteriaSection(QWidget):
    """The list on the left, the picked criterion or the try-out on the right; it holds the draft of both."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.draft = draft = Draft(self)
        self._picked = ""
        self.split = SplitCard(look, draft)
        self.list = CriterionList(look, draft)
        self._left = QWidget()
        self._column = column_of(self.split, (self.list, 1), inside=self._left)
        self.side = SidePanel(look, draft, self)
        row_of((self._left, 1), self.side, inside=self, spacing=look.px(12))
        self.list.picked.connect(self._open)
        self.split.strip.stepped_to.connect(self.pick)
        self.split.strip.table_asked.connect(self._go_to_table)
        self.side.form.moved_to.connect(self.pick)
        draft.changed.connect(self._keep_picked)

    def set_open(self, is_open: bool) -> None:
        """Let the criteria be changed, or only be read."""
        self.split.set_open(is_open)
        self.list.set_open(is_open)
        self.side.form.set_open(is_open)

    def fit(self, room: Breakpoints, *, shows_side: bool) -> None:
        """Show list and side together, or one of them when there is little room."""
        is_narrow = room.has_tabs
        self.split.strip.setVisible(not room.is_low)
        self.split.inset_by(14, 3 if room.is_low else 10)
        self._column.setSpacing(self._look.px(4 if room.is_low else 10))
        self.list.fit(is_narrow=room.width < CRAMPED, is_tight=room.width < TIGHT, is_low=room.is_low)
        self._left.setVisible(not is_narrow or not shows_side)
        self.side.setVisible(not is_narrow or shows_side)
        width = self._look.px(SIDE_WIDTH)
        self.side.setMinimumWidth(0 if is_narrow else width)
        self.side.setMaximumWidth(UNBOUNDED if is_narrow else width)

    @Slot(str)
    def pick(self, code: str) -> None:
        """Pick a criterion, and leave what stands beside the list."""
        self._picked = code
        self.list.pick(code)
        self.split.pick(code)
        self.side.form.pick(code)

    @Slot()
    def _go_to_table(self) -> None:
        """Put the focus on a criterion's weight: the list is the strip's table."""
        code = self.split.strip.picked
        row = next((row for row in self.list.rows if row.code.text() == code), None)
        if row is not None:
            row.weight.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _open(self, code: str) -> None:
        if code != self._picked:
            self.pick(code)
        if self.sender() is self.list and self.side.tabs.current != TRY_IT:
            self.side.choose(CRITERION)

    @Slot()
    def _keep_picked(self) -> None:
        """Pick the first criterion when the one that was picked is gone."""
        codes = [criterion.code for criterion in self.draft.scheme.criteria]
        if self._picked not in codes and codes:
            self.pick(codes[0])
