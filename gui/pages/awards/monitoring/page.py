"""Monitoring: each award's progress against what was agreed, what is overdue, and the Ministry's return."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.listed.acts import ActButton, At, Doing, Offer
from gui.listed.paper_forms import bands_words
from gui.listed.side import SideCard
from gui.pages.awards.monitoring import award, ministry
from gui.pages.awards.monitoring.lines import (
    AWARD_COLUMNS,
    MINISTRY_COLUMNS,
    OVERDUE_COLUMNS,
    AwardLine,
    MinistryLine,
    award_key,
    award_name,
    ministry_key,
    ministry_name,
    overdue_key,
    overdue_name,
    sums_words,
)
from gui.pages.awards.monitoring.workbooks import SAVE_WORKBOOK, TAKE_IN
from gui.pages.page import MINISTRY_PERIODS, PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import fill
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.stack import UnnamedStack
from models.operation import Topic
from models.papers.monitoring.monitoring import AwardMonitoring, Monitoring, Overdue
from models.queries.awards.ministry import FundPeriods, PeriodState, fund_periods
from models.queries.awards.monitoring import monitoring_of

CONCERNS = frozenset(
    {Topic.AWARDS, Topic.DECISIONS, Topic.ROUNDS, Topic.APPLICATIONS, Topic.FUNDS, Topic.ISSUES}
)
NO_AWARDS = (
    "No awards yet. What recipients report is followed here once the last step of the chain has decided."
)
NOTHING_LATE = "Nothing is overdue."
COMPLETE = "Every award has reported its numbers on every line."
RECIPIENT_WIDTH = 200
VIEWS = ("Awards", "Overdue", "People", "Ministry", "Award")
AWARDS, OVERDUE, PEOPLE, MINISTRY, AWARD = range(5)
"""What can be on show; an award or period has a part of its own where it does not fit beside its list."""


class MonitoringPage(SidedPage):
    """The page of one round's monitoring."""

    key = "monitoring"
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Monitoring")
        look = tools.look
        self._found: Monitoring | None = None
        self._asked_period = ""
        """The period to be shown once the fund's periods are there."""
        self._is_of_period = False
        """Whether a period stands beside the list, and not an award."""
        self.take_in, self.workbook = ActButton(look, TAKE_IN), ActButton(look, SAVE_WORKBOOK)
        self.bands = ActButton(look, award.CHANGE_BANDS, "link")
        self.plan_all = ActButton(look, award.PLAN_ALL, "link")
        self.buttons = (self.take_in, self.workbook, self.bands, self.plan_all)
        self.rule = ElidedLabel(look, size=12, tone="text2")
        self.awards: LineView[AwardLine] = LineView(look, AWARD_COLUMNS, award_key, award_name)
        self.overdue: LineView[Overdue] = LineView(look, OVERDUE_COLUMNS, overdue_key, overdue_name)
        self.ministry: LineView[MinistryLine] = LineView(look, MINISTRY_COLUMNS, ministry_key, ministry_name)
        self.periods: LineView[PeriodState] = LineView(
            look, ministry.PERIOD_COLUMNS, ministry.period_key, ministry.period_name
        )
        self.nothing_late = Label(look, NOTHING_LATE, tone="text2")
        self.nothing_late.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.missing = Label(look, size=12, tone="text2").wrapped()
        self.missing.setContentsMargins(10, 6, 10, 6)
        self.lists = UnnamedStack()
        self.panel, self.period_panel = SideCard(look, award.SIDE), SideCard(look, ministry.SIDE)
        self.views = PillTabs(look, VIEWS)
        self.doing = Doing(tools, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.awards)

    @property
    def shown(self) -> tuple[AwardMonitoring, ...]:
        """Return the awards of the area on show."""
        return () if self._found is None else self._found.awards

    @property
    def offered(self) -> tuple[Offer, ...]:
        """Return all that can be done with the page and what stands beside the list, for the search."""
        return (*filter(None, (one.offer for one in self.buttons)), *self._side.offers)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._found = None if place is None else self._found
        super().show_place(place)

    def show_reference(self, reference: str) -> None:
        """Show one application's award, or the fund's returns to the Ministry, at the period named."""
        if reference.startswith(MINISTRY_PERIODS):
            self.views.choose(MINISTRY)
            self._asked_period = reference.removeprefix(MINISTRY_PERIODS).strip()
            self._show_asked_period()
            return
        self._picked = reference
        self.views.choose(AWARDS)
        self.awards.select(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None:
            place, today = self._place, current_day()
            query = partial(monitoring_of, round_id=place.line.round_id, today=today, area=place.area)
            self._tools.ask(query, self._take)
            periods = partial(fund_periods, code=place.line.fund_code, today=today)
            self._tools.ask(periods, self._take_periods)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: in a narrow window the award has a part of its own."""
        self._room = room
        self._fit()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        return (self._table, self._side.reading)

    @property
    def _table(self) -> QWidget:
        lists = (self.awards, self.overdue, self.ministry, self.periods)
        view = self.views.current
        return self._side.reading if view == AWARD else lists[view]

    @property
    def _side(self) -> SideCard:
        """Return what stands beside the list, or in its place."""
        return self.period_panel if self._is_of_period else self.panel

    def _take(self, found: Monitoring) -> None:
        self._found = found
        self._show_found(found)

    def _show_found(self, found: Monitoring) -> None:
        if not found.awards:
            self._show_empty(NO_AWARDS)
            return
        self._show_list()
        for view in (AWARDS, OVERDUE):
            self.views.offer(view, is_offered=True)
        lines = tuple(AwardLine(award, found.today) for award in found.awards)
        self.summary.setText(sums_words(found, lines))
        self.rule.setText(f"Returns: {bands_words(found.bands)}")
        self.awards.show_rows(lines)
        self.overdue.show_rows(found.overdue)
        self.overdue.setVisible(bool(self.overdue.rows))
        self.nothing_late.setVisible(not self.overdue.rows)
        self.ministry.show_rows([MinistryLine(found.list_title(one.group), one) for one in found.sums])
        self.missing.setText(_missing_words(found))
        self.views.offer(PEOPLE, is_offered=bool(found.lists))
        self.views.offer(MINISTRY, is_offered=found.every is not None)
        for button in self.buttons:
            button.show_at(self._at(found, None))
        self._select(self.awards)
        self._show_award()
        self._fit()

    def _take_periods(self, found: FundPeriods | None) -> None:
        self.periods.show_rows(() if found is None else found.periods)
        if self.periods.current is None:
            self.periods.select_first()
        self._show_asked_period()
        self._show_period()
        if self.periods.rows and self._found is not None and not self._found.awards:
            self._show_periods_alone()

    def _show_asked_period(self) -> None:
        if self._asked_period and self.periods.select(self._asked_period):
            self._asked_period = ""

    def _show_periods_alone(self) -> None:
        """Show the fund's periods where this round has no award yet, and other rounds have."""
        self._show_list()
        self.views.offer(MINISTRY, is_offered=True)
        self.views.choose(MINISTRY)
        for view in (AWARDS, OVERDUE, PEOPLE):
            self.views.offer(view, is_offered=False)
        self._fit()

    def _show_period(self) -> None:
        named = self.periods.current
        found = next((one for one in self.periods.rows if one.period.name == named), None)
        self.period_panel.show_at(None if found is None else self._at(None, found), named)

    @Slot(object)
    def _pick_period(self, key: object) -> None:
        self._show_period()

    def _show_award(self) -> None:
        assert self._found is not None, "an award of what was found"
        picked = next((one for one in self.shown if one.application == self._picked), None)
        self.panel.show_at(None if picked is None else self._at(self._found, picked), self._picked)

    def _at(self, answer: Any, row: Any) -> At[Any, Any]:
        """Return what acts of an award, a period or (None) the round are asked of."""
        return At(answer, row, self._tools.identity, self._place, current_day(), {})

    def _show_empty(self, words: str) -> None:
        for part in (*self.buttons, self.views, self.rule):
            part.hide()
        super()._show_empty(words)

    @Slot(object)
    def _pick(self, reference: object) -> None:
        self._picked = str(reference)
        if self._found is not None:
            self._show_award()

    @Slot(object)
    def _pick_late(self, key: tuple[str, int]) -> None:
        if self.views.current == OVERDUE:
            self._pick(key[0])
            self.awards.select(key[0])

    @Slot()
    def _open(self) -> None:
        self._open_beside(self.views, AWARD, self._side.reading)

    @Slot()
    def _turn(self) -> None:
        """Show another list; the list of what is overdue begins with the worst."""
        if self.views.current != AWARD:
            self._is_of_period = self.views.current == MINISTRY
        self._fit()
        self.setFocusProxy(self._table)  # keys are for the list on show
        if self.views.current == OVERDUE and self.overdue.current is None:
            self.overdue.select_first()

    @Slot()
    def _fit(self) -> None:
        """Show the list chosen and the award beside it, or one of the two where there is room for one."""
        narrow, has_lists = self._room.has_tabs, bool(self.shown or self.periods.rows)
        self.views.offer(AWARD, is_offered=narrow)
        view = self.views.current
        self.views.setVisible(has_lists)
        self._place_views(narrow=narrow)
        self.rule.setVisible(not narrow)
        self.lists.setCurrentIndex(min(view, MINISTRY))
        self.lists.setVisible(view != AWARD)
        is_beside = view == AWARD if narrow else view != PEOPLE
        self.panel.setVisible(is_beside and not self._is_of_period)
        self.period_panel.setVisible(is_beside and self._is_of_period)
        for side in (self.panel, self.period_panel):
            self._stand_beside(side, award.SIDE.width, is_alone=narrow)

    def _place_views(self, *, narrow: bool) -> None:
        """Stand the choice of lists beside the title, or in a narrow window over the list."""
        for row in (self._bar, self._head):
            row.removeWidget(self.views)
        if narrow:
            self._bar.insertWidget(0, self.views, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._head.put_first(self.views)

    def _connect(self) -> None:
        self.awards.picked.connect(self._pick)
        self.overdue.picked.connect(self._pick_late)
        self.periods.picked.connect(self._pick_period)
        for table in (self.awards, self.overdue, self.periods):
            table.opened.connect(self._open)
        self.views.changed.connect(self._turn)
        for one in (*self.buttons, self.panel, self.period_panel):
            one.pressed.connect(self.doing.press)

    def _sheet(self, table: LineView[Any], name: str, *beneath: QWidget) -> None:
        """Give a list a sheet of its own, with what is said beneath it."""
        table.setAccessibleName(name)
        table.set_wide_minimum(RECIPIENT_WIDTH)
        card = Card(self._look, inset=(3, 3))
        card.fill_with(table)
        fill(card.body, *beneath)
        self.lists.addWidget(card)

    def _lay_out(self) -> None:
        self._sheet(self.awards, "Awards")
        self._sheet(self.overdue, "Overdue returns", self.nothing_late)
        self._sheet(self.ministry, "People by line", self.missing)
        self._sheet(self.periods, "Returns to the Ministry")
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(3, 0, 3, 0)
        self._bar.addWidget(self.rule, 1)
        self._bar.addStretch(0)
        self._bar.addWidget(self.bands)
        self._bar.addWidget(self.plan_all)
        head = (self.views, self.take_in, self.workbook)
        self._lay_out_page(head, (self.lists, self.panel, self.period_panel), between=(self._bar,))


def _missing_words(found: Monitoring) -> str:
    if not found.missing:
        return COMPLETE
    whole = sum(1 for one in found.sums if one.given and not one.missing)
    return f"{whole} of {len(found.sums)} lines are complete. {' '.join(found.missing)}"
