"""Ranking & budget: the ranked list of an area, its budget line, and why each stands where it does."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.keys.key_map import KeyHint
from gui.pages.deciding.ranking.frame import RankingFrame
from gui.pages.deciding.ranking.sensitivity import EXPLAIN
from gui.pages.deciding.ranking.state import (
    RankingState,
    otherwise_words,
    outcome_counts,
    pots,
    summary,
    year_words,
)
from gui.pages.page import PageTools, Place
from gui.pages.page_keys import add_keys
from gui.record.questions import AFTER_PAINTING_MS
from gui.tables.ranking.lines import extras, table_rows
from gui.tables.ranking.rows import EXTRA_NAMES, TableRow, Wanted, is_application
from gui.text import ALL_AREAS, RULE_TIPS, RULE_WORDS
from gui.theme.look import look
from models.operation import Topic
from models.permissions.viewing import YOU_DECLARED
from models.queries.deciding.round_list import (
    RoundFigures,
    RoundList,
    ask_round,
    explained,
    without_closed,
    work_out,
)
from scoring.explaining.steps import Explanation

GREY_AFTER_MS = 150
NO_APPLICATION = "No applications in this round yet. They are imported on the Applications page."
CONCERNS = frozenset(Topic) - {Topic.FUNDS, Topic.ISSUES, Topic.RECORD}


class RankingPage(RankingFrame):
    """The page of one round. It asks the workspace and shows; it works nothing out."""

    key = "ranking"
    asks_at_place = False
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        self._is_folded, self._otherwise = True, ""
        super().__init__(tools)
        actions = tools.actions
        self.table.set_row_height(tools.settings.density)
        self._ticks = {name: actions[f"column_{name}"] for name in EXTRA_NAMES}
        for name, tick in self._ticks.items():
            tick.setChecked(name in tools.settings.columns)
            tick.toggled.connect(self._choose_columns)
        self.table.choose_columns(tools.settings.columns)
        self.what_if.begin(tools)
        self._grey = QTimer(self, singleShot=True, interval=GREY_AFTER_MS)
        self._connect()
        self.setFocusProxy(self.table)
        KeyHint(actions.keys, "find", self.filters.words.show_key, self)
        KeyHint(actions.keys, "projector", self.projecting.show_key, self)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._place, figures = place, self.figures
        if place is not None and figures is not None and figures.line.round_id == place.line.round_id:
            self._show_area()
        else:
            self.figures = None
            super().show_place(place)

    def show_reference(self, reference: str) -> None:
        """Select one application in the list."""
        self._picked = reference
        if not self.table.select(reference) and self._is_folded:
            self._fold()
            self.table.select(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record and work the round out again."""
        if self._place is None:
            return
        self._grey.start()
        query = ask_round(self._place.line.round_id, self._tools.identity.viewer)
        self._tools.ask(
            query, self._take_figures, work_out=partial(work_out, self._place.line, before=self.figures)
        )

    @Slot()
    def go_to_tie(self) -> None:
        """Let the chair decide the tie that stops the list, or show it to who may not."""
        state = self.on_show
        if state is None or not (tie := state.tie):
            return
        self.tabs.choose(0)
        self.show_reference(tie)
        self.table.setFocus()
        if state.may_rule_tie(tie):
            self.acts.decide_tie(tie)

    @Slot()
    def find_words(self) -> None:
        """Put the cursor into the filter."""
        self.tabs.choose(0)
        self.finding.setChecked(True)
        self.filters.focus_words()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        chosen = next((pot for pot in self.pots.pots if pot.isChecked()), self.filters.words)
        return (chosen, self.filters.words, self.table, self.explain.focusable())

    def _take_figures(self, figures: RoundFigures) -> None:
        self._tools.workspace.in_turns(self, self._follow(figures))

    def _follow(self, figures: RoundFigures) -> Iterator[None]:
        """Show other figures: what stands over the list, then the list, whose rows take long to print."""
        self._grey.stop()
        self.table.set_stale(is_stale=False)
        self.figures = figures
        self.acts.follow(figures)
        if not figures.rows.applications:
            self._show_empty(NO_APPLICATION)
        elif self._show_over_list():
            yield
            if self.figures is not figures:  # others came meanwhile
                return
            rows = self._rows(figures)
            yield
            if self.figures is not figures:
                return
            self._show_list_of_area(rows)
        self.came.emit()

    @Slot()
    def _show_area(self) -> None:
        if self._show_over_list() and self.figures is not None:
            self._show_list_of_area(self._rows(self.figures))

    def _show_over_list(self) -> bool:
        """Show what stands over the list, or why there is none; return whether there is one."""
        state = self.on_show
        if state is None or not state.figures.rows.applications:
            return False
        if state.figures.sight.viewer != state.identity.viewer:
            self.figures = None  # what another person may see is on its way
            return False
        self._let_act()
        if state.figures.sight.must_declare:
            self._show_declare_first()
        elif state.is_closed:
            self._show_empty(state.is_closed)
        else:
            self._show_list()
            self._show_state(state)
            return True
        return False

    def _show_state(self, state: RankingState) -> None:
        """Show what stands over the list and, where there is room, the money of the year under it."""
        figures, area = state.figures, state.area
        self.summary.setText(summary(figures.listed, area))
        self._otherwise = otherwise_words(figures.listed, area, figures.decided, figures.signed_by_some)
        year = "" if self._room.is_tiny else year_words(figures.listed, area, figures.budget)
        self.year.setText("\n".join(filter(None, (self._otherwise, year))))
        self.year.setVisible(bool(self.year.text()))
        waiting = figures.sight.waiting | figures.sight.without_marks
        tiles = pots(self.what_if.listed(figures.listed), figures.line.ring_fence, waiting)
        self.pots.show_pots(tiles, area if len(tiles) > 1 else tiles[0].area)
        self._show_pots()
        self.filters.show_counts(outcome_counts(self._listed(figures), area))
        rule = figures.ranking.scheme.allocation
        self.filters.show_rule(RULE_WORDS[rule], RULE_TIPS[rule])
        self.sure.follow(figures, area, figures.sight.unseen)
        self.what_if.show_range(self.sure.split_range)

    def _show_list_of_area(self, rows: tuple[TableRow, ...]) -> None:
        self._show_rows(rows)
        if self.figures is not None:
            self.what_if.follow(self.figures, self._area)

    @Slot()
    def _show_badges(self) -> None:
        if self.figures is not None and not self.empty.isVisibleTo(self):
            self.what_if.show_range(self.sure.split_range)
            self.table.show_rows(self._rows(self.figures))
            self._project()

    @Slot()
    def _print(self) -> None:
        if self.figures is not None:
            self._show_rows(self._rows(self.figures))

    def _show_rows(self, rows: tuple[TableRow, ...]) -> None:
        self.table.show_rows(rows)
        self._project()
        if not (self._picked and self.table.select(self._picked)):
            self.table.select_first()
        self._explain()

    @Slot()
    def _let_act(self) -> None:
        """Enable what is done with the list and its line at hand, or say why it waits."""
        if self.on_show is not None:
            self._show_head(self.on_show)
            self._let_act_on_line()

    def _explain(self) -> None:
        """Explain what is picked: the newest pick alone is answered."""
        state, picked = self.on_show, self._picked
        self._tools.questions.forget(self._take_explanation)
        if state is None or picked not in state.figures.projects:
            self.explain.clear()
        elif picked in state.closed:
            self.explain.clear(YOU_DECLARED)
        else:
            figures = state.figures
            self._tools.questions.work(
                lambda ticket: explained(figures, picked), self._take_explanation, wait_ms=AFTER_PAINTING_MS
            )
        self._let_act_on_line()

    def _take_explanation(self, found: Explanation) -> None:
        if self.figures is not None:
            self.explain.explain(found, self.figures.ranking.scheme)

    def _let_act_on_line(self) -> None:
        if self.on_show is not None:
            self.row_buttons.show_line(self.on_show.line(self._picked))

    def _listed(self, figures: RoundFigures) -> RoundList:
        """Return the list as the person may see it."""
        return without_closed(self.what_if.listed(figures.listed), figures.sight)

    @property
    def _area(self) -> str | None:
        return None if self._place is None else self._place.area

    def _rows(self, figures: RoundFigures) -> tuple[TableRow, ...]:
        """Return the rows of the list, printed as the person may see it."""
        closed, has_further = figures.sight.closed, bool(self._tools.settings.columns)
        projects = {of: words for of, words in figures.projects.items() if of not in closed}
        further = extras(figures.rows, figures.chosen) if has_further else {}
        further = {of: one for of, one in further.items() if of not in closed}
        badges = self.sure.badges(figures, closed)
        wanted = Wanted(self._area, self.filters.mark, self.filters.text, self._is_folded)
        return table_rows(self._listed(figures), projects, wanted, further, badges)

    @Slot()
    def _choose_columns(self) -> None:
        names = tuple(name for name, tick in self._ticks.items() if tick.isChecked())
        self._tools.settings.columns = names
        self.table.choose_columns(names)
        self._print()

    def _show_empty(self, words: str) -> None:
        self._grey.stop()
        self.explain.clear()
        self.projecting.forget()
        self.empty.button.setVisible(words == NO_APPLICATION)
        super()._show_empty(words)

    @Slot(str)
    def _pick(self, reference: str) -> None:
        self._picked = reference
        self._explain()

    @Slot(str)
    def _open(self, reference: str) -> None:
        """Open what is recommended on an application; who only reads is shown how it came about."""
        if not self.acts.open(reference):
            self.tabs.choose(1)
            self.sure.turns.choose(EXPLAIN)
            self.explain.focusable().setFocus()

    @Slot()
    def _fold(self) -> None:
        self._is_folded = not self._is_folded
        if self.figures is not None:
            self.table.show_rows(self._rows(self.figures))
        if not self._is_folded:
            self.table.scrollToBottom()

    @Slot(object)
    def _switch_area(self, area: str | None) -> None:
        if area != self._area:
            self._tools.choose_area(area)

    def _project(self) -> None:
        """Let the projector show what the page shows, and first that amounts of it are only tried."""
        title = f"{self.title.text()} · {self._area or look.area_label.labelled(ALL_AREAS)}"
        title = f"Not saved · {title}" if self.what_if.tries_amounts else title
        words = " ".join(filter(None, (self.summary.text(), self._otherwise)))
        self.projecting.follow(title, words, self.table.rows)

    @Slot()
    def _go_to_what_if(self) -> None:
        if self._room.is_low:
            return
        self.tabs.choose(1)
        self.sure.turns.choose(EXPLAIN)
        self.what_if.open()
        self.what_if.split.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _connect(self) -> None:
        acts, table = self.acts, self.table
        table.may_edit, table.check_amount = acts.may_edit, acts.check_amount
        add_keys(self, ((("F5",), self.projecting.toggle), (("Alt+W",), self._go_to_what_if)))
        for signal, slot in (
            (table.picked, self._pick),
            (table.fold_asked, self._fold),
            (table.opened, self._open),
            (table.recommended, acts.recommend),
            (table.edit_asked, acts.edit),
            (table.menu_asked, self.row_buttons.show_menu),
            (table.amount_given, acts.set_amount),
            (table.escaped, self.what_if.put_back),
            (self.tie.clicked, self.go_to_tie),
            (self.reasons.clicked, lambda: acts.write_reasons()),
            (self.finding.toggled, self._show_filters),
            (self.what_if.amounts_changed, self._show_area),
            (self.what_if.turned, self._let_act),
            (self.pots.chosen, self._switch_area),
            (self.filters.changed, self._print),
            (self.sure.badges_came, self._show_badges),
            (self.way_on.triggered, lambda: self._tools.go("applications")),
            (self._grey.timeout, partial(table.set_stale, is_stale=True)),
            (self._tools.identity_changed, self._show_area),
            (self._tools.actions["refresh"].triggered, self.refresh),
            (self._tools.actions["copy_explanation"].triggered, self.explain.copy),
        ):
            signal.connect(slot)
        self.filters.lead_to(table, is_application)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the sums that nobody but who sees the page gains by."""
        super().showEvent(event)
        self.sure.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of them, unless it is the window that goes behind others."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.sure.stop()
