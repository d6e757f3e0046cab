"""Ranking & budget: the ranked list of an area, its budget line, and why each stands where it does."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.breakpoints import Breakpoints
from gui.keys.key_hints import KeyHint
from gui.pages.deciding.ranking.actions import RankingActions
from gui.pages.deciding.ranking.frame import Parts, RankingFrame
from gui.pages.deciding.ranking.further import FurtherColumns
from gui.pages.deciding.ranking.head import RankingHead
from gui.pages.deciding.ranking.printed_ahead import PrintedAhead, print_ahead
from gui.pages.deciding.ranking.projector import ListProjecting
from gui.pages.deciding.ranking.reader import Reader
from gui.pages.deciding.ranking.row_buttons import RowButtons
from gui.pages.deciding.ranking.sensitivity import SensitivityController
from gui.pages.deciding.ranking.sensitivity_panel import SensitivityPanel
from gui.pages.deciding.ranking.sensitivity_side import EXPLAIN, SensitivitySide
from gui.pages.deciding.ranking.trying import Trying
from gui.pages.deciding.ranking.words import otherwise_words, outcome_counts, pots, summary, year_words
from gui.pages.explaining import Explaining
from gui.pages.page import PageTools, Place
from gui.record.runner import Ticket
from gui.tables.ranking.lines import table_rows
from gui.tables.ranking.rows import TableRow, Wanted, is_application
from gui.tables.ranking.view import RankingView
from gui.text import ALL_AREAS, RULE_TIPS, RULE_WORDS
from gui.widgets.explaining.explain_panel import ExplainPanel
from gui.widgets.explaining.what_if import WhatIfPanel
from gui.widgets.filter_row import FilterRow
from gui.widgets.label import Label
from gui.widgets.pot import PotRow
from models.operation import Topic
from models.permissions.viewing import YOU_DECLARED
from models.queries.deciding.round_list import RoundFigures, RoundList, ask_round, without_closed
from models.values.rounds import RoundLine

GREY_AFTER_MS = 150
CONCERNS = frozenset(Topic) - {Topic.FUNDS, Topic.ISSUES, Topic.RECORD}
NO_APPLICATIONS = "No applications in this round yet. They are imported on the Applications page."


class RankingPage(RankingFrame):
    """The page of one round. It asks the workspace and shows; it works nothing out."""

    key = "ranking"
    parts_ahead = (RankingView, ExplainPanel, WhatIfPanel, SensitivityPanel)
    concerns = CONCERNS
    came = Signal()

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Ranking & budget", way_on="Open a record…")
        look, workspace, actions = tools.look, tools.workspace, tools.actions
        self._line: RoundLine | None = None
        self._figures: RoundFigures | None = None
        self._area: str | None = None
        self._is_folded = True
        self._ahead: PrintedAhead | None = None
        self.pots = PotRow(look)
        self.filters = FilterRow(look)
        self.table = tools.parts.take(RankingView)
        self.year = Label(look, size=12, tone="text2").wrapped()
        self._otherwise = ""
        self.table.set_density(tools.settings.density)
        self.further = FurtherColumns(tools, self.table, self)
        self.explain = tools.parts.take(ExplainPanel)
        self._explaining = Explaining(self.explain, workspace, self)
        self.what_if = tools.parts.take(WhatIfPanel)
        self.trying = Trying(self.what_if, tools, self)
        self.row_actions = RankingActions(tools, self)
        self.row_buttons = RowButtons(look, self.row_actions)
        self.sure = SensitivityController(tools, self)
        self.side = SensitivitySide(tools, self.sure, self)
        self.way_on.triggered.connect(actions["open"].trigger)
        self.projecting = ListProjecting(look, self)
        self.head = RankingHead(tools, self.row_actions, self.projecting)
        self._grey = QTimer(self)
        self._grey.setSingleShot(True)
        self._grey.setInterval(GREY_AFTER_MS)
        side = (self.row_buttons, self.explain, self.what_if, self.side.turns, self.side.panel)
        parts = Parts(self.pots, self.filters, self.table, self.year, *side)
        self._stand(self.head.parts, parts)
        self._connect()
        self.setFocusProxy(self.table)
        KeyHint(actions.keys, "find", self.filters.words.show_key, self)
        KeyHint(actions.keys, "projector", self.projecting.show_key, self)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        line, area = (None, None) if place is None else (place.line, place.area)
        is_same = self._line is not None and line is not None and self._line.round_id == line.round_id
        self._line, self._area = line, area
        if line is None:
            self._figures = None
            self._show_empty(self._tools.no_round)
        elif is_same and self._figures is not None:
            self._show_area()
        else:
            self._figures = None
            self.refresh()

    def show_reference(self, reference: str) -> None:
        """Select one application in the list."""
        self._picked = reference
        if not self.table.select(reference) and self._is_folded:
            self._fold()
            self.table.select(reference)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: on one line when low, in tabs when narrow."""
        super().fit(room)
        self.pots.set_low(room.is_low)
        self.what_if.fit(is_low=room.has_low_sidebar, has_room=room.is_high)
        self._show_pots()
        self.head.fit(room)
        self.filters.fit(is_narrow=room.has_tabs)
        self._show_filters()

    @property
    def figures(self) -> RoundFigures | None:
        """Return what is on show, None while there is nothing."""
        return self._figures

    @property
    def area(self) -> str | None:
        """Return the area on show, None for all areas."""
        return self._area

    @property
    def reads_only(self) -> str:
        """Say why the person records nothing here, "" when they may."""
        reader = self._reader
        return "" if reader is None else reader.waits_in(self._area) or reader.acts_not or self.trying.waits

    @property
    def _reader(self) -> Reader | None:
        """Return the person before the list, None while there is none."""
        return None if self._figures is None else Reader(self._figures, self._tools.identity)

    @Slot()
    def refresh(self) -> None:
        """Ask the record and work the round out again."""
        if self._line is None:
            return
        self._grey.start()
        query = ask_round(self._line.round_id, self._tools.identity.viewer)
        self._tools.ask(query, self._take_figures, work_out=partial(print_ahead, self._line, self._wanted))

    @Slot()
    def go_to_tie(self) -> None:
        """Let the chair decide the tie that stops the list, or show it to who may not."""
        reference = self.row_actions.tie_in(self._area)
        if reference:
            self.head.tabs.choose(0)
            self.show_reference(reference)
            self.table.setFocus()
        if reference and self.row_actions.chair.may_rule_tie(reference):
            self.row_actions.chair.decide_tie(reference)

    @Slot()
    def find_words(self) -> None:
        """Put the cursor into the filter."""
        self.head.tabs.choose(0)
        self.head.find.setChecked(True)
        self.filters.focus_words()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        chosen = next((pot for pot in self.pots.pots if pot.isChecked()), self.filters.words)
        return (chosen, self.filters.words, self.table, self.explain.focusable())

    def _take_figures(self, ahead: PrintedAhead) -> None:
        self._tools.workspace.in_turns(self, self._follow(ahead))

    def _follow(self, ahead: PrintedAhead) -> Iterator[None]:
        """Show other figures: what stands over the list, then the list itself."""
        self._grey.stop()
        figures, self._ahead = ahead.figures, ahead
        self.table.set_stale(is_stale=False)
        self._figures = figures
        self.row_actions.follow(figures)
        if not figures.rows.applications:
            self._show_empty(NO_APPLICATIONS)
        elif self._show_over_list():
            yield
            if self._figures is not figures:  # others came meanwhile
                return
            self._show_list_of_area()
        self._ahead = None
        self.came.emit()

    @Slot()
    def _show_area(self) -> None:
        if self._show_over_list():
            self._show_list_of_area()

    def _show_over_list(self) -> bool:
        """Show what stands over the list, or why there is none; return whether there is one."""
        figures, reader = self._figures, self._reader
        if figures is None or reader is None or not figures.rows.applications:
            return False
        if figures.sight.viewer != self._tools.identity.viewer:
            self._figures = None  # what another person may see is on its way
            return False
        closed = reader.waits_in(self._area)
        self._let_act(closed)
        if figures.sight.must_declare:
            self._show_declare_first()
            return False
        if closed:
            self._show_empty(closed)
            return False
        self._show_list()
        self.summary.setText(summary(figures.listed, self._area))
        self._otherwise = otherwise_words(figures.listed, self._area, figures.decided)
        self._show_year(year_words(figures.listed, self._area, figures.budget))
        waiting = figures.sight.waiting | figures.sight.without_marks
        tiles = pots(self.trying.listed(figures.listed), figures.line.ring_fence, waiting)
        self.pots.show_pots(tiles, self._area if len(tiles) > 1 else tiles[0].area)
        self._show_pots()
        self.filters.show_counts(outcome_counts(self._listed(), self._area))
        rule = figures.ranking.scheme.allocation
        self.filters.show_rule(RULE_WORDS[rule], RULE_TIPS[rule])
        self.sure.follow(figures, self._area, reader.unseen)
        self.what_if.show_range(self.sure.split_range)
        return True

    def _show_list_of_area(self) -> None:
        self._show_rows()
        if self._figures is not None:
            self.trying.follow(self._figures, self._area)

    @Slot()
    def _show_badges(self) -> None:
        if self._figures is not None and not self.empty.isVisibleTo(self):
            self.what_if.show_range(self.sure.split_range)
            self._tools.questions.work(partial(_print, self._printing()), self._take_rows)

    def _take_rows(self, rows: tuple[TableRow, ...]) -> None:
        self.table.show_rows(rows)
        self._project()

    @Slot()
    def _show_rows(self) -> None:
        if self._figures is None:
            return
        self.table.show_rows(self._rows())
        self._project()
        self._is_explained = False
        self._select(self.table)
        if not self._is_explained:  # the row that held before holds still
            self._explain()

    def _let_act(self, closed: str) -> None:
        """Enable what is done with the list, or say why it waits."""
        self.head.update(self._area, closed, self.reads_only)
        self.row_buttons.refresh()

    def _explain(self) -> None:
        self._is_explained = True
        closed = YOU_DECLARED if self._picked in self._closed() else ""
        self._explaining.follow(self._figures, self._picked, closed)
        self.row_buttons.follow(self._picked)

    def _closed(self) -> frozenset[str]:
        """Return what the person declared an interest in."""
        return frozenset() if self._reader is None else self._reader.closed

    def _listed(self) -> RoundList:
        """Return the list as the person may see it."""
        assert self._figures is not None, "a list is shown of figures that are there"
        return without_closed(self.trying.listed(self._figures.listed), self._figures.sight)

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self._area, self.filters.mark, self.filters.text, self._is_folded)

    def _rows(self) -> tuple[TableRow, ...]:
        self._tools.questions.forget(self._take_rows)
        return self._printing()()

    def _printing(self) -> Callable[[], tuple[TableRow, ...]]:
        """Return what prints the rows as they are now, or has them printed."""
        assert self._figures is not None, "rows are shown of figures that are there"
        listed, wanted, closed, ahead = self._listed(), self._wanted, self._closed(), self._ahead
        projects = {of: words for of, words in self._figures.projects.items() if of not in closed}
        further = self.further.of(self._figures, closed)
        badges = self.sure.badges(self._figures, closed)
        is_plain = listed is self._figures.listed and not (closed or further or badges)
        if is_plain and ahead is not None and ahead.wanted == wanted:
            return partial(tuple, ahead.rows)
        return partial(table_rows, listed, projects, wanted, further, badges)

    def _show_empty(self, words: str) -> None:
        self._grey.stop()
        self.explain.clear()
        self.projecting.forget()
        self.empty.button.setVisible(self._line is None)
        super()._show_empty(words)

    @Slot(str)
    def _pick(self, reference: str) -> None:
        self._picked = reference
        self._explain()

    @Slot(str)
    def _open(self, reference: str) -> None:
        """Open what is recommended on an application; who only reads is shown how it came about."""
        if not self.row_actions.open(reference):
            self.head.tabs.choose(1)
            self.side.turns.choose(EXPLAIN)
            self.explain.focusable().setFocus()

    @Slot()
    def _fold(self) -> None:
        self._is_folded = not self._is_folded
        self.table.show_rows(self._rows())
        if not self._is_folded:
            self.table.scrollToBottom()

    @Slot(object)
    def _switch_area(self, area: str | None) -> None:
        if area != self._area:
            self._tools.choose_area(area)

    def _show_year(self, words: str) -> None:
        """Show under the list what was decided otherwise, and the year's money where there is room."""
        shown = "\n".join(filter(None, (self._otherwise, "" if self._room.is_tiny else words)))
        self.year.setText(shown)
        self.year.setVisible(bool(shown))

    def _show_pots(self) -> None:
        self.pots.setVisible(bool(self.pots.pots) and not self._room.is_tiny)

    @Slot()
    def _show_filters(self) -> None:
        """Show what filters the list; in a very low window once it is asked for, and while it does."""
        is_used = self.filters.mark is not None or bool(self.filters.text)
        self.filters.setVisible(not self._room.is_tiny or is_used or self.head.find.isChecked())

    @Slot()
    def _turn_grey(self) -> None:
        self.table.set_stale(is_stale=True)

    def _connect(self) -> None:
        self.table.picked.connect(self._pick)
        self.table.fold_asked.connect(self._fold)
        self.table.opened.connect(self._open)
        self.head.tie.clicked.connect(self.go_to_tie)
        self.table.recommended.connect(self.row_actions.recommend)
        self.table.edit_asked.connect(self.row_actions.edit)
        self.table.may_edit = self.row_actions.may_edit
        self.table.check_amount = self.row_actions.check_amount
        self.table.amount_given.connect(self._take_amount)
        self.table.escaped.connect(self._leave_what_if)
        for words, do in (("F5", self.projecting.toggle), ("Alt+W", self._go_to_what_if)):
            key = QShortcut(QKeySequence(words), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(do)
        self.trying.amounts_changed.connect(self._show_area)
        self.trying.turned.connect(self._turn_trial)
        self.row_actions.amount_asked.connect(self._edit_amount)
        self.head.reasons.clicked.connect(self._write_reasons)
        self.row_actions.recommending.line_asked.connect(self.table.go_to_line)
        self.table.menu_asked.connect(self.row_actions.show_menu)
        self.pots.chosen.connect(self._switch_area)
        self.filters.changed.connect(self._show_rows)
        self.further.changed.connect(self._show_rows)
        self.sure.badges_came.connect(self._show_badges)
        self.filters.lead_to(self.table, is_application)
        self.head.find.toggled.connect(self._show_filters)
        self._grey.timeout.connect(self._turn_grey)
        self._tools.identity_changed.connect(self._show_area)
        self._tools.actions["refresh"].triggered.connect(self.refresh)
        self._tools.actions["copy_explanation"].triggered.connect(self.explain.copy)

    @Slot(str)
    def _edit_amount(self, reference: str) -> None:
        """Open an amount in its cell, in the list where it takes turns with its side."""
        self.head.tabs.choose(0)
        self.table.edit_amount(reference)

    @Slot(str, object)
    def _take_amount(self, reference: str, pence: int) -> None:
        """Record an amount typed into its cell, or only try it."""
        if self.trying.tries_amounts:
            self.trying.set_amount(reference, pence)
        else:
            self.row_actions.set_amount(reference, pence)

    @Slot(bool)
    def _turn_trial(self, is_on: bool) -> None:
        self.row_actions.may_be_nothing = self.trying.tries_amounts
        self.row_actions.waits = self.trying.waits
        self._let_act("" if self._reader is None else self._reader.waits_in(self._area))
        self._project()

    def _project(self) -> None:
        """Let the projector show what the page shows."""
        title = f"{self.title.text()} · {self._area or self._tools.look.area_label.labelled(ALL_AREAS)}"
        words = " ".join(filter(None, (self.summary.text(), self._otherwise)))
        self.projecting.follow(title, words, self.table.rows, is_tried=self.trying.is_on)

    @Slot()
    def _write_reasons(self) -> None:
        self.row_actions.write_reasons(self._area)

    @Slot()
    def _go_to_what_if(self) -> None:
        if self._room.is_low:
            return
        self.head.tabs.choose(1)
        self.side.turns.choose(EXPLAIN)
        self.what_if.open()
        self.what_if.split.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _leave_what_if(self) -> None:
        if self.trying.is_on:
            self.what_if.put_back()


def _print(printing: Callable[[], tuple[TableRow, ...]], ticket: Ticket) -> tuple[TableRow, ...]:
    return printing()
