"""Where the parts of the ranking page stand, and what is done to a line, as buttons by it and as a menu."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from gui.listed.acts import Act, ActButton, At, offers
from gui.pages.deciding.ranking.acts import RankingActs
from gui.pages.deciding.ranking.sensitivity import SensitivityPanel
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.deciding.ranking.what_if import WhatIfPanel
from gui.pages.page import Breakpoints, PageTools
from gui.pages.projector import Projecting, Projector
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.ranking.rows import TableRow
from gui.tables.ranking.view import RankingView
from gui.widgets.buttons import Button
from gui.widgets.explain_panel import ExplainPanel
from gui.widgets.filter_row import FilterRow
from gui.widgets.flow import flow_of
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import Card, column_of, row_of
from gui.widgets.pill import PillTabs
from gui.widgets.pot import PotRow
from gui.widgets.tips import let_press, set_tip, words_in
from models.queries.deciding.round_list import Listed, Mark, RoundFigures

KEYS = {
    "Fund": "F",
    "Part-fund…": "P",
    "Reserve": "R",
    "Decline…": "D",
    "Defer, decide later…": "L",
    "Amount…": "F2",
    "Amount, conditions or reason…": "Enter",
}
"""The keys of the list that do the same."""

LineAt = At[RankingState, Listed | None]
LineAct = Act[RankingState, Listed | None]


class RowButtons(QWidget):
    """Fund, part-fund, decline, amount and exception in sight; the rest in a menu, as by right click."""

    def __init__(self, tools: PageTools, acts: RankingActs) -> None:
        super().__init__()
        self._tools, self._acts = tools, acts
        self.setAccessibleName("Recommend on the selected application")
        self.buttons = [ActButton(act) for act in BUTTONS]
        self.tie, self.fund, self.part, self.decline, self.amount, self.exception, self.more = self.buttons
        for button in self.buttons:
            button.pressed.connect(acts.press)
        column_of(flow_of(self.buttons, 6), inside=self)

    def show_line(self, line: Listed | None) -> None:
        """Offer what can be done to a line, None where none is picked; who only reads is offered nothing."""
        at = self._at(line)
        for button in self.buttons:
            button.show_at(at)
        self.setVisible(any(button.offer is not None for button in self.buttons))

    def _show_below(self, reference: str) -> None:
        self.show_menu(reference, self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot(str, object)
    def show_menu(self, reference: str, at: QPoint) -> None:
        """Show what can be done to an application."""
        if self._acts.open_line(reference) is not None:
            self.menu(reference).popup(at)

    def menu(self, reference: str) -> QMenu:
        """Return the menu of an application, empty where nothing may be done to it; it goes as it is left."""
        menu = QMenu(self._tools.dialogs.window)
        menu.aboutToHide.connect(menu.deleteLater)
        line = self._acts.line(reference)
        if line is None or self._acts.state.settled(reference):
            return menu
        at = self._at(line)
        for number, group in enumerate(filter(None, (offers(acts, at) for acts in MENU))):
            if number:
                menu.addSeparator()
            self._acts.offer_in(menu, group)
        for action in menu.actions():
            if action.text() in KEYS:
                action.setText(f"{action.text()}\t{KEYS[action.text()]}")
        return menu

    def _at(self, line: Listed | None) -> LineAt:
        """Return what the acts on a line are asked of, None where none is picked."""
        kept = {"menu": self._show_below, "acts": self._acts}
        return At(self._acts.state, line, self._tools.identity, None, current_day(), kept)


def _line(at: LineAt) -> Listed:
    assert at.row is not None, "what needs a line waits for one"
    return at.row


def _acts(at: LineAt) -> RankingActs:
    acts: RankingActs = at.kept["acts"]
    return acts


def _reference(at: LineAt) -> str:
    return _line(at).standing.reference


def _waits(at: LineAt) -> str:
    """Say why nothing is recorded on the line at hand, "" where it can be."""
    if at.row is None:
        return "Choose an application in the list first"
    return at.answer.settled(_reference(at)) or at.answer.waits


def _amount_waits(at: LineAt) -> str:
    """Say the same of its amount, which can be tried all the same."""
    tries = at.row is not None and at.answer.tries_amounts
    return at.answer.settled(_reference(at)) if tries else _waits(at)


def _exception_waits(at: LineAt) -> str:
    return _waits(at) or ("" if at.answer.may_rule((_reference(at),)) else "The chair makes exceptions")


def _exception_words(at: LineAt) -> str:
    return "Exception…" if at.answer.exception(_reference(at)) is None else "Take the exception back"


def _exception_name(at: LineAt) -> str:
    return _exception_words(at).replace("Exception…", "Make an exception…")


def _tie(at: LineAt) -> str:
    """Return the tie that the line is in or waits behind and the person may rule on now, "" for none."""
    if _waits(at):
        return ""
    of = _reference(at)
    is_in_one = _line(at).standing.tied and at.answer.may_rule_tie(of)
    return at.answer.tie_to_rule(_line(at)) or of * is_in_one


def _of_area(at: LineAt) -> RankingState:
    """Return the list of the line's own area."""
    return replace(at.answer, area=_line(at).standing.area)


