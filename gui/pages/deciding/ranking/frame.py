"""Where the parts of the ranking page stand: head, pots, list, and the side that takes turns when narrow."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.deciding.ranking.acts import RankingActs
from gui.pages.deciding.ranking.row_acts import RowButtons
from gui.pages.deciding.ranking.sensitivity import SensitivityPanel
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.deciding.ranking.what_if import WhatIfPanel
from gui.pages.page import PageTools
from gui.pages.projector import Projecting, Projector
from gui.pages.sided_page import SidedPage
from gui.tables.ranking.rows import TableRow
from gui.tables.ranking.view import RankingView
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.explain_panel import ExplainPanel
from gui.widgets.filter_row import FilterRow
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import column_of, row_of
from gui.widgets.pill import PillTabs
from gui.widgets.pot import PotRow
from gui.widgets.tips import let_press, set_tip, words_in
from models.queries.deciding.round_list import RoundFigures

SIDE_WIDTH = 300
TABS = ("List", "Explain", "Secure?")
"""The parts where one has the page to itself; the last in one word, so that all stand beside the title."""
RECORD = "Record recommendations"
REASONS = "Write reasons…"
SIGNED = "Every recommendation is signed; only the deciding office changes it now, on Decisions"
FILTER = "Show what the list is filtered by"
DECIDE_TIE, SHOW_TIE = "Decide the tie…", "Show the tie"


class RankingFrame(SidedPage):
    """The widgets of the page, laid out, and in step with the room and the text size."""

    came = Signal()
    parts_ahead = (RankingView, ExplainPanel, WhatIfPanel, SensitivityPanel)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Ranking & budget", way_on="Open applications")
        self.figures: RoundFigures | None = None
        """What is on show, None while there is nothing."""
        parts = tools.parts
        self.pots, self.filters = PotRow(), FilterRow()
        self.table = parts.take(RankingView)
        self.year = small()
        self.explain, self.what_if = parts.take(ExplainPanel), parts.take(WhatIfPanel)
        self.acts = RankingActs(tools, self)
        self.row_buttons = RowButtons(tools, self.acts)
        self.sure = parts.take(SensitivityPanel)
        self.sure.begin(tools, self)
        self.projecting = ListProjecting(self)
        self.tabs = PillTabs(TABS)
        self.record = Button(RECORD, kind="primary", icon="recommend")
        self.record.does(tools.actions["record_recommendations"])
        self.reasons, self.tie = Button(REASONS), Button(DECIDE_TIE)
        self.finding = Button("", icon="search", name=FILTER)
        self.finding.setCheckable(True)
        set_tip(self.finding, FILTER)
        for button in (self.reasons, self.tie, self.finding):
            button.hide()
        head = (
            self.tabs,
            self.finding,
            self.projecting.button,
            self.tie,
            self.reasons,
            self.record,
        )
        self._lay_out_page(head, (self._content(),))
        self.tabs.changed.connect(self._turn)
        self.sure.turns.changed.connect(self.show_tab)

    @property
    def on_show(self) -> RankingState | None:
        """Return what is on show and the person before it, None while there is nothing."""
        if self.figures is None or self._place is None:
            return None
        tried = (self.what_if.waits, self.what_if.tries_amounts)
        return RankingState(self.figures, self._tools.identity, self._place.area, *tried)

    def edit_amount(self, reference: str) -> None:
        """Open an amount in its cell, in the list where it takes turns with its side."""
        self.tabs.choose(0)
        self.table.edit_amount(reference)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: on one line when low, tabs and short words when narrow."""
        super().fit(room)
        self.pots.set_low(room.is_low)
        self.filters.fit(is_low=room.is_low)
        self.what_if.fit(is_low=room.has_low_sidebar, has_room=room.is_high)
        self._show_pots()
        self.finding.setVisible(room.is_tiny)
        self.tabs.setVisible(room.has_tabs)
        self.record.show_words("Record" if room.has_tabs else RECORD, name=RECORD)
        self.reasons.show_words("Reasons…" if room.has_tabs else REASONS, name=REASONS)
        self._show_projector()
        self._show_filters()

    def _show_projector(self) -> None:
        """Show the button where there is room for it and a list to put on the wall."""
        button = self.projecting.button
        button.setVisible(button.isEnabled() and not self._room.has_tabs)

    def _show_pots(self) -> None:
        self.pots.setVisible(bool(self.pots.pots) and not self._room.is_tiny)

    @Slot()
    def _show_filters(self) -> None:
        """Show what filters the list; in a very low window once it is asked for, and while it does."""
        is_used = self.filters.mark is not None or bool(self.filters.text)
        self.filters.setVisible(not self._room.is_tiny or is_used or self.finding.isChecked())

    def _show_head(self, state: RankingState) -> None:
        """Enable what is done with the list, or say why it waits."""
        closed, may_act = state.is_closed, not state.reads_only
        action = self._tools.actions["record_recommendations"]
        self.record.setEnabled(action.isEnabled() and not closed)
        set_tip(self.record, closed or words_in(action.toolTip()))
        if not closed and state.is_signed:
            let_press(self.record, SIGNED)
        self.record.setVisible(may_act)
        self.projecting.button.setEnabled(not closed)
        self._show_projector()
        self.reasons.setVisible(may_act and bool(state.unreasoned))
        tie = state.tie
        self.tie.setVisible(may_act and bool(tie))
        self.tie.show_words(DECIDE_TIE if tie and state.may_rule_tie(tie) else SHOW_TIE)

    def _fit(self) -> None:
        self.show_tab()

    @Slot()
    def _turn(self) -> None:
        """Show the list or, in a narrow window, what else stands beside it."""
        if self.tabs.number > 0:
            self.sure.turns.choose(self.tabs.number - 1)
        self.show_tab()

    @Slot()
    def show_tab(self) -> None:
        """Show the list, its side, or both."""
        has_tabs = self._room.has_tabs
        is_list = not has_tabs or self.tabs.number == 0
        is_sure = self.sure.turns.number == 1
        for part, is_on in (
            (self.sure.turns, not has_tabs),
            (self._list, is_list),
            (self._side, not has_tabs or not is_list),
            (self._acts_slot, not is_sure),
            (self.explain, not is_sure),
            (self.sure, is_sure),
            (self.what_if, not is_sure and not self._room.is_low),
        ):
            if part.isHidden() is is_on:  # else Qt dresses and measures what is shown anyway
                part.setVisible(is_on)
        self._stand_beside(self._side, SIDE_WIDTH, is_alone=has_tabs)

    def _content(self) -> QWidget:
        content, self._list, self._side, self._acts_slot = (QWidget() for _ in range(4))
        card = Card(inset=(3, 3)).fill_with(self.table)
        column_of(self.filters, (card, 1), self.year, spacing=4, inside=self._list)
        column_of(self.row_buttons, inside=self._acts_slot)
        column_of(
            row_of(self.sure.turns, 1),
            self._acts_slot,
            (self.explain, 1),
            (self.sure, 1),
            self.what_if,
            spacing=10,
            inside=self._side,
        )
        self._row = row_of((self._list, 1), self._side, spacing=13)
        column_of(self.pots, (self._row, 1), spacing=7, inside=content)
        return content


