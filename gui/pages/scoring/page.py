"""Scoring: the strip of sheets, the application beside the form, and others' marks once handed in."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.page import PageTools, Place
from gui.pages.scoring.deeds import Deeds
from gui.pages.scoring.drafts_bar import DraftsBar
from gui.pages.scoring.form import SheetForm
from gui.pages.scoring.grid import GridView
from gui.pages.scoring.order import next_sheet
from gui.pages.scoring.reading_pane import ReadingPane
from gui.pages.scoring.sheets import EDITABLE, Sheets
from gui.pages.scoring.strip import SheetStrip
from gui.pages.scoring.words import (
    DECLARE_FIRST,
    NO_ROUND,
    NO_SHEETS,
    NOT_A_MEMBER,
    OTHERS_CLOSED,
    OTHERS_OPEN,
    all_scored_words,
    closed_words,
    note_words,
    progress_words,
    strip_words,
)
from gui.room import Room
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.words import ShortWords
from models.operation import Topic
from models.queries.reading import Reading
from models.queries.score_sheets import CLOSED, PeerSheet, SheetLine, SheetState

FORM_WIDTH, NARROW_FORM, NARROW_UNDER = 504, 440, 1240
CONCERNS = frozenset(
    {Topic.ROUNDS, Topic.SCHEME, Topic.APPLICATIONS, Topic.GATES, Topic.PANEL, Topic.INTERESTS, Topic.MARKS}
)
TABS = ("Application", "Score sheet")


class ScoringPage(QWidget):
    """A member's sheets. It asks and shows; every change goes to the record."""

    key = "scoring"

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self.setObjectName("page")
        look = tools.look
        self._tools, self._look, self._workspace = tools, look, tools.workspace
        self._place: Place | None = None
        self._reference = ""
        self._room = Room(1366, 768)
        self.sheets = Sheets(tools.workspace, self)
        self.title = ShortWords(look, "Scoring", size=20, weight=600)
        self.progress = ShortWords(look, weight=600)
        self.strip = SheetStrip(look)
        self.item = ShortWords(look, tone="text2")
        self.others = ChipLabel(look)
        self.hand_in = Button(look, "Hand in")
        self.pane = ReadingPane(look)
        self.form = SheetForm(look)
        self.drafts = DraftsBar(look)
        self.grid = GridView(look)
        self.as_grid = Button(look, "Grid view", icon="grid")
        self._is_grid = False
        self.tabs = PillTabs(look, TABS)
        self._declare = QAction("Declare your interests", self)
        self._declare.triggered.connect(self._go_declare)
        self.empty = EmptyState(look, self._declare, "Declare your interests", icon="scoring")
        self.deeds = Deeds(tools, self.sheets, self)
        self._lay_out()
        self._connect()
        self._add_keys()

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._enter()
        self._place = place
        if place is None:
            self.sheets.leave()
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show one application."""
        self._enter()
        self._reference = reference
        self._show()

    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is None:
            self._say(NO_ROUND)
        else:
            self.sheets.look_at(self._place.line.round_id, self._tools.identity.member)

    def fit(self, room: Room) -> None:
        """Fit the room: a slimmer form, one row of buttons, or tabs."""
        self._room = room
        self.tabs.setVisible(room.has_tabs)
        self.form.footer.fit(is_low=room.is_low or room.width < NARROW_UNDER)
        self.others.setVisible(not room.has_icons_only and bool(self.others.text()))
        self.item.setVisible(not room.has_icons_only)
        self._show_tab()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self._stack.currentWidget() is self.empty:
            return (self.empty.button,)
        if self._is_grid and self.grid.table is not None:
            return (self.strip, self.grid.reason, self.grid.table)
        box = self.form.open_box
        return (self.strip, self.pane.pane, box.marks_focus() if box else self.form.footer.next)

    def focusProxy(self) -> QWidget:
        """Return where the focus goes as the page is gone to: the marks of the open criterion.

        The page keeps the focus itself until it has sheets to show.
        """
        return self if self.sheets.all is None else self.panes()[-1]

    def find_words(self) -> None:
        """Go to the strip of sheets: the page has no filter."""
        self.strip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """Return the sheets of the area on show."""
        area = self._place.area if self._place else None
        lines = self.sheets.all.lines if self.sheets.all else ()
        return tuple(line for line in lines if area in (None, line.area))

    @property
    def current(self) -> SheetLine | None:
        """Return the sheet on show."""
        return next((line for line in self.lines if line.reference == self._reference), None)

    @property
    def ready(self) -> tuple[str, ...]:
        """Return which of the sheets on show are full and not handed in."""
        return tuple(line.reference for line in self.lines if line.state is SheetState.READY)

    @Slot(object)
    def take_change(self, topics: frozenset[Topic]) -> None:
        """Ask again when a change concerns the sheets."""
        if topics & CONCERNS and self.isVisible():
            self.sheets.refresh()

    @Slot()
    def go_on(self) -> None:
        """Save and go to the next sheet; one with a gap shows the gap first."""
        self._enter()
        line = self.current
        if line is not None and line.state is SheetState.OPEN:
            self.form.focus_gap()
            self._tools.toast(f"{line.reference} has marks to give. Ctrl+Shift+Enter skips it for now.")
            return
        self._go_next()

    @Slot()
    def skip(self) -> None:
        """Leave the sheet for the end."""
        self._enter()
        if self.current is not None and self.current.state is SheetState.OPEN:
            self.deeds.skipped.add(self._reference)
        self._go_next()

    def _go_next(self) -> None:
        lines = self.lines
        at = self._number()
        following = next_sheet(lines, at, self.deeds.skipped)
        if following is not None:
            self._go_to(following)
        elif lines and self.current is not None and self.current.state not in EDITABLE:
            self._go_to((at + 1) % len(lines))
        elif self.sheets.all is not None:
            self._tools.toast(all_scored_words(lines))
            self.hand_in.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _go_to(self, number: int) -> None:
        self._enter()
        if 0 <= number < len(self.lines):
            self._reference = self.lines[number].reference
            has_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
            self._show()
            if has_focus and not self.strip.hasFocus():
                self.form.focus_open()

    @Slot()
    def _go_back_one(self) -> None:
        self._go_to(self._number() - 1)

    @Slot()
    def _go_on_one(self) -> None:
        self._go_to(self._number() + 1)

    @Slot()
    def _page_up(self) -> None:
        self.pane.scroll_by(-1)

    @Slot()
    def _page_down(self) -> None:
        self.pane.scroll_by(1)

    @Slot()
    def _go_declare(self) -> None:
        self._tools.go("panel")

    @Slot()
    def _take(self) -> None:
        self._show()

    @Slot(str)
    def _show_changed(self, reference: str) -> None:
        self._show_head()
        if self._is_grid and self.sheets.all is not None:
            self.grid.show_sheets(self.sheets.all.scheme, self.lines)
        elif reference == self._reference and self.current is not None:
            self._show_form(self.current)

    def _show(self) -> None:
        sheets = self.sheets.all
        if sheets is None or self._place is None:
            return
        if sheets.member is None:
            self._say(NOT_A_MEMBER)
        elif not sheets.has_declared:
            self._say(DECLARE_FIRST, can_declare=True)
        elif not self.lines:
            self._say(NO_SHEETS)
        else:
            self._stack.setCurrentWidget(self.grid if self._is_grid else self._content)
            self._show_sheet()
        if self.hasFocus():
            self.panes()[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, *, can_declare: bool = False) -> None:
        self.empty.say(words)
        self.empty.button.setVisible(can_declare)
        self._stack.setCurrentWidget(self.empty)
        for widget in (self.progress, self.item):
            widget.setText("")
        self.as_grid.hide()
        self.strip.hide()
        self.others.hide()
        self.hand_in.hide()

    def _show_sheet(self) -> None:
        assert self.sheets.all is not None, "shown when the sheets came"
        if self.current is None:
            first = next_sheet(self.lines, -1, self.deeds.skipped)
            self._reference = self.lines[first or 0].reference
        line = self.current
        assert line is not None, "there is at least one line"
        self._show_head()
        if self._is_grid:
            self.grid.show_sheets(self.sheets.all.scheme, self.lines)
            return
        self.form.show_scheme(self.sheets.all.scheme)
        self._show_reading(line)
        self._show_form(line)
        self.drafts.show_drafts(line.reference, self.sheets.drafts_of(line.reference))

    def _show_head(self) -> None:
        lines, at = self.lines, self._number()
        self.strip.setVisible(True)
        self.as_grid.setVisible(True)
        self.hand_in.setVisible(True)
        self.progress.setText(progress_words(lines))
        self.strip.show_lines(lines, at, strip_words(lines, at))
        self.item.setText(f"Item {at + 1}")
        ready = len(self.ready)
        self.hand_in.show_words(f"Hand in {ready} ready" if ready else "Hand in")
        self.hand_in.setEnabled(bool(ready))
        line = self.current
        is_open = line is not None and line.state is SheetState.HANDED_IN
        self.others.show_state(Tone.INFORMATION, OTHERS_OPEN if is_open else OTHERS_CLOSED)
        self.others.setVisible(not self._room.has_icons_only)

    def _show_reading(self, line: SheetLine) -> None:
        assert self.sheets.all is not None, "shown when the sheets came"
        if line.state in CLOSED:
            words = closed_words(line, self.sheets.all.chairs)
            self.pane.close_up(f"{line.reference} {line.organisation}", words)
            return
        self.sheets.read(line.reference, self._take_reading)

    def _take_reading(self, answer: Reading) -> None:
        if answer.reference == self._reference:
            self.pane.read(answer)

    def _show_form(self, line: SheetLine) -> None:
        assert self.sheets.all is not None, "shown when the sheets came"
        if line.state in CLOSED:
            self.form.show_closed(closed_words(line, self.sheets.all.chairs))
            return
        self.form.show_line(line, closed_words(line, self.sheets.all.chairs), note_words(line))
        if line.state is not SheetState.HANDED_IN:
            self.form.hide_peers()
            return
        self.sheets.ask_peers(line.reference, partial(self._take_peers, line))

    def _take_peers(self, line: SheetLine, peers: tuple[PeerSheet, ...]) -> None:
        if line.reference == self._reference and self.current == line:
            is_chair = self._tools.identity.role == "chair" and line.stage == "scoring"
            self.form.show_peers(line, peers, can_reopen=is_chair)

    @Slot()
    def _turn(self) -> None:
        """Change between one sheet and the grid of all."""
        self._enter()
        self.grid.reason.enter()
        self._is_grid = not self._is_grid
        self.as_grid.show_words("One sheet" if self._is_grid else "Grid view")
        self._show()
        if self._is_grid and self.grid.table is not None:
            self.grid.table.setFocus()

    @Slot(str, object)
    def _mark(self, code: str, value: Any) -> None:
        self.sheets.mark(self._reference, code, value)

    @Slot(str, str)
    def _explain(self, code: str, text: str) -> None:
        self.sheets.explain(self._reference, code, text)

    @Slot(str, str)
    def _keep(self, code: str, text: str) -> None:
        self.sheets.keep(self._reference, code, text)

    @Slot(str, str, str)
    def _use_draft(self, reference: str, code: str, text: str) -> None:
        self.sheets.explain(reference, code, text)
        self.drafts.show_drafts(reference, self.sheets.drafts_of(reference))

    @Slot(str, str)
    def _drop_draft(self, reference: str, code: str) -> None:
        self.sheets.drop(reference, code)
        self.drafts.show_drafts(reference, self.sheets.drafts_of(reference))

    @Slot()
    def _ask_hand_in(self) -> None:
        self._enter()
        self.deeds.ask_hand_in(self.ready, self._reference)

    @Slot()
    def _ask_abstain(self) -> None:
        self._enter()
        if self.current is not None:
            self.deeds.ask_abstain(self.current)

    @Slot()
    def _ask_declare(self) -> None:
        self._enter()
        if self.current is not None:
            self.deeds.ask_interest(self.current)

    @Slot()
    def _enter(self) -> None:
        """Enter the reason that is being typed before anything else happens."""
        self.form.enter()

    def _number(self) -> int:
        references = [line.reference for line in self.lines]
        return references.index(self._reference) if self._reference in references else 0

    def _add_keys(self) -> None:
        keys = (
            (("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            (("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), self.skip),
            (("Ctrl+PgDown",), self._go_on_one),
            (("Ctrl+PgUp",), self._go_back_one),
            (("Alt+PgDown",), self._page_down),
            (("Alt+PgUp",), self._page_up),
        )
        for names, deed in keys:
            for name in names:
                shortcut = QShortcut(QKeySequence(name), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(deed)

    def _connect(self) -> None:
        self.sheets.came.connect(self._take)
        self.sheets.changed.connect(self._show_changed)
        self.strip.gone_to.connect(self._go_to)
        self.form.marked.connect(self._mark)
        self.form.explained.connect(self._explain)
        self.form.typed.connect(self._keep)
        self.form.peers.reopen_asked.connect(self.deeds.ask_reopen)
        footer = self.form.footer
        footer.skipped.connect(self.skip)
        footer.went_on.connect(self.go_on)
        footer.abstained.connect(self._ask_abstain)
        footer.declared.connect(self._ask_declare)
        self.hand_in.clicked.connect(self._ask_hand_in)
        self.as_grid.clicked.connect(self._turn)
        self.grid.marked.connect(self.sheets.mark)
        self.grid.explained.connect(self.sheets.explain)
        self.drafts.used.connect(self._use_draft)
        self.drafts.dropped.connect(self._drop_draft)
        self.tabs.changed.connect(self._show_tab)
        self._workspace.changed.connect(self.take_change)
        self._workspace.closing.connect(self._enter)
        self._look.changed.connect(self._space)
        self._tools.identity_changed.connect(self._take_identity)

    @Slot()
    def _take_identity(self) -> None:
        self._reference = ""
        if self.isVisible():
            self.refresh()

    @Slot()
    def _show_tab(self) -> None:
        has_tabs = self._room.has_tabs
        self.pane.setVisible(not has_tabs or self.tabs.current == 0)
        self.form.setVisible(not has_tabs or self.tabs.current == 1)
        narrow = self._room.width < NARROW_UNDER
        width = self._look.px(NARROW_FORM if narrow else FORM_WIDTH)
        width = max(width, self.form.footer.minimumSizeHint().width() + 2)
        self.form.setMinimumWidth(0 if has_tabs else width)
        self.form.setMaximumWidth(16_777_215 if has_tabs else width)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        left: tuple[QWidget, ...] = (self.title, self.progress, self.strip, self.item)
        right: tuple[QWidget, ...] = (self.tabs, self.others, self.as_grid, self.hand_in)
        for widget in left:
            self._head.addWidget(widget)
        self._head.addStretch(1)
        for widget in right:
            self._head.addWidget(widget)
        self._column.addLayout(self._head)
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.drafts)
        self._body = QHBoxLayout()
        self._body.addWidget(self.pane, 1)
        self._body.addWidget(self.form)
        column.addLayout(self._body, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        self._column.addWidget(self._stack, 1)
        self._space()
        self._say(NO_ROUND)

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(20), px(4), px(20), px(10))
        self._column.setSpacing(px(10))
        self._head.setSpacing(px(10))
        self._body.setSpacing(px(16))
        self._show_tab()
