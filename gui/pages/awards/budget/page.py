"""Budget: a fund's year by area, as allocated, committed, decided, paid and left, with what draws on it."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.pages.awards.budget.answer import BudgetAnswer, ask_budget
from gui.pages.awards.budget.controller import BudgetController
from gui.pages.awards.budget.detail import BudgetDetail
from gui.pages.awards.budget.rows import COLUMNS, area_key, area_name, bars, sums_words
from gui.pages.awards.fund_year_page import FundYearPage
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.pot import PotRow
from gui.widgets.tips import set_tip
from models.operation import Topic
from models.queries.awards.budget import BudgetPage
from scoring.budget.figures import AreaBudget

SIDE_WIDTH = 330
SIDES = ("List", "Area")
NO_FUND = "There is no fund yet. Set one up in Settings."
NOTHING = (
    "{fund} has no rounds and no allocations in {year} yet. Until an allocation is recorded for an area, "
    "nothing is refused there, however much its rounds take."
)
CONCERNS = frozenset(
    {
        Topic.FUNDS,
        Topic.ROUNDS,
        Topic.SCHEME,
        Topic.APPLICATIONS,
        Topic.RECOMMENDATIONS,
        Topic.DECISIONS,
        Topic.AWARDS,
    }
)


class BudgetView(FundYearPage):
    """Fund and year above; a bar for each area, the list, and the area at hand beside it."""

    key = "budget"
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Budget", icon="money", way_on="Record allocations…")
        look = tools.look
        self._answer: BudgetAnswer | None = None
        self.allocate = Button(look, "Allocations…", kind="primary")
        set_tip(
            self.allocate, ours("What each area or service line gets this year, typed or pasted as a table")
        )
        self.sides = PillTabs(look, SIDES)
        self.bars = PotRow(look)
        self.table: LineView[AreaBudget] = LineView(look, COLUMNS, area_key, area_name)
        self.table.setAccessibleName(ours("Areas and service lines"))
        self.table.set_wide_minimum(150)
        self.detail = BudgetDetail(look)
        self.controller = BudgetController(tools, self.detail, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def found(self) -> BudgetPage | None:
        """Return the fund's year on show."""
        return None if self._answer is None else self._answer.found

    def fit(self, room: Breakpoints) -> None:
        """Stand lower in a low window, and let the list and the area take turns in a narrow one."""
        self.bars.set_low(room.is_low)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self.is_empty and self.empty.offered is not None:
            return (self.year, self.empty.offered)
        return (self.year, self.table, self.detail.reading)

    def _ask(self, fund: str, year: str) -> None:
        if self._tools.workspace.facts is not None:
            self._tools.ask(partial(ask_budget, fund=fund, year=year, today=current_day()), self._take)

    def _take(self, answer: BudgetAnswer) -> None:
        self._answer, self.controller.found = answer, answer.found
        found = answer.found
        budget = None if found is None else found.budget
        years = next((one.years for one in answer.choices if budget and one.fund == budget.fund), ())
        at = (budget.fund, budget.year) if budget else ("", "")
        self._offer([one.fund for one in answer.choices], at[0], years, at[1])
        for widget in (self.year, self.fund):
            widget.setVisible(found is not None)
        self._show_found()

    def _show_found(self) -> None:
        found = self.found
        has_rows = found is not None and bool(found.budget.areas)
        self.allocate.setVisible(has_rows)
        self.empty.button.setVisible(found is not None)
        if found is None:
            self._show_empty(NO_FUND)
            return
        budget = found.budget
        if not has_rows:
            self._show_empty(ours(NOTHING.format(fund=budget.fund, year=budget.year)))
            self.summary.setText(sums_words(budget))
            return
        self.summary.setText(sums_words(budget))
        held = self.table.current
        self.table.show_rows(budget.areas)
        if held is None or not self.table.select(held):
            self.table.select_first()
        self._show_list()
        self._show_row()
        self._fit()

    @Slot()
    def _show_row(self) -> None:
        found, current = self.found, self.table.current
        row = next((row for row in self.table.rows if row.area == current), None)
        self.detail.show_row(found, row)
        if found is not None:
            self.bars.show_pots(bars(found.budget), current)

    @Slot(object)
    def _switch(self, area: object) -> None:
        self.table.select(str(area))
        self._show_row()

    @Slot()
    def _open(self) -> None:
        self._open_beside(self.sides, 1, self.detail.reading)

    @Slot()
    def _fit(self) -> None:
        found, takes_turns = self.found, self._room.has_tabs
        has_rows = found is not None and bool(found.budget.areas)
        self.bars.setVisible(has_rows and not self._room.is_tiny)
        self._take_turns(self.sides, (self._list, self.detail), is_narrow=takes_turns)
        self._stand_beside(self.detail, SIDE_WIDTH, is_alone=takes_turns)

    def _connect(self) -> None:
        self.sides.changed.connect(self._fit)
        self.table.picked.connect(self._show_row)
        self.table.opened.connect(self._open)
        self.bars.chosen.connect(self._switch)
        self.allocate.clicked.connect(self.controller.ask_all)
        self.way_on.triggered.connect(self.controller.ask_all)

    def _lay_out(self) -> None:
        self._list = Card(self._look, inset=(3, 3))
        self._list.fill_with(self.table)
        head = (self.sides, self.year, self.fund, self.allocate)
        self._lay_out_page(head, (self._list, self.detail), between=(self.bars,))
