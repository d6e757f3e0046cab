"""Overview: everyone sees what needs them next, and what the round comes to today."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.page import START_ROUND, Breakpoints, Identity, Page, PageTools, Place
from gui.pages.page_keys import holds_focus
from gui.performance.turns import Kind
from gui.record.clock import current_day
from gui.text import counted, ours
from gui.theme.look import look
from gui.widgets.empty_state import EmptyState
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import ScrollPane, column_of, tab_through
from models.operation import Topic
from models.permissions.viewing import Viewer
from models.role import OFFICE, ONLY_READS
from scoring.written.days import long_day
from scoring.written.text import listed

if TYPE_CHECKING:
    from gui.pages.overview.figures import Figures
    from gui.pages.overview.query import Asked
    from models.queries.applications.waiting import Waiting
    from models.queries.panel.overview import Overview

TITLE, NOTHING_NEEDS_YOU = "Overview", "Nothing needs you today."
CONCERNS = frozenset(Topic) - {Topic.FUNDS, Topic.ISSUES}


class OverviewPage(Page):
    """The page around its figures, which are made when there are any: it is on show before."""

    key = "overview"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self._shown: Overview | None = None
        self._of: tuple[Identity, int] | None = None
        self._is_narrow = False
        self._figures: Figures | None = None
        self._waiting: tuple[Waiting, ...] = ()
        self.title = ElidedLabel(TITLE, size=20, weight=600)
        self.summary = ElidedLabel(tone="text2")
        self.empty = EmptyState(tools.actions["start_round"], START_ROUND)
        self.empty.hide()  # until the record says that it has no round
        self.sheet = ScrollPane("Tasks and figures")
        self.sheet.setAccessibleDescription("")  # it has the focus until the first task is there
        self._lay_out()
        tools.workspace.watch(CONCERNS, self.refresh, self)
        tools.workspace.closed.connect(self._forget)
        look.changed.connect(self._redraw)

    @property
    def figures(self) -> "Figures":
        """Return what shows the figures, made when it is first wanted."""
        return self._figures or self._make_figures()

    def _make_figures(self) -> "Figures":
        from gui.pages.overview.figures import Figures  # the page itself is on show before it

        self._figures = figures = Figures(self._tools, self.sheet, is_narrow=self._is_narrow)
        figures.hide()  # until there are any
        self.sheet.setWidget(figures)
        figures.setAutoFillBackground(False)
        return figures

    def steps_left(self) -> tuple[Callable[[], object], ...]:
        """Return what makes the rest of the page, which shows the figures: a part each."""
        if self._figures is not None:
            return ()
        from gui.pages.overview.figures import Figures

        return (*(partial(self._prepare, part) for part in Figures.parts_ahead), self._prepare)

    def _prepare(self, part: Kind | None = None) -> None:
        """Make one part ahead, or (None) what all stand in, unless the figures came before."""
        if self._figures is None and part is not None:
            self._tools.parts.prepare(part)
        elif self._figures is None:
            self._make_figures()

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
        query = partial(_ask, round_id=self._place.line.round_id, viewer=self._tools.identity.viewer)
        work_out = partial(_work_out, self._place, self._tools.identity, current_day())
        self._tools.ask(query, self._show, work_out=work_out)

    def fit(self, room: Breakpoints) -> None:
        """Stand the columns under one another in a narrow window."""
        self._is_narrow = room.has_tabs
        self.summary.setVisible(not room.is_low)
        if self._figures is not None:
            self._figures.fit(is_narrow=self._is_narrow)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the first task's button, or the page that scrolls."""
        if not self.empty.isHidden():
            return (self.empty.button,)
        tasks = self._figures.tasks if self._figures is not None else []
        return (tasks[0].button if tasks else self.sheet,)

    @Slot()
    def _forget(self) -> None:
        """Keep no figures of another record, round or person until there are new ones."""
        self._shown = self._of = None
        self._waiting = ()
        if holds_focus(self):
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._figures is not None:
            self._figures.hide()
        self.summary.setText("")

    def _show(self, shown: "Overview") -> None:
        is_other = self._shown is None or self._shown.identity != shown.identity
        self._shown = shown
        self.figures.show()
        self._redraw()
        self._ask_waiting()
        if is_other and holds_focus(self):
            self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)  # Enter does what needs them first
        if is_other:
            self.sheet.verticalScrollBar().setValue(0)  # what needs them stands first

    def _ask_waiting(self) -> None:
        """Ask what came in and has no place: all applications are compared for it, so it is asked last."""
        if self._place is not None and self._tools.identity.role in OFFICE:
            of = self._place.line.round_id
            query = partial(_ask_for_waiting, round_id=of, viewer=self._tools.identity.viewer)
            self._tools.ask(query, self._take_waiting)

    def _take_waiting(self, items: "tuple[Waiting, ...]") -> None:
        if items != self._waiting:
            self._waiting = items
            self._redraw()

    @Slot()
    def _redraw(self) -> None:
        if self._shown is None or self._place is None:
            return
        shown, bar = _with_waiting(self._shown, self._place, self._waiting), self.sheet.verticalScrollBar()
        stood = bar.value()
        only_reads = ONLY_READS.get(shown.identity.role, "")
        nothing = only_reads or NOTHING_NEEDS_YOU
        self.figures.show_overview(shown, NOTHING_NEEDS_YOU, is_direct=self._place.line.is_direct)
        tab_through(self.sheet, *self.figures.in_order)
        many = self.figures.many_tasks
        needs = f"{counted(many, 'thing needs', 'things need')} you." if many else nothing
        who = "" if only_reads else f"You are {self._tools.identity.words}. "
        own = shown.identity.areas if self._place.area is None else ()
        self.title.setText(f"{TITLE}: {listed(own)}" if own else TITLE)
        self.summary.setText(f"{long_day(shown.today)}. {who}{needs}")
        bar.setValue(stood)  # a button that goes hands its focus on, and the sheet would follow it

    def _lay_out(self) -> None:
        head = column_of(self.title, self.summary, spacing=0, edges=(3, 0, 3, 0))
        parts = head, (self.sheet, 1), (self.empty, 1)
        column_of(*parts, spacing=2, edges=(17, 4, 17, 6), inside=self)


def _ask(session: Any, round_id: int, viewer: Viewer) -> "Asked":
    """Ask beside the event loop; what it takes is loaded there, while the page itself is on show."""
    from gui.pages.overview.query import ask_overview

    return ask_overview(session, round_id, viewer)


def _ask_for_waiting(session: Any, round_id: int, viewer: Viewer) -> "tuple[Waiting, ...]":
    from models.queries.applications.waiting import waiting  # not before the page is on show

    return waiting(session, round_id, viewer)


def _with_waiting(shown: "Overview", place: Place, items: "tuple[Waiting, ...]") -> "Overview":
    if not items:
        return shown
    from models.queries.panel.overview import with_waiting  # it was loaded to work the rest out

    return with_waiting(shown, place, items)


def _work_out(place: Place, identity: Identity, today: date, asked: "Asked") -> "Overview":
    from gui.pages.overview.query import overview_of  # it was loaded to ask

    return overview_of(place, identity, today, asked)
