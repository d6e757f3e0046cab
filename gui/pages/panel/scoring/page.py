"""Scoring: the strip of sheets, the application beside the form, and others' marks once handed in."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.keys.key_hints import KeyHint
from gui.pages.page import DECLARE, OWN_DECLARATION, PageTools, Place
from gui.pages.page_keys import add_keys, holds_focus, to_focus
from gui.pages.panel.page import START
from gui.pages.panel.scoring.actions import SheetActions
from gui.pages.panel.scoring.form import NEXT_AREA, TO_HAND_IN, SheetForm
from gui.pages.panel.scoring.grid import GridView
from gui.pages.panel.scoring.head import ChairBar, ScoringHead, may_type
from gui.pages.panel.scoring.marks import scale_words, typed_digit
from gui.pages.panel.scoring.navigation import Navigation
from gui.pages.panel.scoring.one_sheet import OneSheet
from gui.pages.panel.scoring.sheets import EDITABLE, Sheets, Shown
from gui.pages.panel.scoring.words import (
    CHOOSE_PERSON,
    NOT_ON_CELL,
    NOT_ON_MARKS,
    SCORE_AFTER_ALL,
    NoSheet,
    no_sheet,
    opener_words,
    refusal_words,
)
from gui.theme.office_words import ours
from gui.widgets.empty_state import EmptyState
from gui.widgets.nesting import nest
from gui.widgets.stack import UnnamedStack
from models.operation import Topic
from models.queries.panel.score_sheets import ScoreSheets, SheetLine, SheetState

CONCERNS = frozenset(
    {Topic.ROUNDS, Topic.SCHEME, Topic.APPLICATIONS, Topic.GATES, Topic.PANEL, Topic.INTERESTS, Topic.MARKS}
)


class ScoringPage(QWidget):
    """A member's sheets. It asks and shows; every change goes to the record."""

    key = "scoring"
    parts_ahead = (SheetForm, GridView)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        look = tools.look
        self._tools, self._look, self._workspace = tools, look, tools.workspace
        self.sheets = Sheets(tools, self)
        self._shown = Shown(self.sheets)
        self.head = head = ScoringHead(look)
        self.progress, self.strip, self.tabs = head.progress, head.strip, head.tabs
        self.as_grid, self.hand_in = head.as_grid, head.hand_in
        self._one = OneSheet(tools, self.sheets, self._shown)
        self.pane, self.form, self.drafts = self._one.pane, self._one.form, self._one.drafts
        self.grid = tools.parts.take(GridView)
        self.chair = ChairBar(look)
        self._turned, self._paper, self._is_owed_focus = False, "", False
        self._settled = ("", False)
        self._way_on = QAction(DECLARE, self)
        self._way_on.triggered.connect(self._go_on_empty)
        self.empty = EmptyState(look, self._way_on, DECLARE, icon="scoring")
        self.sheet_actions = SheetActions(tools, self.sheets, self._shown, self)
        self.navigation = Navigation(tools, self._shown, (self.form, self.grid), head, self)
        self.go_on, self.skip = self.navigation.go_on, self.navigation.skip
        self._enter = self.navigation.enter
        self._lay_out()
        self._connect()
        self._connect_actions()
        self._add_keys()
        keys, footer = tools.actions.keys, self.form.footer
        KeyHint(keys, "page_next", footer.show_next_key, self)
        KeyHint(keys, "page_skip", footer.show_skip_key, self)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area, None when the record has no round; what is typed stays at its own."""
        if place is None or not place.is_at(self._shown.place):
            self._enter()
        self._shown.place = place
        if place is None:
            self.sheets.leave()
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show one application."""
        self._enter()
        self._shown.reference = reference
        self._show()

    def refresh(self) -> None:
        """Ask the record again."""
        place = self._shown.place
        if place is None:
            may_start = self._tools.identity.may("start round")
            self._say(NoSheet(self._tools.no_round, START if may_start else ""))
        else:
            identity = self._tools.identity
            member = (self._paper or None) if self.is_paper else identity.member
            if not self.sheets.is_at(place.line.round_id, member, is_paper=self.is_paper):
                self._begin_again()
            self.sheets.look_at(place.line.round_id, member, is_paper=self.is_paper)

    def _begin_again(self) -> None:
        """Remember no position: the sheets to come are another member's, or of another round or record."""
        self._is_owed_focus = self.isVisible() and (self.hasFocus() or holds_focus(self))
        self._shown.begin_again()
        self.form.forget()
        self.grid.forget()

    @Slot()
    def _forget(self) -> None:
        """Keep nothing of a record that is closed: neither its sheets nor whose and which were on show."""
        self.sheets.leave()
        self._begin_again()
        self._shown.place, self._paper, self._turned = None, "", False
        self.tabs.choose(0)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: a slimmer form, one row of buttons, or tabs."""
        self.head.fit(room)
        self._one.fit(room)
        self._show_tab()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self._stack.currentWidget() is self.empty:
            return (self.empty.button,)
        if self._is_grid and self.grid.table is not None:
            return (self.strip, self.grid.reason, self.grid.table)
        box = self.form.open_box
        has_marks = box is not None and (box.isVisible() or not self.form.footer.next.isVisible())
        return (self.strip, self.pane.pane, box.marks_focus() if box and has_marks else self.form.footer.next)

    def focusProxy(self) -> QWidget:
        """Return where the focus goes as the page is gone to: the marks of the open criterion.

        The page keeps the focus itself until it has sheets, or a way to them, to show.
        """
        panes = self.panes()
        has_none = self.sheets.all is None and self.empty.offered is None
        return self if has_none else to_focus(panes[-1], panes) or self

    def find_words(self) -> None:
        """Go to the strip of sheets: the page has no filter."""
        self.strip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_paper(self) -> bool:
        """Whether the office types in what members gave on paper."""
        return may_type(self._tools.identity)

    @property
    def _is_grid(self) -> bool:
        return self._turned or self.is_paper

    @property
    def _code(self) -> str:
        box = self.form.open_box
        return self.grid.cell[1] if self._is_grid else box.code if box is not None else ""

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """Return the sheets of the area on show."""
        return self._shown.lines

    @property
    def current(self) -> SheetLine | None:
        """Return the sheet on show."""
        return self._shown.current

    @property
    def ready(self) -> tuple[str, ...]:
        """Return which of the sheets on show are full and not handed in."""
        return self._shown.ready

    @Slot(object)
    def take_change(self, topics: frozenset[Topic]) -> None:
        """Ask again when a change concerns the sheets."""
        if topics & CONCERNS and self.isVisible():
            self.sheets.follow_change()

    @Slot()
    def _go_on_empty(self) -> None:
        """Go where the button of the empty page leads: a round, the people, declarations, the sheets."""
        if self._none.button == START:
            self._tools.actions["start_round"].trigger()
        elif self._none.button == SCORE_AFTER_ALL:
            self.chair.answer()
            self.sheet_actions.score_after_all()
        elif self._none.button == CHOOSE_PERSON:
            self._tools.actions["person"].trigger()
        else:
            self._tools.go("panel", OWN_DECLARATION)

    @Slot(str)
    def _show_changed(self, reference: str) -> None:
        assert self.sheets.all is not None, "a sheet of those that are held"
        self._show_head()
        if self._is_grid:
            self.grid.show_sheets(self.sheets.all.scheme, self.lines, is_paper=self.is_paper)
        elif reference == self._shown.reference and self.current is not None:
            self._one.show_form(self.sheets.all, self.current)
            self._show_way_on()

    @Slot()
    def _show(self) -> None:
        sheets = self.sheets.all
        if sheets is None or self._shown.place is None:
            return
        is_within, before = holds_focus(self), self._settled
        is_at_button = self.window().focusWidget() is self.hand_in
        self.head.paper.show_members(sheets.members, self._paper)
        self.head.show_view(is_grid=self._is_grid, is_paper=self.is_paper)
        none = self._no_sheet(sheets)
        if none is not None:
            self._say(none)
        else:
            self._stack.setCurrentWidget(self.grid if self._is_grid else self._one)
            self._show_sheet(sheets)
            self._show_chair(sheets)
        is_other = self._settled != before and not self._is_grid
        is_other = is_other or (is_at_button and not self.hand_in.isEnabled())
        is_owed, self._is_owed_focus = self._is_owed_focus, False
        if self.hasFocus() or is_owed or (is_within and (is_other or not holds_focus(self))):
            panes = self.panes()
            (to_focus(panes[-1], panes) or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _no_sheet(self, sheets: ScoreSheets) -> NoSheet | None:
        facts, member = self._workspace.facts, sheets.member
        name = "" if member is None else self.head.paper.name_of(member.code)
        is_shared = facts is not None and facts.is_shared
        return no_sheet(sheets, self.lines, name if self.is_paper else None, is_shared=is_shared)

    def _show_chair(self, sheets: ScoreSheets) -> None:
        identity, place = self._tools.identity, self._shown.place
        is_chair = identity.may("set chair scores") and not self.is_paper
        facts = self._tools.workspace.facts
        asked = f"{facts and facts.address}/{place and place.line.round_id}/{identity.name}"
        self.chair.show_for(sheets, self._shown.reference, asked, is_chair=is_chair)

    def _say(self, none: NoSheet) -> None:
        """Say why there is no sheet."""
        self._none = none
        self.empty.say(f"{none.words}\n{none.why_not}" if none.why_not else none.words)
        self.empty.button.setVisible(bool(none.button))
        self.empty.button.setEnabled(not none.why_not)
        self.empty.button.show_words(none.button or DECLARE)
        self._stack.setCurrentWidget(self.empty)
        self.chair.hide()
        self.head.clear()
        self.head.show_view(is_grid=self._is_grid, is_paper=self.is_paper and self._shown.place is not None)

    def _show_sheet(self, sheets: ScoreSheets) -> None:
        if self._is_grid:
            wanted = self._shown.reference
            self.grid.show_sheets(sheets.scheme, self.lines, is_paper=self.is_paper)
            if wanted != self.grid.reference:
                self.grid.choose(wanted)
            self._shown.reference = self.grid.reference
            self._show_head()
            return
        line = self._shown.settle()
        self._settled = (line.reference, line.state in EDITABLE)
        self._show_head()
        self._one.show_sheet(sheets, line)
        self._show_way_on()

    def _show_head(self) -> None:
        self.head.show_sheets(self._shown, has_others=not self._tools.identity.is_away)

    def _show_way_on(self) -> None:
        shown = self._shown
        ready = TO_HAND_IN if shown.ready or shown.lacking else ""
        self.form.footer.end(
            (ours(NEXT_AREA) if shown.next_area(SheetState.OPEN) else ready) if shown.is_at_end else None
        )

    @Slot()
    def _follow_cell(self) -> None:
        """Let the sheet at hand be the one that the grid's cursor is on."""
        reference = self.grid.reference
        if self._is_grid and reference and reference != self._shown.reference:
            self._shown.reference = reference
            self._show_head()

    @Slot()
    def _turn(self) -> None:
        """Change between one sheet and the grid of all, and stay at the sheet and the criterion."""
        self._enter()
        code = self._code
        self._turned = not self._turned
        self._show()
        takes_marks = self.current is not None and self.current.state in EDITABLE
        if code and takes_marks:
            self.grid.choose(self._shown.reference, code) if self._is_grid else self.form.open(code)
        self.navigation.focus_marks()

    @Slot()
    def _ask_ruling(self) -> None:
        """Ask what was ruled in the chair's place: a sheet that is in reopened, or a criterion set aside."""
        self._enter()
        if self.current is not None and self.current.state is SheetState.HANDED_IN:
            self.sheet_actions.ask_reopen(self.current.reference, "")
        else:
            self.sheet_actions.ask_not_applicable(self.grid.cell[1] or self.sheets.codes[0])

    @Slot()
    def _ask_hand_in(self) -> None:
        self._enter()
        lacking = self._shown.lacking
        if lacking and not self.ready and not self.is_paper:
            self.navigation.go_to_reason(lacking[0])
        else:
            self.sheet_actions.ask_hand_in(self.ready, self._shown.reference, lacking)

    @Slot(str)
    def _pick_paper(self, code: str) -> None:
        """Go to the paper sheets of a member; the reason under way is entered first."""
        self._enter()
        self._paper = code
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say of a digit that nothing took why it gives no mark."""
        why = self._refusal() if typed_digit(event) is not None else ""
        if why:
            self._tools.hint(why)
        else:
            super().keyPressEvent(event)

    def _refusal(self) -> str:
        sheets, line = self.sheets.all, self.current
        if sheets is None or line is None or self._stack.currentWidget() is self.empty:
            return ""
        code = self._code
        is_there = bool(code) if self._is_grid else self.form.has_marks_focus
        who = self.head.paper.name_of(sheets.member.code) if self.is_paper and sheets.member else ""
        elsewhere = NOT_ON_CELL if self._is_grid else NOT_ON_MARKS
        opener = opener_words(sheets.chairs, may_open=self._tools.identity.may("move area"))
        closed = refusal_words(line, code, who, opener)
        return closed or (scale_words(sheets.scheme.scale_maximum) if is_there else elsewhere)

    def _add_keys(self) -> None:
        keys = (
            (("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            (("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), self.skip),
            (("Ctrl+PgDown",), partial(self.navigation.step, 1)),
            (("Ctrl+PgUp",), partial(self.navigation.step, -1)),
            (("Alt+PgDown",), self.pane.page_down),
            (("Alt+PgUp",), self.pane.page_up),
        )
        add_keys(self, keys)

    def _connect(self) -> None:
        self.sheets.came.connect(self._show)
        self.sheets.changed.connect(self._show_changed)
        for signal in (self.sheets.came, self.sheets.changed):
            signal.connect(self.navigation.check_hint)
        self.strip.gone_to.connect(self.navigation.go_to)
        self.strip.table_asked.connect(self._turn)
        self.strip.pressed_to.connect(self.navigation.focus_marks)
        self.as_grid.clicked.connect(self._turn)
        self.grid.marked.connect(self.sheets.mark)
        self.grid.explained.connect(self.sheets.explain)
        self.grid.picked.connect(self._follow_cell)
        self.head.paper.picked.connect(self._pick_paper)
        self.navigation.went.connect(self._show)
        self.tabs.changed.connect(self._show_tab)
        self._workspace.changed.connect(self.take_change)
        self._workspace.closing.connect(self._enter)
        self._workspace.closed.connect(self._forget)
        self._look.changed.connect(self._space)
        self._tools.identity_changed.connect(self._take_identity)

    def _connect_actions(self) -> None:
        footer = self.form.footer
        footer.skipped.connect(self.skip)
        footer.went_on.connect(self.go_on)
        for asked, action in (
            (footer.abstained, self.sheet_actions.ask_abstain),
            (footer.declared, self.sheet_actions.ask_interest),
            (self.form.not_applicable_asked, self.sheet_actions.ask_not_applicable),
        ):
            asked.connect(self._enter)
            asked.connect(action)
        self.form.peers.reopen_asked.connect(self.sheet_actions.ask_reopen)
        self.head.rule.clicked.connect(self._ask_ruling)
        self.hand_in.clicked.connect(self._ask_hand_in)
        self.chair.said.connect(self.sheet_actions.say_not_scoring)

    @Slot()
    def _take_identity(self) -> None:
        self._shown.reference, self._paper = "", ""
        if self.isVisible():
            self.refresh()

    @Slot()
    def _show_tab(self) -> None:
        self._one.show_part(self.tabs.current)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        nest(self._column, self.head)
        self._column.addWidget(self.chair)
        self._stack = UnnamedStack()
        for widget in (self._one, self.grid, self.empty):
            self._stack.addWidget(widget)
        self._column.addWidget(self._stack, 1)
        self._space()
        self._say(NoSheet(""))  # nothing before the record has answered

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(20), px(4), px(20), px(10))
        self._column.setSpacing(px(10))
        self._show_tab()
