"""Year end: expenditure, carry forward as a decision, the next year's allocation, and award rates."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.awards.fund_year_page import FundYearPage
from gui.pages.awards.year_end.answer import EndAnswer, ask_end
from gui.pages.awards.year_end.controller import YearEndController
from gui.pages.awards.year_end.detail import EndDetail
from gui.pages.awards.year_end.importing import ExpenditureImport
from gui.pages.awards.year_end.lines_dialog import LinesDialog
from gui.pages.awards.year_end.rows import (
    COLUMNS,
    EndRow,
    award_rows,
    line_rows,
    row_key,
    row_name,
    sums_words,
)
from gui.pages.page import PageTools
from gui.pages.papers.reports.query import Listed, shown_table
from gui.pages.papers.reports.report_card import ReportCard
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import Flow
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.tips import set_tip
from models.operation import Topic
from models.operations.awards.year_end import SetYearLines
from models.papers.year.year_end_lines import YearEnd
from models.papers.year.year_end_tables import AWARD_RATES, award_rates
from models.papers.year.year_facts import YearLine

SIDE_WIDTH = 330
LINES, AWARDS, RATES = range(3)
TABS = ("Areas", "Awards", "Rates")
SIDES = ("List", "Line")
NO_YEAR = "Nothing ends yet: no fund has a financial year. Start a round, or set up the funds in Settings."
NO_LINES = "{fund} has no area or line in {year}. Record its grants as lines, or choose another year."
NO_AWARDS = "{fund} has no award in {year}."
NO_RATES = "{fund} has no application in {year}."
CONCERNS = frozenset(
    {Topic.FUNDS, Topic.ROUNDS, Topic.APPLICATIONS, Topic.GATES, Topic.DECISIONS, Topic.AWARDS, Topic.SCHEME}
)


class YearEndPage(FundYearPage):
    """Year and fund above; a list with the line at hand beside it, or the award rates."""

    key = "year-end"
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Year end", icon="reports")
        look = tools.look
        self._answer: EndAnswer | None = None
        self.own = Button(look, "Set lines…")
        self.rest = Button(look, "Carry forward…")
        set_tip(self.own, ours("Grants or areas that have no round in this program"))
        set_tip(self.rest, "Carry forward what is left of every line that is not decided yet")
        self.take_in = Button(look, "Import expenditure…", kind="primary", icon="file")
        self.tabs, self.sides = PillTabs(look, TABS), PillTabs(look, SIDES)
        self.table: LineView[EndRow] = LineView(look, COLUMNS, row_key, row_name)
        self.table.setAccessibleName(ours("Areas, lines or awards"))
        self.table.set_wide_minimum(150)
        self.detail = EndDetail(look)
        self.card = ReportCard(look)
        self.controller = YearEndController(tools, self.detail, self)
        self.importing = ExpenditureImport(tools, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def found(self) -> YearEnd | None:
        """Return the fund's year on show."""
        return None if self._answer is None else self._answer.found

    def fit(self, room: Breakpoints) -> None:
        """Let the list and the line at hand take turns in a narrow window."""
        self.card.fit(room)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self.tabs.current == RATES:
            return (self.year, *self.card.panes())
        return (self.year, self.table, self.detail.reading)

    def _ask(self, fund: str, year: str) -> None:
        if self._tools.workspace.facts is None:
            return
        query = partial(ask_end, fund=fund, year=year, today=current_day())
        self._tools.ask(query, self._take)

    def _take(self, answer: EndAnswer) -> None:
        self._answer, self.controller.found = answer, answer.found
        found = answer.found
        years = next((one.years for one in answer.choices if found and one.fund == found.of.fund), ())
        at = (found.of.fund, found.of.year) if found else ("", "")
        self._offer([one.fund for one in answer.choices], at[0], years, at[1])
        for widget in (self.year, self.fund, self.own, self.tabs, self.take_in, self.rest):
            widget.setVisible(found is not None)
        self._show_found()

    @Slot()
    def _show_found(self) -> None:
        found = self.found
        if found is None:
            self._show_empty(NO_YEAR)
            return
        tab = self.tabs.current
        rows = award_rows(found) if tab == AWARDS else line_rows(found)
        self.take_in.setEnabled(bool(found.lines))
        self.rest.setEnabled(bool(found.undecided))
        self.summary.setText(sums_words(line_rows(found)))
        self.rest.setVisible(tab == LINES)
        self.own.setVisible(tab == LINES)
        self._fit()
        words = {LINES: ours(NO_LINES), AWARDS: NO_AWARDS, RATES: NO_RATES}[tab]
        if not (found.of.judged if tab == RATES else rows):
            self._show_empty(words.format(fund=found.of.fund, year=found.of.year))
        elif tab == RATES:
            self.card.show_table(shown_table(Listed(AWARD_RATES, award_rates(found.of))))
            self._stack.setCurrentWidget(self.card)
        else:
            self._show_rows(rows)

    def _show_rows(self, rows: tuple[EndRow, ...]) -> None:
        held = self.table.current
        self.table.show_rows(rows)
        here = (self._place.area or "", "") if self._place is not None else ("", "")
        if not any(self.table.select(key) for key in (held, here) if key is not None):
            self.table.select_first()
        self._show_list()
        self._show_row()

    def _show_empty(self, words: str) -> None:
        if self.found is None:
            self.summary.setText("")
        self._say_empty(words)

    @Slot()
    def _show_row(self) -> None:
        current = self.table.current
        self.detail.show_row(next((row for row in self.table.rows if row.key == current), None))

    @Slot()
    def _open(self) -> None:
        self._open_beside(self.sides, 1, self.detail.reading)

    @Slot()
    def _import(self) -> None:
        if self.found is not None:
            self.importing.ask(self.found)

    @Slot()
    def _ask_lines(self) -> None:
        if self._answer is None or self.found is None:
            return
        title = f"Lines of {self.found.of.fund} in {self.found.of.year}"
        box = LinesDialog(self._look, title, self._answer.own, self._tools.dialogs.window)
        box.chosen.connect(partial(self._set_lines, self.found, self._answer.own))
        self._tools.dialogs.show(box)

    def _set_lines(self, found: YearEnd, before: tuple[YearLine, ...], lines: tuple[YearLine, ...]) -> None:
        if lines != before:
            operation = SetYearLines(found.of.fund, found.of.year, lines, before)
            self._tools.perform(operation)

    @Slot()
    def _fit(self) -> None:
        takes_turns = self._room.has_tabs
        self._take_turns(self.sides, (self._list, self.detail), is_narrow=takes_turns)
        self.sides.setVisible(takes_turns and self.tabs.current != RATES)
        self._stand_beside(self.detail, SIDE_WIDTH, is_alone=takes_turns)

    def _connect(self) -> None:
        self.tabs.changed.connect(self._show_found)
        self.sides.changed.connect(self._fit)
        self.table.picked.connect(self._show_row)
        self.table.opened.connect(self._open)
        self.take_in.clicked.connect(self._import)
        self.rest.clicked.connect(self.controller.ask_rest)
        self.own.clicked.connect(self._ask_lines)

    def _lay_out(self) -> None:
        pills = QHBoxLayout()
        pills.addWidget(self.tabs)
        pills.addStretch(1)
        actions = QWidget()
        lines = self._actions = Flow(actions, is_right=True)
        for part in (self.sides, self.own, self.rest):
            lines.addWidget(part)
        pills.addWidget(actions)
        self._list = Card(self._look, inset=(3, 3))
        self._list.fill_with(self.table)
        head, sides = (self.year, self.fund, self.take_in), (self._list, self.detail)
        self._lay_out_page(head, sides, between=(pills,), others=(self.card,))

    def dress(self) -> None:
        """Follow the size of text."""
        self._actions.setSpacing(self._look.px(8))
        super().dress()