class RankingProjector(Projector):
    """The list with its title and summary."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Ranking")
        self.title = ElidedLabel(size=20, weight=600)
        self.summary = Label(tone="text2").wrapped()
        self.table = RankingView()
        self.table.escaped.connect(self.close)
        parts = self.title, self.summary, (self.table, 1)
        column_of(*parts, spacing=7, edges=(19, 13, 19, 11), inside=self.page)

    def show_list(self, title: str, summary: str, rows: Sequence[TableRow]) -> None:
        """Show a list."""
        self.title.setText(title)
        self.summary.setText(summary)
        self.table.show_rows(rows)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the list, which does not stand where it is drawn."""
        QApplication.sendEvent(self.table.viewport(), event)


class ListProjecting(Projecting[RankingProjector]):
    """The list on the projector, in step with the page."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "list")
        self._shown: tuple[str, str, tuple[TableRow, ...]] | None = None

    def follow(self, title: str, summary: str, rows: tuple[TableRow, ...]) -> None:
        """Show what the page shows, while the projector is on."""
        self._shown = (title, summary, rows)
        if self.is_on:
            self._put()

    def forget(self) -> None:
        """Have no list to show, on the projector or off it."""
        self._shown = None
        self.switch_off()

    def _make(self) -> RankingProjector:
        return RankingProjector(self._page)

    def _put(self) -> bool:
        if self._shown is None:
            return False
        title, summary, rows = self._shown
        self.projector.show_list(title, summary, tuple(map(_unnamed, rows)))
        return True

    def _begin(self) -> None:
        self.projector.table.setFocus()


def _unnamed(row: TableRow) -> TableRow:
    """Return a row without what moves it: that names members."""
    return replace(row, badge=replace(row.badge, tip=""))