def _write_reasons(at: LineAt) -> None:
    _acts(at).write_reasons(_of_area(at))


def _does(act: Callable[[RankingActs, str], None]) -> Callable[[LineAt], None]:
    return lambda at: act(_acts(at), _reference(at))


def _act(
    words: str | Callable[[LineAt], str],
    does: Callable[[LineAt], None],
    why_not: Callable[[LineAt], str] = _waits,
    tip: str = "",
    **more: Any,
) -> LineAct:
    key = f" ({KEYS[words]})" if tip and words in KEYS else ""
    return Act(words, does, kind="record recommendations", why_not=why_not, tip=f"{tip}{key}", **more)


def _outcome(mark: Mark, words: str, tip: str = "") -> LineAct:
    return _act(words, lambda at: _acts(at).recommend(_reference(at), mark), tip=tip)


FUND = _outcome(Mark.FUND, "Fund", "Recommend the whole amount")
PART = _outcome(Mark.PART, "Part-fund…", "Recommend a part of it")
DECLINE = _outcome(Mark.DECLINE, "Decline…", "Recommend no money, with the reason")
AMOUNT = _act("Amount…", _does(RankingActs.change_amount), _amount_waits, "Change the amount")
TIE = _act(
    "Decide the tie…",
    lambda at: _acts(at).decide_tie(_tie(at)),
    tip="Put those that share the place in an order",
    where=lambda at: bool(_tie(at)),
)
EXCEPTION = _act(
    *(_exception_words, _does(RankingActs.decide_exception), _exception_waits),
    "Consider it although it is below a minimum",
    name=_exception_name,
    where=lambda at: at.row is not None and bool(at.row.standing.below_threshold),
)
MORE = _act(
    *("More…", lambda at: at.kept["menu"](_reference(at))),
    tip="Everything that can be done to it (right click, Shift+F10)",
)
BUTTONS: tuple[LineAct, ...] = (TIE, FUND, PART, DECLINE, AMOUNT, EXCEPTION, MORE)
"""What stands beside the explanation, in reading order."""
MENU: tuple[tuple[LineAct, ...], ...] = (
    (
        *(FUND, PART, _outcome(Mark.RESERVE, "Reserve"), DECLINE),
        *(_outcome(Mark.DEFER, "Defer, decide later…"), _outcome(Mark.REFER, "Refer to another fund…")),
    ),
    (
        AMOUNT,
        _act("Amount, conditions or reason…", _does(RankingActs.edit)),
        _act(
            "Write the reasons still missing…",
            _write_reasons,
            where=lambda at: bool(_of_area(at).unreasoned),
        ),
        _act(
            *("Withdraw the recommendation", _does(RankingActs.withdraw)),
            where=lambda at: _line(at).is_recorded,
        ),
    ),
    (TIE, EXCEPTION),
)
"""What can be done to an application, in groups."""


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
