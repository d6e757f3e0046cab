"""Scoring: the strip of sheets, the application beside the form, and others' marks once handed in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.keys.key_map import KeyHint
from gui.listed.acts import Deed, Doing
from gui.pages.page import DECLARE, OWN_DECLARATION, START_ROUND, UNBOUNDED, PageTools, Place
from gui.pages.page_keys import add_keys, holds_focus, to_focus
from gui.pages.panel.files import FilesBeside
from gui.pages.panel.kept import DraftsBar
from gui.pages.panel.scoring.actions import (
    abstain_form,
    chair_scores,
    hand_in_form,
    interest_form,
    reopen_form,
    set_aside_form,
)
from gui.pages.panel.scoring.form import NEXT_AREA, TO_HAND_IN, SheetForm
from gui.pages.panel.scoring.grid import GridView
from gui.pages.panel.scoring.head import ChairBar, Navigation, ScoringHead, progress
from gui.pages.panel.scoring.marks import scale_words, typed_digit
from gui.pages.panel.scoring.reading import ReadingPane
from gui.pages.panel.scoring.sheets import (
    CHOOSE_PERSON,
    EDITABLE,
    NOT_ON_CELL,
    NOT_ON_MARKS,
    REOPENED_BELOW,
    SCORE_AFTER_ALL,
    NoSheet,
    OnShow,
    Sheets,
    closed_words,
    no_sheet,
    opener_words,
    refusal_words,
)
from gui.pages.sided_page import LISTED, SidedPage
from gui.text import ours
from gui.theme.look import look
from models.operation import Topic
from models.queries.applications.reading import Reading
from models.queries.panel.score_sheets import CLOSED, PeerSheet, ScoreSheets, SheetLine, SheetState
from models.role import TYPISTS
from models.values.attachments import APPLICATION, Subject

CONCERNS = frozenset(
    {Topic.ROUNDS, Topic.SCHEME, Topic.APPLICATIONS, Topic.GATES, Topic.PANEL, Topic.INTERESTS, Topic.MARKS}
)
FORM_WIDTH, NARROW_FORM, NARROW_UNDER = 504, 440, 1240


class ScoringPage(SidedPage):
    """A member's sheets. It asks and shows; every change goes to the record."""

    key = "scoring"
    concerns = CONCERNS
    gap = 16
    parts_ahead = (SheetForm, GridView)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Scoring", icon="scoring", way_on=DECLARE)
        self.sheets = Sheets(tools, self)
        self.head = head = ScoringHead()
        self.strip, self.tabs, self.as_grid, self.hand_in = head.strip, head.tabs, head.as_grid, head.hand_in
        self.pane, self.drafts = ReadingPane(), DraftsBar()
        self.beside = FilesBeside(tools, self.pane, self.pane.pane)
        self.form = tools.parts.take(SheetForm)
        self.grid = tools.parts.take(GridView)
        self.form.sheets = self.grid.table.sheets = self.sheets
        self.chair = ChairBar()
        self._turned, self._paper, self._is_owed_focus = False, "", False
        self._settled = ("", False)
        self._doing = Doing(tools, self, self.sheets.perform)
        self.navigation = Navigation(tools, self.sheets, (self.form, self.grid), head, self)
        self.go_on, self.skip = self.navigation.go_on, self.navigation.skip
        self._enter = self.navigation.enter
        sides, between = (self.beside, self.form), (self.chair, self.drafts)
        self._lay_out_page(head.parts, sides, between=between, others=(self.grid,))
        self._say(NoSheet(""))  # nothing before the record has answered
        self._connect()
        self._connect_actions()
        keys, footer = tools.actions.keys, self.form.footer
        KeyHint(keys, "page_next", footer.show_next_key, self)
        KeyHint(keys, "page_skip", footer.show_skip_key, self)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area, None when the record has no round; what is typed stays at its own."""
        if place is None or not place.is_at(self.sheets.place):
            self._enter()
        self._look_at(place)

    def show_reference(self, reference: str) -> None:
        """Show one application."""
        self._enter()
        self.sheets.go_to(reference)

    def refresh(self) -> None:
        self._look_at(self.sheets.place)

    def _look_at(self, place: Place | None) -> None:
        """Go to sheets; of others than those on show no position is remembered."""
        member = (self._paper or None) if self.is_paper else self._tools.identity.member
        had_focus = self.isVisible() and (self.hasFocus() or holds_focus(self))
        if self.sheets.look_at(place, member, is_paper=self.is_paper):
            self._is_owed_focus = had_focus
            self.form.forget()
            self.grid.table.forget()
        self.sheets.refresh()
        if place is None:
            may_start = self._tools.identity.may("start round")
            self._say(NoSheet(self._tools.no_round, START_ROUND if may_start else ""))

    @Slot()
    def _forget(self) -> None:
        """Keep nothing of a record that is closed: neither its sheets nor whose and which were on show."""
        self._look_at(None)
        self._paper, self._turned = "", False
        self.beside.look_at(None)
        self.tabs.choose(0)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self.is_empty:
            return (self.empty.button,)
        if self._is_grid:
            return (self.strip, self.grid.reason, self.grid.table)
        box, on = self.form.open_box, self.form.footer.next
        has_marks = box is not None and (box.isVisible() or not on.isVisible())
        return (self.strip, self.beside.stop, box.marks.stop if box and has_marks else on)

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
        identity = self._tools.identity
        return identity.member is None and identity.role in TYPISTS

    @property
    def _is_grid(self) -> bool:
        return self._turned or self.is_paper

    @property
    def _code(self) -> str:
        box = self.form.open_box
        return self.grid.table.cell[1] if self._is_grid else box.code if box is not None else ""

    @Slot()
    def _go_on_empty(self) -> None:
        """Go where the button of the empty page leads: a round, the people, declarations, the sheets."""
        if self._none.button == START_ROUND:
            self._tools.actions["start_round"].trigger()
        elif self._none.button == SCORE_AFTER_ALL:
            self._doing.do(chair_scores(self.sheets, scores=True))
        elif self._none.button == CHOOSE_PERSON:
            self._tools.actions["person"].trigger()
        else:
            self._tools.go("panel", OWN_DECLARATION)

    @Slot(str)
    def _show_changed(self, reference: str) -> None:
        held, line = self.sheets.all, self.sheets.current
        assert held is not None, "a sheet of those that are held"
        self._show_head()
        if self._is_grid:
            self.grid.show_sheets(held.scheme)
        elif line is not None and reference == line.reference:
            self.form.show_sheet(self._on_show(held, line))

    @Slot()
    def _show(self) -> None:
        sheets = self.sheets.all
        if sheets is None or self.sheets.place is None:
            return
        is_within, before = holds_focus(self), self._settled
        is_at_button = self.window().focusWidget() is self.hand_in
        self.head.paper.show_members(sheets.members, self._paper)
        none = self._no_sheet(sheets)
        if none is not None:
            self._say(none)
        else:
            self._stack.setCurrentIndex(1 if self._is_grid else LISTED)
            self._show_sheet(sheets)
            is_chair = self._tools.identity.may("set chair scores") and not self.is_paper
            self.chair.show_for(sheets, self.sheets.reference, is_chair=is_chair)
        is_other = self._settled != before and not self._is_grid
        is_other = is_other or (is_at_button and not self.hand_in.isEnabled())
        is_owed, self._is_owed_focus = self._is_owed_focus, False
        if self.hasFocus() or is_owed or (is_within and (is_other or not holds_focus(self))):
            panes = self.panes()
            (to_focus(panes[-1], panes) or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _no_sheet(self, sheets: ScoreSheets) -> NoSheet | None:
        facts, member = self._tools.workspace.facts, sheets.member
        name = "" if member is None else self.head.paper.name_of(member.code)
        is_shared = facts is not None and facts.is_shared
        return no_sheet(sheets, self.sheets.lines, name if self.is_paper else None, is_shared=is_shared)

    def _say(self, none: NoSheet) -> None:
        """Say why there is no sheet."""
        self._none = none
        self._show_empty(f"{none.words}\n{none.why_not}" if none.why_not else none.words)
        self.empty.button.setVisible(bool(none.button))
        self.empty.button.setEnabled(not none.why_not)
        self.empty.button.show_words(none.button or DECLARE)
        self.chair.hide()
        self.drafts.hide()
        self._show_head()

    def _show_sheet(self, held: ScoreSheets) -> None:
        if self._is_grid:
            wanted = self.sheets.reference
            self.grid.show_sheets(held.scheme)
            if wanted != self.grid.table.reference:
                self.grid.table.choose(wanted)
            self.sheets.reference = self.grid.table.reference
            self._show_head()
            return
        line = self.sheets.settle()
        self._settled = (line.reference, line.state in EDITABLE)
        self._show_head()
        sheet = self._on_show(held, line)
        if line.state in CLOSED:
            self.pane.read((f"{line.reference} {line.organisation}", sheet.closed))
            self.beside.look_at(None)
        else:
            self.sheets.read(self._take_reading)
            self.beside.look_at(Subject(APPLICATION, self.sheets.round_id, line.reference))
        self.form.show_sheet(sheet)
        if line.state is SheetState.HANDED_IN:
            self.sheets.ask_peers(partial(self._take_peers, line))

    def _on_show(self, held: ScoreSheets, line: SheetLine) -> OnShow:
        """Return a sheet as the form draws it for the person at the laptop."""
        sheets, may, closed = self.sheets, self._tools.identity.may, ""
        if line.state not in EDITABLE:
            opener = opener_words(held.chairs, may_open=may("move areas"))
            closed = REOPENED_BELOW if self._may_reopen(line) else closed_words(line, opener)
        allowed = held.scheme.not_applicable_allowed and held.round_stage != "set up"
        may_set_aside = allowed and line.stage == "scoring" and may("set not applicable")
        named = ", ".join(filter(None, (line.reference, line.organisation, line.project)))
        item = f"Sheet {sheets.number + 1} of {len(sheets.lines)}: {named}"
        onward = None if line.state in EDITABLE else self._onward()
        return OnShow(held, line, item, closed, may_set_aside, onward)

    def _may_reopen(self, line: SheetLine) -> bool:
        is_in = line.state is SheetState.HANDED_IN and line.stage == "scoring"
        return is_in and self._tools.identity.may("reopen sheet")

    def _onward(self) -> str | None:
        """Return where a sheet that takes no marks leads, none being after it; None where one is."""
        if self.sheets.following is not None:
            return None
        if self.sheets.next_area(SheetState.OPEN):
            return ours(NEXT_AREA)
        return TO_HAND_IN if any(self.sheets.full) else ""

    @Slot()
    def _show_drafts(self) -> None:
        self.drafts.show_drafts(self.sheets.reference, self.sheets.drafts_of(self.sheets.reference))

    def _take_reading(self, answer: Reading) -> None:
        if answer.reference == self.sheets.reference:
            self.pane.read(answer)

    def _take_peers(self, line: SheetLine, peers: tuple[PeerSheet, ...]) -> None:
        if self.sheets.current == line:
            self.form.show_peers(line, peers, can_reopen=self._may_reopen(line))

    def _show_head(self) -> None:
        if self.is_empty:
            self.head.show_none(is_paper=self.is_paper and self.sheets.place is not None)
            return
        has_others = not self._tools.identity.office_role
        self.head.show_sheets(self.sheets, self._room, is_grid=self._is_grid, has_others=has_others)
        self.summary.setText(progress(self.sheets.lines))
        self._show_drafts()

    @Slot()
    def _follow_cell(self) -> None:
        """Let the sheet at hand be the one that the grid's cursor is on."""
        reference = self.grid.table.reference
        if self._is_grid and reference and reference != self.sheets.reference:
            self.sheets.reference = reference
            self._show_head()

    @Slot()
    def _turn(self) -> None:
        """Change between one sheet and the grid of all, and stay at the sheet and the criterion."""
        self._enter()
        code = self._code
        self._turned = not self._turned
        self._show()
        line = self.sheets.current
        takes_marks = line is not None and line.state in EDITABLE
        if code and takes_marks:
            self.grid.table.choose(self.sheets.reference, code) if self._is_grid else self.form.open(code)
        self.navigation.focus_marks()

    @Slot()
    def _turn_order(self) -> None:
        """Go along the sheets in the other order from now on."""
        self._enter()
        self.sheets.turn_order()

    @Slot()
    def _ask_ruling(self) -> None:
        """Ask what was ruled in the chair's place: a sheet that is in reopened, or a criterion set aside."""
        self._enter()
        line = self.sheets.current
        if line is not None and line.state is SheetState.HANDED_IN:
            self._ask_reopen(line.reference, "")
        else:
            self._ask_not_applicable(self.grid.table.cell[1] or self.sheets.codes[0])

    @Slot(str, str)
    def _ask_reopen(self, reference: str, member: str) -> None:
        self._doing.do(reopen_form(self.sheets, reference, member))

    @Slot(str)
    def _ask_not_applicable(self, code: str) -> None:
        self._enter()
        self._doing.do(set_aside_form(self.sheets, code))

    def _ask(self, form: Callable[[Sheets], Deed], *_pressed: object) -> None:
        """Enter what is typed, and ask what a button is for."""
        self._enter()
        self._doing.do(form(self.sheets))

    @Slot()
    def _ask_hand_in(self) -> None:
        self._enter()
        ready, lacking = self.sheets.full
        if lacking and not ready and not self.is_paper:
            self.navigation.go_to_reason(lacking[0])
        else:
            self._doing.do(hand_in_form(self.sheets))

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
        sheets, line = self.sheets.all, self.sheets.current
        if sheets is None or line is None or self.is_empty:
            return ""
        code = self._code
        is_there = bool(code) if self._is_grid else self.form.has_marks_focus
        who = self.head.paper.name_of(sheets.member.code) if self.is_paper and sheets.member else ""
        elsewhere = NOT_ON_CELL if self._is_grid else NOT_ON_MARKS
        opener = opener_words(sheets.chairs, may_open=self._tools.identity.may("move areas"))
        closed = refusal_words(line, code, who, opener)
        return closed or (scale_words(sheets.scheme.scale_maximum) if is_there else elsewhere)

    def _connect(self) -> None:
        sheets, navigation, workspace = self.sheets, self.navigation, self._tools.workspace
        sheets.came.connect(self._show)
        sheets.changed.connect(self._show_changed)
        self.drafts.used.connect(sheets.explain)
        self.drafts.dropped.connect(sheets.kept.drop)
        for draft in (self.drafts.used, self.drafts.dropped):
            draft.connect(self._show_drafts)
        self.strip.gone_to.connect(navigation.go_to)
        self.strip.table_asked.connect(self._turn)
        self.strip.pressed_to.connect(navigation.focus_marks)
        self.as_grid.clicked.connect(self._turn)
        self.head.in_order.clicked.connect(self._turn_order)
        self.grid.picked.connect(self._follow_cell)
        self.head.paper.picked.connect(self._pick_paper)
        self.tabs.changed.connect(self._fit)
        self.way_on.triggered.connect(self._go_on_empty)
        workspace.closing.connect(self._enter)
        workspace.closed.connect(self._forget)
        self._tools.identity_changed.connect(self._take_identity)
        keys = (
            (("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            (("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), self.skip),
            (("Ctrl+PgDown",), partial(navigation.step, 1)),
            (("Ctrl+PgUp",), partial(navigation.step, -1)),
            (("Alt+PgDown",), partial(self.beside.turn, 1)),
            (("Alt+PgUp",), partial(self.beside.turn, -1)),
        )
        add_keys(self, keys)

    def _connect_actions(self) -> None:
        footer = self.form.footer
        footer.skip.clicked.connect(self.skip)
        footer.next.clicked.connect(self.go_on)
        footer.abstain.clicked.connect(partial(self._ask, abstain_form))
        footer.declare.clicked.connect(partial(self._ask, interest_form))
        self.form.not_applicable_asked.connect(self._ask_not_applicable)
        self.form.peers.reopen_asked.connect(self._ask_reopen)
        self.head.rule.clicked.connect(self._ask_ruling)
        self.hand_in.clicked.connect(self._ask_hand_in)
        self.chair.button.clicked.connect(partial(self._ask, partial(chair_scores, scores=False)))

    @Slot()
    def _take_identity(self) -> None:
        self.sheets.reference, self._paper = "", ""
        if self.isVisible():
            self.refresh()

    @Slot()
    def _ask_if_seen(self) -> None:
        """Ask again, but for changes of one's own, which are shown already or ask when done."""
        if self.isVisible() and not self.sheets.is_under_way:
            self.sheets.refresh()

    @Slot()
    def _fit(self) -> None:
        """Show the application or the form where there are tabs, a slimmer form when narrow."""
        has_tabs, is_narrow = self._room.has_tabs, self._room.width < NARROW_UNDER
        self._take_turns(self.tabs, (self.beside, self.form), is_narrow=has_tabs)
        self._show_head()
        footer = self.form.footer
        footer.fit(is_low=self._room.is_low or is_narrow)
        if self.form.isVisible():
            QTimer.singleShot(0, self.form.show_open_box)
        width = max(look.px(NARROW_FORM if is_narrow else FORM_WIDTH), footer.least_width + 2)
        self.form.setMinimumWidth(0 if has_tabs else width)
        self.form.setMaximumWidth(UNBOUNDED if has_tabs else width)
