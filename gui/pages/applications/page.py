"""Applications: what came in, its gates, and what went before. Officers and the chair work; members read."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.keys.key_hints import KeyHint
from gui.listed.acts import ActButton, At, Doing
from gui.pages.applications.acts import CHOOSE, OF_PAGE, WORK, setting
from gui.pages.applications.compare import CompareDialog
from gui.pages.applications.detail import GATES, Detail
from gui.pages.applications.importing.check_step import CheckStep
from gui.pages.applications.importing.file_step import SheetStep
from gui.pages.applications.importing.match_step import MatchStep
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.lines import (
    ApplicationLine,
    ApplicationList,
    Filter,
    ListPane,
    application_list,
    summary,
)
from gui.pages.page import GATES_TO_CHECK, WHAT_IT_IS_FOR, PageTools, Place
from gui.pages.page_keys import to_focus
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.widgets.buttons import Button
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import tab_through
from gui.widgets.tips import set_tip
from models.operation import Topic
from models.queries.applications.reading import intake

GREY_AFTER_MS = 150
CONCERNS = frozenset(
    {
        Topic.APPLICATIONS,
        Topic.GATES,
        Topic.ROUNDS,
        Topic.SCHEME,
        Topic.INTERESTS,
        Topic.MARKS,
        Topic.AGREED,
        Topic.RECOMMENDATIONS,
    }
)
SIDE_WIDTH = 360
IMPORT, START = "Import a workbook", "Start a round…"
NO_APPLICATIONS = "No applications yet. Import a workbook or add one by hand."
NONE_TO_READ = "No applications yet. The grants office imports them, or adds them by hand."
TABS = ("List", "Application")


class ApplicationsPage(SidedPage):
    """The page of one round's applications. It asks the workspace and shows; it judges nothing."""

    key = "applications"
    parts_ahead = (ListPane, Detail, SheetStep, MatchStep, CheckStep)
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Applications", way_on=IMPORT)
        look = tools.look
        self._is_wide = False
        self._asks_of = ""
        self._list = tools.parts.take(ListPane)
        self.filters, self.table = self._list.filters, self._list.table
        KeyHint(tools.actions.keys, "find", self.filters.typed.show_key, self)
        self.detail = tools.parts.take(Detail)
        self.tabs = PillTabs(look, TABS)
        self.take_in = Button(look, "Import", kind="primary", icon="file")
        set_tip(self.take_in, "Import applications from a workbook")
        self._acts = [ActButton(look, act) for act in OF_PAGE]
        self.pass_gates, self.by_hand, self.declare = self._acts
        self.declare.hide()
        self.found: ApplicationList | None = None
        """The applications of the round, None until they are known."""
        self._grey = QTimer(self)
        self._grey.setSingleShot(True)
        self._grey.setInterval(GREY_AFTER_MS)
        self._doing = Doing(tools, self)
        self._wizard: ImportWizard | None = None
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def wizard(self) -> ImportWizard:
        """Return what imports applications, made as it is first wanted."""
        if self._wizard is None:
            self._wizard = wizard = ImportWizard(self._tools, self)
            self._whole.addWidget(wizard)
            for layout in wizard.findChildren(QLayout):
                layout.invalidate()  # what was measured on the way into the window had no style yet
            tab_through(self.table, wizard)  # Qt puts what is made later behind all else
            wizard.fit(self._room)
            wizard.left.connect(self._leave_wizard)
        return self._wizard

    def make_rest(self) -> Iterator[None]:
        """Make what imports applications."""
        self.wizard.fit(self._room)
        yield

    @property
    def may_work(self) -> bool:
        """Whether the person may change anything here."""
        return self._tools.identity.may(WORK)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        before = self._place
        is_same = before is not None and place is not None and before.line.round_id == place.line.round_id
        self._place = place
        if not is_same:
            self._leave_wizard()
        if place is None:
            self._leave()
            self.take_in.hide()
            self.empty.button.setVisible(self.may_work)
            self._show_empty(self._tools.no_round)
        elif is_same and self.found is not None:
            for _ in self._show_found():
                pass
        else:
            self._leave()
            self.refresh()

    def show_reference(self, reference: str) -> None:
        """Select one application in the list and ask what it is for, or show those with gates to check."""
        if reference == GATES_TO_CHECK:
            self.filters.choose(Filter.TO_CHECK)
            self.detail.tabs.choose(GATES)
            return
        wanted = self._picked = reference.removeprefix(WHAT_IT_IS_FOR).strip()
        if not self.table.select(wanted):
            self.filters.clear()
            self._picked = wanted
            self.table.select(wanted)
        if wanted != reference:
            self._asks_of = wanted
            self._show_line()

    @Slot()
    def start_import(self) -> None:
        """Show the wizard that imports applications; officers and the chair only."""
        if self._place is None or not self.may_work:
            return
        self._show_whole(self.wizard)
        self.wizard.start(self._place.line)

    @Slot()
    def _begin(self) -> None:
        """Go on from the empty page: to an import, or to the first round."""
        if self._place is None:
            self._tools.actions["start_round"].trigger()
        else:
            self.start_import()

    @Slot()
    def _leave_wizard(self) -> None:
        """Leave the wizard for the list."""
        self._show_whole(None)
        panes = self.panes()
        (to_focus(self.table, panes) or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is None:
            return
        for action in (self.take_in, self.by_hand, self.empty.button):
            action.setVisible(self.may_work)
        self._grey.start()
        query = partial(intake, round_id=self._place.line.round_id, viewer=self._tools.identity.viewer)
        self._tools.ask(query, self._take, work_out=application_list)

    def _leave(self) -> None:
        """Hold nothing: another round is gone to, or none."""
        self._grey.stop()
        self.found = None

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: in tabs when narrow."""
        if self._wizard is not None:
            self._wizard.fit(room)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self._wizard is not None and self._wizard.isVisible():
            return self._wizard.panes()
        if self.is_empty and self.empty.button.isVisibleTo(self.empty):
            return (self.empty.button,)
        return (self.filters.typed, self.table, self.detail.reading)

    def find_words(self) -> None:
        """Put the cursor into the filter."""
        self._narrow()
        self.filters.focus_words()

    def _take(self, found: ApplicationList) -> None:
        self._grey.stop()
        self.found = found
        self.table.set_stale(is_stale=False)
        dialog = self._tools.dialogs.dialog
        if isinstance(dialog, CompareDialog):
            dialog.take(found)
        self._tools.workspace.in_turns(self, self._show_found())

    def _show_found(self) -> Iterator[None]:
        """Show what was found: what stands over the list, then the list itself."""
        found = self.found
        if found is None or self._place is None:
            return
        if not found.lines:
            self._show_empty(NO_APPLICATIONS if self.may_work else NONE_TO_READ)
            return
        self._show_list()
        self.take_in.show_kind("primary")
        lines = found.of_area(self._place.area)
        self.summary.setText(summary(lines, self._place.area))
        with QSignalBlocker(self.filters):
            self.filters.offer(lines)
        yield
        if self.found is found:
            self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        found = self.found
        if found is None or self._place is None:
            return
        lines = found.of_area(self._place.area)
        shown = self.filters.kept(lines)
        self.table.show_rows(shown)
        self._select(self.table)
        self._show_line()

    def _show_line(self) -> None:
        """Show the application at hand, and what can be done; ask what it is for where that is wanted."""
        key, found = self.table.current, self.found
        line = found.line(str(key)) if found is not None and key is not None else None
        at = self._at(line) if line is not None else None
        self.detail.show_at(at)
        for button in self._acts:
            button.show_at(self._at(None) if found is not None and self._place is not None else None)
        if at is not None and key == self._asks_of:
            self._asks_of = ""
            for offer in CHOOSE.offers(at):
                self._doing.press(offer)

    def _at(self, line: ApplicationLine | None) -> At[Any, Any]:
        """Return what acts of an application, or (None) of the page, are asked of."""
        shown = self.table.rows
        return At(self.found, line, self._tools.identity, self._place, current_day(), {}, shown=shown)

    def _show_empty(self, words: str) -> None:
        self.table.show_rows(())
        self._show_line()
        super()._show_empty(words)
        self.take_in.show_kind("plain")  # the button of the empty page is the one
        self.empty.button.show_words(START if self._place is None else IMPORT)

    @Slot()
    def _ask_if_seen(self) -> None:
        super()._ask_if_seen()
        if self._wizard is not None and self._wizard.isVisible():
            self._wizard.take_change()

    @Slot(object)
    def _pick(self, reference: object) -> None:
        self._picked = str(reference)
        self._show_line()

    @Slot(object)
    def _open(self, reference: object) -> None:
        """Show the application at full width; Esc goes back to its row."""
        self._pick(reference)
        self._is_wide = True
        self.tabs.choose(1)
        self._fit()
        self.detail.reading.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _narrow(self) -> None:
        self._is_wide = False
        self.tabs.choose(0)
        self._fit()

    @Slot(str, str, str)
    def _set_gate(self, gate: str, result: str, reason: str) -> None:
        if self.detail.line is not None:
            self._tools.perform(setting(self._at(self.detail.line), gate, result, reason))

    @Slot()
    def _turn_grey(self) -> None:
        self.table.set_stale(is_stale=True)

    @Slot()
    def _fit(self) -> None:
        has_tabs = self._room.has_tabs
        self.tabs.setVisible(has_tabs)
        shows_detail = self.tabs.current == 1 if has_tabs else self._is_wide
        self._list.setVisible(not shows_detail)
        self.detail.setVisible(shows_detail or not has_tabs)
        self.detail.back.setVisible(shows_detail and not has_tabs)
        self._stand_beside(self.detail, SIDE_WIDTH, is_alone=shows_detail or has_tabs)

    @Slot()
    def _take_tab(self) -> None:
        self._is_wide = self.tabs.current == 1
        self._fit()

    def _connect(self) -> None:
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open)
        self.filters.changed.connect(self._show_rows)
        self.filters.leave_for(self.table)
        self.detail.gate_asked.connect(self._set_gate)
        self._tools.workspace.failed.connect(self.detail.put_back)
        self.detail.left.connect(self._leave_detail)
        self.tabs.changed.connect(self._take_tab)
        self._grey.timeout.connect(self._turn_grey)
        self.take_in.clicked.connect(self.start_import)
        self.detail.pressed.connect(self._doing.press)
        for button in self._acts:
            button.pressed.connect(self._doing.press)
        self.way_on.triggered.connect(self._begin)

    @Slot()
    def _leave_detail(self) -> None:
        self._narrow()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        parts = (self.tabs, self.pass_gates, self.by_hand, self.take_in, self.declare)
        self._lay_out_page(parts, (self._list, self.detail))

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave an import that is done with the page: what it offers is not true for long."""
        super().hideEvent(event)
        is_imported = self._wizard is not None and self._wizard.summary.is_done
        if not event.spontaneous() and is_imported:
            self._show_whole(None)
