"""Meeting: item by item, the marks side by side, what the panel agrees, and who may stay for it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.keys.key_map import KeyHint
from gui.listed.acts import Deed, Doing, Saved
from gui.pages.page import Breakpoints, PageTools, Place
from gui.pages.page_keys import add_keys, holds_focus
from gui.pages.panel.files import FilesBeside
from gui.pages.panel.meeting.confirmation import MINUTES, confirmed, minutes, set_aside
from gui.pages.panel.meeting.item import ItemSheet
from gui.pages.panel.meeting.projector import ItemProjecting
from gui.pages.panel.meeting.side import (
    NOT_ON_MARKS,
    WHEN_AND_WHERE,
    WIDTH,
    MeetingSide,
    not_applicable_words,
    quorum_chip,
    skipped_words,
    summary,
    waiting_words,
)
from gui.pages.panel.meeting.state import CONCERNS, MeetingController, MeetingState, Onward, state_at
from gui.pages.panel.scoring.marks import scale_words, typed_digit
from gui.pages.sided_page import LISTED, SidedPage
from gui.theme.look import Tone
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.message_area import Notice, Remedy
from gui.widgets.pill import PillTabs
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import let_press, set_tip
from models.operations.panel.agreed import CloseItem, KeepForPanel, OpenItem
from models.queries.panel.meeting_figures import ATTENDANCE_FIRST
from models.queries.permissions.acting import why_not_written
from models.values.attachments import APPLICATION, Subject
from scoring.marks.meeting import counts_words

CONFIRM = "Confirm the minutes"
DECLARE_FIRST = "Minutes tell of every application: declare your interests first."
NO_QUORUM = (
    "Say who is here, have a substitute added on Panel & interests, or come back to it when more people are "
    "here."
)
TABS = ("Items", "This item")


class MeetingPage(SidedPage):
    """The meeting of an area, or of all areas one after the other."""

    key = "meeting"
    asks_at_place = False
    concerns = CONCERNS
    gap = 12
    parts_ahead = (MeetingSide, ItemSheet)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Meeting")
        self._reference = ""
        self.state: MeetingState | None = None
        """What is on show, None while there is nothing to talk about."""
        self.controller = MeetingController(tools, self)
        self._doing = Doing(tools, self, self.controller.perform)
        self.tabs = PillTabs(TABS)
        self.write_minutes = Button("Minutes", icon="export")
        self.confirm = Button(CONFIRM, icon="check")
        self.side = tools.parts.take(MeetingSide)
        self.sheet = sheet = tools.parts.take(ItemSheet)
        self.head, self.locked, self.drafts = sheet.head, sheet.locked, sheet.drafts
        self.matrix, self.settle, self.buttons = sheet.matrix, sheet.settle, sheet.buttons
        self.beside = FilesBeside(tools, sheet, self.matrix, TABS[1])
        self.projecting = ItemProjecting(self, lambda: self.state, self.beside, lambda: self.matrix.code)
        self.names = self.projecting.names
        self._nothing = Label(size=14, tone="text2").wrapped()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = (self.tabs, *self.projecting.boxes, self.write_minutes, self.projecting.button, self.confirm)
        self._lay_out_page(head, (self.side, self.beside), others=(self._nothing,), wide=1)
        self._connect()
        self._connect_parts()
        self.setFocusProxy(self.matrix)
        KeyHint(tools.actions.keys, "page_next", partial(set_tip, self.buttons.next), self)
        KeyHint(tools.actions.keys, "projector", self.projecting.show_key, self)

    @property
    def projector(self) -> QWidget:
        return self.projecting.projector

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; what is typed stays where it is only told anew of its own."""
        if place is None or not place.is_at(self._place):
            self.settle.enter()
        self._place = place
        if place is None:
            self._say(self._tools.no_round)
        self.controller.look_at(None if place is None else place.line.round_id)
        self._show()

    @Slot(str)
    def show_reference(self, reference: str) -> None:
        """Go to an item."""
        if reference != self._reference:
            self.settle.enter()
            is_at_sheet = holds_focus(self.sheet)
            self._reference = reference
            self._show()
            if is_at_sheet:
                self.sheet.focus_marks()  # a box of the item before would take what is typed for this one

    def refresh(self) -> None:
        self.controller.refresh()

    def fit(self, room: Breakpoints) -> None:
        """Give up the summary when low; take turns with the running order when narrow."""
        self.sheet.fit(room)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.side.focusable(), self.matrix, self.settle.reasons.list, self.settle.reason)

    def find_words(self) -> None:
        """Go to the running order: a meeting has no filter."""
        self.side.agenda.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def go_on(self) -> None:
        """Close the item and go on; a mark or a reason that is still due takes the focus first."""
        if self.state is None:
            return
        self.settle.enter()
        self.beside.show_first()
        state = self.state
        figures, item = state.figures, state.item
        if state.asks_attendance:
            self._ask_attendance(state)
        elif state.locked:
            self._go_on_from_closed(state)
        elif left := self._left(state):
            self.matrix.choose(left[0])
            mark, _ = self.controller.current_value(item.reference, left[0])
            due = self.matrix if mark is None else self.settle.reason
            due.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tools.hint(self._waits_for(state, left))
        elif not figures.is_quorate(item):
            short = f"{item.reference}: {quorum_chip(figures, item).word}. {NO_QUORUM}"
            way = Remedy("Panel & interests", partial(self._tools.go, "panel"))
            self._tools.notices.show_notice(Notice("quorum", Tone.WARNING, short, (way,), passes=True))
        else:
            self.controller.perform(CloseItem(figures.round_id, item.reference))
            self._go_to_next(state)

    def _ask_attendance(self, state: MeetingState) -> None:
        """Go to who is here in the item's area."""
        words = f"{ATTENDANCE_FIRST} Say who is here."
        if state.area is None:
            area = state.item.area
            self._tools.choose_area(area)
            words += f" Only {area} is listed now; choose the area at the top."
        self.side.show_attendance()
        self.side.attendance.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tools.hint(words)

    def _go_on_from_closed(self, state: MeetingState) -> None:
        """Go to the next item; after an area's last to the next area, and after them all to its end."""
        if state.onward is Onward.ITEM:
            self.show_reference(state.after_closed)
        elif state.onward is Onward.AREA:
            self._tools.choose_area(state.next_area)
            self.sheet.focus_marks()
        elif self.confirm.isVisible() and not state.figures.is_confirmed(state.item.area):
            self._tools.hint("All items are closed. Next, the panel confirms the minutes.")
            self.confirm.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._tools.ask_stage("meeting")

    def _go_to_next(self, state: MeetingState) -> None:
        """Go to the next item that the person may talk about, and say which are left for somebody else."""
        if waiting := state.waiting:
            self.show_reference(state.coming)
            if waiting[0].reference != state.coming:
                self._tools.hint(skipped_words(waiting[0].reference))

    def _left(self, state: MeetingState) -> tuple[str, ...]:
        """Return the codes still to be settled, what was just performed counted."""
        item = state.item
        stands = [self.controller.current_value(item.reference, line.code) for line in item.lines]
        lines = tuple(line._replace(agreed=mark) for line, (mark, _) in zip(item.lines, stands, strict=True))
        combine = state.figures.round.scheme.combine
        return item._replace(lines=lines).left(combine, [note for _, note in stands])

    def _waits_for(self, state: MeetingState, left: Sequence[str]) -> str:
        """Return what an item waits for before it closes."""
        values = ((code, self.controller.current_value(state.reference, code)[0]) for code in left)
        marked = [code for code, mark in values if mark is not None]
        return f"On {state.reference}, {waiting_words(state.figures, left, marked)}."

    @Slot(int)
    def _step(self, steps: int) -> None:
        if self.state is not None and (beside := self.state.beside(steps)):
            self.show_reference(beside)

    @Slot()
    def _forget(self) -> None:
        """Keep nothing of a record that is closed: not its figures, its item, nor its criterion."""
        self.controller.look_at(None)
        self._reference, self.state, self._place = "", None, None
        self.matrix.forget()
        self.side.begin_again()

    @Slot()
    def _focus_marks(self) -> None:
        if self.sheet.isVisible():
            self.sheet.focus_marks()

    @Slot()
    def _take_identity(self) -> None:
        """Show what somebody else may do, and what they themselves were typing."""
        if self._place is not None:
            self.controller.look_at(self._place.line.round_id)
        self._show()

    @Slot()
    def _show(self) -> None:
        for _ in self._show_in_steps():
            pass

    @Slot()
    def _show_news(self) -> None:
        self._tools.workspace.in_turns(self, self._show_in_steps())

    def _show_in_steps(self) -> Iterator[None]:
        """Show the sheet of the item at hand, which takes what is typed at once, then what stands beside.

        Nothing is done to an item of another round, or as another person saw it, while this is on its way.
        """
        figures, self.state = self.controller.figures, None
        if figures is None or self._place is None:
            return
        if figures.rows.sight.viewer != self._tools.identity.viewer:
            return  # what another person may see is on its way
        if figures.rows.sight.must_declare:
            self._keep_from()
            return
        self._let_write(is_open=True)
        area, identity = self._place.area, self._tools.identity
        state = self.state = state_at(figures, area, self.side.order, self._reference, identity)
        if state is None:
            self._say("There is no application to talk about here yet.")
            return
        self._reference = state.reference
        self._show_list()
        self._show_item(state)
        self.projecting.follow()
        yield
        if self.state is state:
            self._show_side(state)

    def _show_item(self, state: MeetingState) -> None:
        """Show an item with what was being typed on it when the program stopped."""
        self.sheet.show_state(state)
        of = Subject(APPLICATION, state.figures.round_id, state.reference)
        self.beside.look_at(None if state.hidden else of)
        kept = {} if state.locked else self.controller.drafts_of(state.reference)
        self.drafts.show_drafts(state.reference, kept)

    def _show_side(self, state: MeetingState) -> None:
        can_confirm, can_open = state.can_confirm, state.can_open
        self.summary.setText(summary(state.figures, state.items))
        self.side.show_state(state)
        self.confirm.setVisible(can_confirm or can_open)
        self.confirm.show_kind("primary" if can_confirm else "plain")
        self.buttons.next.show_kind("plain" if can_confirm else "primary")
        first = CONFIRM if state.item.area in state.figures.rows.held else WHEN_AND_WHERE
        self.confirm.show_words("Open the minutes again…" if can_open else first)

    @Slot()
    def _show_criterion(self) -> None:
        if self.state is not None:
            self.sheet.show_criterion(self.state)
            self.projecting.follow()

    @Slot(object)
    def _agree(self, value: Any) -> None:
        state, row = self.state, self.sheet.row
        if state is None or row is None:
            return
        if why := self._refusal(state):
            self._tools.hint(why)
            return
        stood, _ = self.controller.current_value(state.reference, row.code)
        self.controller.agree(state.reference, row.code, value)
        if stood is None and value is not None:  # else it is said at the foot, too
            announce(self.matrix, f"{row.code} is agreed as {value}.")

    @Slot()
    def _agree_same(self) -> None:
        """Agree them, and go on to the first criterion that is left: the button goes, the focus does not."""
        if (state := self.state) is not None:
            self.controller.agree_same(state.reference)
            if left := self._left(state):
                self.matrix.choose(left[0])
            self.sheet.focus_marks()

    def _refusal(self, state: MeetingState) -> str:
        """Say why no mark is agreed on the criterion at hand, "" when one can be."""
        row = self.sheet.row
        if why := state.locked:
            return why
        if not state.figures.is_agreed:
            return counts_words(state.figures.round.scheme.combine)
        is_aside = row is not None and row.line.is_not_applicable
        return not_applicable_words(state.reference, row.code, row.not_applicable) if row and is_aside else ""

    def _do(self, comes_to: Callable[[MeetingState], Deed], *_pressed: object) -> None:
        """Do what a press comes to at the item and the area on show."""
        if self.state is not None:
            self._doing.do(comes_to(self.state))

    def _set_aside(self, state: MeetingState) -> Deed:
        return set_aside(state, self.matrix.code)

    @Slot(str, str, bool)
    def _keep_for_panel(self, reference: str, code: str, is_kept: bool) -> None:
        """Keep the reason of an agreed mark for the panel, or let it be told to the applicant."""
        self.controller.perform(KeepForPanel(self.controller.round_id, reference, code, is_kept))

    @Slot()
    def _show_this_item(self) -> None:
        self.tabs.choose(1)
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_from(self) -> None:
        """Keep the meeting from who has not declared, and what somebody else had on show of it."""
        self.projecting.switch_off()
        self._let_write(is_open=False)
        self._show_declare_first()

    def _let_write(self, *, is_open: bool) -> None:
        self.projecting.button.setEnabled(is_open)
        not_theirs = why_not_written(self._tools.identity.role, MINUTES)
        let_press(self.write_minutes, not_theirs if is_open else DECLARE_FIRST)
        if not is_open:
            self.confirm.hide()

    def _say(self, words: str) -> None:
        self._nothing.setText(words)
        self.summary.setText("")
        self._stack.setCurrentWidget(self._nothing)

    @Slot()
    def _fit(self) -> None:
        has_tabs = self._room.has_tabs
        self._take_turns(self.tabs, (self.side, self.beside), is_narrow=has_tabs)
        self._stand_beside(self.side, WIDTH, is_alone=has_tabs)
        for button, short in ((self.write_minutes, "Minutes"), (self.projecting.button, "Projector")):
            button.setText("" if has_tabs else short)

    def _connect(self) -> None:
        self.controller.came.connect(self._show_news)
        self._tools.workspace.closed.connect(self._forget)
        self._tools.identity_changed.connect(self._take_identity)
        self.confirm.clicked.connect(partial(self._do, confirmed))
        self.projecting.projector.stepped.connect(self._step)
        self.write_minutes.clicked.connect(partial(self._do, minutes))
        self.tabs.changed.connect(self._fit)
        keys = (
            (("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            (("Ctrl+PgDown",), partial(self._step, 1)),
            (("Ctrl+PgUp",), partial(self._step, -1)),
            (("Alt+PgDown",), partial(self.beside.turn, 1)),
            (("Alt+PgUp",), partial(self.beside.turn, -1)),
            (("F5",), self.projecting.toggle),
            (("Ctrl+J",), self.settle.reasons.take),
        )
        add_keys(self, keys)

    def _connect_parts(self) -> None:
        controller, side, settle, buttons = self.controller, self.side, self.settle, self.buttons
        self._tools.workspace.closing.connect(settle.enter)
        side.picked.connect(self.show_reference)
        side.agenda.opened.connect(self._show_this_item)
        side.agenda.clicked.connect(self._focus_marks)
        side.ordered.connect(self._show)
        side.attendance.asked.connect(self._do)
        side.attendance.all_attended.connect(self._focus_marks)
        self.matrix.picked.connect(self._show_criterion)
        for agreed in (self.matrix.agreed, settle.agreed):
            agreed.connect(self._agree)
        settle.explained.connect(controller.explain)
        settle.typed.connect(controller.kept.keep)
        settle.kept_for_panel.connect(self._keep_for_panel)
        settle.not_applicable.clicked.connect(partial(self._do, self._set_aside))
        self.drafts.used.connect(controller.explain)
        self.drafts.dropped.connect(controller.kept.drop)
        self.drafts.dropped.connect(self._show)
        buttons.next.clicked.connect(self.go_on)
        buttons.same.clicked.connect(self._agree_same)
        buttons.reopen.clicked.connect(partial(self._do, _reopened))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a number with a digit that is no mark by itself, or say why it agrees none."""
        digit, state = typed_digit(event), self.state
        if digit is None or self._stack.currentIndex() != LISTED:
            super().keyPressEvent(event)
        elif state is None:
            return
        elif why := self._refusal(state):
            self._tools.hint(why)
        elif not self.sheet.has_marks_focus:
            self._tools.hint(NOT_ON_MARKS)
        elif not self.settle.begin_number(digit):
            self._tools.hint(scale_words(state.figures.round.scheme.scale_maximum))


def _reopened(state: MeetingState) -> Deed:
    return Saved(OpenItem(state.figures.round_id, state.reference))
