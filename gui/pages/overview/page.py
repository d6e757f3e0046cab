"""Overview: everyone sees what needs them next, and what the round comes to today."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.access.identity import READER
from gui.breakpoints import Breakpoints
from gui.pages.overview.chart_cards import BudgetCard, ProgressCard
from gui.pages.overview.parts import DateGrid, TaskRow, TileCard
from gui.pages.overview.query import ask_overview, overview_of
from gui.pages.overview.task import Task
from gui.pages.page import Identity, PageTools, Place
from gui.pages.page_keys import holds_focus
from gui.record.clock import current_day
from gui.text import counted
from gui.theme.office_words import ours
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import clear, nest
from gui.widgets.scrolled import stand_on_ground
from models.operation import Topic
from models.permissions.role import ONLY_READS
from models.queries.panel.overview import Overview
from scoring.written.days import long_day

if TYPE_CHECKING:
    pass

CONCERNS = frozenset(Topic) - {Topic.FUNDS, Topic.ISSUES}
NOTHING_TO_DO = "Nothing needs you today."
NO_DATES = "No dates lie ahead."
NOT_SCORING = "No area is being scored yet."
NO_MEMBERS = "The panel has no members yet."
TILES = 4
TASKS = 2
"""So many parts of the left column are the tasks: their head and their card."""
MOST_DATES = 6


class OverviewPage(QWidget):
    """Tiles, tasks, the budget by area, progress by member, and dates."""

    key = "overview"
    parts_ahead = (BudgetCard, ProgressCard)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools = tools
        self._look = look = tools.look
        self._place: Place | None = None
        self._shown: Overview | None = None
        self._of: tuple[Identity, int] | None = None
        self._is_narrow = False
        self.title = ElidedLabel(look, "Overview", size=20, weight=600)
        self.summary = ElidedLabel(look, tone="text2")
        self.tiles = [TileCard(look) for _ in range(TILES)]
        self.tasks: list[TaskRow] = []
        self.budget, self.progress = tools.parts.take(BudgetCard), tools.parts.take(ProgressCard)
        self._cards = {
            "tasks": Card(look),
            "progress": self.progress,
            "budget": self.budget,
            "dates": Card(look),
        }
        words = {
            "tasks": "What needs you next",
            "progress": "Scoring progress by member",
            "budget": ours("Budget by area"),
            "dates": "Dates",
        }
        self._heads = {name: Label(look, head, size=15, weight=600) for name, head in words.items()}
        self.empty = EmptyState(look, tools.actions["start_round"], "Start a round…")
        self.empty.hide()  # until the record says that it has no round
        self.sheet, self.figures = QScrollArea(), QWidget()
        self._lay_out()
        tools.workspace.changed.connect(self._take_change)
        tools.workspace.closed.connect(self._forget)
        look.changed.connect(self._redraw)

    @property
    def shows_figures(self) -> bool:
        """Whether the page says what the record comes to."""
        return self._shown is not None

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._place = place
        had_focus = holds_focus(self)
        self.sheet.setVisible(place is not None)
        self.empty.setVisible(place is None)
        self.empty.say(ours(self._tools.no_round))
        if had_focus:
            self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)  # Enter begins the first round
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Stay as it is: the overview shows no single application."""

    @Slot()
    def refresh(self) -> None:
        """Ask the record and work the overview out again."""
        if self._place is None:
            self.summary.setText("")
            return
        of = (self._tools.identity, self._place.line.round_id)
        if self._of != of:
            self._forget()
        self._of = of
        query = partial(ask_overview, round_id=self._place.line.round_id, viewer=self._tools.identity.viewer)
        today = current_day()
        work_out = partial(overview_of, self._place, self._tools.identity, today)
        self._tools.ask(query, self._show, work_out=work_out)

    def fit(self, room: Breakpoints) -> None:
        """Stand the columns under one another in a narrow window."""
        self._is_narrow = room.has_tabs
        self.summary.setVisible(not room.is_low)
        self._arrange()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the first task's button, or the page that scrolls."""
        if not self.empty.isHidden():
            return (self.empty.button,)
        first: QWidget = self.tasks[0].button if self.tasks else self.sheet
        return (first,)

    def find_words(self) -> None:
        """Put the focus on the first task: there is nothing to filter here."""
        self.panes()[0].setFocus()

    @Slot(object)
    def _take_change(self, topics: frozenset[Topic]) -> None:
        if topics & CONCERNS and self.isVisible():
            self.refresh()

    @Slot()
    def _forget(self) -> None:
        """Keep no figures of another record, round or person until there are new ones."""
        self._shown = self._of = None
        if holds_focus(self):
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self.figures.hide()
        self.summary.setText("")

    def _show(self, shown: Overview) -> None:
        is_other = self._shown is None or self._shown.identity != shown.identity
        self._shown = shown
        self.figures.show()
        self._redraw()
        if is_other and holds_focus(self):
            self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)  # Enter does what needs them first
        if is_other:
            self.sheet.verticalScrollBar().setValue(0)  # what needs them stands first

    @Slot()
    def _redraw(self) -> None:
        if self._shown is None:
            return
        shown, bar = self._shown, self.sheet.verticalScrollBar()
        stood = bar.value()
        known = [task for task in map(Task, shown.tasks) if task.way.page in self._tools.pages]
        nothing = ONLY_READS if shown.identity.role == READER else NOTHING_TO_DO
        needs = f"{counted(len(known), 'thing needs', 'things need')} you." if known else nothing
        self.summary.setText(f"{long_day(shown.today)}. {needs}")
        for card, tile in zip(self.tiles, shown.tiles, strict=True):
            card.show_tile(tile)
        self._show_tasks(known, nothing)
        self.budget.show_lines(shown.budget, shown.left_out)
        is_direct = self._place is not None and self._place.line.is_direct
        for part in (self.budget, self._heads["budget"]):
            part.setVisible(not (is_direct or shown.identity.is_away))
        for name in ("progress", "dates"):  # nobody marks or meets where nobody competes
            self._heads[name].setHidden(is_direct)
            self._cards[name].setHidden(is_direct)
        none = ours(NOT_SCORING) if shown.progress else NO_MEMBERS
        self.progress.show_lines(shown.progress, shown.identity.member, none)
        self._show_dates(shown)
        bar.setValue(stood)  # a button that goes hands its focus on, and the sheet would follow it

    def _show_tasks(self, known: list[Task], nothing: str) -> None:
        held = next((number for number, row in enumerate(self.tasks) if row.button.hasFocus()), None)
        card = self._emptied("tasks")
        self.tasks = []
        for number, task in enumerate(known, 1):
            row = TaskRow(self._look, task, number=number, of=len(known))
            row.asked.connect(self._tools.go)
            row.stage_asked.connect(self._tools.ask_stage)
            row.action_asked.connect(self._act)
            self.tasks.append(row)
            card.body.addWidget(row)
            row.show()  # at once, so that it can take the focus
        for before, after in pairwise([row.button for row in self.tasks]):
            self.setTabOrder(before, after)
        if not known:
            card.body.addWidget(Label(self._look, nothing, tone="text2"))
            waiting = self._shown.waiting if self._shown is not None else ""
            if waiting:
                card.body.addWidget(Label(self._look, ours(waiting), tone="text2").wrapped())
        elif held is not None:
            self.tasks[min(held, len(known) - 1)].button.setFocus()

    @Slot(str)
    def _act(self, name: str) -> None:
        self._tools.actions[name].trigger()

    def _show_dates(self, shown: Overview) -> None:
        card = self._emptied("dates")
        if shown.dates:
            card.body.addWidget(DateGrid(self._look, shown.dates[:MOST_DATES], shown.today))
        else:
            card.body.addWidget(Label(self._look, NO_DATES, tone="text2"))

    def _emptied(self, name: str) -> Card:
        card = self._cards[name]
        clear(card.body)
        return card

    def _lay_out(self) -> None:
        self._tiles_grid = QGridLayout()
        self._columns = QHBoxLayout()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column, names in ((self._left, ("tasks", "progress")), (self._right, ("budget", "dates"))):
            for name in names:
                column.addWidget(self._heads[name])
                column.addWidget(self._cards[name])
            column.addStretch(1)
        self._inner = QVBoxLayout(self.figures)
        nest(self._inner, self._tiles_grid)
        nest(self._inner, self._columns)
        self._inner.addStretch(1)
        stand_on_ground(self.sheet)
        self.sheet.setWidget(self.figures)
        self.figures.hide()  # until there are any
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setAccessibleName("Overview")
        self.figures.setAutoFillBackground(False)
        self._page = QVBoxLayout(self)
        self._head = QVBoxLayout()
        self._head.setSpacing(0)
        self._head.addWidget(self.title)
        self._head.addWidget(self.summary)
        nest(self._page, self._head)
        self._page.addWidget(self.sheet, 1)
        self._page.addWidget(self.empty, 1)
        self.empty.hide()
        self._arrange()

    def _place_tiles(self) -> None:
        """Stand the tiles over both columns, or under the tasks where the columns stand under one another."""
        home = self._left if self._is_narrow else self._inner
        for layout in (self._left, self._inner):
            layout.removeItem(self._tiles_grid)
        self._tiles_grid.setParent(None)
        nest(home, self._tiles_grid, at=TASKS if self._is_narrow else 0)

    def _arrange(self) -> None:
        """Give tiles and columns the room there is; what needs doing stays on screen in a narrow window."""
        px = self._look.px
        self._place_tiles()
        across = 2 if self._is_narrow else TILES
        for number, card in enumerate(self.tiles):
            self._tiles_grid.addWidget(card, number // across, number % across)
        for column in range(TILES):
            self._tiles_grid.setColumnStretch(column, 1 if column < across else 0)
        for side in (self._left, self._right):
            self._columns.removeItem(side)
            side.setSpacing(px(6))
        direction = QHBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if self._is_narrow else direction.LeftToRight)
        nest(self._columns, self._left, 17)
        nest(self._columns, self._right, 18)
        self._columns.setSpacing(px(17))
        self._tiles_grid.setSpacing(px(12))
        self._inner.setSpacing(px(10))
        self._inner.setContentsMargins(px(3), px(3), px(3), px(3))
        self._page.setContentsMargins(px(17), px(4), px(17), px(6))
        self._head.setContentsMargins(3, 0, 3, 0)
        self._page.setSpacing(px(2))
