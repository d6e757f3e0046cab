"""The split, the criteria and what stands beside them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.criterion_form import CRITERION, TRY_IT, SidePanel
from gui.pages.set_up.criteria.criterion_list import CriterionList, SplitCard
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.sided_page import take_turns
from gui.theme.look import space
from gui.widgets.nesting import column_of, row_of

SIDE_WIDTH = 340


class CriteriaSection(QWidget):
    """The list on the left, the picked criterion or the try-out on the right; it holds the draft of both."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self.shows_side = False
        """Whether the side stands in the place of the list where there is room for one of them alone."""
        self.draft = draft = Draft(self)
        self.split = SplitCard(draft)
        self.list = CriterionList(draft)
        self._left = QWidget()
        self._column = column_of(self.split, (self.list, 1), inside=self._left)
        row = row_of((self._left, 1), inside=self, spacing=12)
        self.side = SidePanel(tools, draft, self)  # a reader and Tab come to it after the list
        row.addWidget(self.side)
        self.list.view.picked.connect(self._open)
        self.split.strip.stepped_to.connect(draft.pick)
        self.split.strip.table_asked.connect(self.list.view.setFocus)

    def fit(self, room: Breakpoints) -> None:
        """Show list and side together, or one of them when there is little room."""
        self.split.strip.setVisible(not room.is_low)
        self.split.inset_by(14, 3 if room.is_low else 10)
        space(self._column, 4 if room.is_low else 10)
        take_turns(room, self._left, self.side, SIDE_WIDTH, shows_side=self.shows_side)

    def go_to_weight(self) -> None:
        """Put the focus on the weight of the criterion that is picked."""
        self.side.choose(CRITERION)
        self.side.form["weight"].setFocus()
        self.side.form["weight"].selectAll()

    @Slot(object)
    def _open(self, code: str) -> None:
        if code != self.draft.picked:
            self.draft.pick(code)
        if self.side.tabs.current != TRY_IT:
            self.side.choose(CRITERION)
